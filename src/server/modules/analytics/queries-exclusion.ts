import type { analyticsUnitRoutes } from '#contract/analytics-units.ts';
import type { Input, Output } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { isUuid } from '#kit/ids.ts';
import { grantsFor, scopeFor, type Actor } from '#server/modules/identity/index.ts';
import type { AnalyticsParts } from './parts.ts';
import { readCategoryNames } from './store-class.ts';
import { listExclusions, type ExclusionRow } from './store-exclusion.ts';

type Routes = typeof analyticsUnitRoutes;
type View = Output<Routes['exclusions']>['items'][number];

/** Exclusions of cases the actor may read figures of, newest first. @throws AppError bad_input */
export async function readExclusions(
  parts: AnalyticsParts,
  actor: Actor,
  { state, cursor, limit }: Input<Routes['exclusions']>['query'],
): Promise<Output<Routes['exclusions']>> {
  const before = cursor === undefined ? undefined : fromCursor(cursor);
  return parts.database.read(scopeFor(actor, 'analytics.read'), async (tx) => {
    const found = await listExclusions(tx, { state, before, limit: limit + 1 });
    const rows = found.slice(0, limit);
    const people = rows.flatMap(({ proposedBy, decidedBy }) => [proposedBy, decidedBy].filter((one) => one !== null));
    const names = await parts.names(tx, [...new Set(people)]);
    const categories = await readCategoryNames(
      tx,
      rows.map(({ categoryCode }) => categoryCode),
    );
    const last = rows.at(-1);
    return {
      items: rows.map((row) => toView(parts, actor, row, { names, categories })),
      next: found.length > limit && last !== undefined ? toCursor(last.proposedAt.toISOString(), last.id) : null,
    };
  });
}

export function toCursor(at: string, id: string): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url');
}

/** @throws AppError bad_input */
export function fromCursor(cursor: string): { at: string; id: string } {
  try {
    const [at, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as [unknown, unknown];
    if (typeof at === 'string' && typeof id === 'string' && isUuid(id)) return { at: new Date(at).toISOString(), id };
  } catch {
    // Said below.
  }
  throw new AppError(
    'bad_input',
    'cursor: expected the value of "next" of the page before. Start again from the first page.',
  );
}

function toView(
  { territory }: AnalyticsParts,
  actor: Actor,
  row: ExclusionRow,
  words: {
    names: ReadonlyMap<string, string>;
    categories: ReadonlyMap<string, { name: string; nameEn: string }>;
  },
): View {
  const own = actor.accountId !== null && row.proposedBy === actor.accountId;
  const edits = grantsFor(actor, 'analytics.edit', { path: row.path, units: [] }).length > 0;
  const unit = territory.unit(row.proposedUnitId);
  const finest = row.path.at(-1) ?? '';
  const category = words.categories.get(row.categoryCode);
  return {
    id: row.id,
    eventId: row.eventId,
    number: row.number,
    category: category?.name ?? row.categoryCode,
    categoryEn: category?.nameEn ?? row.categoryCode,
    areaName: territory.area(finest)?.name ?? finest,
    reasonCode: row.reasonCode,
    note: row.note,
    state: row.state,
    proposedBy: words.names.get(row.proposedBy ?? '') ?? '',
    proposedUnit: { id: row.proposedUnitId, name: unit?.name ?? '', nameEn: unit?.nameEn ?? '' },
    proposedAt: toIso(row.proposedAt.getTime()),
    decidedBy: row.decidedBy === null ? null : (words.names.get(row.decidedBy) ?? ''),
    decidedAt: row.decidedAt === null ? null : toIso(row.decidedAt.getTime()),
    decisionNote: row.decisionNote,
    version: row.version,
    mayDecide: row.state === 'proposed' && edits && !own,
    mayWithdraw: row.state === 'proposed' && own,
    mayLift: row.state === 'approved' && edits && !own,
  };
}
