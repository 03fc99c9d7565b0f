import type { Category } from '#web/field/known-lists.ts';
import { leavesOf } from '../parts/use-categories.ts';

/** Two characters that stand next to each other, as often as they do. */
function pairs(text: string): string[] {
  const letters = [...text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')];
  return letters.slice(1).map((letter, index) => `${letters[index] ?? ''}${letter}`);
}

/**
 * Codes of categories whose names are most like what was found wrong, the best first, at most `most`. A guess made on the
 * phone, without a network: the share of the name's pairs of characters that occur in the words; ties by code.
 */
export function suggestCategories(items: readonly Category[], words: string, most: number): string[] {
  const said = new Set(pairs(words));
  return leavesOf(items)
    .map((item) => ({ code: item.code, like: likeness(`${item.name}`, said) }))
    .filter(({ like }) => like > 0)
    .toSorted((a, b) => b.like - a.like || a.code.localeCompare(b.code))
    .slice(0, most)
    .map(({ code }) => code);
}

function likeness(name: string, said: ReadonlySet<string>): number {
  const own = pairs(name);
  return own.length === 0 ? 0 : own.filter((pair) => said.has(pair)).length / own.length;
}
