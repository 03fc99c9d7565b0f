import { AppError } from '#kit/errors.ts';
import { addDays, dayOf } from '#kit/shanghai-days.ts';
import type { Area, Unit } from '#server/modules/grids/index.ts';
import { grantsFor, holds, type Actor } from '#server/modules/identity/index.ts';
import type { AnalyticsParts } from './parts.ts';

const longestDays = 1100;

/** Which facts a question is about; days of report, both included. */
export interface Span {
  area: Area | undefined;
  unit: Unit | undefined;
  from: string;
  to: string;
  /** Category code of any level; undefined: all. */
  class: string | undefined;
}

export interface Wish {
  area?: string | undefined;
  unit?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  class?: string | undefined;
}

const absent = (): AppError =>
  new AppError('not_found', 'There is no such area or unit, or its figures are not yours to read. Choose your own.');

/**
 * What the actor asks about, checked against what they may read: an area within one of their appointments, or a unit of
 * theirs (or one that works in their area, told for that area). Nothing named: their own area, else their own unit.
 * @throws AppError not_found, bad_input
 */
export function spanFor(
  { territory, clock }: Pick<AnalyticsParts, 'territory' | 'clock'>,
  actor: Actor,
  wish: Wish,
): Span {
  const days = daysOf(wish, dayOf(clock.now()));
  const named = { area: namedArea(territory, wish.area), unit: namedUnit(territory, wish.unit) };
  const own = ownPlace(territory, actor);
  const area = named.area ?? (named.unit === undefined || !isOwnUnit(actor, named.unit.id) ? own.area : undefined);
  const unit = named.unit ?? (area === undefined ? own.unit : undefined);
  if (!mayRead(actor, area, unit)) throw absent();
  return { ...days, area, unit, class: wish.class };
}

function daysOf({ from, to }: Wish, today: string): { from: string; to: string } {
  const last = to ?? today;
  const first = from ?? addDays(last, -29);
  if (first > last)
    throw new AppError('bad_input', `from: expected a day not after to (${last}), found ${first}.`, { field: 'from' });
  if (addDays(first, longestDays) < last)
    throw new AppError('bad_input', `from, to: expected at most ${longestDays} days, found more.`, { field: 'from' });
  return { from: first, to: last };
}

function namedArea(territory: AnalyticsParts['territory'], code: string | undefined): Area | undefined {
  const area = code === undefined ? undefined : territory.area(code);
  if (code !== undefined && area === undefined) throw absent();
  return area;
}

function namedUnit(territory: AnalyticsParts['territory'], id: string | undefined): Unit | undefined {
  const unit = id === undefined ? undefined : territory.unit(id);
  if (id !== undefined && unit === undefined) throw absent();
  return unit;
}

/** Where the actor's own figures begin: the widest area they may read, else their unit. */
function ownPlace(territory: AnalyticsParts['territory'], actor: Actor): { area?: Area; unit?: Unit } {
  if (actor.kind === 'system') return { area: territory.city() };
  if (!holds(actor, 'analytics.read')) return {};
  const carriers = actor.grants.filter(({ permissions }) => permissions.has('analytics.read'));
  const areas = carriers.flatMap(({ areaCode }) => (areaCode === null ? [] : (territory.area(areaCode) ?? [])));
  const widest = areas.toSorted((a, b) => a.path.length - b.path.length)[0];
  if (widest !== undefined) return { area: widest };
  const unit = carriers.flatMap(({ unitId }) => territory.unit(unitId) ?? [])[0];
  return unit === undefined ? {} : { unit };
}

const isOwnUnit = (actor: Actor, unitId: string): boolean =>
  grantsFor(actor, 'analytics.read', { path: [], units: [unitId] }).length > 0;

/** Figures of an area need an appointment that covers it; figures of a unit alone need that unit's own. */
function mayRead(actor: Actor, area: Area | undefined, unit: Unit | undefined): boolean {
  if (actor.kind === 'system') return true;
  if (area !== undefined && grantsFor(actor, 'analytics.read', { path: area.path, units: [] }).length > 0) return true;
  return unit !== undefined && isOwnUnit(actor, unit.id);
}
