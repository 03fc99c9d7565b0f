import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';

/** One line of the ledger that shows somebody having seen or changed a person in care. */
export interface SightingRow {
  id: string;
  at: Date;
  action: string;
  subjectType: string;
  subjectId: string;
  accountId: string | null;
  who: string | null;
  unit: string | null;
  role: string | null;
  data: Record<string, unknown>;
  words: Record<string, unknown> | null;
}

/** Lines in which a person in care is seen or changed. A move of areas is none: nobody looked. */
export const personActions = [
  'care.reveal',
  'care.create',
  'care.edit',
  'care.retire',
  'care.correct',
  'care.erase',
  'care.review',
] as const;
const workerActions = [
  ...personActions.filter((action) => action !== 'care.review'),
  'care.export_take',
  'care.import',
];

const columns = sql`e.id, e.at, e.action, e.subject_type as "subjectType", e.subject_id as "subjectId", e.actor_id as "accountId",
  a.display_name as who, u.name as unit, e.data, w.body as words,
  (select p.role from appointment p where p.account_id = e.actor_id and p.unit_id = e.actor_unit_id
    order by p.revoked_at desc nulls first, p.since desc limit 1) as role`;
const from = sql`ledger_entry e left join account a on a.id = e.actor_id left join unit u on u.id = e.actor_unit_id
  left join ledger_private w on w.entry_id = e.id`;

/** The newest first; `others`: lines about something else in which the person was, as modules above know them. */
export async function listSightings(
  tx: Tx,
  personId: string,
  others: readonly string[],
  limit: number,
): Promise<SightingRow[]> {
  const { rows } = await sql<SightingRow>`
    with line as (
      select id from ledger_entry
        where subject_id = ${personId} and subject_type = 'care_person' and action = any (${[...personActions]}::text[])
      union
      select e.id from care_export_person x join ledger_entry e on e.subject_id = x.export_id::text
        where x.person_id = ${personId}::uuid and e.subject_type = 'care_export' and e.action = 'care.export_take'
      union
      select e.id from care_person c join ledger_entry e on e.subject_id = c.import_id::text
        where c.id = ${personId}::uuid and e.subject_type = 'care_import' and e.action = 'care.import'
      union
      select unnest(${[...others]}::uuid[])
    )
    select ${columns} from line join ${from} on e.id = line.id order by e.at desc, e.id desc limit ${limit}`.execute(
    tx.db,
  );
  return rows;
}

/** A person as a reviewer sees them: no name. */
export interface Reviewed {
  id: string;
  tags: string[];
  areaCode: string;
  district: string;
  restricted: boolean;
  erasedAt: Date | null;
}

/** Undefined for nobody, and for somebody outside the scope. */
export async function findReviewed(tx: Tx, scope: Scope, id: string): Promise<Reviewed | undefined> {
  const { rows } = await sql<Reviewed>`
    select id, tags, area_code as "areaCode", district, restricted, erased_at as "erasedAt" from care_person
    where id = ${id} and (${scope.seeAll} or path && ${[...scope.areas]}::text[])`.execute(tx.db);
  return rows[0];
}

export interface Span {
  fromMs: number;
  toMs: number;
}

/**
 * Lines of a span that lie within a reviewer's areas: those about people the scope shows, those that name one of the
 * areas, and those that name none by people who work there.
 */
function within({ seeAll, areas }: Scope, { fromMs, toMs }: Span): RawBuilder<boolean> {
  const own = sql`${[...areas]}::text[]`;
  return sql<boolean>`e.at >= ${new Date(fromMs)} and e.at < ${new Date(toMs)} and e.action = any (${workerActions}::text[])
    and e.actor_id is not null and case
      when e.subject_type = 'care_person' then exists (
        select from care_person c where c.id = e.subject_id::uuid and (${seeAll} or c.path && ${own}))
      when e.data ? 'areaCode' then ${seeAll} or exists (
        select from area r where r.code = e.data ->> 'areaCode' and r.path && ${own})
      else ${seeAll} or exists (
        select from appointment p join area r on r.code = p.area_code where p.account_id = e.actor_id and r.path && ${own})
    end`;
}

export interface WorkerRow {
  accountId: string;
  name: string;
  unit: string | null;
  reveals: number;
  people: number;
  exports: number;
  edits: number;
  packs: number;
}

/** Who saw how many, those who opened most first. */
export async function listWorkers(tx: Tx, scope: Scope, span: Span, limit: number): Promise<WorkerRow[]> {
  const { rows } = await sql<WorkerRow>`
    select * from (select e.actor_id as "accountId", min(a.display_name) as name, min(u.name) as unit,
      count(*) filter (where e.action = 'care.reveal' and e.subject_type = 'care_person')::int as reveals,
      count(distinct e.subject_id) filter (where e.action = 'care.reveal' and e.subject_type = 'care_person')::int as people,
      count(*) filter (where e.action = 'care.export_take')::int as exports,
      count(*) filter (where e.action in ('care.create', 'care.edit', 'care.retire', 'care.correct', 'care.erase', 'care.import'))::int as edits,
      count(*) filter (where e.action = 'care.reveal' and e.subject_type <> 'care_person')::int as packs
    from ledger_entry e join account a on a.id = e.actor_id left join unit u on u.id = e.actor_unit_id
    where ${within(scope, span)} group by e.actor_id) one
    order by reveals + packs desc, exports desc, edits desc, "accountId" limit ${limit}`.execute(tx.db);
  return rows;
}

/** What one of them saw, the newest first. */
export async function listWorkerLines(
  tx: Tx,
  scope: Scope,
  wish: Span & { accountId: string; limit: number },
): Promise<SightingRow[]> {
  const { rows } = await sql<SightingRow>`select ${columns} from ${from}
    where ${within(scope, wish)} and e.actor_id = ${wish.accountId}::uuid
    order by e.at desc, e.id desc limit ${wish.limit}`.execute(tx.db);
  return rows;
}
