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

const names = measures.join(', ');
const added = (table: string, columns: readonly string[]): string =>
  columns.map((name) => `${name} = ${table}.${name} + excluded.${name}`).join(', ');
const positions = waits.length * waitBuckets;
const nobody = '00000000-0000-0000-0000-000000000000';

/** Areas of a finest group g that have rollups, and classes: itself and all together. Facts are read once, groups are summed. */
const areas = `cross join lateral (values (g.city, '', 1), (g.district, g.city, 2), (g.street, g.district, 3)) as a (code, parent, level)`;
const classes = `cross join lateral (values (''), (g.main_class)) as k (class)`;
const place = 'f.reported_day as day, f.path[1] as city, f.district, f.street, f.main_class';
const sums = (columns: readonly string[]): string => columns.map((name) => `sum(g.${name})::int as ${name}`).join(', ');

/**
 * Adds what these facts count to the rollups, or takes it away (`sign` −1): called with −1 before facts are told anew
 * and with 1 after, in one transaction, the rollups move by the difference. `ids` undefined: all facts.
 */
export async function moveRollups(tx: Tx, ids: readonly string[] | undefined, sign: 1 | -1): Promise<void> {
  const only = ids === undefined ? sql`true` : sql`f.event_id = any (${[...ids]}::uuid[])`;
  await moveAreas(tx, only, sign);
  await moveUnits(tx, only, sign);
  await moveWaits(tx, only, sign);
  await moveStrata(tx, only, sign);
}

async function moveAreas(tx: Tx, only: RawBuilder<unknown>, sign: 1 | -1): Promise<void> {
  await sql`
    with g as (select ${sql.raw(place)}, ${sql.raw(countAll(sign))} from event_fact f where ${only} group by 1, 2, 3, 4, 5)
    insert into indicator_day (day, area, parent, class, ${sql.raw(names)})
    select g.day, a.code, a.parent, k.class, ${sql.raw(sums(measures))}
    from g ${sql.raw(areas)} ${sql.raw(classes)}
    where a.code is not null
    group by 1, 2, 3, 4
    on conflict (area, class, day) do update set ${sql.raw(added('indicator_day', measures))}`.execute(tx.db);
}

async function moveUnits(tx: Tx, only: RawBuilder<unknown>, sign: 1 | -1): Promise<void> {
  const columns = [...measures, 'offers', 'offers_returned'];
  const given = sign === -1 ? '-' : '';
  const none = measures.map((name) => `0 as ${name}`).join(', ');
  await sql`
    with led as (
      select f.reported_day as day, f.lead_unit_id as unit_id, coalesce(f.street, f.district) as area, f.district, f.main_class,
        ${sql.raw(countAll(sign))}, 0 as offers, 0 as offers_returned
      from event_fact f
      where ${only} and f.lead_unit_id is not null
      group by 1, 2, 3, 4, 5
    ), offered as (
      select f.reported_day as day, (o.value ->> 0)::uuid as unit_id, coalesce(f.street, f.district) as area, f.district, f.main_class,
        ${sql.raw(none)}, ${sql.raw(given)}count(*)::int as offers,
        ${sql.raw(given)}(count(*) filter (where o.value ->> 1 = 'returned'))::int as offers_returned
      from event_fact f cross join lateral jsonb_array_elements(f.facts -> 'offers') as o
      where ${only} and ${sql.raw(questionOf['dispatched'] ?? '')}
      group by 1, 2, 3, 4, 5
    ), g as (select * from led union all select * from offered)
    insert into unit_day (day, unit_id, area, district, class, ${sql.raw(columns.join(', '))})
    select g.day, g.unit_id, g.area, g.district, k.class, ${sql.raw(sums(columns))}
    from g ${sql.raw(classes)} group by 1, 2, 3, 4, 5
    on conflict (unit_id, class, day, area) do update set ${sql.raw(added('unit_day', columns))}`.execute(tx.db);
}

/** Streets all classes together; districts and the city by class too. Histograms are written as text: quicker than by element. */
async function moveWaits(tx: Tx, only: RawBuilder<unknown>, sign: 1 | -1): Promise<void> {
  await sql`
    with g as (
      select ${sql.raw(place)}, w.at, ${sql.raw(sign === -1 ? '-' : '')}count(*)::int as n
      from event_fact f cross join lateral ${sql.raw(waitPositions)}
      where ${only} and w.at is not null and f.excluded is null and f.status <> 'cancelled'
      group by 1, 2, 3, 4, 5, 6
    ), counted as (
      select g.day, a.code as area, k.class, g.at, sum(g.n)::int as n from g ${sql.raw(areas)} ${sql.raw(classes)}
      where a.code is not null and (a.level < 3 or k.class = '')
      group by 1, 2, 3, 4
    ), spaced as (
      select day, area, class, at, n, at - coalesce(lag(at) over (partition by day, area, class order by at), 0) - 1 as gap from counted
    )
    insert into wait_day (day, area, class, counts)
    select day, area, class,
      ('{' || string_agg(repeat('0,', gap) || n, ',' order by at) || repeat(',0', ${positions} - max(at)) || '}')::int[]
    from spaced group by 1, 2, 3
    on conflict (area, class, day) do update set counts = int_array_add(wait_day.counts, excluded.counts)`.execute(
    tx.db,
  );
}

async function moveStrata(tx: Tx, only: RawBuilder<unknown>, sign: 1 | -1): Promise<void> {
  const columns = ['cases', 'late', 'handled', 'log_minutes'];
  const given = sql.raw(sign === -1 ? '-' : '');
  await sql`
    with judged as (
      select date_trunc('month', f.reported_day)::date as month, coalesce(f.street, f.district) as area, f.district, f.lead_unit_id,
        ${sql.raw(stratum)} as stratum, not (${sql.raw(questionOf['closed_on_time'] ?? '')}) as late,
        ${sql.raw(handled)} as handled, case when ${sql.raw(handled)} then ${sql.raw(logMinutes)} else 0 end as log_minutes
      from event_fact f where ${only} and f.lead_unit_id is not null and ${sql.raw(questionOf['close_due'] ?? '')}
    )
    insert into stratum_month (month, area, district, unit_id, stratum, ${sql.raw(columns.join(', '))})
    select j.month, w.area, w.district, w.unit_id, j.stratum, ${given}count(*)::int,
      ${given}(count(*) filter (where j.late))::int, ${given}(count(*) filter (where j.handled))::int, ${given}sum(j.log_minutes)::bigint
    from judged j cross join lateral (values (j.area, j.district, j.lead_unit_id), ('', '', ${nobody}::uuid)) as w (area, district, unit_id)
    group by 1, 2, 3, 4, 5
    on conflict (unit_id, month, area, stratum) do update set ${sql.raw(added('stratum_month', columns))}`.execute(
    tx.db,
  );
}

/** Rows in which nothing is left: they would not be there if everything were told from the start. Partial indexes find them. */
export async function dropEmpty(tx: Tx): Promise<void> {
  await sql`delete from indicator_day where reports = 0`.execute(tx.db);
  await sql`delete from unit_day where reports = 0 and offers = 0`.execute(tx.db);
  await sql`delete from wait_day where 0 = all (counts)`.execute(tx.db);
  await sql`delete from stratum_month where cases = 0`.execute(tx.db);
}

/** Forgets the rollups and makes them from the facts that are there. */
export async function rollUp(tx: Tx): Promise<void> {
  for (const table of ['indicator_day', 'unit_day', 'wait_day', 'stratum_month'] as const)
    await tx.db.deleteFrom(table).execute();
  await moveRollups(tx, undefined, 1);
}
