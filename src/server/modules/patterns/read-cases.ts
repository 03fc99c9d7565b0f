import type { patternRoutes } from '#contract/patterns.ts';
import type { Input, Output } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import type { PatternParts } from './parts.ts';
import { daysOf, sightOf } from './place.ts';
import { finest, listCases, type CaseWish } from './store-facts.ts';
import { areaName, kindNamer } from './words.ts';

type Cases = (typeof patternRoutes)['cases'];

/** The cases in some squares of a lattice: what a hot spot or a cluster counted. @throws AppError not_found, bad_input */
export async function readCases(
  parts: PatternParts,
  actor: Actor,
  query: Input<Cases>['query'],
): Promise<Output<Cases>> {
  const sight = sightOf(parts, actor, query.area);
  const days = daysOf(parts.clock.now(), query, parts.rules.hot_days);
  const facts = { ...sight, ...days, category: query.category };
  const { untilHour, limit } = query;
  const wish = { squares: squaresIn(query), untilHour, limit: limit + 1, before: placeIn(query.cursor) };
  const { rows, total } = await parts.database.read(systemScope, (tx) => listCases(tx, facts, wish));
  const nameOf = kindNamer((await parts.library()).categories);
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    total,
    next: rows.length > query.limit && last !== undefined ? `${last.at.getTime()}_${last.id}` : null,
    items: shown.map(({ id, number, category, at, status, areaCode }) => ({
      id, number, category: nameOf(category), at: toIso(at.getTime()), status, areaName: areaName(parts, areaCode),
    })), // prettier-ignore
  };
}

/** No lattice of an area is wider. */
const mostInRun = 1000;

function squaresIn({ steps, cells }: Pick<Input<Cases>['query'], 'steps' | 'cells'>): CaseWish['squares'] {
  if (steps === undefined && cells === undefined) return undefined;
  const factor = finest / (steps ?? 0);
  if (!Number.isInteger(factor) || cells === undefined)
    throw new AppError(
      'bad_input',
      `steps, cells: expected both as hot spots or clusters told them (steps a part of ${finest}), found ${steps ?? 'no'} steps.`,
      { field: 'steps' },
    );
  const among = cells.flatMap((run) => {
    const [from = 0, to = from, y = 0] =
      /^(\d+)(?:-(\d+))?:(\d+)$/
        .exec(run)
        ?.slice(1)
        .map((n) => (n === undefined ? undefined : Number(n))) ?? [];
    return Array.from({ length: Math.min(mostInRun, Math.max(1, to - from + 1)) }, (_, k) => ({ x: from + k, y }));
  });
  return { factor, among };
}

function placeIn(cursor: string | undefined): { at: Date; id: string } | undefined {
  if (cursor === undefined) return undefined;
  const found = /^(\d{10,15})_([0-9a-f-]{36})$/.exec(cursor);
  if (found === null)
    throw new AppError('bad_input', 'cursor: expected the value of `next` of the page before.', { field: 'cursor' });
  return { at: new Date(Number(found[1])), id: found[2] ?? '' };
}
