import { distanceM } from '#kit/geo.ts';
import type { Scope } from '#server/db/scope.ts';
import { windowAround, type Circle } from '#server/modules/grids/index.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import type { PeopleParts } from './queries.ts';
import { standingTo, type Circumstance } from './rules-sight.ts';
import { showCare, squareOf, type CareSight } from './sight.ts';
import { listCareWithin, type StoredCare } from './store.ts';

/**
 * A person in care as helpers on the spot see them, by the table of rules-sight.ts. Those with a glance only get category
 * and colour, the middle of the grid, and a distance to the nearest fifty metres; in the room of an urgent event the masked
 * name and the house.
 */
export interface NearCare extends Pick<CareSight, 'id' | 'name' | 'tags' | 'colour' | 'address' | 'areaCode'> {
  distanceM: number;
  lon: number;
  lat: number;
  /** False: lon and lat are the middle of the grid, and the distance is rounded. */
  exact: boolean;
}

const maxCareRadiusM = 2_000;
const maxNear = 500;
/** Half the diagonal of a square of squareOf, rounded up. */
const squareM = 80;
const stepM = 50;

/** Where the actor sees anything at all of people in care. */
export function sightScope(actor: Actor): Scope {
  const [register, glance] = [scopeFor(actor, 'care.read'), scopeFor(actor, 'care.glance')];
  return { ...register, areas: [...new Set([...register.areas, ...glance.areas])] };
}

/**
 * The (at most 500) nearest people in care at most `radiusM` (≤ 2000) metres from a position, each as far as the actor may
 * see them: nobody for an actor without care.read and care.glance. Distances are great-circle metres.
 * @throws AppError bad_input for another radius
 */
export async function listCareNear(
  parts: NearParts,
  actor: Actor,
  circle: Circle,
  circumstance: Exclude<Circumstance, 'purpose'> = 'plain',
): Promise<NearCare[]> {
  return (await seenWithin(parts, actor, circle, circumstance))
    .toSorted((a, b) => a.distanceM - b.distanceM)
    .slice(0, maxNear)
    .map(({ row, eyes, ...place }) => ({ ...showCare(parts, row, eyes, nearFields), ...place }));
}

const nearFields = ['id', 'name', 'tags', 'colour', 'address', 'areaCode'] as const;

type NearParts = Pick<PeopleParts, 'database' | 'vault' | 'territory'>;

/** Everybody the actor sees anything of within the circle, in no order; distances as far as they may be told. */
export async function seenWithin(
  parts: NearParts,
  actor: Actor,
  circle: Circle,
  circumstance: Exclude<Circumstance, 'purpose'>,
) {
  windowAround(circle, maxCareRadiusM);
  const window = windowAround({ ...circle, radiusM: circle.radiusM + squareM }, maxCareRadiusM + squareM);
  const scope = sightScope(actor);
  const rows = await parts.database.read(scope, (tx) => listCareWithin(tx, scope, window));
  return rows
    .map((row) => ({ row, eyes: { standing: standingTo(actor, row), circumstance } }))
    .filter(({ eyes }) => eyes.standing !== 'none')
    .map(({ row, eyes }) => ({ row, eyes, ...placed(circle, row, showCare(parts, row, eyes, ['place']).place) }))
    .filter((one) => one.distanceM <= circle.radiusM);
}

function placed({ lon, lat }: Circle, row: StoredCare, place: CareSight['place']) {
  const home = place.exact ? row : squareOf(row);
  const metres = distanceM([lon, lat], [home.lon, home.lat]);
  return { ...place, distanceM: place.exact ? metres : Math.round(metres / stepM) * stepM };
}
