import { likeness } from '#kit/likeness.ts';

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
