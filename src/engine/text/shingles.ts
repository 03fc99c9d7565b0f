/** Pieces of text by which two wordings are compared: pairs of Chinese signs, whole words of other letters, numbers. */

/** Signs so common between words that a pair holding one tells nothing. */
const idle = new Set('的了是在和有我们不也就都要与及把被这那你他她它很到说请希望为以从对于吗呢吧啊着过又还会能可因所');
const runs = /\p{Script=Han}+|[[\p{L}\p{N}]--\p{Script=Han}]+/gv;

/**
 * The pieces of a text in the order they stand, each once, at most `most`. One width, one case; signs of other kinds part
 * the runs. Long figures (more than 8 digits) are left out: numbers of telephones and papers make nothing alike.
 */
export function shinglesOf(text: string, most = 512): string[] {
  const found = new Set<string>();
  for (const [run] of text.normalize('NFKC').toLowerCase().matchAll(runs)) {
    if (found.size >= most) break;
    if (/^\p{Script=Han}/u.test(run)) addPairs(run, found);
    else if (run.length > 1 && !/^\d{9,}$/.test(run)) found.add(run);
  }
  return [...found].slice(0, most);
}

function addPairs(run: string, found: Set<string>): void {
  const signs = Array.from(run);
  for (let k = 1; k < signs.length; k++) {
    const [one, other] = [signs[k - 1] ?? '', signs[k] ?? ''];
    if (!idle.has(one) && !idle.has(other)) found.add(one + other);
  }
}

/** FNV-1a over UTF-16 units, folded to `bits` (1 to 30). Deterministic. */
export function hashOf(text: string, bits: number): number {
  let hash = 0x811c9dc5;
  for (let k = 0; k < text.length; k++) hash = Math.imul(hash ^ text.charCodeAt(k), 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) & ((1 << bits) - 1);
}
