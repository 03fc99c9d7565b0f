/**
 * Watches the bytes of one connection go by and knows, from the fixed headers alone (MQTT 3.1.1 §2.2), how long each packet
 * says it is: a packet that is announced as too long is refused before anybody has kept it in memory.
 */
export function createFrameLimit(limit: number): (chunk: Uint8Array) => boolean {
  /** Bytes of the present packet's body still to come. */
  let rest = 0;
  /** Place within the fixed header: 0 its first byte, 1 to 4 the length. */
  let place = 0;
  let length = 0;

  /** Takes one byte of a fixed header; false when the packet is too long or its length is none. */
  function takeHeader(byte: number): boolean {
    if (place === 0) {
      place = 1;
      length = 0;
      return true;
    }
    length += (byte & 0x7f) * 128 ** (place - 1);
    const more = (byte & 0x80) !== 0;
    if (length > limit || (more && place === 4)) return false;
    place = more ? place + 1 : 0;
    if (!more) rest = length;
    return true;
  }

  return (chunk) => {
    for (let at = 0; at < chunk.length;) {
      if (rest > 0) {
        const skipped = Math.min(rest, chunk.length - at);
        rest -= skipped;
        at += skipped;
      } else if (!takeHeader(chunk[at++] ?? 0)) {
        return false;
      }
    }
    return true;
  };
}
