/** Hashes travel as lower-case hex; inside the engine they are bytes. These two functions are the edge. */

const HEX_PAIRS = /^(?:[0-9a-f]{2})*$/;

/** Lower-case hex, two characters a byte. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Bytes of a lower-case hex string. Upper case is refused, so that one hash has one spelling.
 * Throws RangeError if the text is not whole pairs of 0-9 a-f.
 */
export function fromHex(hex: string): Uint8Array {
  if (!HEX_PAIRS.test(hex)) {
    throw new RangeError(`Expected pairs of lower-case hex digits, found ${JSON.stringify(hex.slice(0, 80))}.`);
  }
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}
