/** Visits over the very small city of events: people in care, a warning that can be switched on, a stand-in. */
import { randomUUID } from 'node:crypto';
import { uuidV7 } from '#kit/ids.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { sealSecrets } from '#server/modules/people/sealing.ts';
import type { RunningEffect } from '#server/modules/warnings/index.ts';
import { createVault, type Vault } from '#server/vault/vault.ts';
import { createEventsWorld, type PersonKey, type World } from '../../../../test/helpers/events-world.ts';
import { createVisits, seedVisitRules, type Missed, type VisitParts } from './index.ts';

export const eastGrid = '500103004001001';

/** What a story takes from other modules instead of what the fixture gives: a map of stand-ins, and nobody to be told. */
export type Ports = Partial<Pick<VisitParts, 'standIn' | 'met'>>;

export async function buildVisits(portsOf: (world: World & { vault: Vault }) => Ports = () => ({})) {
  const world = await createEventsWorld();
  const { database, territory, clock, events, owner, as, unit } = world;
  const vault = createVault([new Uint8Array(32).fill(7)]);
  await seedVisitRules(database, clock);
  for (const [key, areaCode, unitId] of [
    ['gridWorker', eastGrid, unit.east],
    ['secretary', '500103004001', unit.east],
    ['otherGridWorker', '500103004002', unit.west],
  ] as const)
    await owner.query(
      "insert into appointment (id, account_id, unit_id, area_code, role, since) values ($1, $2, $3, $4, $5, '2020-01-01')",
      [randomUUID(), as[key].accountId, unitId, areaCode, key === 'secretary' ? 'secretary' : 'full_time'],
    );
  const contacts: RunningEffect[] = [];
  const standIns = new Map<string, string>();
  const visits = createVisits({
    database,
    territory,
    vault,
    clock,
    events,
    names: async (_tx, ids) => new Map(ids.map((id) => [id, `worker ${id.slice(0, 4)}`])),
    listContacts: async () => contacts,
    standIn: async (_tx, accountId) => standIns.get(accountId) ?? null,
    met: async () => undefined,
    ...portsOf({ ...world, vault }),
  });
  const missed: Missed[] = [];
  visits.alsoHear(async (_tx, said) => void missed.push(said));

  /** Somebody in care in the east grid; a little apart from one another so that a route has something to order. */
  let count = 0;
  async function addPerson(tags: string[], over: { name?: string; areaCode?: string } = {}): Promise<string> {
    const id = uuidV7(clock.now());
    const areaCode = over.areaCode ?? eastGrid;
    const path = ['500000', '500103', '500103004', areaCode.slice(0, 12), ...(areaCode.length > 12 ? [areaCode] : [])];
    const sealed = sealSecrets(vault, {
      name: over.name ?? `欧阳甲${count}`,
      phone: '10000000001',
      idNumber: null,
      addressDetail: '2单元5-3',
      contact: '女儿 10000000002',
      guardian: null,
      health: null,
      birthYear: null,
    });
    await owner.query(
      `insert into care_person (id, name, phone, address_detail, contact, name_index, tags, address, lon, lat, area_code, path, district,
         created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7, '样街1号', $8, 29.505, $9, $10, '500103', $11, $11)`,
      [id, sealed.name, sealed.phone, sealed.addressDetail, sealed.contact, sealed.nameIndex, tags, 106.502 + count++ / 10_000, areaCode, path, new Date(clock.now())], // prettier-ignore
    );
    return id;
  }

  const empty = { params: {}, query: {}, body: {} };
  const today = (actor: Actor) => visits.handlers.today(empty, { actor });
  type RecordBody = Parameters<typeof visits.handlers.record>[0]['body'];
  const record = (actor: Actor, id: string, body: Partial<RecordBody> = {}) =>
    visits.handlers.record(
      {
        params: { id },
        query: {},
        body: { opId: randomUUID(), method: 'home', outcome: 'nothing_changed', note: '', attachments: [], ...body },
      },
      { actor },
    );
  const plan = (actor: Actor, query: Record<string, unknown> = {}) =>
    visits.handlers.plan({ params: {}, query: { limit: 50, ...query }, body: {} }, { actor });
  const rows = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
    (await owner.query<T>(text, values)).rows;
  /** The data of lines of one action, oldest first, with their words. */
  const lines = (action: string) =>
    rows<{ data: Record<string, unknown>; subject_id: string; audience: string[] }>(
      'select data, subject_id, audience from ledger_entry where action = $1 order by at, id',
      [action],
    );
  /** Makes a person's visit due today, as time would. */
  const makeDue = (personId: string) =>
    rows('update visit_task set planned_on = $2 where person_id = $1 and ended_at is null', [
      personId,
      new Date(clock.now() + 8 * 3_600_000).toISOString().slice(0, 10),
    ]);
  return {
    ...world,
    vault,
    visits,
    contacts,
    standIns,
    addPerson,
    today,
    record,
    plan,
    rows,
    lines,
    makeDue,
    missed,
    actor: (key: PersonKey) => as[key],
  };
}
export type VisitsWorld = Awaited<ReturnType<typeof buildVisits>>;

/** A warning's effect that asks for contact, on now. */
export function contactRun(onMs: number, over: Partial<RunningEffect> = {}): RunningEffect {
  return {
    id: randomUUID(),
    warningId: randomUUID(),
    effect: 'contact',
    target: 'elder_alone',
    areas: ['500103004'],
    onAt: new Date(onMs),
    kind: 'heat',
    colour: 'orange',
    headline: '高温橙色预警',
    endsAt: new Date(onMs + 86_400_000),
    ...over,
  };
}
