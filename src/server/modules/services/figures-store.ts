/** What the tally says: persons and records by day and by one thing at a time. Days are 'YYYY-MM-DD' in Shanghai. */
import { sql } from 'kysely';
import { toIsoDate } from '#engine/worktime/days.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Days, Period } from './figures-rules.ts';

export type TallyOf = 'kind' | 'visitor' | 'weather' | 'hour' | 'partner';

export interface TallyRow {
  value: string;
  records: number;
  persons: number;
  recordsBefore: number;
  personsBefore: number;
}

const within = (stations: readonly string[], { first, last }: Days) =>
  sql`t.station_id = any (${[...stations]}::uuid[]) and t.day between ${toIsoDate(first)}::date and ${toIsoDate(last)}::date`;

const sums = ({ first, before }: Period) => {
  const now = sql`t.day >= ${toIsoDate(first)}::date`;
  const then = sql`t.day <= ${toIsoDate(before.last)}::date`;
  return sql`coalesce(sum(t.records) filter (where ${now}), 0)::int as records,
    coalesce(sum(t.persons) filter (where ${now}), 0)::int as persons,
    coalesce(sum(t.records) filter (where ${then}), 0)::int as "recordsBefore",
    coalesce(sum(t.persons) filter (where ${then}), 0)::int as "personsBefore"`;
};

/** Every value of every kind of count, for the period and the one before. */
export async function tallyAll(
  tx: Tx,
  stations: readonly string[],
  period: Period,
): Promise<(TallyRow & { what: TallyOf })[]> {
  const { rows } = await sql<TallyRow & { what: TallyOf }>`select t.what, t.value, ${sums(period)}
    from service_tally t where ${within(stations, { first: period.before.first, last: period.last })} and t.what <> 'hour'
    group by t.what, t.value`.execute(tx.db);
  return rows;
}

/** By station: the sums of whatever is counted once for each record. */
export async function tallyStations(tx: Tx, stations: readonly string[], period: Period): Promise<TallyRow[]> {
  const { rows } = await sql<TallyRow>`select t.station_id as value, ${sums(period)} from service_tally t
    where ${within(stations, { first: period.before.first, last: period.last })} and t.what = 'weather'
    group by t.station_id`.execute(tx.db);
  return rows;
}

/** Persons by weekday (0 Monday) and hour of the day. */
export async function tallyHours(
  tx: Tx,
  stations: readonly string[],
  days: Days,
): Promise<{ weekday: number; hour: number; persons: number }[]> {
  const { rows } = await sql<{ weekday: number; hour: number; persons: number }>`
    select extract(isodow from t.day)::int - 1 as weekday, t.value::int as hour, sum(t.persons)::int as persons
    from service_tally t where ${within(stations, days)} and t.what = 'hour' group by 1, 2`.execute(tx.db);
  return rows;
}

/** Persons by day. */
export async function tallyDays(
  tx: Tx,
  stations: readonly string[],
  days: Days,
): Promise<{ day: string; persons: number }[]> {
  const { rows } = await sql<{ day: string; persons: number }>`select t.day, sum(t.persons)::int as persons
    from service_tally t where ${within(stations, days)} and t.what = 'weather' group by t.day`.execute(tx.db);
  return rows;
}

/** The sum of one value, or of all where none is named; with `weekday` of those days only. */
export async function tallyOne(
  tx: Tx,
  stations: readonly string[],
  {
    days,
    what,
    value,
    weekday,
  }: { days: Days; what: TallyOf; value?: string | undefined; weekday?: number | undefined },
): Promise<{ records: number; persons: number }> {
  const { rows } = await sql<{ records: number; persons: number }>`
    select coalesce(sum(t.records), 0)::int as records, coalesce(sum(t.persons), 0)::int as persons
    from service_tally t where ${within(stations, days)} and t.what = ${what}
      ${value === undefined ? sql`` : sql`and t.value = ${value}`}
      ${weekday === undefined ? sql`` : sql`and extract(isodow from t.day) = ${weekday + 1}`}`.execute(tx.db);
  return rows[0] ?? { records: 0, persons: 0 };
}
