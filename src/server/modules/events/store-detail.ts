import { sql } from 'kysely';
import type { AttachmentKind, ClockKind } from '#contract/events-words.ts';
import type { Tx } from '#server/db/pool.ts';
import { toClockRow } from './store-case.ts';
import type { ClockRow } from './worktime.ts';

export interface DetailExtras {
  clocks: ClockRow[];
  attachments: {
    id: string;
    kind: AttachmentKind;
    taskId: string | null;
    mime: string;
    width: number;
    height: number;
    bytes: number;
    createdAt: string;
    public: boolean;
  }[];
  extensions: {
    id: string;
    taskId: string;
    amount: number;
    kind: ClockKind;
    reason: string;
    status: 'asked' | 'granted' | 'refused';
    askedAt: string;
  }[];
  calls: { id: string; number: string; calledAt: string; incidentNumber: string; note: string }[];
  mergedHere: { id: string; number: string; title: string }[];
  mergedInto: { id: string; number: string } | null;
}

/** Everything a detail page shows besides the event, its tasks and its timeline. One round trip. */
export async function readExtras(tx: Tx, eventId: string, mergedInto: string | null): Promise<DetailExtras> {
  const { rows } = await sql<Omit<DetailExtras, 'clocks'> & { clocks: Parameters<typeof toClockRow>[0][] }>`
    select (select coalesce(jsonb_agg(c order by c.started_at, c.id), '[]') from clock c where c.event_id = ${eventId}) as clocks,
      (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'kind', a.kind, 'taskId', a.task_id, 'mime', a.mime, 'width', a.width, 'height', a.height, 'bytes', a.bytes,
        'createdAt', a.created_at, 'public', a.public) order by a.created_at, a.id), '[]') from attachment a where a.event_id = ${eventId}) as attachments,
      (select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'taskId', x.task_id, 'amount', x.amount, 'kind', x.kind, 'reason', x.reason, 'status', x.status, 'askedAt', x.asked_at)
        order by x.asked_at), '[]') from extension x where x.event_id = ${eventId}) as extensions,
      (select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'number', k.number, 'calledAt', k.called_at, 'incidentNumber', k.incident_number, 'note', k.note) order by k.called_at), '[]')
        from call_record k where k.event_id = ${eventId}) as calls,
      (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'number', m.number, 'title', m.title) order by m.number), '[]') from event m where m.merged_into = ${eventId}) as "mergedHere",
      (select jsonb_build_object('id', i.id, 'number', i.number) from event i where i.id = ${mergedInto}) as "mergedInto"`.execute(
    tx.db,
  );
  const row = rows[0];
  if (row === undefined) throw new Error('A select without a table answers one row.');
  return { ...row, clocks: row.clocks.map(toClockRow) };
}

/** Names of accounts, for the timeline of whoever may see the event. */
export async function namesOf(tx: Tx, accountIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (accountIds.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('account')
    .select(['id', 'display_name as name'])
    .where('id', 'in', [...new Set(accountIds)])
    .execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}

export interface NearRow {
  id: string;
  lon: number;
  lat: number;
}

/** Events of these categories in these cells since a time, ended ones included; the caller measures the distance. */
export async function listNear(
  tx: Tx,
  near: { cells: readonly number[]; categories: readonly string[]; since: string; exceptId: string | undefined },
): Promise<NearRow[]> {
  return tx.db
    .selectFrom('event')
    .select(['id', sql<number>`lon`.as('lon'), sql<number>`lat`.as('lat')])
    .where('cell', 'in', [...near.cells])
    .where('reported_at', '>=', new Date(near.since))
    .where('category_code', 'in', [...near.categories])
    .where('status', 'not in', ['merged', 'cancelled', 'declined'])
    .$if(near.exceptId !== undefined, (query) => query.where('id', '<>', near.exceptId ?? ''))
    .orderBy('reported_at', 'desc')
    .limit(200)
    .execute();
}

/** Open tasks of units: how much each has on its hands. */
export async function countOpenTasks(tx: Tx, unitIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (unitIds.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('task')
    .select((eb) => ['unit_id as unitId', eb.fn.countAll<number>().as('count')])
    .where('unit_id', 'in', [...unitIds])
    .where('ended_at', 'is', null)
    .groupBy('unit_id')
    .execute();
  return new Map(rows.map((row) => [row.unitId, Number(row.count)]));
}
