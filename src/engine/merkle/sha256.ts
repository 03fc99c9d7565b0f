/**
 * SHA-256 as a plain function, for verifiers in a browser, whose own digest only answers later and only over TLS.
 * Not constant-time: for public data only. Source: FIPS 180-4 §5.1.1, §6.2.
 */

const BLOCK_BYTES = 64;

/** First 32 bits of the fractional parts of `root(prime)` for the first `count` primes (FIPS 180-4 §4.2.2, §5.3.3). */
function fractions(count: number, root: (prime: number) => number): Uint32Array {
  const words: number[] = [];
  for (let n = 2; words.length < count; n++) {
    let isPrime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) isPrime = false;
    if (isPrime) words.push(Math.floor((root(n) % 1) * 2 ** 32));
  }
  return Uint32Array.from(words);
}

const START = fractions(8, Math.sqrt);
const ROUND = fractions(64, Math.cbrt);

/** The 32 bytes of SHA-256 over `bytes` (up to 2^53 - 1 bytes). O(length). */
export function sha256(bytes: Uint8Array): Uint8Array {
  const state = Uint32Array.from(START);
  const padded = pad(bytes);
  const view = new DataView(padded.buffer);
  const schedule = new Uint32Array(64);
  for (let at = 0; at < padded.length; at += BLOCK_BYTES) {
    for (let i = 0; i < 16; i++) schedule[i] = view.getUint32(at + 4 * i);
    mixBlock(state, schedule);
  }
  const answer = new Uint8Array(32);
  const out = new DataView(answer.buffer);
  state.forEach((word, i) => out.setUint32(4 * i, word));
  return answer;
}

/** The message, one bit 1, zeros, and the length in bits as 64 bits: a whole number of blocks. */
function pad(bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / BLOCK_BYTES) * BLOCK_BYTES);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, (bytes.length << 3) >>> 0);
  return padded;
}

/** One block of 512 bits. `w` holds its 16 words and is filled up; names are those of the standard. */
function mixBlock(state: Uint32Array, w: Uint32Array): void {
  const word = (i: number): number => w[i] ?? 0;
  for (let t = 16; t < 64; t++) {
    const [x, y] = [word(t - 15), word(t - 2)];
    const s0 = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
    const s1 = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10);
    w[t] = (s1 + word(t - 7) + s0 + word(t - 16)) | 0;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let t = 0; t < 64; t++) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (ROUND[t] ?? 0) + word(t)) | 0;
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((value, i) => {
    state[i] = (state[i] ?? 0) + value;
  });
}

function turn(x: number, bits: number): number {
  return (x >>> bits) | (x << (32 - bits));
}
