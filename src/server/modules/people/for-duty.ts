/** What modules above show of people in care, by the same table as everywhere (rules-sight.ts). */
import type { Tx } from '#server/db/pool.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { levelOf, standingTo } from './rules-sight.ts';
import { showCare, type CareSight, type SightParts } from './sight.ts';
import { findCare, listCareOf } from './store.ts';

const atTheDoor = [
  'name',
  'phone',
  'address',
  'addressDetail',
  'contact',
  'tags',
  'place',
] as const satisfies readonly (keyof CareSight)[];

/** Whom a visitor goes to. */
export type DutyCare = Pick<CareSight, (typeof atTheDoor)[number]>;

/**
 * People in care as somebody sees them who has the duty to go there today, by id. The caller has made sure of that duty
 * (an open task, a stand-in) and writes the ledger line `care.reveal`. The transaction's scope bounds who is found; the
 * program's own finds nobody restricted.
 */
export async function openForDuty(tx: Tx, parts: SightParts, ids: readonly string[]): Promise<Map<string, DutyCare>> {
  const rows = (await listCareOf(tx, ids)).filter(({ restricted }) => !restricted);
  return new Map(
    rows.map((row) => [row.id, showCare(parts, row, { standing: 'duty', circumstance: 'purpose' }, atTheDoor)]),
  );
}

const inLists = ['name', 'address', 'tags', 'place'] as const satisfies readonly (keyof CareSight)[];

/** The same people as lists show them to this actor: masked, and where they live no finer than the actor may know. */
export async function maskForList(
  tx: Tx,
  parts: SightParts,
  actor: Actor,
  ids: readonly string[],
): Promise<Map<string, Pick<CareSight, (typeof inLists)[number]>>> {
  const rows = await listCareOf(tx, ids);
  return new Map(
    rows.flatMap((row) => {
      const standing = standingTo(actor, row);
      return standing === 'none' ? [] : [[row.id, showCare(parts, row, { standing, circumstance: 'plain' }, inLists)]];
    }),
  );
}

/** A person in care whom an actor may read of, and whether what was said about them opens for a purpose. */
export interface Reached {
  areaCode: string;
  path: string[];
  district: string;
  /** Words of visits are like notes on health: those with the duty only, for a purpose on record. */
  opens: boolean;
}

/** Undefined for nobody, and for whoever the actor may not read of. Call it in a transaction of the scope of care.read. */
export async function reachPerson(tx: Tx, actor: Actor, id: string): Promise<Reached | undefined> {
  const row = await findCare(tx, scopeFor(actor, 'care.read'), id);
  if (row === undefined) return undefined;
  const standing = standingTo(actor, row);
  if (levelOf('id', standing, 'plain') !== 'full') return undefined;
  const { areaCode, path, district } = row;
  return { areaCode, path, district, opens: levelOf('health', standing, 'purpose') === 'full' };
}
