import { edgeFlag, metresPerUnit, perDegree, unknownHeight } from './network.ts';

/** Heights of the ground. Pure: the field was read before. */
export interface HeightField {
  /** Metres above its own zero at WGS-84 degrees, between samples by the four around; NaN where nothing is known. */
  at(lon: number, lat: number): number;
  /** Distance of its samples on the ground, metres: asking closer tells nothing new. */
  stepM: number;
}

/** A shape in 1e-7 degrees with heights in decimetres. */
export interface Shape {
  lon: number[];
  lat: number[];
  heightDm: number[];
}

/**
 * Gives a line its heights: points no further apart than the field's own step, so that a slope is never read between two
 * samples of noise nor lost between two corners. Off the ground (bridge, tunnel, corridor) only the ends are asked and the
 * rest is even. Without a field nothing is added and no height known.
 */
export function withHeights(
  lon: readonly number[],
  lat: readonly number[],
  flags: number,
  field: HeightField | null,
): Shape {
  if (field === null) return { lon: [...lon], lat: [...lat], heightDm: lon.map(() => unknownHeight) };
  if ((flags & edgeFlag.offGround) !== 0) return evenly(lon, lat, field);
  const shape: Shape = { lon: [], lat: [], heightDm: [] };
  let [gone, since] = [0, 0];
  for (let k = 0; k < lon.length; k++) {
    if (k > 0) gone = piece(shape, { lon, lat, k, field });
    since += gone;
    // Corners closer than the field's step borrow the height between their neighbours, so that noise makes no cliff.
    const isEnd = k === 0 || k === lon.length - 1;
    push(
      shape,
      lon[k] as number,
      lat[k] as number,
      isEnd || since >= field.stepM ? heightDm(field, lon[k], lat[k]) : NaN,
    );
    if (since >= field.stepM) since = 0;
  }
  fillBetween(shape);
  return shape;
}

interface Piece {
  lon: readonly number[];
  lat: readonly number[];
  k: number;
  field: HeightField;
}

/** Points between corner k − 1 and corner k, evenly, each with its height. Answers the metres between the last of them and corner k. */
function piece(shape: Shape, { lon, lat, k, field }: Piece): number {
  const [x0, y0, x1, y1] = [lon[k - 1] as number, lat[k - 1] as number, lon[k] as number, lat[k] as number];
  const scale = metresPerUnit(y0 / perDegree);
  const metres = Math.hypot((x1 - x0) * scale.x, (y1 - y0) * scale.y);
  const parts = Math.max(1, Math.round(metres / field.stepM));
  for (let part = 1; part < parts; part++) {
    const x = Math.round(x0 + ((x1 - x0) * part) / parts);
    const y = Math.round(y0 + ((y1 - y0) * part) / parts);
    push(shape, x, y, heightDm(field, x, y));
  }
  return metres / parts;
}

function push(shape: Shape, lon: number, lat: number, height: number): void {
  shape.lon.push(lon);
  shape.lat.push(lat);
  shape.heightDm.push(height);
}

/** NaN where unknown. */
function heightDm(field: HeightField, lon = 0, lat = 0): number {
  const metres = field.at(lon / perDegree, lat / perDegree);
  return Number.isNaN(metres) ? NaN : Math.max(-32_767, Math.min(32_767, Math.round(metres * 10)));
}

function evenly(lon: readonly number[], lat: readonly number[], field: HeightField): Shape {
  const shape: Shape = { lon: [...lon], lat: [...lat], heightDm: lon.map(() => NaN) };
  const last = lon.length - 1;
  shape.heightDm[0] = heightDm(field, lon[0], lat[0]);
  shape.heightDm[last] = heightDm(field, lon[last], lat[last]);
  fillBetween(shape);
  return shape;
}

/** Unknown heights between two known ones lie on the straight line between them; at the ends they stay unknown. */
function fillBetween({ lon, lat, heightDm: heights }: Shape): void {
  let known = -1;
  for (let k = 0; k < heights.length; k++) {
    if (Number.isNaN(heights[k])) continue;
    if (known >= 0 && k - known > 1) fill(lon, lat, heights, known, k);
    known = k;
  }
  for (let k = 0; k < heights.length; k++) if (Number.isNaN(heights[k])) heights[k] = unknownHeight;
}

function fill(lon: readonly number[], lat: readonly number[], heights: number[], from: number, to: number): void {
  const scale = metresPerUnit((lat[from] as number) / perDegree);
  const upTo = [0];
  for (let k = from + 1; k <= to; k++) {
    const dx = ((lon[k] as number) - (lon[k - 1] as number)) * scale.x;
    const dy = ((lat[k] as number) - (lat[k - 1] as number)) * scale.y;
    upTo.push((upTo.at(-1) as number) + Math.hypot(dx, dy));
  }
  const [low, high, whole] = [heights[from] as number, heights[to] as number, upTo.at(-1) as number];
  for (let k = from + 1; k < to; k++)
    heights[k] = Math.round(low + (whole === 0 ? 0 : ((high - low) * (upTo[k - from] as number)) / whole));
}
