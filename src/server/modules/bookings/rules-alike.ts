/** Wishes in different words that mean the same: counted together, none of them lost. */

export interface Wish {
  id: string;
  what: string;
  /** Only wishes of one key are compared: station, kind of service. */
  key: string;
}

export interface AlikeGroup<W extends Wish> {
  /** The wording that stands for all: the first. */
  first: W;
  all: W[];
}

/** Letters and figures only, in one width and case: what two wordings are compared by. */
export function plainWords(text: string): string {
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

/** Each wish joins the first group of its key whose first wording is at least `least` (0–1) like it. Order decides; nothing is lost. */
export function groupAlike<W extends Wish>(wishes: readonly W[], least: number): AlikeGroup<W>[] {
  const groups: AlikeGroup<W>[] = [];
  const byKey = new Map<string, AlikeGroup<W>[]>();
  for (const wish of wishes) {
    const known = byKey.get(wish.key) ?? [];
    const home = known.find(({ first }) => likeness(first.what, wish.what) >= least);
    if (home !== undefined) {
      home.all.push(wish);
      continue;
    }
    const group = { first: wish, all: [wish] };
    groups.push(group);
    byKey.set(wish.key, [...known, group]);
  }
  return groups;
}
