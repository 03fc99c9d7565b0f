/** What the tally says: persons and records by day and by one thing at a time. Days are 'YYYY-MM-DD' in Shanghai. */
import { sql, type RawBuilder } from 'kysely';
import { toIsoDate } from '#engine/worktime/days.ts';
import type { Tx } from '#server/db/pool.ts';
import { monthsOf, type Days, type Period } from './figures-rules.ts';

export type TallyOf = 'kind' | 'visitor' | 'weather' | 'hour' | 'partner';

export interface TallyRow {
  value: string;
  records: number;
  persons: number;
  recordsBefore: number;
  personsBefore: number;
}

const between = (column: 'day' | 'month', { first, last }: Days) =>
  sql`t.${sql.ref(column)} between ${toIsoDate(first)}::date and ${toIsoDate(last)}::date`;
const within = (stations: readonly string[], days: Days) =>
  sql`t.station_id = any (${[...stations]}::uuid[]) and ${between('day', days)}`;

const nameOfHour = sql`service_tally_weekly(t.what, t.day, t.value)`;
const whole: readonly TallyOf[] = ['kind', 'visitor', 'weather', 'hour', 'partner'];

/** All counts of a span: its whole months from the tally of months, the days at both ends from that of days. */
function countsOf(stations: readonly string[], days: Days, what = whole): RawBuilder<unknown> {
  const { months, ends } = monthsOf(days);
  const wanted = sql`t.station_id = any (${[...stations]}::uuid[]) and t.what = any (${[...what]}::text[])`;
  const ofDays = ends.map(
    (end) => sql`select t.station_id, t.what, ${nameOfHour} as value, t.day, t.records, t.persons
      from service_tally t where ${wanted} and ${between('day', end)}`,
  );
  const ofMonths = months === null ? [] : [
    sql`select t.station_id, t.what, t.value, t.month as day, t.records, t.persons
      from service_tally_month t where ${wanted} and ${between('month', months)}`,
  ]; // prettier-ignore
  return sql.join([...ofMonths, ...ofDays], sql` union all `);
}

/** What a period and the one before it come to: by value of each count, and by station. */
export interface Tally {
  of(what: TallyOf): readonly TallyRow[];
  /** `value` is the id of the station. */
  byStation: readonly TallyRow[];
}

type SummedRow = TallyRow & { what: TallyOf; stationId: string | null };

/** Every value of every kind of count, for the period and the one before; `byStation` needs 'weather' among `what`. */
export async function tallyAll(tx: Tx, stations: readonly string[], period: Period, what = whole): Promise<Tally> {
  const { rows } = await sql<SummedRow>`select t.what, t.value, t.station_id as "stationId",
      coalesce(sum(t.records) filter (where t.now), 0)::int as records,
      coalesce(sum(t.persons) filter (where t.now), 0)::int as persons,
      coalesce(sum(t.records) filter (where not t.now), 0)::int as "recordsBefore",
      coalesce(sum(t.persons) filter (where not t.now), 0)::int as "personsBefore"
    from (select true as now, n.* from (${countsOf(stations, period, what)}) n
      union all select false, b.* from (${countsOf(stations, period.before, what)}) b) t
    group by grouping sets ((t.what, t.value), (t.what, t.station_id))
    having t.what = 'weather' or grouping(t.station_id) = 1`.execute(tx.db);
  const byStation = rows.flatMap((row) => (row.stationId === null ? [] : [{ ...row, value: row.stationId }]));
  const byWhat = Map.groupBy(
    rows.filter(({ stationId }) => stationId === null),
    ({ what }) => what,
  );
  return { byStation, of: (what) => byWhat.get(what) ?? [] };
}

export interface HourRow {
  /** 0 Monday. */
  weekday: number;
  hour: number;
  persons: number;
}

/** The hours of a tally: persons of the period by weekday and hour of the day. */
export function hoursIn(tally: Tally): HourRow[] {
  return tally.of('hour').map(({ value, persons }) => hourOf(value, persons));
}

const hourOf = (value: string, persons: number): HourRow => ({
  weekday: Number(value.slice(0, 1)),
  hour: Number(value.slice(2)),
  persons,
});

/** Persons by weekday and hour of the day, nothing else summed. */
export async function tallyHours(tx: Tx, stations: readonly string[], days: Days): Promise<HourRow[]> {
  const { rows } = await sql<{ value: string; persons: number }>`select t.value, sum(t.persons)::int as persons
    from (${countsOf(stations, days, ['hour'])}) t group by t.value`.execute(tx.db);
  return rows.map(({ value, persons }) => hourOf(value, persons));
}

/** Persons by day ('YYYY-MM-DD') or by month ('YYYY-MM'). */
export async function tallySteps(
  tx: Tx,
  stations: readonly string[],
  days: Days,
  step: 'day' | 'month',
): Promise<ReadonlyMap<string, number>> {
  const each = step === 'day' ? 'YYYY-MM-DD' : 'YYYY-MM';
  const counts =
    step === 'month'
      ? countsOf(stations, days, ['weather'])
      : sql`select t.day, t.persons from service_tally t where ${within(stations, days)} and t.what = 'weather'`;
  const { rows } = await sql<{ step: string; persons: number }>`select to_char(t.day, ${each}) as step,
      sum(t.persons)::int as persons
    from (${counts}) t group by 1`.execute(tx.db);
  return new Map(rows.map((row) => [row.step, row.persons]));
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
