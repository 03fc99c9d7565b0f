import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { Area } from '#server/modules/grids/index.ts';
import type { Days, Sight } from './place.ts';

/** Which facts a question is about. */
export interface Facts extends Sight, Days {
  /** Undefined: every kind. */
  category?: string | undefined;
}

/** Cases that were never cases do not count: entered by mistake, declined, or the same as another. */
const real = sql`f.status not in ('cancelled', 'declined', 'merged')`;
/** Squares to a degree of the finest lattice; wider ones are made of whole squares of it. */
export const finest = 2000;

function ofArea({ tier, code }: Area): RawBuilder<unknown> {
  if (tier === 'city') return sql`true`;
  if (tier === 'micro_grid') return sql`f.path @> array[${code}]`;
  return sql`${sql.ref(`f.${tier}`)} = ${code}`;
}

function inside({ area, units, category }: Omit<Facts, 'from' | 'to'>): RawBuilder<unknown> {
  return sql`${real} and ${ofArea(area)}
    ${units === null ? sql`` : sql`and f.lead_unit_id = any (${[...units]}::uuid[])`}
    ${category === undefined ? sql`` : sql`and f.category_code = ${category}`}`;
}

const within = ({ from, to }: Days): RawBuilder<unknown> => sql`f.reported_day between ${from}::date and ${to}::date`;

/** Only up to that hour of each day; 24: whole days. */
const early = (untilHour: number): RawBuilder<unknown> =>
  untilHour >= 24 ? sql`` : sql`and extract(hour from f.reported_at at time zone 'Asia/Shanghai') < ${untilHour}`;

const column = (factor: number) => sql`floor(floor((f.lon + 180) * ${sql.lit(finest)}) / ${sql.lit(factor)})::int`;
const row = (factor: number) => sql`floor(floor((f.lat + 90) * ${sql.lit(finest)}) / ${sql.lit(factor)})::int`;

export interface SquareCount {
  x: number;
  y: number;
  seen: number;
  before: number;
}

/** Cases by square in two periods; `factor`: squares of the finest lattice to a side. */
export async function countSquares(tx: Tx, facts: Facts, before: Days, factor: number): Promise<SquareCount[]> {
  const { rows } = await sql<SquareCount>`
    select ${column(factor)} as x, ${row(factor)} as y, (count(*) filter (where ${within(facts)}))::int as seen,
      (count(*) filter (where ${within(before)}))::int as before
    from event_fact f
    where ${inside(facts)} and f.lon is not null and f.reported_day between ${before.from}::date and ${facts.to}::date
    group by 1, 2`.execute(tx.db);
  return rows;
}

const amongSquares = (factor: number, squares: readonly { x: number; y: number }[]) => sql`
  (${column(factor)}, ${row(factor)}) in
    (select * from unnest(${squares.map(({ x }) => x)}::int[], ${squares.map(({ y }) => y)}::int[]))`;

/** Cases by square and kind, in some squares. */
export async function countKinds(tx: Tx, facts: Facts, factor: number, squares: readonly { x: number; y: number }[]) {
  const { rows } = await sql<{ x: number; y: number; category: string; seen: number }>`
    select ${column(factor)} as x, ${row(factor)} as y, f.category_code as category, count(*)::int as seen
    from event_fact f where ${inside(facts)} and ${within(facts)} and f.lon is not null and ${amongSquares(factor, squares)}
    group by 1, 2, 3`.execute(tx.db);
  return rows;
}

export interface CaseRow {
  id: string;
  number: string;
  category: string;
  at: Date;
  status: string;
  areaCode: string;
}

export interface CaseWish {
  /** Undefined: wherever, also without a place. */
  squares: { factor: number; among: readonly { x: number; y: number }[] } | undefined;
  untilHour: number;
  before: { at: Date; id: string } | undefined;
  limit: number;
}

/** Cases of some squares, the latest first. */
export async function listCases(
  tx: Tx,
  facts: Facts,
  { squares, untilHour, before, limit }: CaseWish,
): Promise<{ rows: CaseRow[]; total: number }> {
  const placed =
    squares === undefined ? sql`` : sql`and f.lon is not null and ${amongSquares(squares.factor, squares.among)}`;
  const there = sql`${inside(facts)} and ${within(facts)} ${early(untilHour)} ${placed}`;
  const { rows } = await sql<CaseRow>`
    select f.event_id as id, f.number, f.category_code as category, f.reported_at as at, f.status,
      f.path[array_upper(f.path, 1)] as "areaCode"
    from event_fact f where ${there}
      ${before === undefined ? sql`` : sql`and (f.reported_at, f.event_id) < (${before.at}::timestamptz, ${before.id}::uuid)`}
    order by f.reported_at desc, f.event_id desc limit ${limit}`.execute(tx.db);
  const counted = await sql<{ n: number }>`select count(*)::int as n from event_fact f where ${there}`.execute(tx.db);
  return { rows, total: counted.rows[0]?.n ?? 0 };
}

export interface SquareDay {
  category: string;
  x: number;
  y: number;
  day: string;
  seen: number;
}

/** Cases by kind, square and day. */
export async function countSquareDays(tx: Tx, facts: Facts, factor: number): Promise<SquareDay[]> {
  const { rows } = await sql<SquareDay>`
    select f.category_code as category, ${column(factor)} as x, ${row(factor)} as y, f.reported_day as day, count(*)::int as seen
    from event_fact f where ${inside(facts)} and ${within(facts)} and f.lon is not null
    group by 1, 2, 3, 4 order by 1, 2, 3, 4`.execute(tx.db);
  return rows;
}

export interface AreaDay {
  street: string | null;
  community: string | null;
  category: string;
  day: string;
  seen: number;
}

/** Cases by street, community, kind and day, each day only up to that hour (24: whole days). */
export async function countAreaDays(tx: Tx, facts: Facts, untilHour = 24): Promise<AreaDay[]> {
  const { rows } = await sql<AreaDay>`
    select f.street, f.community, f.category_code as category, f.reported_day as day, count(*)::int as seen
    from event_fact f where ${inside(facts)} and ${within(facts)} ${early(untilHour)}
    group by 1, 2, 3, 4 order by 1, 2, 3, 4`.execute(tx.db);
  return rows;
}

/** The day of the first fact of an area; undefined where there is none. */
export async function firstDay(tx: Tx, area: Area): Promise<string | undefined> {
  const { rows } = await sql<{ day: string | null }>`
    select min(f.reported_day) as day from event_fact f where ${inside({ area, units: null })}`.execute(tx.db);
  return rows[0]?.day ?? undefined;
}

export interface PlacedCase {
  id: string;
  number: string;
  category: string;
  status: string;
  lon: number;
  lat: number;
  at: Date;
  closedAt: Date | null;
  unitId: string | null;
}

/** Cases with a place, the latest first, at most `limit`. */
export async function listPlaced(tx: Tx, facts: Facts, limit: number): Promise<PlacedCase[]> {
  const { rows } = await sql<PlacedCase>`
    select f.event_id as id, f.number, f.category_code as category, f.status, f.lon, f.lat, f.reported_at as at,
      coalesce(f.closed_at, f.ended_at) as "closedAt", f.lead_unit_id as "unitId"
    from event_fact f where ${inside(facts)} and ${within(facts)} and f.lon is not null
    order by f.reported_at desc, f.event_id desc limit ${limit}`.execute(tx.db);
  return rows;
}

export interface StepTimes {
  id: string;
  ownerUnitId: string;
  reportedAt: Date;
  verifiedAt: Date | null;
  filedAt: Date | null;
  dispatchedAt: Date | null;
  acceptedAt: Date | null;
  finishedAt: Date | null;
  closedAt: Date | null;
  endedAt: Date | null;
}

/** When each case took its steps, the latest first, at most `limit`. */
export async function listSteps(tx: Tx, facts: Facts, limit: number): Promise<StepTimes[]> {
  const { rows } = await sql<StepTimes>`
    select f.event_id as id, f.owner_unit_id as "ownerUnitId", f.reported_at as "reportedAt", f.verified_at as "verifiedAt",
      f.filed_at as "filedAt", f.dispatched_at as "dispatchedAt", f.accepted_at as "acceptedAt",
      f.finished_at as "finishedAt", f.closed_at as "closedAt", f.ended_at as "endedAt"
    from event_fact f where ${inside(facts)} and ${within(facts)}
    order by f.reported_at desc, f.event_id desc limit ${limit}`.execute(tx.db);
  return rows;
}

export interface Offer {
  eventId: string;
  unitId: string;
  /** Whether it was done there; otherwise it was returned, taken back, or is there still. */
  done: boolean;
  offeredAt: Date;
  /** When it left the unit: done, returned, taken back; null while it is there. */
  leftAt: Date | null;
}

/** Offers of the lead of these cases, in order of time. */
export async function listOffers(tx: Tx, facts: Facts, limit: number): Promise<Offer[]> {
  const { rows } = await sql<Offer>`
    with chosen as (
      select f.event_id from event_fact f where ${inside(facts)} and ${within(facts)}
      order by f.reported_at desc, f.event_id desc limit ${limit}
    )
    select t.event_id as "eventId", t.unit_id as "unitId", t.status = 'done' as done, t.offered_at as "offeredAt", coalesce(t.ended_at, t.done_at) as "leftAt"
    from chosen join task t using (event_id) where t.part = 'lead'
    order by t.event_id, t.offered_at, t.id`.execute(tx.db);
  return rows;
}
