import { languageChoice } from '#web/i18n/language.ts';
import { categories, type Category } from '#web/field/known-lists.ts';

export type { Category };

/** The list of categories kept on this phone. Null before the first reading. */
export function useCategories(): readonly Category[] | null {
  return categories.use();
}

/** Hook: the name of a category in the reader's language. */
export function useCategoryName(): (category: Category) => string {
  const language = languageChoice.use();
  return (category) => (language === 'en' && category.nameEn !== '' ? category.nameEn : category.name);
}

export function leavesOf(items: readonly Category[]): Category[] {
  const parents = new Set(items.map((item) => item.parentCode));
  return items.filter((item) => !parents.has(item.code));
}

/**
 * The classes to choose from first, in the library's order: those right above what can be reported, and what stands
 * beside them. Levels above (parts, events) are the trade's own and would only be one more question.
 */
export function classesOf(items: readonly Category[]): Category[] {
  const leaves = new Set(leavesOf(items).map((item) => item.code));
  const overLeaves = new Set(items.filter((item) => leaves.has(item.code)).map((item) => item.parentCode));
  const overClasses = new Set(
    items.filter((item) => !leaves.has(item.code) && overLeaves.has(item.code)).map((item) => item.parentCode),
  );
  return items.filter((item) =>
    leaves.has(item.code)
      ? item.parentCode === null || overClasses.has(item.parentCode)
      : overLeaves.has(item.code) && !overClasses.has(item.code),
  );
}

/** Codes in the order of how often they occur, the most frequent first. */
export function frequent(codes: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([code]) => code);
}

export function below(items: readonly Category[], code: string): Category[] {
  return items.filter((item) => item.parentCode === code);
}

/** The icon of a category, or of the nearest one above it that has one. */
export function iconOf(items: readonly Category[], category: Category): string | null {
  for (let one: Category | undefined = category; one !== undefined;) {
    if (one.icon !== null) return one.icon;
    const above: string | null = one.parentCode;
    one = items.find((item) => item.code === above);
  }
  return null;
}

const recentKey = 'huangge.field.recent';
const recentKept = 12;

/** Codes this person used, the frequent and recent first. */
export function recentCodes(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(recentKey) ?? '[]');
    return Array.isArray(kept) ? kept.filter((code): code is string => typeof code === 'string') : [];
  } catch {
    return [];
  }
}

/** Remembers a use: the code moves halfway to the front, so that habits stay before a single exception. */
export function rememberCode(code: string): void {
  const before = recentCodes();
  const at = before.indexOf(code);
  const rest = before.filter((one) => one !== code);
  rest.splice(at === -1 ? Math.min(rest.length, 2) : Math.floor(at / 2), 0, code);
  try {
    localStorage.setItem(recentKey, JSON.stringify(rest.slice(0, recentKept)));
  } catch {
    // Refused storage only means that the tiles keep the library's order.
  }
}
