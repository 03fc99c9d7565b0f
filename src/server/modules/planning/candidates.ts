/** Places one may choose: rooms of the idle ledger, points put on the map, places along the streets. */
import type { planningRoutes } from '#contract/planning.ts';
import type { Candidate } from '#contract/planning.ts';
import type { Input, Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { distanceM } from '#kit/geo.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { areaFor } from './access.ts';
import { fittingCosts } from './dictionary.ts';
import type { ClassWord, IdleRoom, PeopleCell, PlanningParts } from './parts.ts';

type Listed = Output<(typeof planningRoutes)['candidates']>['items'][number];
type Query = Input<(typeof planningRoutes)['candidates']>['query'];

/** Rooms further than this from everybody's home in the area are nobody's choice: a quarter of an hour in a straight line. */
const nearM = 1_000;

/** The first estimate of making a room usable, in yuan, whole hundreds; null where the dictionary has no figure. */
export function estimateYuan(condition: string, areaM2: number | null): number | null {
  const cost = fittingCosts().get(condition);
  return cost === undefined || areaM2 === null ? null : Math.round((cost.yuanPerM2 * areaM2) / 100) * 100;
}

/** Whether a room can become one of the class, and what stands against it. */
export function fitOf(
  { uses, areaM2, condition }: Pick<IdleRoom, 'uses' | 'areaM2' | 'condition'>,
  { code, minFloorM2 }: Pick<ClassWord, 'code' | 'minFloorM2'>,
): Listed['why'] {
  if (condition === 'unsafe') return 'unsafe';
  if (uses.length > 0 && !uses.includes(code)) return 'other_use';
  if (minFloorM2 !== null && areaM2 < minFloorM2) return 'too_small';
  return uses.length === 0 ? 'use_unsaid' : 'fits';
}

const keyOf = (room: IdleRoom): string => `idle:${room.id}`;

function candidateOf(room: IdleRoom): Candidate {
  const { id, name, lon, lat, address, areaM2, condition } = room;
  const costYuan = estimateYuan(condition, areaM2);
  return {
    key: keyOf(room),
    kind: 'idle',
    idleId: id,
    name,
    lon,
    lat,
    address,
    floorM2: areaM2,
    capacity: null,
    costYuan,
  };
}

/** Idle rooms near the area that could be chosen, those that fit first; and places along its streets where asked for. */
export async function listCandidates(parts: PlanningParts, actor: Actor, query: Query): Promise<{ items: Listed[] }> {
  const area = areaFor(parts, actor, query.area, 'circle.plan');
  const kind = Iterator.from(parts.facilities.classes()).find(({ code }) => code === query.class);
  if (kind === undefined)
    throw new AppError('bad_input', `class: expected a class of facilities, found ${query.class}.`, { field: 'class' });
  const { rooms, cells } = await parts.database.read(systemScope, async (tx) => ({
    rooms: await parts.facilities.listIdle(tx, { areaCode: area.path[1] ?? area.code }),
    cells: await parts.facilities.listCells(tx, { areaCode: area.code }),
  }));
  const items = rooms
    .filter((room) => room.areaCode.startsWith(area.code) || isNear(room, cells))
    .map((room): Listed => {
      const why = fitOf(room, kind);
      return { ...candidateOf(room), why, fits: why === 'fits' };
    })
    .toSorted((a, b) => Number(b.fits) - Number(a.fits) || (a.name < b.name ? -1 : 1));
  return { items: [...items, ...(await alongStreets(parts, area.code, query.street, kind))] };
}

const isNear = ({ lon, lat }: IdleRoom, cells: readonly PeopleCell[]): boolean =>
  cells.some((cell) => Math.abs(cell.lat - lat) < 0.01 && distanceM([cell.lon, cell.lat], [lon, lat]) <= nearM);

async function alongStreets(
  { circle }: PlanningParts,
  areaCode: string,
  everyM: number | undefined,
  { minFloorM2 }: ClassWord,
): Promise<Listed[]> {
  if (everyM === undefined) return [];
  const places = await circle.streetPlaces({ areaCode, everyM });
  const costYuan = estimateYuan('new', minFloorM2);
  return places.map(({ lon, lat }, k) => ({
    key: `street:${k + 1}`,
    kind: 'street',
    idleId: null,
    name: `沿街点 ${k + 1}`,
    lon,
    lat,
    address: '',
    floorM2: minFloorM2,
    capacity: null,
    costYuan,
    why: 'anywhere',
    fits: true,
  }));
}

interface WishedPlaces {
  areaCode: string;
  candidates: readonly Candidate[];
}

/**
 * Candidates as they are kept: what the idle ledger knows of a room is taken from there, whatever was sent; estimates may be
 * one's own.
 * @throws AppError bad_input for a key sent twice, or a room that is not idle
 */
export async function settleCandidates(
  { facilities, territory }: PlanningParts,
  tx: Tx,
  { areaCode, candidates }: WishedPlaces,
): Promise<Candidate[]> {
  const path = territory.area(areaCode)?.path ?? [];
  const rooms = new Map(
    candidates.some(({ kind }) => kind === 'idle')
      ? (await facilities.listIdle(tx, { areaCode: path[1] ?? areaCode })).map((room) => [room.id, room])
      : [],
  );
  const seen = new Set<string>();
  return candidates.map((one) => {
    const settled = one.kind === 'idle' ? ofRoom(rooms.get(one.idleId ?? ''), one) : { ...one, idleId: null };
    if (seen.has(settled.key))
      throw new AppError('bad_input', `candidates: found ${settled.name} twice; expected each place once.`, {
        field: 'candidates',
      });
    seen.add(settled.key);
    return settled;
  });
}

function ofRoom(room: IdleRoom | undefined, { name, costYuan, capacity }: Candidate): Candidate {
  if (room === undefined)
    throw new AppError('bad_input', `candidates: ${name} is not idle any more. Load the candidates again.`, {
      field: 'candidates',
    });
  return { ...candidateOf(room), costYuan, capacity };
}
