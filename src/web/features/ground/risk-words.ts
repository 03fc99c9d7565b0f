export const levelKeys = ['l1', 'l2', 'l3', 'l4'] as const;

/** Key of a level's words; levels are 1 to 4. */
export function levelKeyOf(level: number): (typeof levelKeys)[number] {
  return levelKeys[level - 1] ?? 'l4';
}
