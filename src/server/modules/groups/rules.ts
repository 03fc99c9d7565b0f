/** Pure decisions about groups. */
import type { EventStatus } from '#contract/events-words.ts';

/**
 * A headcount over grids in proportion to their residents (evenly where nobody lives): whole numbers that sum to `count`
 * rounded. What rounding leaves goes to the largest remainders, ties to the earlier grid.
 */
export function spreadHeadcount(count: number, residents: readonly number[]): number[] {
  const total = residents.reduce((sum, n) => sum + n, 0);
  const exact = residents.map((n) => (total === 0 ? count / residents.length : (count * n) / total));
  const parts = exact.map(Math.floor);
  const left = Math.round(count) - parts.reduce((sum, n) => sum + n, 0);
  const byRemainder = exact
    .map((n, k) => ({ k, remainder: n - Math.floor(n) }))
    .toSorted((a, b) => b.remainder - a.remainder || a.k - b.k);
  for (const { k } of byRemainder.slice(0, left)) parts[k] = (parts[k] ?? 0) + 1;
  return parts;
}

/** How many must vote: a share of the base, rounded up; 0 where no quorum was set. */
export function neededFor(quorumOf: 'none' | 'members' | 'households', percent: number, base: number): number {
  return quorumOf === 'none' ? 0 : Math.ceil((percent * base) / 100);
}

/** Votes by option. Choices outside the options are nobody's. */
export function tally(options: number, choices: readonly { choice: number; n: number }[]): number[] {
  return Array.from({ length: options }, (_, k) => choices.find(({ choice }) => choice === k)?.n ?? 0);
}

/** Steps the group is told of; the others only change the mark on the message. */
export const toldStatuses: ReadonlySet<EventStatus> = new Set(['filed', 'closed', 'declined', 'shelved', 'cancelled']);
/** After these nothing follows, unless the reporter reopens. */
export const endedStatuses: ReadonlySet<EventStatus> = new Set(['closed', 'declined', 'cancelled']);

/** What the group reads, in the words of the receipt; the number leads to nothing but the receipt of whoever reported. */
export function statusWords(number: string, status: EventStatus): string {
  const words: Partial<Record<EventStatus, string>> = {
    reported: '已登记，等待受理',
    filed: '已立案，将派人处理',
    closed: '已办结',
    declined: '核实后不予立案，原因见反映人的回执',
    shelved: '暂时办不了，已挂账并定期复查',
    cancelled: '已作废',
  };
  return `事项 ${number}：${words[status] ?? '正在办理'}。`;
}

export interface NamedPlace {
  name: string;
}

/**
 * Which of these places the words speak of: those whose whole name stands in the text first, longest name first; then
 * those of which at least three characters in a row do. Each with a score from 0 to 1: the share of its name found.
 */
export function placesIn<P extends NamedPlace>(text: string, places: readonly P[]): (P & { score: number })[] {
  const found = places.flatMap((place) => {
    const shared = longestShared(text, place.name);
    const whole = shared === place.name.length;
    return whole || shared >= 3 ? [{ ...place, score: shared / place.name.length }] : [];
  });
  return found.toSorted((a, b) => b.score - a.score || b.name.length - a.name.length || (a.name < b.name ? -1 : 1));
}

/** Length of the longest run of characters that both hold. O(|text|·|name|), both short. */
function longestShared(text: string, name: string): number {
  for (let length = name.length; length > 1; length--)
    for (let from = 0; from + length <= name.length; from++)
      if (text.includes(name.slice(from, from + length))) return length;
  return 0;
}

export interface NamedCategory {
  code: string;
  name: string;
}

/**
 * Categories whose name the words hint at, best first: two characters in a row of the name stand in the text; the more of
 * them the better. A guess for a person to look at, never a decision.
 */
export function categoriesIn<C extends NamedCategory>(text: string, categories: readonly C[], most = 5): C[] {
  return categories
    .map((category) => ({ category, score: pairsIn(text, category.name) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || a.category.code.localeCompare(b.category.code))
    .slice(0, most)
    .map(({ category }) => category);
}

function pairsIn(text: string, name: string): number {
  const plain = name.replaceAll(/[^\p{L}\p{N}]/gu, '');
  const pairs = Math.max(0, plain.length - 1);
  let found = 0;
  for (let k = 0; k < pairs; k++) if (text.includes(plain.slice(k, k + 2))) found++;
  return pairs === 0 ? 0 : found / pairs;
}
