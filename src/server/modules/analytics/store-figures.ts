import { sql, type RawBuilder } from 'kysely';
import { addDays } from '#kit/shanghai-days.ts';
import type { Tx } from '#server/db/pool.ts';
import { countAll, measures, waitBuckets, waitPositions, waits } from './measures.ts';
import { conditionsOf, type FactFilter } from './store-cases.ts';
import { mainClassesOf } from './store-class.ts';

/** Counts of every measure, by name. */
export type Counts = Readonly<Record<string, number>>;

/** What is counted; the area is of any tier, a unit is the one that leads. */
export interface CountWish {
  area?: { code: string; tier: string } | undefined;
  unit?: string | undefined;
  from: string;
  to: string;
  class?: string | undefined;
}

/** Days of report are put together: those before `from`, back to `earlier`, and from there `step` days each. */
export interface StepWish extends CountWish {
  earlier?: string;
  step?: number;
}

/** `at`: which step, from 0; −1: the days before. */
export type StepCounts = Counts & { at: number };
export type AreaCounts = Counts & { area: string };

const rolledUp = new Set(['city', 'district', 'street']);
const sums = sql.raw(measures.map((name) => `sum(${name})::int as ${name}`).join(', '));
const zero: Counts = Object.fromEntries(measures.map((name) => [name, 0]));

/** Classes of the rollups that answer; undefined: only the facts can. */
async function classesFor(tx: Tx, code: string | undefined): Promise<string[] | undefined> {
  return code === undefined ? [''] : mainClassesOf(tx, code);
}

const filterOf = ({ area, unit, from, to, class: code }: CountWish): FactFilter => ({
  area: area?.code,
  unit,
  from,
  to,
  class: code,
});

/** Counts of each step of days in which there was something. From rollups for streets and above, and for units; else from facts. */
export async function countSteps(tx: Tx, wish: StepWish): Promise<StepCounts[]> {
  const classes = await classesFor(tx, wish.class);
  const rollup = classes === undefined ? undefined : rollupOf(wish, classes);
  if (rollup === undefined) return recountSteps(tx, wish);
  const { rows } = await sql<StepCounts>`
    select ${stepOf('day', wish)} as at, ${sums} from ${rollup}
      and day between ${wish.earlier ?? wish.from}::date and ${wish.to}::date group by 1`.execute(tx.db);
  return rows;
}

/** The same counts without any rollup. */
export async function recountSteps(tx: Tx, wish: StepWish): Promise<StepCounts[]> {
  const { rows } = await sql<StepCounts>`
    select ${stepOf('f.reported_day', wish)} as at, ${sql.raw(countAll())} from event_fact f
    where ${conditionsOf({ ...filterOf(wish), from: wish.earlier ?? wish.from })} group by 1`.execute(tx.db);
  return rows;
}

const stepOf = (day: string, { from, step = 1 }: StepWish): RawBuilder<unknown> =>
  sql`case when ${sql.raw(day)} < ${from}::date then -1 else (${sql.raw(day)} - ${from}::date) / ${sql.lit(step)} end`;

function rollupOf({ area, unit, class: code }: CountWish, classes: readonly string[]): RawBuilder<unknown> | undefined {
  if (area !== undefined && !rolledUp.has(area.tier)) return undefined;
  if (unit === undefined)
    return area === undefined
      ? undefined
      : sql`indicator_day where area = ${area.code} and class = any (${[...classes]}::text[])`;
  // Units keep all classes together only.
  if (code !== undefined) return undefined;
  const within =
    area === undefined || area.tier === 'city'
      ? sql``
      : area.tier === 'district'
        ? sql`and district = ${area.code}`
        : sql`and area = ${area.code}`;
  return sql`unit_day where unit_id = ${unit}::uuid ${within}`;
}

/** The months that lie wholly within two days, both included: first days, the second of the month after; undefined: none does. */
export function monthsWithin(from: string, to: string): { first: string; after: string } | undefined {
  const first = from.endsWith('-01') ? from : `${addDays(`${from.slice(0, 7)}-01`, 31).slice(0, 7)}-01`;
  const after = `${addDays(to, 1).slice(0, 7)}-01`;
  return first < after ? { first, after } : undefined;
}

/** Rows of a rollup over some days, to be added up: whole months as one, the days at both ends each. */
function rowsOver(
  rollup: 'indicator' | 'wait',
  columns: RawBuilder<unknown>,
  where: RawBuilder<unknown>,
  { from, to }: { from: string; to: string },
): RawBuilder<unknown> {
  const days = (first: string, last: string): RawBuilder<unknown> =>
    sql`select ${columns} from ${sql.raw(`${rollup}_day`)} where ${where} and day between ${first}::date and ${last}::date`;
  const months = monthsWithin(from, to);
  if (months === undefined) return sql`(${days(from, to)})`;
  return sql`(
    select ${columns} from ${sql.raw(`${rollup}_month`)} where ${where} and month >= ${months.first}::date and month < ${months.after}::date
    union all ${days(from, addDays(months.first, -1))} union all ${days(months.after, to)})`;
}

/** Counts of the areas directly below one, each with something in it. */
export async function countChildren(
  tx: Tx,
  { area, from, to, class: code }: CountWish & { area: { code: string; tier: string } },
): Promise<AreaCounts[]> {
  const classes = await classesFor(tx, code);
  const below = { city: 'district', district: 'street', street: 'community', community: 'grid' }[area.tier];
  if (below === undefined) return [];
  const fromRollup = classes !== undefined && (area.tier === 'city' || area.tier === 'district');
  const { rows } = await (
    fromRollup
      ? sql<AreaCounts>`select area, ${sums} from ${rowsOver(
          'indicator',
          sql.raw(`area, ${measures.join(', ')}`),
          sql`parent = ${area.code} and class = any (${[...classes]}::text[])`,
          { from, to },
        )} as r group by area`
      : sql<AreaCounts>`select ${sql.raw(`f.${below}`)} as area, ${sql.raw(countAll())} from event_fact f
          where ${conditionsOf({ area: area.code, from, to, class: code })} and ${sql.raw(`f.${below}`)} is not null group by 1`
  ).execute(tx.db);
  return rows;
}

/** All together. */
export function addUp(rows: readonly Counts[]): Counts {
  const total: Record<string, number> = { ...zero };
  for (const row of rows) for (const name of measures) total[name] = (total[name] ?? 0) + (row[name] ?? 0);
  return total;
}

/** Histograms of the waits in the order of `waits`; buckets as in measures.ts. */
export async function countWaits(tx: Tx, wish: CountWish): Promise<number[][]> {
  const classes = await classesFor(tx, wish.class);
  const kept = classes !== undefined && keepsWaits(wish, classes);
  const { rows } = await (
    kept
      ? sql<{ at: number; n: number }>`
          select u.at::int, sum(u.n)::int as n from ${rowsOver(
            'wait',
            sql`counts`,
            sql`area = ${wish.area?.code} and class = any (${[...classes]}::text[])`,
            wish,
          )} as w cross join lateral unnest(w.counts) with ordinality as u (n, at) where u.n > 0 group by 1`
      : sql<{ at: number; n: number }>`
          select w.at, count(*)::int as n from event_fact f cross join lateral ${sql.raw(waitPositions)}
          where ${conditionsOf(filterOf(wish))} and f.excluded is null and f.status <> 'cancelled' and w.at is not null group by 1`
  ).execute(tx.db);
  const all = waits.map(() => Array.from({ length: waitBuckets }, () => 0));
  for (const { at, n } of rows) {
    const histogram = all[Math.floor((at - 1) / waitBuckets)];
    if (histogram !== undefined) histogram[(at - 1) % waitBuckets] = n;
  }
  return all;
}

/** Streets keep the waits of all classes together only. */
function keepsWaits({ area, unit }: CountWish, classes: readonly string[]): boolean {
  if (area === undefined || unit !== undefined || !rolledUp.has(area.tier)) return false;
  return area.tier !== 'street' || (classes.length === 1 && classes[0] === '');
}

export interface DailyCount {
  day: string;
  area: string;
  class: string;
  count: number;
}

/**
 * Reports by day, area of `tier` and class. `classDepth`: 0 all together (class ''), 1 roots, 2 main classes, 3 the
 * category itself. Days without a report are left out.
 */
export async function countDaily(
  tx: Tx,
  wish: {
    area: string;
    tier: 'district' | 'street' | 'community';
    classDepth: 0 | 1 | 2 | 3;
    from: string;
    to: string;
  },
): Promise<DailyCount[]> {
  const named = {
    0: sql`''`,
    1: sql`(select coalesce(c.parent_code, c.code) from category c where c.code = f.main_class)`,
    2: sql`f.main_class`,
    3: sql`f.category_code`,
  }[wish.classDepth];
  const area = sql.raw(`f.${wish.tier}`);
  const { rows } = await sql<DailyCount>`
    select f.reported_day::text as day, ${area} as area, ${named} as class, count(*)::int as count from event_fact f
    where ${conditionsOf({ area: wish.area, from: wish.from, to: wish.to })} and ${area} is not null
      and f.excluded is null and f.status <> 'cancelled'
    group by 1, 2, 3 order by 1, 2, 3`.execute(tx.db);
  return rows;
}
