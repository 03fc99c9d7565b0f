import type { Channel, EventStatus } from '#contract/events-words.ts';
import type { analyticsRoutes } from '#contract/analytics.ts';
import type { Input, Output } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { isUuid } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { readWords } from './dictionary.ts';
import { isMeasure } from './measures.ts';
import type { AnalyticsParts } from './parts.ts';
import { countFacts, listFacts, type FactFilter, type FactRow } from './store-cases.ts';
import { readCategoryNames } from './store-class.ts';
import { readCursor } from './store-cursor.ts';

type Routes = typeof analyticsRoutes;
type CaseQuery = Input<Routes['cases']>['query'];

/** What a number stands for, as a question to facts. @throws AppError bad_input for what is not counted */
export function casesOf(query: Omit<CaseQuery, 'cursor' | 'limit'>): FactFilter {
  const { from, to, area, unit, ids, cell, closedOn, acceptedOn } = query;
  const box = cell?.split(',').map(Number);
  return {
    measures: measuresOf(query),
    from,
    to,
    area,
    class: query.class,
    unit,
    ids,
    closedOn,
    acceptedOn,
    ...(box === undefined ? {} : { box: [box[0] ?? 0, box[1] ?? 0, box[2] ?? 0, box[3] ?? 0] as const }),
  };
}

function measuresOf({ indicator, part, measure }: CaseQuery | Omit<CaseQuery, 'cursor' | 'limit'>) {
  if (measure !== undefined) {
    if (!isMeasure(measure))
      throw new AppError('bad_input', `measure: expected one of the dictionary, found ${measure}.`, {
        field: 'measure',
      });
    return [measure];
  }
  if (indicator === undefined) return undefined;
  const found = readWords().indicators.get(indicator);
  if (found === undefined || found.kind === 'none')
    throw new AppError('bad_input', `indicator: expected one that is counted here, found ${indicator}.`, {
      field: 'indicator',
    });
  if (part === 'excluded') return found.leftOut.length === 0 ? ['excluded'] : found.leftOut;
  return [part === 'numerator' || found.denominator === '' ? found.numerator : found.denominator];
}

/** A page of the cases behind a number, as far as the actor may read them. @throws AppError bad_input */
export async function listCases(
  parts: AnalyticsParts,
  actor: Actor,
  query: CaseQuery,
): Promise<Output<Routes['cases']>> {
  const filter = casesOf(query);
  const after = query.cursor === undefined ? undefined : fromCursor(query.cursor);
  return parts.database.read(scopeFor(actor, 'analytics.read'), async (tx) => {
    const rows = await listFacts(tx, filter, { limit: query.limit + 1, after });
    const items = rows.slice(0, query.limit);
    const last = items.at(-1);
    const names = await readCategoryNames(
      tx,
      items.map(({ categoryCode }) => categoryCode),
    );
    return {
      items: items.map((row) => toView(parts, row, names)),
      next: rows.length > query.limit && last !== undefined ? toCursor(last) : null,
      total: await countFacts(tx, filter),
      asOf: await asOfNow(parts, tx),
    };
  });
}

/** How far the facts have come; not `told`: they are being told from the start, and until then there is nothing to count. */
export async function asOfNow(
  { tenant }: Pick<AnalyticsParts, 'tenant'>,
  tx: Tx,
): Promise<{ seq: number; at: string; told: boolean }> {
  const cursor = await readCursor(tx, tenant);
  const seq = cursor?.seq ?? -1;
  return { seq: Math.max(0, seq), at: toIso(cursor?.movedMs ?? 0), told: seq >= 0 };
}

function toCursor({ reportedAt, id }: FactRow): string {
  return Buffer.from(JSON.stringify([reportedAt.getTime(), id])).toString('base64url');
}

function fromCursor(cursor: string): { reportedMs: number; id: string } {
  try {
    const [reportedMs, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as [unknown, unknown];
    if (typeof reportedMs === 'number' && Number.isFinite(reportedMs) && typeof id === 'string' && isUuid(id))
      return { reportedMs, id };
  } catch {
    // Said below.
  }
  throw new AppError(
    'bad_input',
    'cursor: expected the value of "next" of the page before. Start again from the first page.',
  );
}

const isoOrNull = (at: Date | null): string | null => (at === null ? null : toIso(at.getTime()));

function toView(
  { territory }: AnalyticsParts,
  row: FactRow,
  names: ReadonlyMap<string, { name: string; nameEn: string }>,
): Output<Routes['cases']>['items'][number] {
  const unit = row.leadUnitId === null ? undefined : territory.unit(row.leadUnitId);
  const finest = row.path.at(-1) ?? '';
  const { id, number, categoryCode, priority, late, returns, reworks, reopens, extensions, rating, excluded } = row;
  return {
    id,
    number,
    categoryCode,
    category: names.get(categoryCode)?.name ?? categoryCode,
    categoryEn: names.get(categoryCode)?.nameEn ?? categoryCode,
    priority,
    channel: row.channel as Channel,
    status: row.status as EventStatus,
    areaName: territory.area(finest)?.name ?? finest,
    unit: unit === undefined ? null : { id: unit.id, name: unit.name, nameEn: unit.nameEn },
    reportedAt: toIso(row.reportedAt.getTime()),
    endedAt: isoOrNull(row.endedAt),
    minutes: row.closedAt === null ? null : Math.round((row.closedAt.getTime() - row.reportedAt.getTime()) / 60_000),
    late,
    returns,
    reworks,
    reopens,
    extensions,
    rating,
    reviewAt: isoOrNull(row.reviewAt),
    excluded,
  };
}
