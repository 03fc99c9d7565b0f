/** The 0.002 degree cell (about 200 m) of a position: the same formula as event.cell in the database. */
export function cellOf(lon: number, lat: number): number {
  return Math.floor((lon + 180) * 500) * 100_000 + Math.floor((lat + 90) * 500);
}

/** All cells a window touches, or undefined when they are more than `most`. */
export function cellsOf(
  window: { west: number; south: number; east: number; north: number },
  most: number,
): number[] | undefined {
  const from = [Math.floor((window.west + 180) * 500), Math.floor((window.south + 90) * 500)] as const;
  const to = [Math.floor((window.east + 180) * 500), Math.floor((window.north + 90) * 500)] as const;
  const count = (to[0] - from[0] + 1) * (to[1] - from[1] + 1);
  if (!(count > 0) || count > most) return undefined;
  const cells: number[] = [];
  for (let x = from[0]; x <= to[0]; x++) for (let y = from[1]; y <= to[1]; y++) cells.push(x * 100_000 + y);
  return cells;
}
