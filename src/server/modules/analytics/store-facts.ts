import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

const columns = [
  'event_id', 'number', 'path', 'district', 'street', 'community', 'grid', 'category_code', 'main_class', 'priority',
  'channel', 'status', 'tier', 'owner_unit_id', 'lead_unit_id', 'lon', 'lat', 'reported_at', 'reported_day',
  'verified_at', 'filed_at', 'dispatched_at', 'accepted_at', 'arrived_at', 'finished_at', 'closed_at', 'ended_at',
  'due_at', 'late', 'due_steps', 'late_steps', 'hops', 'returns', 'reworks', 'reopens', 'urges', 'extensions', 'shelved',
  'supervised', 'rating', 'report_count', 'close_kind', 'excluded', 'facts', 'as_of',
] as const; // prettier-ignore

/**
 * Tells facts from the record: of the events named, or of all (`undefined`, into an empty table). What was told before
 * is written over. Firsts (dispatch, acceptance, arrival) come from the ledger, because rework and reopening write over
 * the columns of the task. Returns how many were told.
 */
export async function tellFacts(tx: Tx, ids: readonly string[] | undefined): Promise<number> {
  const only = (column: string): RawBuilder<unknown> =>
    ids === undefined ? sql`` : sql`where ${sql.raw(column)} = any (${[...ids]}::uuid[])`;
  const lines = ids === undefined ? sql`` : sql`and l.subject_id = any (${[...ids]}::text[])`;
  const { numAffectedRows } = await sql`
    with chosen as materialized (select e.* from event e ${only('e.id')}),
    tasks as (
      select t.event_id, count(distinct t.unit_id) as hops, min(t.accepted_at) as accepted_at, min(t.on_site_at) as arrived_at,
        (array_agg(t.unit_id order by t.offered_at desc, t.id desc) filter (where t.status <> 'withdrawn'))[1] as lead_unit_id,
        jsonb_agg(jsonb_build_array(t.unit_id, t.status) order by t.offered_at, t.id) as offers
      from task t ${ids === undefined ? sql`where` : sql`${only('t.event_id')} and`} t.part = 'lead' group by t.event_id
    ),
    clocks as (
      select c.event_id, array_agg(distinct c.step order by c.step) as due_steps,
        coalesce(array_agg(distinct c.step order by c.step) filter (where c.late), '{}') as late_steps
      from clock c ${ids === undefined ? sql`where` : sql`${only('c.event_id')} and`} (c.stopped_at is not null or c.late) group by c.event_id
    ),
    longer as (
      select x.event_id, count(*) as n from extension x
      ${ids === undefined ? sql`where` : sql`${only('x.event_id')} and`} x.status = 'granted' group by x.event_id
    ),
    firsts as (
      select l.subject_id::uuid as event_id, min(l.at) filter (where l.action = 'event.dispatch') as dispatched_at,
        min(l.at) filter (where l.action = 'event.accept' and l.data ->> 'to' = 'handling' and l.data ->> 'from' = 'dispatched') as accepted_at,
        min(l.at) filter (where l.action = 'event.arrive') as arrived_at
      from ledger_entry l
      where l.subject_type = 'event' and l.action in ('event.dispatch', 'event.accept', 'event.arrive') ${lines}
      group by l.subject_id
    ),
    out_of as (
      select x.event_id, x.reason_code from indicator_exclusion x
      ${ids === undefined ? sql`where` : sql`${only('x.event_id')} and`} x.state = 'approved'
    )
    insert into event_fact (${sql.raw(columns.join(', '))})
    select e.id, e.number, array_remove(array[e.city, e.district, e.street, e.community, e.grid], null), e.district, e.street,
      e.community, e.grid, e.category_code, case when up.parent_code is null then c.code else up.code end, e.priority,
      e.channel, e.status, e.tier, e.owner_unit_id, t.lead_unit_id, e.lon, e.lat, e.reported_at,
      (e.reported_at at time zone 'Asia/Shanghai')::date, e.verified_at, e.filed_at,
      coalesce(f.dispatched_at, e.dispatched_at), coalesce(f.accepted_at, t.accepted_at), coalesce(f.arrived_at, t.arrived_at),
      e.finished_at, e.closed_at, e.ended_at, e.due_at, e.late, coalesce(k.due_steps, '{}'), coalesce(k.late_steps, '{}'),
      coalesce(t.hops, 0), e.returns, e.reworks, e.reopens, e.urges, coalesce(x.n, 0), e.status = 'shelved', e.supervised,
      e.rating, e.report_count, e.close_kind, o.reason_code,
      jsonb_build_object('offers', coalesce(t.offers, '[]'))
        || case when e.review_at is null or e.status <> 'shelved' then '{}'::jsonb
           else jsonb_build_object('reviewMs', round(extract(epoch from e.review_at) * 1000)) end,
      e.updated_at
    from chosen e
    join category c on c.code = e.category_code
    left join category up on up.code = c.parent_code
    left join tasks t on t.event_id = e.id
    left join clocks k on k.event_id = e.id
    left join longer x on x.event_id = e.id
    left join firsts f on f.event_id = e.id
    left join out_of o on o.event_id = e.id
    on conflict (event_id) do update set ${sql.raw(
      columns
        .slice(1)
        .map((name) => `${name} = excluded.${name}`)
        .join(', '),
    )}`.execute(tx.db);
  return Number(numAffectedRows ?? 0);
}

/** Events whose facts a change of dictionaries may alter: of a category, or with running clocks. */
export async function idsOfCategory(tx: Tx, code: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select f.event_id as id from event_fact f join category c on c.code = f.category_code
    where c.code = ${code} or c.parent_code = ${code}`.execute(tx.db);
  return rows.map(({ id }) => id);
}

export async function idsOfOpen(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from event where ended_at is null`.execute(tx.db);
  return rows.map(({ id }) => id);
}

export async function forgetFacts(tx: Tx): Promise<void> {
  await tx.db.deleteFrom('event_fact').execute();
}

/** Events there are, counted up to `most`. */
export async function countEvents(tx: Tx, most: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (select 1 from event limit ${most}) as e`.execute(tx.db);
  return rows[0]?.n ?? 0;
}
