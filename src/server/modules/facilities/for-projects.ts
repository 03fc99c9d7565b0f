/** What planning does to facilities and idle rooms, inside its own transaction. */
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { classOf } from './dictionary.ts';
import type { FacilitiesParts } from './parts.ts';
import { noIdle, placeOf } from './place.ts';
import { facilityFacts, facilityWords, tell } from './record.ts';
import { assertHours, type OpenSpan } from './rules-hours.ts';
import { findIdle, saveIdle, type IdleRow, type IdleState } from './store-idle.ts';
import { lockFacilitiesOf, nextFacilityCode, saveFacilities, type FacilityRow } from './store.ts';

/** An opened project, as a facility. Positions WGS-84 degrees, days 'YYYY-MM-DD'. */
export interface OpenedFacility {
  /** The project; the same one opens once. */
  projectId: string;
  classCode: string;
  name: string;
  lon: number;
  lat: number;
  address: string;
  capacity: number | null;
  floorM2: number | null;
  hours: OpenSpan[] | null;
  stepFree: boolean | null;
  openedOn: string;
  note?: string;
}

/**
 * Puts an opened project on the map; for a project that is there already answers what there is.
 * @throws AppError bad_input for an unknown class, wrong hours, a place outside every area
 */
export async function addFacility(
  parts: FacilitiesParts,
  tx: Tx,
  wish: OpenedFacility,
  actor: Actor,
): Promise<FacilityRow> {
  const before = (await lockFacilitiesOf(tx, 'project')).find(({ sourceRef }) => sourceRef === wish.projectId);
  if (before !== undefined) return before;
  const { projectId, note = '', ...facts } = wish;
  classOf(facts.classCode);
  assertHours(facts.hours);
  const nowMs = parts.clock.now();
  const place = placeOf(parts, facts);
  const row: FacilityRow = {
    id: uuidV7(nowMs),
    code: await nextFacilityCode(tx, place.district),
    ...facts,
    ...place,
    closedOn: null,
    source: 'project',
    sourceRef: projectId,
    checkedOn: null,
    note,
    version: 1,
  };
  await saveFacilities(tx, [row], nowMs);
  await tell(tx, 'facility.open_project', row, {
    actor,
    atMs: nowMs,
    data: { ...facilityFacts(row), projectId },
    words: facilityWords(row),
  });
  return row;
}

export interface IdleClaim {
  id: string;
  projectId: string;
}

async function move(
  { clock }: FacilitiesParts,
  tx: Tx,
  { id, projectId }: IdleClaim,
  actor: Actor,
  step: { action: `idle_resource.${string}`; from: readonly IdleState[]; to: IdleState },
): Promise<IdleRow> {
  const row = await findIdle(tx, systemScope, id, true);
  if (row === undefined) throw noIdle();
  const isOwn = row.reservedFor === projectId;
  if (isOwn && row.state === step.to) return row;
  if (!step.from.includes(row.state) || (row.reservedFor !== null && !isOwn))
    throw new AppError('in_use', `${row.name} is ${row.state}; another project may hold it. Choose another room.`, {
      state: row.state,
      code: row.code,
    });
  const saved = await saveIdle(tx, { ...row, state: step.to, reservedFor: step.to === 'idle' ? null : projectId });
  const data = { projectId, from: row.state, to: step.to };
  await tell(tx, step.action, saved, { actor, atMs: clock.now(), data });
  return saved;
}

/** Holds an idle room for a project; again for the same one changes nothing. @throws AppError not_found, in_use */
export function reserveIdle(parts: FacilitiesParts, tx: Tx, claim: IdleClaim, actor: Actor): Promise<IdleRow> {
  return move(parts, tx, claim, actor, { action: 'idle_resource.reserve', from: ['idle'], to: 'reserved' });
}

/** Gives a room back that the project held or used. @throws AppError not_found, in_use when another project holds it */
export function releaseIdle(parts: FacilitiesParts, tx: Tx, claim: IdleClaim, actor: Actor): Promise<IdleRow> {
  return move(parts, tx, claim, actor, {
    action: 'idle_resource.release',
    from: ['reserved', 'used', 'idle'],
    to: 'idle',
  });
}

/** The project has moved in. @throws AppError not_found, in_use */
export function useIdle(parts: FacilitiesParts, tx: Tx, claim: IdleClaim, actor: Actor): Promise<IdleRow> {
  return move(parts, tx, claim, actor, { action: 'idle_resource.use', from: ['idle', 'reserved'], to: 'used' });
}
