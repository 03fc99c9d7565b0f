/** What the stores of both lists share: conditions, pages, columns. */
import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';
import { withinAreas } from '#server/db/within-areas.ts';
import type { Kept } from './rules-keep.ts';

/** A row of either list. */
export interface ListedRow extends Kept {
  classCode: string;
  areaCode: string;
  path: string[];
  district: string;
  lon: number;
  lat: number;
  state: string;
  note: string;
  /** Of the last change by hand. */
  reason: string;
  editedAt: Date | null;
  editedBy: string | null;
  runHash: string | null;
  producedAt: Date | null;
  createdAt: Date;
  version: number;
}

/** Of alias t. */
export const listedColumns = sql`t.id, t.class_code as "classCode", t.area_code as "areaCode", t.path, t.district, t.lon, t.lat,
  t.people, t.elders, t.children, t.figures, t.figures_seen as "figuresSeen", t.voices, t.need_ids as "needIds", t.state,
  t.note, t.reason, t.edited_at as "editedAt", t.edited_by as "editedBy", t.run_id as "runId", t.run_hash as "runHash",
  t.produced_at as "producedAt", t.gone_at as "goneAt", t.created_at as "createdAt", t.version`;

export interface ListFilter {
  area?: string | undefined;
  class?: readonly string[] | undefined;
  kind?: readonly string[] | undefined;
  state?: readonly string[] | undefined;
  gone: 'no' | 'yes' | 'all';
}

export interface ListWish {
  scope: Scope;
  filter: ListFilter;
}

const place = { areaCode: sql<string>`t.area_code`, path: sql<string[]>`t.path` };

/** The scope again, in the query itself: an index can serve it. */
function within(scope: Scope): RawBuilder<boolean> {
  return scope.seeAll ? sql`true` : withinAreas(place, scope.areas);
}

function fits({ area, class: classes, kind, state, gone }: ListFilter): RawBuilder<unknown> {
  const conditions = [
    area === undefined ? undefined : withinAreas(place, [area]),
    classes === undefined ? undefined : sql`t.class_code = any (${[...classes]}::text[])`,
    kind === undefined ? undefined : sql`t.kind = any (${[...kind]}::text[])`,
    state === undefined ? undefined : sql`t.state = any (${[...state]}::text[])`,
    gone === 'all' ? undefined : gone === 'yes' ? sql`t.gone_at is not null` : sql`t.gone_at is null`,
  ].filter((one) => one !== undefined);
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}

/** Behind the row with so many people and this id. */
export interface After {
  people: number;
  id: string;
}

type Table = 'facility_problem' | 'market_demand';

/** One of the lists: its table, as alias t, and what is read of it. */
interface List {
  table: Table;
  columns: RawBuilder<unknown>;
}

/** Undefined when there is none within `scope`; `lock` holds it until the transaction ends. */
export async function findListed<T>(
  tx: Tx,
  { table, columns }: List,
  scope: Scope,
  { id, lock }: { id: string; lock: boolean },
): Promise<T | undefined> {
  const { rows } = await sql<T>`select ${columns} from ${sql.table(table)} t
    where t.id = ${id}::uuid and ${within(scope)} ${lock ? sql`for update` : sql``}`.execute(tx.db);
  return rows[0];
}

/** A page, most people first. */
export async function pageOf<T>(
  tx: Tx,
  { table, columns }: List,
  { scope, filter, after, limit }: ListWish & { after: After | null; limit: number },
): Promise<T[]> {
  const from = after === null ? sql`` : sql`and (-t.people, t.id) > (${-after.people}, ${after.id}::uuid)`;
  const { rows } = await sql<T>`select ${columns} from ${sql.table(table)} t
    where ${within(scope)} and ${fits(filter)} ${from} order by -t.people, t.id limit ${limit}`.execute(tx.db);
  return rows;
}

/** How many fit, by class. */
export async function countByClass(
  tx: Tx,
  table: Table,
  { scope, filter }: ListWish,
): Promise<{ classCode: string; rows: number }[]> {
  const { rows } = await sql<{ classCode: string; rows: number }>`
    select t.class_code as "classCode", count(*)::int as rows from ${sql.table(table)} t
    where ${within(scope)} and ${fits(filter)} group by 1 order by 2 desc, 1`.execute(tx.db);
  return rows;
}

/** When the rows of an area were last produced and from which run. */
export async function lastProduction(
  tx: Tx,
  table: Table,
  { scope, filter }: ListWish,
): Promise<{ producedAt: Date; runId: string } | undefined> {
  const { rows } = await sql<{ producedAt: Date; runId: string }>`
    select t.produced_at as "producedAt", t.run_id as "runId" from ${sql.table(table)} t
    where ${within(scope)} and ${fits(filter)} and t.produced_at is not null
    order by t.produced_at desc limit 1`.execute(tx.db);
  return rows[0];
}

/** Columns of a row as the database names them, for those that both tables have. */
export function listedValues(row: ListedRow) {
  return {
    class_code: row.classCode,
    area_code: row.areaCode,
    path: row.path,
    district: row.district,
    lon: row.lon,
    lat: row.lat,
    people: row.people,
    elders: row.elders,
    children: row.children,
    figures: row.figures === null ? null : JSON.stringify(row.figures),
    figures_seen: row.figuresSeen === null ? null : JSON.stringify(row.figuresSeen),
    voices: row.voices,
    need_ids: row.needIds,
    state: row.state,
    note: row.note,
    reason: row.reason,
    edited_at: row.editedAt,
    edited_by: row.editedBy,
    run_id: row.runId,
    run_hash: row.runHash,
    produced_at: row.producedAt,
    gone_at: row.goneAt,
  };
}

const rewritten = [
  'lon', 'lat', 'people', 'elders', 'children', 'figures', 'figures_seen', 'voices', 'need_ids', 'state', 'note', 'reason',
  'edited_at', 'edited_by', 'run_id', 'run_hash', 'produced_at', 'gone_at',
] as const; // prettier-ignore

/** For an insert that finds its row: every column that may change takes the new value. */
export function replaced<T extends string>(own: readonly T[]) {
  const names = [...rewritten, ...own];
  return Object.fromEntries(names.map((name) => [name, sql.ref(`excluded.${name}`)])) as unknown as Record<
    (typeof names)[number],
    RawBuilder<never>
  >;
}
