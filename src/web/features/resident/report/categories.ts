import type { ClientOutput } from '#contract/route.ts';
import type { publicRoutes } from '#contract/public.ts';

export type PublicCategory = ClientOutput<typeof publicRoutes.categories>['items'][number];

/**
 * The class for "not sure": the library marks it with the icon "unsure". Undefined when the library has none; then the
 * tile is not offered.
 */
export function unsureCategory(items: readonly PublicCategory[]): PublicCategory | undefined {
  return items.find((item) => item.icon === 'unsure');
}

/**
 * The classes a resident chooses from first, in the library's order: those right above what can be reported. Levels
 * above them (parts, events) are the trade's own and would only be one more question. Without the "not sure" class.
 */
export function topCategories(items: readonly PublicCategory[]): PublicCategory[] {
  const parents = new Set(items.map((item) => item.parentCode));
  const isLeaf = (item: PublicCategory): boolean => !parents.has(item.code);
  const classes = new Set(items.filter(isLeaf).map((item) => item.parentCode));
  const codes = new Set(items.map((item) => item.code));
  const alone = (item: PublicCategory): boolean =>
    isLeaf(item) && (item.parentCode === null || !codes.has(item.parentCode));
  const besideClasses = (item: PublicCategory): boolean =>
    isLeaf(item) && items.some((other) => other.parentCode === item.parentCode && !isLeaf(other));
  const above = new Set(items.filter((item) => !isLeaf(item)).map((item) => item.parentCode));
  return items.filter(
    (item) =>
      item.icon !== 'unsure' &&
      ((classes.has(item.code) && !above.has(item.code)) || alone(item) || besideClasses(item)),
  );
}

export function categoriesBelow(items: readonly PublicCategory[], code: string): PublicCategory[] {
  return items.filter((item) => item.parentCode === code && item.icon !== 'unsure');
}

/** From the first level down to `code`. Empty for an unknown code. */
export function pathTo(items: readonly PublicCategory[], code: string): PublicCategory[] {
  const item = items.find((one) => one.code === code);
  if (item === undefined) return [];
  return [...(item.parentCode === null ? [] : pathTo(items, item.parentCode)), item];
}
