import type { ClientOutput } from '#contract/route.ts';
import type { publicRoutes } from '#contract/public.ts';

export type PublicCategory = ClientOutput<typeof publicRoutes.categories>['items'][number];

/**
 * The class for "not sure": the library marks it with the icon "question". Undefined when the library has none; then
 * the tile is not offered.
 */
export function unsureCategory(items: readonly PublicCategory[]): PublicCategory | undefined {
  return items.find((item) => item.icon === 'question');
}

/** First level: what has no parent among the offered, in the library's order, without the "not sure" class. */
export function topCategories(items: readonly PublicCategory[]): PublicCategory[] {
  const codes = new Set(items.map((item) => item.code));
  return items.filter((item) => (item.parentCode === null || !codes.has(item.parentCode)) && item.icon !== 'question');
}

export function categoriesBelow(items: readonly PublicCategory[], code: string): PublicCategory[] {
  return items.filter((item) => item.parentCode === code && item.icon !== 'question');
}

/** From the first level down to `code`. Empty for an unknown code. */
export function pathTo(items: readonly PublicCategory[], code: string): PublicCategory[] {
  const item = items.find((one) => one.code === code);
  if (item === undefined) return [];
  return [...(item.parentCode === null ? [] : pathTo(items, item.parentCode)), item];
}
