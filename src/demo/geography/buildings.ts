/** Fills blocks with buildings in rows, and buildings with households. All of it is invented. */
import { pickOne, randomBetween, randomInt } from '#kit/random.ts';
import type { Rng } from '#kit/random.ts';
import { distance, distanceToLine, isInRing, pairsOf, ringCentre } from './plane.ts';
import type { Xy } from './plane.ts';

export type BuildingKind = 'flats' | 'tower' | 'old_house' | 'shop' | 'office' | 'public';

/** A building on the plane, after bending. */
export interface DrawnBuilding {
  corners: Xy[];
  centre: Xy;
  kind: BuildingKind;
  floors: number;
  /** Living floor area in m². */
  livingM2: number;
}

export interface BuildingStyle {
  /** Mean size of a plot in metres along and across the rows. */
  plot: readonly [along: number, across: number];
  /** Free strip along the block's border in metres. */
  marginM: number;
}

export const denseStyle: BuildingStyle = { plot: [30, 25], marginM: 7 };
export const microStyle: BuildingStyle = { plot: [26, 21], marginM: 4.5 };
export const plainStyle: BuildingStyle = { plot: [47, 38], marginM: 9 };

/** What buildings keep clear of, after bending. */
export interface OpenGround {
  shapes: readonly Xy[][];
  roads: readonly Xy[][];
}

/** Half the width of a free road and its pavement, in metres. */
const roadMarginM = 11;

/** Buildings of one block (ring after bending) in rows along its border. */
export function fillBlock(rng: Rng, block: Xy[], style: BuildingStyle, open: OpenGround): DrawnBuilding[] {
  const centre = ringCentre(block);
  const turn = rowDirection(block) + randomBetween(rng, -0.05, 0.05);
  const [ux, uy] = [Math.cos(turn), Math.sin(turn)];
  const reach = Math.max(...block.map((corner) => distance(corner, centre)));
  const [stepU, stepV] = style.plot;
  const shapes = open.shapes.filter((shape) => distance(ringCentre(shape), centre) < reach + 300);
  const roads = open.roads.filter((road) => distanceToLine(centre, road) < reach + roadMarginM);
  const isOpen = (p: Xy) =>
    shapes.some((shape) => isInRing(shape, p)) || roads.some((road) => distanceToLine(p, road) < roadMarginM);
  const made: DrawnBuilding[] = [];
  for (let v = -reach; v < reach; v += stepV) {
    const shift = randomBetween(rng, 0, stepU);
    for (let u = -reach + shift; u < reach; u += stepU * randomBetween(rng, 0.85, 1.2)) {
      const middle: Xy = [centre[0] + u * ux - v * uy, centre[1] + u * uy + v * ux];
      const [w, h] = [stepU * randomBetween(rng, 0.24, 0.4), stepV * randomBetween(rng, 0.24, 0.38)];
      const corners = quad(middle, ux, uy, w, h);
      const fits = [...corners, middle].every(
        (p) => isInRing(block, p) && distanceToLine(p, block, true) >= style.marginM,
      );
      if (!fits || corners.some(isOpen) || rng() < 0.06) continue;
      made.push({ corners, centre: middle, ...useOf(rng, 4 * w * h) });
    }
  }
  return made;
}

function quad([x, y]: Xy, ux: number, uy: number, w: number, h: number): Xy[] {
  const corner = (a: number, b: number): Xy => [x + a * w * ux - b * h * uy, y + a * w * uy + b * h * ux];
  return [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
}

/** Rows follow the border: the mean direction of the edges, weighted by length, taken modulo a right angle. */
function rowDirection(block: Xy[]): number {
  let [c, s] = [0, 0];
  for (const [a, b] of pairsOf(block, true)) {
    const direction = Math.atan2(b[1] - a[1], b[0] - a[0]) * 4;
    c += distance(a, b) * Math.cos(direction);
    s += distance(a, b) * Math.sin(direction);
  }
  return Math.atan2(s, c) / 4;
}

const uses: readonly BuildingKind[] = [
  'flats',
  'flats',
  'flats',
  'flats',
  'tower',
  'tower',
  'old_house',
  'shop',
  'office',
];

const floorsOf: Record<BuildingKind, readonly [from: number, to: number]> = {
  flats: [5, 9],
  tower: [18, 33],
  old_house: [2, 4],
  shop: [1, 3],
  office: [6, 24],
  public: [2, 6],
};

/** Share of the floor area that is lived in. */
const livingShare: Record<BuildingKind, number> = {
  flats: 0.8,
  tower: 0.75,
  old_house: 0.7,
  shop: 0,
  office: 0,
  public: 0,
};

function useOf(rng: Rng, footprintM2: number): Pick<DrawnBuilding, 'kind' | 'floors' | 'livingM2'> {
  const kind = pickOne(rng, uses);
  const floors = randomInt(rng, ...floorsOf[kind]);
  return { kind, floors, livingM2: footprintM2 * floors * livingShare[kind] };
}

/**
 * Shares residents over buildings by living area, and gives each building households of two to three. Every sum is
 * exact: the residents add up to `residents`.
 */
export function settle(
  buildings: readonly DrawnBuilding[],
  residents: number,
): { households: number; residents: number }[] {
  const livingM2 = buildings.reduce((sum, building) => sum + building.livingM2, 0);
  let [shared, given] = [0, 0];
  return buildings.map((building) => {
    shared += livingM2 === 0 ? 0 : (building.livingM2 / livingM2) * residents;
    const own = Math.round(shared) - given;
    given += own;
    return { residents: own, households: Math.ceil(own / 2.6) };
  });
}
