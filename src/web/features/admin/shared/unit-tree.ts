/** What of a unit decides its place in the list. */
export interface TreeUnit {
  id: string;
  parentId: string | null;
  areaCode: string;
  sort: number;
  name: string;
}

export interface UnitLine<U> {
  unit: U;
  /** 0 for units with nobody above them. */
  depth: number;
}

/**
 * Units in reading order: each below the one it belongs to, siblings by area, then by their own order. A unit whose
 * parent is not in the list stands at the top; a circle of parents is cut, so that nobody disappears.
 */
export function unitTree<U extends TreeUnit>(units: readonly U[]): UnitLine<U>[] {
  const known = new Set(units.map(({ id }) => id));
  const below = new Map<string | null, U[]>();
  for (const unit of units) {
    const parent = unit.parentId !== null && known.has(unit.parentId) ? unit.parentId : null;
    below.set(parent, [...(below.get(parent) ?? []), unit]);
  }
  const lines: UnitLine<U>[] = [];
  const seen = new Set<string>();
  const visit = (unit: U, depth: number): void => {
    if (seen.has(unit.id)) return;
    seen.add(unit.id);
    lines.push({ unit, depth });
    for (const child of inOrder(below.get(unit.id) ?? [])) visit(child, depth + 1);
  };
  for (const unit of inOrder(below.get(null) ?? [])) visit(unit, 0);
  for (const unit of inOrder(units)) visit(unit, 0);
  return lines;
}

function inOrder<U extends TreeUnit>(units: readonly U[]): U[] {
  return units.toSorted(
    (a, b) => compare(a.areaCode, b.areaCode) || a.sort - b.sort || compare(a.name, b.name) || compare(a.id, b.id),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
