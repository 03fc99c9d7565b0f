import { degreesFor, type LonLat } from '#kit/geo.ts';

/** Hexagons, a point upwards, in rows; neighbouring centres lie `acrossM` metres apart. Cell = row × columns + column. */
export interface HexGrid {
  readonly acrossM: number;
  /** Centre of cell 0, WGS-84. */
  readonly origin: LonLat;
  /** Degrees of a metre at the middle of the grid: flat earth, good to 0.1 % over a city. */
  readonly degrees: { readonly lon: number; readonly lat: number };
  readonly rows: number;
  readonly columns: number;
}

const rowShare = Math.sqrt(3) / 2;

/** The hexagons that cover a box of west, south, east, north (WGS-84 degrees). @throws RangeError above four million cells */
export function hexesOver(box: readonly [number, number, number, number], acrossM: number): HexGrid {
  const [west, south, east, north] = box;
  const degrees = degreesFor(1, (south + north) / 2);
  const columns = Math.max(1, Math.ceil((east - west) / degrees.lon / acrossM) + 2);
  const rows = Math.max(1, Math.ceil((north - south) / degrees.lat / (acrossM * rowShare)) + 2);
  if (!(acrossM > 0) || !(columns * rows <= 4_000_000))
    throw new RangeError(`hexesOver: expected at most 4 million cells, found ${columns} × ${rows}; take wider cells.`);
  return { acrossM, origin: [west, south], degrees, rows, columns };
}

/** Metres east and north of cell 0 of a cell's centre. */
export function metresOf({ acrossM, columns }: HexGrid, cell: number): [x: number, y: number] {
  const row = Math.floor(cell / columns);
  return [((cell % columns) + (row % 2) / 2) * acrossM, row * rowShare * acrossM];
}

/** A cell's centre. */
export function centreOf(grid: HexGrid, cell: number): LonLat {
  const [x, y] = metresOf(grid, cell);
  return [grid.origin[0] + x * grid.degrees.lon, grid.origin[1] + y * grid.degrees.lat];
}

/** A cell's outline: six corners, counter-clockwise, the first again at the end, as GeoJSON wants a ring. */
export function outlineOf(grid: HexGrid, cell: number): [lon: number, lat: number][] {
  const [lon, lat] = centreOf(grid, cell);
  const radius = grid.acrossM / Math.sqrt(3);
  return [0, 1, 2, 3, 4, 5, 0].map((k) => {
    const angle = ((k * 60 + 30) * Math.PI) / 180;
    return [lon + Math.cos(angle) * radius * grid.degrees.lon, lat + Math.sin(angle) * radius * grid.degrees.lat];
  });
}

/** The cell a position lies in (the nearest centre), or −1 outside the grid. */
export function cellAt({ acrossM, origin, degrees, rows, columns }: HexGrid, lon: number, lat: number): number {
  const x = (lon - origin[0]) / degrees.lon / acrossM;
  const y = (lat - origin[1]) / degrees.lat / (acrossM * rowShare);
  const below = Math.floor(y);
  let best = -1;
  let bestAway = Infinity;
  for (let row = below; row <= below + 1; row++) {
    const shift = (row & 1) / 2;
    const column = Math.round(x - shift);
    const dx = column + shift - x;
    const dy = (row - y) * rowShare;
    const away = dx * dx + dy * dy;
    if (away < bestAway) {
      bestAway = away;
      best = row >= 0 && row < rows && column >= 0 && column < columns ? row * columns + column : -1;
    }
  }
  return best;
}

/** How many of the positions lie in each cell; positions outside are left out. O(positions). */
export function countIn(grid: HexGrid, lon: ArrayLike<number>, lat: ArrayLike<number>): Uint32Array {
  const counts = new Uint32Array(grid.rows * grid.columns);
  for (let k = 0; k < lon.length; k++) {
    const cell = cellAt(grid, lon[k] as number, lat[k] as number);
    if (cell >= 0) counts[cell] = (counts[cell] as number) + 1;
  }
  return counts;
}
