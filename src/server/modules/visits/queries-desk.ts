import type { Input, Output } from '#contract/route.ts';
import type { visitRoutes } from '#contract/visits.ts';
import { findDayNumber, toIsoDate } from '#engine/worktime/days.ts';
import { AppError } from '#kit/errors.ts';
import { isUuid } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';
import { grantsFor, rolePermissions, roles, scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { maskForList, tellCount } from '#server/modules/people/index.ts';
import type { VisitParts } from './parts.ts';
import { tellRow } from './rules-figures.ts';
import { dayOf, startOf } from './rules-plan.ts';
import { routeOrder } from './rules-route.ts';
import {
  countByArea,
  countLeftOut,
  countPlan,
  countWorkers,
  cursorOf,
  listPlan,
  listStops,
  listVisitors,
  nobody,
  type PlanFilter,
  type PlanRow,
} from './store-desk.ts';

type Routes = typeof visitRoutes;
type Plan = Output<Routes['plan']>;

/** The plan of a day, masked: one page, and the whole day by worker. */
export async function listDayPlan(
  parts: VisitParts,
  actor: Actor,
  query: Input<Routes['plan']>['query'],
): Promise<Plan> {
  const scope = scopeFor(actor, 'visit.plan');
  const nowMs = parts.clock.now();
  const today = toIsoDate(dayOf(nowMs));
  const day = query.day ?? today;
  const number = dayNumber(day);
  const { area, worker, state, limit } = query;
  const bounds = { dayStartMs: startOf(number), dayEndMs: startOf(number + 1), nowMs };
  const filter: PlanFilter = { day, today, ...bounds, area, worker, state };
  const after = readCursor(query.cursor);
  return parts.database.read(scope, async (tx) => {
    const rows = await listPlan(tx, { scope, filter, after, limit: limit + 1 });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const workers = await countWorkers(tx, scope, filter);
    const names = await parts.names(tx, [
      ...workers.flatMap(({ id }) => id ?? []),
      ...page.flatMap(({ doerId }) => doerId ?? []),
    ]);
    return {
      day,
      items: await toRows(parts, tx, { actor, scope, filter, page, names }),
      total: await countPlan(tx, scope, filter),
      next: rows.length > limit && last !== undefined ? cursorOf(last) : null,
      workers: workers.map((one) => ({ ...one, name: one.id === null ? null : (names.get(one.id) ?? null) })),
    };
  });
}

function dayNumber(day: string): number {
  const found = findDayNumber(day);
  if (found === undefined)
    throw new AppError('bad_input', `day: expected a date such as 2026-06-15, found ${day}.`, { field: 'day' });
  return found;
}

function readCursor(cursor: string | undefined): { doer: string; id: string } | null {
  if (cursor === undefined) return null;
  const [doer, id] = cursor.split('_');
  if (doer !== undefined && id !== undefined && (doer === nobody || isUuid(doer)) && isUuid(id)) return { doer, id };
  throw new AppError('bad_input', 'cursor: expected the value of "next" of the page before. Start again.');
}

interface Paging {
  actor: Actor;
  scope: Scope;
  filter: PlanFilter;
  page: readonly PlanRow[];
  names: ReadonlyMap<string, string>;
}

async function toRows(
  parts: VisitParts,
  tx: Tx,
  { actor, scope, filter, page, names }: Paging,
): Promise<Plan['items']> {
  const people = await maskForList(
    tx,
    parts,
    actor,
    page.map(({ personId }) => personId),
  );
  const doers = [...new Set(page.flatMap(({ doerId }) => doerId ?? []))];
  const stops = await listStops(tx, scope, filter, doers);
  const order = new Map<string, number>();
  for (const list of Map.groupBy(stops, ({ doerId }) => doerId).values())
    for (const [k, id] of routeOrder(list).entries()) order.set(id, k + 1);
  return page.flatMap((row) => {
    const person = people.get(row.personId);
    if (person === undefined) return [];
    return [
      {
        id: row.id,
        personId: row.personId,
        name: person.name ?? '',
        address: person.address ?? '',
        areaCode: row.areaCode,
        areaName: parts.territory.area(row.areaCode)?.name ?? row.areaCode,
        tags: person.tags,
        tier: row.tier,
        lon: person.place.lon,
        lat: person.place.lat,
        reason: row.reason,
        reasonWords: row.reasonWords,
        plannedOn: row.plannedOn,
        dueAt: row.dueAt.toISOString(),
        late: isLate(row, filter.nowMs),
        state: row.state,
        rung: row.rung,
        nextTryAt: row.nextTryAt?.toISOString() ?? null,
        order: order.get(row.id) ?? null,
        workerId: row.doerId,
        workerName: row.doerId === null ? null : (names.get(row.doerId) ?? null),
        standIn: row.standInId !== null,
        doneAt: row.state === 'done' ? (row.doneAt?.toISOString() ?? null) : null,
        method: row.method,
        outcome: row.outcome,
        eventId: row.eventId,
        version: row.version,
      },
    ];
  });
}

function isLate({ state, doneAt, dueAt }: PlanRow, nowMs: number): boolean {
  return (state === 'done' && doneAt !== null ? doneAt.getTime() : nowMs) > dueAt.getTime();
}

const visitorRoles = roles.filter((role) => (rolePermissions[role] as readonly string[]).includes('visit.do'));

/** Who may be given visits of an area. @throws AppError not_found outside what the actor plans */
export async function listWorkers(parts: VisitParts, actor: Actor, area: string): Promise<Output<Routes['workers']>> {
  const found = parts.territory.area(area);
  if (found === undefined || grantsFor(actor, 'visit.plan', { path: found.path, units: [] }).length === 0)
    throw new AppError('not_found', 'There is no such area, or you do not plan visits there.');
  const today = toIsoDate(dayOf(parts.clock.now()));
  const wish = { path: found.path, area, roles: visitorRoles, today };
  return parts.database.read(scopeFor(actor, 'visit.plan'), async (tx) => ({ items: await listVisitors(tx, wish) }));
}

const longestDays = 400;

/** What fell due in a period, by the areas below the one asked for, small numbers left out. @throws AppError bad_input */
export async function countFigures(
  parts: VisitParts,
  actor: Actor,
  { from, to, area }: Input<Routes['figures']>['query'],
): Promise<Output<Routes['figures']>> {
  const [first, last] = [dayNumber(from), dayNumber(to)];
  if (last < first || last - first > longestDays)
    throw new AppError(
      'bad_input',
      `to: expected a day from ${from} on, at most ${longestDays} days later; found ${to}.`,
      { field: 'to' },
    );
  const scope = scopeFor(actor, 'visit.plan');
  const top = area ?? scope.areas[0];
  const depth = top === undefined ? 0 : (parts.territory.area(top)?.path.length ?? 0);
  const period = { area: top, fromMs: startOf(first), toMs: startOf(last + 1) };
  return parts.database.read(scope, async (tx) => {
    const counts = await countByArea(tx, scope, { ...period, depth, nowMs: parts.clock.now() });
    const items = counts.map(({ areaCode, ...row }) => ({
      areaCode,
      areaName: parts.territory.area(areaCode)?.name ?? areaCode,
      ...tellRow(row),
    }));
    const { unplanned, withdrawn } = await countLeftOut(tx, scope, period);
    const isCut = (row: Record<string, unknown>) => Object.values(row).includes(null);
    return {
      from,
      to,
      least: 5,
      items,
      suppressed: items.filter(isCut).length,
      leftOut: { unplanned: tellCount(unplanned), withdrawn: tellCount(withdrawn) },
    };
  });
}
