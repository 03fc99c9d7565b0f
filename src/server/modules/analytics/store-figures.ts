import { sql, type RawBuilder } from 'kysely';
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

export type DayCounts = Counts & { day: string };
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

/** Counts of each day of report on which there was something. From rollups for streets and above, and for units; else from facts. */
export async function countDays(tx: Tx, wish: CountWish): Promise<DayCounts[]> {
  const classes = await classesFor(tx, wish.class);
  const rollup = classes === undefined ? undefined : rollupOf(wish, classes);
  if (rollup === undefined) return recountDays(tx, wish);
  const { rows } = await sql<DayCounts>`
    select day::text, ${sums} from ${rollup} and day between ${wish.from}::date and ${wish.to}::date group by day order by day`.execute(
    tx.db,
  );
  return rows;
}

/** The same counts without any rollup. */
export async function recountDays(tx: Tx, wish: CountWish): Promise<DayCounts[]> {
  const { rows } = await sql<DayCounts>`
    select f.reported_day::text as day, ${sql.raw(countAll())} from event_fact f where ${conditionsOf(filterOf(wish))} group by 1 order by 1`.execute(
    tx.db,
  );
  return rows;
}

function rollupOf({ area, unit }: CountWish, classes: readonly string[]): RawBuilder<unknown> | undefined {
  const inClass = classes.length === 1 ? sql`class = ${classes[0]}` : sql`class = any (${[...classes]}::text[])`;
  if (area !== undefined && !rolledUp.has(area.tier)) return undefined;
  if (unit === undefined)
    return area === undefined ? undefined : sql`indicator_day where area = ${area.code} and ${inClass}`;
  const within =
    area === undefined || area.tier === 'city'
      ? sql``
      : area.tier === 'district'
        ? sql`and district = ${area.code}`
        : sql`and area = ${area.code}`;
  return sql`unit_day where unit_id = ${unit}::uuid and ${inClass} ${within}`;
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
      ? sql<AreaCounts>`select area, ${sums} from indicator_day where parent = ${area.code} and class = any (${classes}::text[])
          and day between ${from}::date and ${to}::date group by area`
      : sql<AreaCounts>`select ${sql.raw(`f.${below}`)} as area, ${sql.raw(countAll())} from event_fact f
          where ${conditionsOf({ area: area.code, from, to, class: code })} and ${sql.raw(`f.${below}`)} is not null group by 1`
  ).execute(tx.db);
  return rows;
}

/** All days together. */
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
          select u.at::int, sum(u.n)::int as n from wait_day w cross join lateral unnest(w.counts) with ordinality as u (n, at)
          where w.area = ${wish.area?.code} and w.class = any (${classes}::text[]) and w.day between ${wish.from}::date and ${wish.to}::date and u.n > 0
          group by 1`
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
