import { sql, type RawBuilder } from 'kysely';
import type { Channel, EventStatus } from '#contract/events-words.ts';
import { isOpen } from '#contract/events-words.ts';
import type { DeskTier, Tier } from '#kit/tiers.ts';
import type { Tx } from '#server/db/pool.ts';
import { cellsOf, type Window } from './cells.ts';
import { allOf, always, anyOf, inArea, seen, uuids, type Condition, type Sight } from './sight.ts';

export interface Filter {
  status?: readonly EventStatus[] | undefined;
  priority?: readonly number[] | undefined;
  /** Codes, those below included by the caller. */
  categories?: readonly string[] | undefined;
  channel?: readonly Channel[] | undefined;
  /** `path`: codes from the city down to the area itself. */
  area?: { tier: Tier; code: string; path?: readonly string[] } | undefined;
  unitId?: string | undefined;
  tier?: DeskTier | undefined;
  late?: boolean | undefined;
  supervised?: boolean | undefined;
  open?: boolean | undefined;
  mine?: boolean | undefined;
  reportedByMe?: boolean | undefined;
  reportedFrom?: string | undefined;
  reportedTo?: string | undefined;
  q?: string | undefined;
}

export type Sort = 'due' | 'newest' | 'priority';

/** Where the next page begins: the last row's sort values. */
export interface Position {
  reportedAt: string;
  id: string;
  due?: string | null;
  priority?: number;
}

export interface QueueRow {
  id: string;
  number: string;
  title: string;
  categoryCode: string;
  priority: number;
  channel: Channel;
  status: EventStatus;
  tier: DeskTier;
  ownerUnitId: string;
  district: string;
  street: string | null;
  community: string | null;
  grid: string | null;
  lon: number | null;
  lat: number | null;
  placeWords: string;
  outside: boolean;
  reportedAt: Date;
  dueAt: Date | null;
  /** Start of the clock that is due then. */
  clockStartedAt: Date | null;
  late: boolean;
  supervised: boolean;
  urges: number;
  reportCount: number;
  version: number;
}

const columns = sql.raw(
  'e.id, e.number, e.title, e.category_code as "categoryCode", e.priority, e.channel, e.status, e.tier, e.owner_unit_id as "ownerUnitId", e.district, e.street, e.community, e.grid, e.lon, e.lat, ' +
    'e.place_words as "placeWords", e.outside, e.reported_at as "reportedAt", e.due_at as "dueAt", e.late, e.supervised, e.urges, e.report_count as "reportCount", e.version',
);

/** Free words are looked for in this many of the newest events that fit everything else. */
const searchDepth = 20_000;
/** … and in this many of the newest a unit has or had tasks at: they lie scattered, so each costs several times as much. */
const taskSearchDepth = 5_000;

const texts = (values: readonly string[]): RawBuilder<string[]> => sql`${[...values]}::text[]`;
const equalsAny = (column: RawBuilder<unknown>, values: readonly string[]): Condition =>
  values.length === 1 ? sql`${column} = ${values[0]}` : sql`${column} = any(${texts(values)})`;

/** Asks for nothing that has ended: a small part of the whole, with indexes of its own. */
export function isOpenOnly(filter: Filter): boolean {
  return (
    filter.open === true || (filter.status !== undefined && filter.status.length > 0 && filter.status.every(isOpen))
  );
}

/** Everything a filter says about the row itself. `sort` by due or priority is a work order: of open events, unless ended ones are asked for. */
export function filterConditions(filter: Filter, sort: Sort = 'newest'): Condition[] {
  const onlyOpen = isOpenOnly(filter) || (!filter.status?.length && sort !== 'newest' && filter.open !== false);
  return [
    ...(onlyOpen ? [sql<boolean>`e.ended_at is null`] : []),
    ...(filter.open === false ? [sql<boolean>`e.ended_at is not null`] : []),
    ...(filter.status?.length ? [equalsAny(sql`e.status`, filter.status)] : []),
    ...(filter.priority?.length
      ? [
          filter.priority.length === 1
            ? sql<boolean>`e.priority = ${filter.priority[0]}`
            : sql<boolean>`e.priority = any(${[...filter.priority]}::int[])`,
        ]
      : []),
    ...(filter.categories?.length ? [equalsAny(sql`e.category_code`, filter.categories)] : []),
    ...(filter.channel?.length ? [equalsAny(sql`e.channel`, filter.channel)] : []),
    ...(filter.area === undefined ? [] : [inArea(filter.area)]),
    ...(filter.tier === undefined ? [] : [sql<boolean>`e.tier = ${filter.tier}`]),
    ...(filter.late === undefined ? [] : [filter.late ? sql<boolean>`e.late` : sql<boolean>`not e.late`]),
    ...(filter.supervised === undefined
      ? []
      : [filter.supervised ? sql<boolean>`e.supervised` : sql<boolean>`not e.supervised`]),
    ...(filter.reportedFrom === undefined ? [] : [sql<boolean>`e.reported_at >= ${filter.reportedFrom}::timestamptz`]),
    ...(filter.reportedTo === undefined ? [] : [sql<boolean>`e.reported_at < ${filter.reportedTo}::timestamptz`]),
    ...(filter.q !== undefined && isNumberPrefix(filter.q)
      ? [sql<boolean>`e.number >= ${filter.q} and e.number < ${`${filter.q}~`}`]
      : []),
  ];
}

/** A number or its beginning: served by the unique index (bytes, so '~' stands after every digit and '-'). */
export function isNumberPrefix(q: string): boolean {
  return /^\d{6,8}(-\d*)?$/.test(q);
}

/** One way into the table: rows of `from` under alias e, cheap because an index leads the way. */
interface Branch {
  where: Condition;
  /** Events at which this unit has or had a task. */
  taskUnit?: string;
}

/**
 * How to enter: by unit when one is asked for, by the viewer's own work for `mine`, else one branch for each part of the
 * viewer's sight. Each branch is cut to one page before they are joined, so no branch sorts the whole table.
 */
function branches(filter: Filter, sight: Sight): Branch[] {
  if (filter.unitId !== undefined) return unitBranches(filter.unitId, sight);
  if (filter.mine === true) return mineBranches(sight);
  if (filter.reportedByMe === true) return sight.accountId === null ? [] : [{ where: reportedBy(sight.accountId) }];
  if (sight.seeAll) return [{ where: always }];
  const { area } = filter;
  // Everything in an area that lies in one of the viewer's is seen by that alone.
  if (area !== undefined && sight.areas.some((own) => area.path?.includes(own.code))) return [{ where: always }];
  return [
    ...sight.areas
      .filter((own) => area === undefined || mayMeet(own, area))
      .map((own): Branch => ({ where: inArea(own) })),
    ...sight.units.map((unit): Branch => ({ where: sql`e.owner_unit_id = ${unit}` })),
    ...sight.units.map((unit): Branch => ({ where: always, taskUnit: unit })),
    ...(sight.accountId === null ? [] : [{ where: reportedBy(sight.accountId) }]),
  ];
}

/** Areas nest: two of them share events only if one lies in the other. */
function mayMeet(own: Sight['areas'][number], asked: NonNullable<Filter['area']>): boolean {
  return asked.path === undefined || own.path.includes(asked.code) || asked.path.includes(own.code);
}

/**
 * What one unit holds or held, as far as the viewer sees it. All of their own unit's; within an area nearly all. Who sees
 * no area sees few of another unit's: their tasks are then compared with each other before any event is read.
 */
function unitBranches(unitId: string, sight: Sight): Branch[] {
  const owned = sql<boolean>`e.owner_unit_id = ${unitId}`;
  if (sight.seeAll || sight.units.includes(unitId)) return [{ where: owned }, { where: always, taskUnit: unitId }];
  const first: Branch = { where: allOf([owned, seen(sight)]) };
  if (sight.areas.length > 0) return [first, { where: seen(sight), taskUnit: unitId }];
  const units = uuids(sight.units);
  return [
    first,
    { where: oneOf(sql`select e.id from event e where e.owner_unit_id = any(${units})`, unitId) },
    { where: oneOf(sql`select t.event_id from task t where t.unit_id = any(${units})`, unitId) },
    {
      where: oneOf(sql`select r.event_id from event_reporter r where r.account_id = ${sight.accountId}::uuid`, unitId),
    },
  ];
}

/** Events of `ids` at which the unit has or had a task; found once, before the event itself is read. */
function oneOf(ids: RawBuilder<unknown>, unitId: string): Condition {
  return sql`e.id = any(array(${ids} intersect select t.event_id from task t where t.unit_id = ${unitId}))`;
}

function reportedBy(accountId: string | null): Condition {
  return sql`e.id in (select r.event_id from event_reporter r where r.account_id = ${accountId}::uuid)`;
}

/** What `reportedByMe` adds where something else leads the way. */
function ownReports(filter: Filter, sight: Sight): Condition[] {
  return filter.reportedByMe === true ? [reportedBy(sight.accountId)] : [];
}

/** What waits for the viewer's units: on their desk, or a task of theirs that is open. */
function mineBranches(sight: Sight): Branch[] {
  if (sight.units.length === 0) return [];
  return [
    {
      where: sql`e.owner_unit_id = any(${uuids(sight.units)}) and e.ended_at is null and e.status in ('reported', 'verifying', 'filed', 'checking')`,
    },
    {
      where: sql`e.id in (select t.event_id from task t where t.unit_id = any(${uuids(sight.units)}) and t.ended_at is null) and e.ended_at is null`,
    },
  ];
}

const dueKey = sql`coalesce(e.due_at, 'infinity'::timestamptz)`;

function orderOf(sort: Sort): RawBuilder<unknown> {
  if (sort === 'due') return sql`${dueKey}, e.id`;
  return sort === 'priority' ? sql`e.priority, e.reported_at desc, e.id desc` : sql`e.reported_at desc, e.id desc`;
}

/** Rows after a position, in the same order. */
function after(sort: Sort, at: Position): Condition {
  if (sort === 'due')
    return sql`(${dueKey}, e.id) > (coalesce(${at.due ?? null}::timestamptz, 'infinity'), ${at.id}::uuid)`;
  const newest = sql<boolean>`(e.reported_at, e.id) < (${at.reportedAt}::timestamptz, ${at.id}::uuid)`;
  return sort === 'priority'
    ? sql`e.priority > ${at.priority ?? 0} or (e.priority = ${at.priority ?? 0} and ${newest})`
    : newest;
}

function branchSelect(
  branch: Branch,
  conditions: Condition[],
  sort: Sort,
  limit: number,
  selected: RawBuilder<unknown> = columns,
): RawBuilder<unknown> {
  const { taskUnit } = branch;
  if (taskUnit !== undefined && sort === 'newest') {
    // A unit may have had several tasks at one event: "distinct on" keeps one, in the order of the task index.
    return sql`(select distinct on (t.reported_at, t.event_id) ${selected} from task t join event e on e.id = t.event_id
      where t.unit_id = ${taskUnit} and ${allOf([branch.where, ...conditions])} order by t.reported_at desc, t.event_id desc limit ${limit})`;
  }
  const byTask =
    taskUnit === undefined ? [] : [sql<boolean>`e.id in (select t.event_id from task t where t.unit_id = ${taskUnit})`];
  return sql`(select ${selected} from event e where ${allOf([branch.where, ...byTask, ...conditions])} order by ${orderOf(sort)} limit ${limit})`;
}

/** One page of the queue, one row more than asked for when there is more. */
export async function listQueue(
  tx: Tx,
  query: { filter: Filter; sight: Sight; sort: Sort; limit: number; from: Position | undefined },
): Promise<QueueRow[]> {
  const { filter, sight, sort, limit, from } = query;
  const ways = branches(filter, sight);
  if (ways.length === 0) return [];
  const conditions = [
    ...filterConditions(filter, sort),
    ...ownReports(filter, sight),
    ...(from === undefined ? [] : [after(sort, from)]),
  ];
  const wordsWanted = filter.q !== undefined && filter.q.trim() !== '' && !isNumberPrefix(filter.q);
  const depthOf = (way: Branch) =>
    !wordsWanted ? limit + 1 : way.taskUnit === undefined ? searchDepth : taskSearchDepth;
  const matching = wordsWanted ? containsWords(filter.q ?? '') : undefined;
  const joined = sql.join(
    ways.map((way) => {
      const rows = branchSelect(way, conditions, sort, depthOf(way));
      // Words are compared before the branches are joined: joining compares whole rows, and few of them match.
      return matching === undefined ? rows : sql`(select * from ${rows} newest where ${matching})`;
    }),
    sql` union `,
  );
  const order =
    sort === 'due'
      ? sql`coalesce("dueAt", 'infinity'::timestamptz), id`
      : sort === 'priority'
        ? sql`priority, "reportedAt" desc, id desc`
        : sql`"reportedAt" desc, id desc`;
  const { rows } =
    await sql<QueueRow>`select found.*, (select min(c.started_at) from clock c where c.event_id = found.id and c.stopped_at is null and c.due_at = found."dueAt") as "clockStartedAt"
      from (select * from (${joined}) page order by ${order} limit ${limit + 1}) found order by ${order}`.execute(
      tx.db,
    );
  return rows;
}

function containsWords(q: string): Condition {
  const pattern = `%${q.trim().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  // Chinese has no small and capital letters: comparing as written finds the same, several times faster.
  const like = pattern.toLowerCase() === pattern.toUpperCase() ? sql`like` : sql`ilike`;
  return anyOf([sql`title ${like} ${pattern}`, sql`"placeWords" ${like} ${pattern}`, sql`number like ${pattern}`]);
}

export interface PointRow {
  id: string;
  lon: number;
  lat: number;
  status: EventStatus;
  priority: number;
  title: string;
  late: boolean;
}

const pointColumns = sql.raw(
  'e.id, e.lon, e.lat, e.status, e.priority, e.title, e.late, e.reported_at as "reportedAt"',
);
/** A window that holds more events than this is read in order of time: the newest are then found soon. */
const denseFrom = 5_000;
/** … and so is one of more cells than this (0.2 degrees square, some 20 km). */
const mostCells = 10_000;

/** Whether a window holds many events, counted up to a few thousand. Says nothing of what they are; run it without a viewer. */
export async function isDense(tx: Tx, window: Window): Promise<boolean> {
  const cells = cellsOf(window, mostCells);
  if (cells === undefined) return true;
  const { rows } = await sql<{
    count: number;
  }>`select count(*)::int as count from (select 1 from event e where e.cell = any(${cells}::bigint[]) limit ${denseFrom}) found`.execute(
    tx.db,
  );
  return (rows[0]?.count ?? 0) >= denseFrom;
}

/** What to read of the events a viewer sees: inside map windows (everywhere when there are none), newest first. */
export interface NewestWish {
  filter: Filter;
  sight: Sight;
  windows: readonly Window[];
  limit: number;
  dense: boolean;
  /** Only events after this one. */
  from?: Position | undefined;
}

/**
 * That as a query of at most `limit` + 1 rows; undefined where the viewer sees nothing. Among the columns `selected` are
 * e.id and e.reported_at as "reportedAt". A sparse window is read cell by cell; a dense one, and what is still open (a
 * small part of all), in order of time.
 */
export function newestQuery(wish: NewestWish, selected: RawBuilder<unknown>): RawBuilder<unknown> | undefined {
  const { filter, sight, windows, limit, dense, from } = wish;
  const conditions = [
    ...filterConditions(filter),
    ...ownReports(filter, sight),
    ...(windows.length === 0 ? [] : [anyOf(windows.map(inside))]),
    ...(from === undefined ? [] : [after('newest', from)]),
  ];
  // Own work and one unit's work are small sets with ways of their own; cells would forget whose they are.
  const owned = filter.mine === true || filter.reportedByMe === true || filter.unitId !== undefined;
  const cells = dense || owned ? undefined : cellsOfAll(windows);
  if (cells !== undefined) {
    const inCells = sql<boolean>`e.cell = any(${cells}::bigint[])`;
    return sql`select ${selected} from event e where ${allOf([inCells, ...conditions, seen(sight)])} order by e.reported_at desc, e.id desc limit ${limit + 1}`;
  }
  const ways = branches(filter, sight);
  if (ways.length === 0) return undefined;
  const joined = sql.join(
    ways.map((way) => branchSelect(way, conditions, 'newest', limit + 1, selected)),
    sql` union `,
  );
  return sql`select * from (${joined}) points order by "reportedAt" desc, id desc limit ${limit + 1}`;
}

function inside(window: Window): Condition {
  return sql`e.lon between ${window.west} and ${window.east} and e.lat between ${window.south} and ${window.north}`;
}

/** All cells of the windows; undefined when there is no window, or they are too many. */
function cellsOfAll(windows: readonly Window[]): number[] | undefined {
  const each = windows.map((window) => cellsOf(window, mostCells));
  return windows.length === 0 || each.includes(undefined) ? undefined : each.flatMap((cells) => cells ?? []);
}

/** Events inside a map window as points. */
export async function listPoints(
  tx: Tx,
  { window, ...wish }: Omit<NewestWish, 'windows' | 'from'> & { window: Window },
): Promise<PointRow[]> {
  const query = newestQuery({ ...wish, windows: [window] }, pointColumns);
  return query === undefined ? [] : (await sql<PointRow>`${query}`.execute(tx.db)).rows;
}
