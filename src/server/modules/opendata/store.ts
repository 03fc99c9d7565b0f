import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { AnyGroup } from './rules-groups.ts';
import type { FixedRow, Totals } from './rules-month.ts';

interface MonthOf {
  areaCode: string;
  fromMs: number;
  toMs: number;
}

/** Cases of an area that were closed within a span, counted by what could be told of them. */
export async function countFixed(tx: Tx, { areaCode, fromMs, toMs }: MonthOf): Promise<FixedRow[]> {
  const { rows } = await sql<FixedRow>`select f.street, f.community, f.category_code as "categoryCode",
      to_char(date_trunc('week', f.closed_at at time zone 'Asia/Shanghai'), 'YYYY-MM-DD') as week,
      floor(extract(epoch from f.closed_at - f.reported_at) / 86400)::int as days,
      count(*)::int as n, count(*) filter (where f.reopens > 0)::int as reopened
    from event_fact f
    where f.path @> array[${areaCode}] and f.status = 'closed'
      and f.closed_at >= ${new Date(fromMs)} and f.closed_at < ${new Date(toMs)}
    group by 1, 2, 3, 4, 5`.execute(tx.db);
  return rows;
}

/** Cases of an area that were reported within a span, by category, and how many of them are closed. */
export async function countReported(
  tx: Tx,
  { areaCode, fromMs, toMs }: MonthOf,
): Promise<{ categoryCode: string; n: number; fixed: number }[]> {
  const { rows } = await sql<{ categoryCode: string; n: number; fixed: number }>`
    select f.category_code as "categoryCode", count(*)::int as n, count(*) filter (where f.status = 'closed')::int as fixed
    from event_fact f
    where f.path @> array[${areaCode}] and f.status not in ('declined', 'merged', 'cancelled')
      and f.reported_at >= ${new Date(fromMs)} and f.reported_at < ${new Date(toMs)}
    group by 1`.execute(tx.db);
  return rows;
}

/** Of the area, the month of the oldest closed case; undefined: there is none. */
export async function firstMonth(tx: Tx, areaCode: string): Promise<string | undefined> {
  const { rows } = await sql<{ month: string | null }>`
    select to_char(min(f.closed_at) at time zone 'Asia/Shanghai', 'YYYY-MM') as month
    from event_fact f where f.path @> array[${areaCode}] and f.status = 'closed'`.execute(tx.db);
  return rows[0]?.month ?? undefined;
}

export interface ReleaseRow {
  id: string;
  areaCode: string;
  path: string[];
  district: string;
  month: string;
  version: number;
  k: number;
  groups: AnyGroup[];
  totals: Totals;
  publishedAt: Date;
  publishedBy: string | null;
}

export interface FileRow {
  name: string;
  type: string;
  bytes: Uint8Array;
  sha256: string;
}

/** What is told of a file without opening it. */
export type FileLine = Pick<FileRow, 'name' | 'sha256'> & { bytes: number };

const columns = sql.raw<unknown>(`id, area_code as "areaCode", path, district, month, version, k, groups, totals,
  published_at as "publishedAt", published_by as "publishedBy"`);

/** Nobody publishes of one city twice at the same time: what overlaps must be seen. */
export async function lockReleases(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('open_release'))`.execute(tx.db);
}

/** Versions of one month of one area, the first first. */
export async function listVersions(tx: Tx, areaCode: string, month: string): Promise<ReleaseRow[]> {
  const { rows } = await sql<ReleaseRow>`select ${columns} from open_release
    where area_code = ${areaCode} and month = ${month} order by version`.execute(tx.db);
  return rows;
}

/** The latest version of each month of these areas, or of all; the newest month first. */
export async function listLatest(
  tx: Tx,
  wish: { month?: string; areas?: readonly string[] } = {},
): Promise<ReleaseRow[]> {
  const { rows } = await sql<ReleaseRow>`select distinct on (month, area_code) ${columns} from open_release
    where ${wish.month === undefined ? sql`true` : sql`month = ${wish.month}`}
      and ${wish.areas === undefined ? sql`true` : sql`path && ${[...wish.areas]}::text[]`}
    order by month desc, area_code, version desc`.execute(tx.db);
  return rows;
}

export async function insertRelease(tx: Tx, row: ReleaseRow, files: readonly FileRow[]): Promise<void> {
  await sql`insert into open_release (id, area_code, path, district, month, version, k, groups, totals, published_at, published_by)
    values (${row.id}, ${row.areaCode}, ${row.path}, ${row.district}, ${row.month}, ${row.version}, ${row.k},
      ${JSON.stringify(row.groups)}, ${JSON.stringify(row.totals)}, ${row.publishedAt}, ${row.publishedBy})`.execute(
    tx.db,
  );
  for (const { name, type, bytes, sha256 } of files)
    await sql`insert into open_file (release_id, name, type, bytes, sha256)
      values (${row.id}, ${name}, ${type}, ${Buffer.from(bytes)}, ${sha256})`.execute(tx.db);
}

/** Files of releases, by release. */
export async function listFiles(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, FileLine[]>> {
  const { rows } = await sql<FileLine & { releaseId: string }>`
    select release_id as "releaseId", name, length(bytes) as bytes, sha256 from open_file
    where release_id = any (${[...ids]}::uuid[]) order by name`.execute(tx.db);
  return Map.groupBy(rows, ({ releaseId }) => releaseId);
}

export async function findFile(
  tx: Tx,
  wish: { area: string; month: string; version: number; name: string },
): Promise<FileRow | undefined> {
  const { rows } = await sql<FileRow>`select f.name, f.type, f.bytes, f.sha256 from open_file f
    join open_release r on r.id = f.release_id
    where r.area_code = ${wish.area} and r.month = ${wish.month} and r.version = ${wish.version}
      and f.name = ${wish.name}`.execute(tx.db);
  return rows[0];
}
