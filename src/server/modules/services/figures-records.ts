import type { Input, Output } from '#contract/route.ts';
import type { serviceFigureRoutes } from '#contract/service-figures.ts';
import { AppError } from '#kit/errors.ts';
import { isUuid } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { tellCounts } from '#server/modules/people/index.ts';
import { weatherWord } from './figures-dictionary.ts';
import type { FigureParts, FigureStation } from './figures-parts.ts';
import { chosen, leastTold, momentOf, spanOf } from './figures-queries.ts';
import type { Days } from './figures-rules.ts';
import { countRecords, listRecords, type RecordFilter, type ServiceRow } from './figures-store-records.ts';
import { tallyAll, tallyOne, type TallyOf } from './figures-store.ts';

type Routes = typeof serviceFigureRoutes;
type Answer = Output<Routes['records']>;
type Query = Input<Routes['records']>['query'];

/** The records that a number counts, the latest first: one page, and how many and how many persons in all. */
export async function listCounted(parts: FigureParts, actor: Actor, query: Query): Promise<Answer> {
  const { stations, ids, days } = await chosen(parts, actor, query);
  const filter = filterOf(query, ids, days);
  const after = readCursor(query.cursor);
  return parts.database.read(systemScope, async (tx) => {
    const sums = await sumsOf(tx, filter, days);
    const nothing = { span: spanOf(days), items: [], total: null, persons: null, few: true, next: null };
    if (query.visitor !== undefined && (sums.persons < leastTold || !(await mayTell(tx, query.visitor, ids, days))))
      return nothing;
    const rows = await listRecords(tx, filter, after, query.limit + 1);
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    return {
      span: spanOf(days),
      items: await toRows(parts, tx, page, new Map(stations.map((one) => [one.id, one]))),
      total: sums.records,
      persons: sums.persons,
      few: false,
      next: rows.length > query.limit && last !== undefined ? `${last.at.getTime()}_${last.id}` : null,
    };
  });
}

function filterOf(query: Query, stations: readonly string[], days: Days): RecordFilter {
  const { kind, visitor, weather, partner, activity, weekday, hour } = query;
  return {
    stations,
    ...momentOf(days),
    kind,
    visitor: visitor === 'untold' ? '' : visitor,
    weather: weather === 'none' ? '' : weather,
    partner,
    activity,
    weekday,
    hour,
  };
}

function readCursor(cursor: string | undefined): { atMs: number; id: string } | null {
  if (cursor === undefined) return null;
  const [at, id] = cursor.split('_');
  if (id !== undefined && isUuid(id) && Number.isSafeInteger(Number(at))) return { atMs: Number(at), id };
  throw new AppError('bad_input', 'cursor: expected the value of "next" of the page before. Start again.');
}

/** A number that was pressed is counted once already; only what nobody counted before is counted from the records. */
async function sumsOf(tx: Tx, filter: RecordFilter, days: Days): Promise<{ records: number; persons: number }> {
  const { stations, kind, visitor, weather, partner, activity, weekday, hour } = filter;
  const named = (
    [
      ['kind', kind],
      ['visitor', visitor],
      ['weather', weather],
      ['partner', partner],
      ['hour', hour === undefined ? undefined : String(hour).padStart(2, '0')],
    ] satisfies [TallyOf, string | undefined][]
  ).flatMap(([what, value]) => (value === undefined ? [] : [{ what, value }]));
  if (activity !== undefined || named.length > 1) return countRecords(tx, filter);
  return tallyOne(tx, stations, { days, weekday, ...(named[0] ?? { what: 'weather' as const }) });
}

/** What the figures hide of this period is not to be had here either. */
async function mayTell(tx: Tx, visitor: string, stations: readonly string[], days: Days): Promise<boolean> {
  const period = { ...days, whole: true, before: { first: days.first, last: days.first - 1 } };
  const rows = (await tallyAll(tx, stations, period, ['visitor'])).of('visitor').filter(({ value }) => value !== '');
  const { counts, total } = tellCounts(rows.map(({ persons }) => persons));
  if (visitor === 'untold') return total !== null;
  const at = rows.findIndex(({ value }) => value === visitor);
  return at < 0 || counts[at] !== null;
}

async function toRows(
  { partnerNames, activityTitles, serviceKind }: FigureParts,
  tx: Tx,
  rows: readonly ServiceRow[],
  stations: ReadonlyMap<string, FigureStation>,
): Promise<Answer['items']> {
  const partners = await partnerNames(tx, [...new Set(rows.flatMap(({ partnerId }) => partnerId ?? []))]);
  const titles = await activityTitles(tx, [...new Set(rows.flatMap(({ activityId }) => activityId ?? []))]);
  return rows.map(({ stationId, partnerId, activityId, at, weather, ...row }) => {
    const station = stations.get(stationId);
    const kind = serviceKind(row.kind);
    return {
      ...row,
      at: at.toISOString(),
      activityId,
      stationName: station?.name ?? '',
      stationNameEn: station?.nameEn ?? '',
      kindName: kind?.name ?? row.kind,
      kindNameEn: kind?.nameEn ?? row.kind,
      weather: weather === null ? null : weatherWord(weather),
      partnerName: partnerId === null ? null : (partners.get(partnerId)?.name ?? null),
      activityTitle: activityId === null ? null : (titles.get(activityId) ?? null),
    };
  });
}
