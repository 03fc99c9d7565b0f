/** The raster of `area-index.ts`: which outlines cross a cell, and which area covers it whole. */

export interface Raster {
  west: number;
  south: number;
  columns: number;
  rows: number;
  /** Cells per degree. */
  perLon: number;
  perLat: number;
  /** Area that covers the whole cell and wins over all others that do, or −1. */
  full: Int32Array;
  /** First link of the list of areas whose outline crosses the cell, best first, or −1. */
  head: Int32Array;
  item: Int32Array;
  next: Int32Array;
  links: number;
  /** Scratch: the area (+1) whose outline was last seen in this cell. */
  seen: Int32Array;
}

/** 64 cells to an area of average size leave little border to test; more would only cost cache. */
const cellsPerArea = 64;
const fewestCells = 1 << 14;
const mostCells = 1 << 22;

/** Outlines are widened by this share of a cell when rasterised, so that rounding cannot hide a crossing. */
const slack = 1e-6;

/** An empty raster over all points (`xy` = lon, lat, lon, lat …) for this many areas. */
export function rasterOver(xy: Float64Array, areaCount: number): Raster {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let k = 0; k < xy.length; k += 2) {
    west = Math.min(west, xy[k] ?? 0);
    east = Math.max(east, xy[k] ?? 0);
    south = Math.min(south, xy[k + 1] ?? 0);
    north = Math.max(north, xy[k + 1] ?? 0);
  }
  if (!(east > west && north > south)) [west, south, east, north] = [0, 0, 1e-9, 1e-9];
  const wanted = Math.min(mostCells, Math.max(fewestCells, areaCount * cellsPerArea));
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const side = Math.sqrt(((east - west) * squeeze * (north - south)) / wanted);
  const columns = Math.min(mostCells, Math.max(1, Math.ceil(((east - west) * squeeze) / side)));
  const rows = Math.max(1, Math.ceil((north - south) / side));
  const cells = columns * rows;
  return {
    west,
    south,
    columns,
    rows,
    // A hair less than the full width, so that the eastern and northern edge fall into the last cell.
    perLon: (columns * (1 - 1e-12)) / (east - west),
    perLat: (rows * (1 - 1e-12)) / (north - south),
    full: new Int32Array(cells).fill(-1),
    head: new Int32Array(cells).fill(-1),
    item: new Int32Array(1024),
    next: new Int32Array(1024),
    links: 0,
    seen: new Int32Array(cells),
  };
}

/**
 * Adds one area: it goes to the front of the list of each cell its outline crosses and takes over each cell it covers
 * whole. Areas must come losers first. `rings` are offsets into the points, one more than there are rings.
 */
export function rasterise(raster: Raster, area: number, xy: Float64Array, rings: Int32Array): void {
  let lowest = Infinity;
  let highest = -Infinity;
  for (let ring = 0; ring + 1 < rings.length; ring++) {
    const end = (rings[ring + 1] ?? 0) * 2;
    for (let k = (rings[ring] ?? 0) * 2; k + 3 < end; k += 2) {
      const ay = ((xy[k + 1] ?? 0) - raster.south) * raster.perLat;
      lowest = Math.min(lowest, ay);
      highest = Math.max(highest, ay);
      const ax = ((xy[k] ?? 0) - raster.west) * raster.perLon;
      const bx = ((xy[k + 2] ?? 0) - raster.west) * raster.perLon;
      const by = ((xy[k + 3] ?? 0) - raster.south) * raster.perLat;
      markEdge(raster, area, ax, ay, bx, by);
    }
  }
  for (let row = Math.max(0, Math.floor(lowest)); row < raster.rows && row <= highest; row++) {
    fillRow(raster, area, row, xy, rings);
  }
}

/** Marks every cell the edge passes through or touches; coordinates in cells. */
function markEdge(raster: Raster, area: number, ax: number, ay: number, bx: number, by: number): void {
  const firstRow = Math.max(0, Math.floor(Math.min(ay, by) - slack));
  const lastRow = Math.min(raster.rows - 1, Math.floor(Math.max(ay, by) + slack));
  const slope = by === ay ? 0 : (bx - ax) / (by - ay);
  for (let row = firstRow; row <= lastRow; row++) {
    let left = Math.min(ax, bx);
    let right = Math.max(ax, bx);
    if (by !== ay) {
      // The part of the edge inside this row, a little widened.
      const xLow = ax + (row - slack - ay) * slope;
      const xHigh = ax + (row + 1 + slack - ay) * slope;
      left = Math.max(left, Math.min(xLow, xHigh));
      right = Math.min(right, Math.max(xLow, xHigh));
    }
    const lastColumn = Math.min(raster.columns - 1, Math.floor(right + slack));
    for (let column = Math.max(0, Math.floor(left - slack)); column <= lastColumn; column++) {
      pushFront(raster, row * raster.columns + column, area);
    }
  }
}

function pushFront(raster: Raster, cell: number, area: number): void {
  if (raster.seen[cell] === area + 1) return;
  raster.seen[cell] = area + 1;
  if (raster.links === raster.item.length) {
    raster.item = doubled(raster.item);
    raster.next = doubled(raster.next);
  }
  raster.item[raster.links] = area;
  raster.next[raster.links] = raster.head[cell] ?? -1;
  raster.head[cell] = raster.links++;
}

function doubled(old: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(old.length * 2);
  larger.set(old);
  return larger;
}

/** Gives the area every cell of a row that its outline does not touch and whose middle it holds. */
function fillRow(raster: Raster, area: number, row: number, xy: Float64Array, rings: Int32Array): void {
  const crossings: number[] = [];
  const middle = row + 0.5;
  for (let ring = 0; ring + 1 < rings.length; ring++) {
    const end = (rings[ring + 1] ?? 0) * 2;
    for (let k = (rings[ring] ?? 0) * 2; k + 3 < end; k += 2) {
      const ay = ((xy[k + 1] ?? 0) - raster.south) * raster.perLat;
      const by = ((xy[k + 3] ?? 0) - raster.south) * raster.perLat;
      if (ay > middle === by > middle) continue;
      const ax = ((xy[k] ?? 0) - raster.west) * raster.perLon;
      const bx = ((xy[k + 2] ?? 0) - raster.west) * raster.perLon;
      crossings.push(ax + ((middle - ay) / (by - ay)) * (bx - ax));
    }
  }
  crossings.sort((a, b) => a - b);
  for (let k = 0; k + 1 < crossings.length; k += 2) {
    const last = Math.min(raster.columns - 1, Math.floor((crossings[k + 1] ?? 0) - 0.5));
    for (let column = Math.max(0, Math.ceil((crossings[k] ?? 0) - 0.5)); column <= last; column++) {
      const cell = row * raster.columns + column;
      if (raster.seen[cell] === area + 1) continue;
      raster.full[cell] = area;
      raster.head[cell] = -1;
    }
  }
}
