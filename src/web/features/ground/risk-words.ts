export const levelKeys = ['l1', 'l2', 'l3', 'l4'] as const;

/** Key of a level's words; levels are 1 to 4. */
export function levelKeyOf(level: number): (typeof levelKeys)[number] {
  return levelKeys[level - 1] ?? 'l4';
}

/** A level as a shape in a square of 16, gravest first: it can be read without colour. */
export const levelShapes = [
  { path: 'M8 0l8 8-8 8-8-8z', tone: '--p0' },
  { path: 'M8 1l7.5 13.5H.5z', tone: '--p1' },
  { path: 'M2 2h12v12H2z', tone: '--p2' },
  { path: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13', tone: '--p4' },
] as const;

/** Shape of a level; levels are 1 to 4. */
export function levelShapeOf(level: number): (typeof levelShapes)[number] {
  return levelShapes[level - 1] ?? levelShapes[3];
}
