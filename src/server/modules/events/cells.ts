/** A part of the map, in degrees. */
export interface Window {
  west: number;
  south: number;
  east: number;
  north: number;
}

/**
 * First and last column (x) and row (y) of the cells of 0.002 degrees (about 200 m) a window touches: the same formula as
 * event.cell in the database, whose value is x * 100000 + y.
 */
function cellRange(window: Window): { x: [number, number]; y: [number, number] } {
  return {
    x: [Math.floor((window.west + 180) * 500), Math.floor((window.east + 180) * 500)],
    y: [Math.floor((window.south + 90) * 500), Math.floor((window.north + 90) * 500)],
  };
}

/** All cells a window touches, or undefined when they are more than `most` or the window is not of this earth. */
export function cellsOf(window: Window, most: number): number[] | undefined {
  const { x, y } = cellRange(window);
  // Beyond 2^53 a number plus one is the same number: counting would never end.
  if (![...x, ...y].every(Number.isSafeInteger)) return undefined;
  const count = (x[1] - x[0] + 1) * (y[1] - y[0] + 1);
  if (!(count > 0) || count > most) return undefined;
  const cells: number[] = [];
  for (let column = x[0]; column <= x[1]; column++)
    for (let row = y[0]; row <= y[1]; row++) cells.push(column * 100_000 + row);
  return cells;
}
