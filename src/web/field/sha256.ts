/**
 * SHA-256 as 64 hexadecimal digits. Null where the browser has no cryptography (pages without TLS, except localhost):
 * then the server's digest cannot be compared.
 */
export async function sha256Hex(bytes: ArrayBuffer): Promise<string | null> {
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle as SubtleCrypto | undefined;
  if (subtle === undefined) return null;
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
