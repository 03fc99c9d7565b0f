/** What everybody may read: only what is published, put together; nothing is counted here but published groups. */
import { createHash } from 'node:crypto';
import { openDataRoutes, openMonth } from '#contract/opendata.ts';
import type { Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { systemScope } from '#server/db/scope.ts';
import { openRules, withheldClasses } from './dictionary.ts';
import { columns, communitiesIn, licence } from './files.ts';
import type { OpenDataParts } from './parts.ts';
import { medianOf } from './rules-groups.ts';
import { findFile, listFiles, listLatest, type FileLine, type ReleaseRow } from './store.ts';
import { areaNamed } from './views.ts';

type Month = Output<(typeof openDataRoutes)['month']>;

/** Bytes that stay, with the tag a client may ask by. */
export interface FrozenBytes {
  type: string;
  etag: string;
  bytes: Uint8Array;
  /** A version never changes; a list of them does. */
  immutable: boolean;
  /** Given: to be kept as a file of this name. */
  name?: string;
}

const json = (value: unknown): FrozenBytes => {
  const bytes = Buffer.from(JSON.stringify(value), 'utf8');
  const etag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}"`;
  return { type: 'application/json; charset=utf-8', etag, bytes, immutable: false };
};

/** Which months there are, and how to read them. */
export async function openIndex(parts: OpenDataParts): Promise<FrozenBytes> {
  const { k, delayDays, monthsShown } = openRules();
  const latest = await parts.database.read(systemScope, (tx) => listLatest(tx));
  const months = [...Map.groupBy(latest, ({ month }) => month)].slice(0, monthsShown);
  return json(
    openDataRoutes.index.response.parse({
      k,
      delayDays,
      licence,
      withheld: withheldClasses().map(({ code, name, nameEn }) => ({ code, name, nameEn })),
      months: months.map(([month, rows]) => ({
        month,
        areas: rows.map(({ areaCode }) => ({ code: areaCode, name: areaNamed(parts, areaCode).name })),
      })),
      dictionary: columns.map(([column, zh, en]) => ({ column, zh, en })),
    }),
  );
}

/** A month, or the latest one: sums of published groups. @throws AppError not_found */
export async function openMonthOf(parts: OpenDataParts, wish: string): Promise<FrozenBytes> {
  const { rows, files } = await parts.database.read(systemScope, async (tx) => {
    const month = wish === 'latest' ? (await listLatest(tx))[0]?.month : wish;
    const found = month === undefined ? [] : await listLatest(tx, { month });
    return { rows: found, files: await listFiles(tx, found.map(({ id }) => id)) }; // prettier-ignore
  });
  const month = rows[0]?.month;
  if (month === undefined) throw new AppError('not_found', 'Nothing is published of this month. See /api/open-data.');
  const categories = await parts.categories();
  return json(openMonth.parse(monthView({ parts, categories, rows, files, month })));
}

interface Seen {
  parts: OpenDataParts;
  categories: Awaited<ReturnType<OpenDataParts['categories']>>;
  rows: readonly ReleaseRow[];
  files: ReadonlyMap<string, FileLine[]>;
  month: string;
}

function monthView({ parts, categories, rows, files, month }: Seen): Month {
  const groups = rows.flatMap((row) => row.groups);
  const fixed = rows.reduce((sum, { totals }) => sum + totals.fixed, 0);
  const told = rows.map(({ totals }) => totals.reopened);
  const communities = communitiesIn(groups);
  const placed = [...communities.values()].reduce((sum, n) => sum + n, 0);
  return {
    month,
    areas: rows.map((row) => ({
      code: row.areaCode,
      name: areaNamed(parts, row.areaCode).name,
      version: row.version,
      publishedAt: row.publishedAt.toISOString(),
      totals: row.totals,
      files: files.get(row.id) ?? [],
    })),
    fixed,
    reopened: told.every((n) => n !== null) ? told.reduce((sum, n) => sum + n, 0) : null,
    byClass: byClass(groups, categories),
    byCommunity: [...communities]
      .map(([code, atLeast]) => ({ ...areaNamed(parts, code), streetName: streetOf(parts, code), atLeast }))
      .toSorted((a, b) => b.atLeast - a.atLeast || a.code.localeCompare(b.code)),
    elsewhere: fixed - placed,
  };
}

function streetOf({ territory }: OpenDataParts, code: string): string {
  const parent = territory.area(code)?.parentCode ?? null;
  return parent === null ? '' : (territory.area(parent)?.name ?? '');
}

/** By class, the most first; what was told without its class is the last line, without a code. */
function byClass(groups: ReleaseRow['groups'], categories: Seen['categories']): Month['byClass'] {
  const lines = [...Map.groupBy(groups, ({ path }) => path[1] ?? '')].map(([code, own]) => {
    const days = own.flatMap(({ n, medianDays }) => (n === null ? [] : [{ days: new Map([[medianDays, n]]) }]));
    const { name = '', nameEn = '' } = categories.get(code) ?? {};
    const fixed = own.reduce((sum, { n }) => sum + (n ?? 0), 0);
    return { code: name === '' ? '' : code, name, nameEn, fixed, medianDays: fixed === 0 ? null : medianOf(days) };
  });
  return lines.toSorted(
    (a, b) => Number(a.code === '') - Number(b.code === '') || b.fixed - a.fixed || a.code.localeCompare(b.code),
  );
}

/** A published file as it was published. @throws AppError not_found */
export async function openFileOf(
  { database }: OpenDataParts,
  wish: { area: string; month: string; version: number; name: string },
): Promise<FrozenBytes> {
  const found = await database.read(systemScope, (tx) => findFile(tx, wish));
  if (found === undefined)
    throw new AppError('not_found', 'There is no such file. See /api/open-data for all of them.');
  const name = `huangge-${wish.area}-${wish.month}-v${wish.version}-${found.name}`;
  return { type: found.type, etag: `"${found.sha256.slice(0, 32)}"`, bytes: found.bytes, immutable: true, name };
}
