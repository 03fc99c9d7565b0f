/** How alike two short wordings are. Deterministic; no dictionary. */

/** Letters and figures only, in one width and case: what two wordings are compared by. */
function plainWords(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Words of a kind that say nothing of what is wanted. */
const idle = /我想要?|想要|希望|需要|有没有|能不能|可以|请问|增加|咨询|服务|办理|的|吗|呢/gu;

/** 0 to 1: Dice coefficient over pairs of neighbouring letters; the same text is 1, a single letter is like itself only. */
export function likeness(a: string, b: string): number {
  const [one, other] = [core(a), core(b)];
  if (one === other) return 1;
  const [pairsA, pairsB] = [pairsOf(one), pairsOf(other)];
  if (pairsA.size === 0 || pairsB.size === 0) return 0;
  const both = [...pairsA].filter((pair) => pairsB.has(pair)).length;
  return (2 * both) / (pairsA.size + pairsB.size);
}

function core(text: string): string {
  const plain = plainWords(text);
  const kept = plain.replaceAll(idle, '');
  return kept.length < 2 ? plain : kept;
}

function pairsOf(text: string): Set<string> {
  const signs = [...text];
  return new Set(signs.slice(1).map((sign, k) => `${signs[k] ?? ''}${sign}`));
}
