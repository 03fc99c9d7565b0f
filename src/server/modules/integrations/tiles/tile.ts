/** Where a tile lies: web mercator, XYZ numbering (row 0 in the north). */
import { AppError } from '#kit/errors.ts';
import type { MapWindow } from '#server/modules/grids/index.ts';

export interface TileAddress {
  /** 0 to 18 */
  z: number;
  x: number;
  y: number;
}

/** Units along one side, as nearly every MVT has them. */
export const extent = 4096;
/** Outlines are drawn so far beyond the edge, so that no border shows there. Points belong to one tile alone. */
export const buffer = 64;

/** @throws AppError not_found outside the square */
export function assertOnMap({ z, x, y }: TileAddress): void {
  if (x < 2 ** z && y < 2 ** z) return;
  throw new AppError('not_found', `There is no tile ${z}/${x}/${y}: expected columns and rows below ${2 ** z}.`);
}

/** The degrees a tile covers, and `margin` units more on each side. */
export function windowOf({ z, x, y }: TileAddress, margin = 0): MapWindow {
  const more = margin / extent;
  return {
    west: lonAt(z, x - more),
    east: lonAt(z, x + 1 + more),
    north: latAt(z, y - more),
    south: latAt(z, y + 1 + more),
  };
}

function lonAt(z: number, column: number): number {
  return Math.min(180, Math.max(-180, (column / 2 ** z) * 360 - 180));
}

function latAt(z: number, row: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / 2 ** z))) * 180) / Math.PI;
}

/** A position in units of the tile, from 0 to `extent` inside. Whole numbers. */
export function toUnits({ z, x, y }: TileAddress, lon: number, lat: number): [number, number] {
  const sine = Math.sin((lat * Math.PI) / 180);
  const column = ((lon + 180) / 360) * 2 ** z;
  const row = (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * 2 ** z;
  return [Math.round((column - x) * extent), Math.round((row - y) * extent)];
}
