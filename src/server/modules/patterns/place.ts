import type { Permission } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { addDays, dayOf, daysBetween } from '#kit/shanghai-days.ts';
import type { Area } from '#server/modules/grids/index.ts';
import { grantsFor, type Actor } from '#server/modules/identity/index.ts';
import type { PatternParts } from './parts.ts';

/** What an actor asks about: an area, and where they do not answer for all of it, only what their own units lead. */
export interface Sight {
  area: Area;
  /** Null: every event of the area. */
  units: readonly string[] | null;
}

const word: Permission = 'analytics.read';

/** Whether the actor answers for an area under this word. */
export const mayThere = (actor: Actor, permission: Permission, path: readonly string[]): boolean =>
  actor.kind === 'system' || grantsFor(actor, permission, { path, units: [] }).length > 0;

/**
 * The area asked about; unless named, the actor's own, the widest first. A department without an area of its own looks at
 * its own cases in the city, or in the area named.
 * @throws AppError not_found for an area that is unknown or not theirs
 */
export function sightOf({ territory }: PatternParts, actor: Actor, code: string | undefined): Sight {
  const own = carriers(actor);
  const areas = own
    .flatMap(({ areaCode }) => areaCode ?? [])
    .toSorted((a, b) => a.length - b.length || a.localeCompare(b));
  const area = territory.area(code ?? areas[0] ?? territory.city().code);
  const units = own.map(({ unitId }) => unitId);
  if (area !== undefined && mayThere(actor, word, area.path)) return { area, units: null };
  if (area === undefined || areas.length > 0 || units.length === 0)
    throw new AppError('not_found', 'There is no such area, or it is not yours to see.');
  return { area, units };
}

function carriers(actor: Actor) {
  const allowed = actor.limitedTo === null || actor.limitedTo.has(word);
  return allowed ? actor.grants.filter(({ permissions }) => permissions.has(word)) : [];
}

/** 'YYYY-MM-DD', both included. */
export interface Days {
  from: string;
  to: string;
}

const mostDays = 1100;

/** The days asked about; unless said, the last `usual` up to yesterday, since today is not over. @throws AppError bad_input */
export function daysOf(
  nowMs: number,
  asked: { from?: string | undefined; to?: string | undefined },
  usual: number,
): Days {
  const to = asked.to ?? (asked.from === undefined ? addDays(dayOf(nowMs), -1) : dayOf(nowMs));
  const from = asked.from ?? addDays(to, 1 - usual);
  if (from > to || addDays(from, mostDays) < to)
    throw new AppError('bad_input', `from, to: expected at most ${mostDays} days in order, found ${from} to ${to}.`, {
      field: 'from',
    });
  return { from, to };
}

/** Days from the first to the last, both included. */
export function lengthOf({ from, to }: Days): number {
  return daysBetween(from, to) + 1;
}
