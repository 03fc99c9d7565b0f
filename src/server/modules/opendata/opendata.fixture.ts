/** The very small city with facts of cases written underneath, and open data of them with nothing else joined. */
import { randomUUID } from 'node:crypto';
import { createEventsWorld, type World } from '#test/helpers/events-world.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { rolePermissions } from '#server/modules/identity/index.ts';
import { createOpenData } from './index.ts';
import type { OpenDataParts } from './parts.ts';

export interface GivenCase {
  /** How many alike. */
  n?: number;
  community?: string | null;
  street?: string;
  category?: string;
  reportedAt?: string;
  /** Null: still open. */
  closedAt?: string | null;
  status?: string;
  reopens?: number;
}

/** Writes facts of cases without the cases: only what is counted matters here. */
export async function putFacts({ owner, unit }: Pick<World, 'owner' | 'unit'>, given: readonly GivenCase[]) {
  await owner.query('alter table event_fact drop constraint if exists event_fact_event_id_fkey');
  for (const one of given) {
    const { n = 1, street = '500103004', category = 'E0102', reopens = 0 } = one;
    const community = one.community === undefined ? `${street}001` : one.community;
    const { reportedAt = '2026-05-04T02:00:00Z', closedAt = '2026-05-06T03:00:00Z' } = one;
    const path = ['500000', '500103', street, ...(community === null ? [] : [community])];
    for (let k = 0; k < n; k++)
      await owner.query(
        `insert into event_fact (event_id, number, path, district, street, community, category_code, priority, channel, status,
           tier, owner_unit_id, reported_at, reported_day, closed_at, ended_at, late, hops, returns, reworks, reopens, urges,
           extensions, shelved, supervised, report_count, as_of)
         values ($1, $2, $3, '500103', $4, $5, $6, 3, 'resident', $7, 'street', $8, $9::timestamptz,
           ($9::timestamptz at time zone 'Asia/Shanghai')::date, $10, $10, false, 1, 0, 0, $11, 0, 0, false, false, 1, now())`,
        [
          randomUUID(),
          `T${randomUUID().slice(0, 8)}`,
          path,
          street,
          community,
          category,
          one.status ?? (closedAt === null ? 'handling' : 'closed'),
          unit.streetCentre,
          reportedAt,
          closedAt,
          reopens,
        ],
      );
  }
}

/** A commander of that area, as identity would give one. */
export function commanderOf(like: Actor, areaCode: string, unitId: string): Actor {
  const grant = like.grants[0];
  if (grant === undefined) throw new Error('Expected an actor with a grant.');
  return { ...like, grants: [{ ...grant, areaCode, unitId, permissions: new Set(rolePermissions.commander) }] };
}

export async function buildOpenData() {
  const world = await createEventsWorld();
  const { database, clock, territory, events, as, unit } = world;
  const parts: OpenDataParts = {
    database,
    clock,
    territory,
    categories: async () => (await events.dictionary.get()).categories,
  };
  return {
    ...world,
    parts,
    feed: createOpenData(parts),
    street: commanderOf(as.chief, '500103004', unit.streetCentre),
    north: commanderOf(as.chief, '500103005', unit.northCentre),
    whole: commanderOf(as.districtChief, '500103', unit.districtCentre),
    put: (given: readonly GivenCase[]) => putFacts(world, given),
  };
}
export type OpenDataWorld = Awaited<ReturnType<typeof buildOpenData>>;
