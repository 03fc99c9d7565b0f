import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import {
  countAll,
  handled,
  logMinutes,
  measures,
  questionOf,
  stratum,
  waitBuckets,
  waitPositions,
  waits,
} from './measures.ts';

const unitColumns = [...measures, 'offers', 'offers_returned'];
const strataColumns = ['cases', 'late', 'handled', 'log_minutes'];
const positions = waits.length * waitBuckets;
const nobody = '00000000-0000-0000-0000-000000000000';

const listOf = (columns: readonly string[]): string => columns.join(', ');
const sums = (columns: readonly string[]): string => columns.map((name) => `sum(${name})::int as ${name}`).join(', ');
const month = `date_trunc('month', day)::date`;

/** Which facts are counted: `only` in SQL over facts f; into tables that hold rows of them already, or nothing of them yet. */
interface Move {
  only: RawBuilder<unknown>;
  sign: 1 | -1;
  fresh: boolean;
}

/** Into rows that may be there, by their key: the numbers are added. Where nothing can be there, this is left out: twice as fast. */
function onto({ fresh }: Move, table: string, key: string, columns: readonly string[]): RawBuilder<unknown> {
  const added = columns.map((name) => `${name} = ${table}.${name} + excluded.${name}`).join(', ');
  return fresh ? sql`` : sql.raw(`on conflict (${key}) do update set ${added}`);
}

/**
 * Adds what these facts count to the rollups, or takes it away (`sign` −1): called with −1 before facts are told anew
 * and with 1 after, in one transaction, the rollups move by the difference.
 */
export async function moveRollups(tx: Tx, ids: readonly string[], sign: 1 | -1): Promise<void> {
  await moveAll(tx, { only: sql`f.event_id = any (${[...ids]}::uuid[])`, sign, fresh: false });
}

async function moveAll(tx: Tx, move: Move): Promise<void> {
  await moveAreas(tx, move);
  await moveUnits(tx, move);
  await moveWaits(tx, move);
  await moveStrata(tx, move);
}

/** Facts are read once, for street and main class; what is above is added up from what is below. */
async function moveAreas(tx: Tx, move: Move): Promise<void> {
  const into = sql.raw(listOf(measures));
  const all = sql.raw(sums(measures));
  await sql`
    with g as materialized (
      select f.reported_day as day, f.path[1] as city, f.district, f.street, f.main_class as class, ${sql.raw(countAll(move.sign))}
      from event_fact f where ${move.only} group by 1, 2, 3, 4, 5
    ), d as materialized (
      select day, city, district, class, ${all} from g group by 1, 2, 3, 4
    ), c as materialized (
      select day, city, class, ${all} from d group by 1, 2, 3
    ), days as materialized (
      select day, street as area, district as parent, class, ${into} from g where street is not null
      union all select day, street, district, '', ${all} from g where street is not null group by 1, 2, 3
      union all select day, district, city, class, ${into} from d where district is not null
      union all select day, district, city, '', ${all} from d where district is not null group by 1, 2, 3
      union all select day, city, '', class, ${into} from c where city is not null
      union all select day, city, '', '', ${all} from c where city is not null group by 1, 2
    ), put as (
      insert into indicator_day (day, area, parent, class, ${into})
      select day, area, parent, class, ${into} from days
      ${onto(move, 'indicator_day', 'area, class, day', measures)}
    )
    insert into indicator_month (month, area, parent, class, ${into})
    select ${sql.raw(month)}, area, parent, class, ${all} from days group by 1, 2, 3, 4
    ${onto(move, 'indicator_month', 'area, class, month', measures)}`.execute(tx.db);
}

/** A case counts for the unit that leads; an offer for the unit it was made to, whoever leads now. One row for each of these units. */
const unitsOf = `(
  select p.unit_id, bool_or(p.leads) as leads, sum(p.offered)::int as offered, sum(p.returned)::int as returned from (
    select f.lead_unit_id, true, 0, 0 where f.lead_unit_id is not null
    union all
    select (o.value ->> 0)::uuid, false, 1, (o.value ->> 1 = 'returned')::int
    from jsonb_array_elements(f.facts -> 'offers') as o where ${questionOf['dispatched'] ?? ''}
  ) as p (unit_id, leads, offered, returned) group by p.unit_id
)`;

async function moveUnits(tx: Tx, move: Move): Promise<void> {
  const into = sql.raw(listOf(unitColumns));
  const all = sql.raw(sums(unitColumns));
  const given = sql.raw(move.sign === -1 ? '-' : '');
  await sql`
    with g as materialized (
      select f.reported_day as day, u.unit_id, coalesce(f.street, f.district) as area, f.district,
        ${sql.raw(countAll(move.sign, 'u.leads'))}, ${given}sum(u.offered)::int as offers, ${given}sum(u.returned)::int as offers_returned
      from event_fact f cross join lateral ${sql.raw(unitsOf)} as u
      where ${move.only} group by 1, 2, 3, 4
    ), put as (
      insert into unit_day (day, unit_id, area, district, ${into}) select * from g
      ${onto(move, 'unit_day', 'unit_id, day, area', unitColumns)}
    )
    insert into unit_month (month, unit_id, area, district, ${into})
    select ${sql.raw(month)}, unit_id, area, district, ${all} from g group by 1, 2, 3, 4
    ${onto(move, 'unit_month', 'unit_id, month, area', unitColumns)}`.execute(tx.db);
}

/** Streets all classes together; districts and the city by class too. Histograms are written as text: quicker than by element. */
async function moveWaits(tx: Tx, move: Move): Promise<void> {
  const spaced = (from: string) =>
    sql.raw(`(
      select day, area, class,
        ('{' || string_agg(repeat('0,', gap) || n, ',' order by at) || repeat(',0', ${positions} - max(at)) || '}')::int[] as counts
      from (
        select day, area, class, at, n, at - coalesce(lag(at) over (partition by day, area, class order by at), 0) - 1 as gap
        from ${from}
      ) as w group by 1, 2, 3
    )`);
  const months = `(select ${month} as day, area, class, at, sum(n)::int as n from days group by 1, 2, 3, 4) as s`;
  const merged = (table: string): RawBuilder<unknown> =>
    move.fresh
      ? sql``
      : sql.raw(
          `on conflict (area, class, ${table.endsWith('_day') ? 'day' : 'month'}) do update set counts = int_array_add(${table}.counts, excluded.counts)`,
        );
  await sql`
    with g as materialized (
      select f.reported_day as day, f.path[1] as city, f.district, f.street, f.main_class as class, w.at,
        ${sql.raw(move.sign === -1 ? '-' : '')}count(*)::int as n
      from event_fact f cross join lateral ${sql.raw(waitPositions)}
      where ${move.only} and w.at is not null and f.excluded is null and f.status <> 'cancelled'
      group by 1, 2, 3, 4, 5, 6
    ), d as materialized (
      select day, city, district, class, at, sum(n)::int as n from g group by 1, 2, 3, 4, 5
    ), c as materialized (
      select day, city, class, at, sum(n)::int as n from d group by 1, 2, 3, 4
    ), days as materialized (
      select day, street as area, '' as class, at, sum(n)::int as n from g where street is not null group by 1, 2, 4
      union all select day, district, class, at, n from d where district is not null
      union all select day, district, '', at, sum(n)::int from d where district is not null group by 1, 2, 4
      union all select day, city, class, at, n from c where city is not null
      union all select day, city, '', at, sum(n)::int from c where city is not null group by 1, 2, 4
    ), put as (
      insert into wait_day (day, area, class, counts) select day, area, class, counts from ${spaced('days')} as x
      ${merged('wait_day')}
    )
    insert into wait_month (month, area, class, counts) select day, area, class, counts from ${spaced(months)} as x
    ${merged('wait_month')}`.execute(tx.db);
}

async function moveStrata(tx: Tx, move: Move): Promise<void> {
  const given = sql.raw(move.sign === -1 ? '-' : '');
  const into = sql.raw(listOf(strataColumns));
  await sql`
    with judged as (
      select date_trunc('month', f.reported_day)::date as month, coalesce(f.street, f.district) as area, f.district, f.lead_unit_id,
        ${sql.raw(stratum)} as stratum, not (${sql.raw(questionOf['closed_on_time'] ?? '')}) as late,
        ${sql.raw(handled)} as handled, case when ${sql.raw(handled)} then ${sql.raw(logMinutes)} else 0 end as log_minutes
      from event_fact f where ${move.only} and f.lead_unit_id is not null and ${sql.raw(questionOf['close_due'] ?? '')}
    )
    insert into stratum_month (month, area, district, unit_id, stratum, ${into})
    select j.month, w.area, w.district, w.unit_id, j.stratum, ${given}count(*)::int,
      ${given}(count(*) filter (where j.late))::int, ${given}(count(*) filter (where j.handled))::int, ${given}sum(j.log_minutes)::bigint
    from judged j cross join lateral (values (j.area, j.district, j.lead_unit_id), ('', '', ${nobody}::uuid)) as w (area, district, unit_id)
    group by 1, 2, 3, 4, 5
    ${onto(move, 'stratum_month', 'unit_id, month, area, stratum', strataColumns)}`.execute(tx.db);
}

/** Rows in which nothing is left: they would not be there if everything were told from the start. Partial indexes find them. */
export async function dropEmpty(tx: Tx): Promise<void> {
  await sql`delete from indicator_day where reports = 0`.execute(tx.db);
  await sql`delete from indicator_month where reports = 0`.execute(tx.db);
  await sql`delete from unit_day where reports = 0 and offers = 0`.execute(tx.db);
  await sql`delete from unit_month where reports = 0 and offers = 0`.execute(tx.db);
  await sql`delete from wait_day where 0 = all (counts)`.execute(tx.db);
  await sql`delete from wait_month where 0 = all (counts)`.execute(tx.db);
  await sql`delete from stratum_month where cases = 0`.execute(tx.db);
}

const rollups = [
  'indicator_day', 'indicator_month', 'unit_day', 'unit_month', 'wait_day', 'wait_month', 'stratum_month',
] as const; // prettier-ignore

/** Forgets the rollups and makes them from the facts that are there, a month of reports at a time: what is sorted fits into memory. */
export async function rollUp(tx: Tx): Promise<void> {
  for (const table of rollups) await tx.db.deleteFrom(table).execute();
  await sql`set local work_mem = '96MB'`.execute(tx.db);
  const { rows } = await sql<{ from: string; before: string }>`
    select m::date::text as from, (m + interval '1 month')::date::text as before
    from (select min(reported_day) as first, max(reported_day) as last from event_fact) as span,
      generate_series(date_trunc('month', first), last, interval '1 month') as m`.execute(tx.db);
  for (const { from, before } of rows)
    await moveAll(tx, {
      only: sql`f.reported_day >= ${from}::date and f.reported_day < ${before}::date`,
      sign: 1,
      fresh: true,
    });
}
