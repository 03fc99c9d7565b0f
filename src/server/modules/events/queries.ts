import type * as z from 'zod';
import { verbs, type EventStatus, type Verb } from '#contract/events-words.ts';
import type { eventRoutes } from '#contract/events.ts';
import type { Input, Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { degreesFor, distanceM } from '#kit/geo.ts';
import { isUuid } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { scopeOf, type Actor } from '#server/modules/identity/index.ts';
import { timeline, type TimelineLine } from '#server/modules/ledger/index.ts';
import { ruleOf, toFacts, type Kit } from './act.ts';
import { pathOf } from './case-rows.ts';
import { cellsOf } from './cells.ts';
import { descendantsOf, sameClass } from './library.ts';
import { allowedVerbs } from './rules.ts';
import { sightOf } from './sight.ts';
import { countBoard } from './store-board.ts';
import { eventColumns, findCase, toEventRow } from './store-case.ts';
import { countOpenTasks, listNear, namesOf, readExtras } from './store-detail.ts';
import { isDense, isOpenOnly, listPoints, listQueue, type Filter, type Position, type Sort } from './store-queue.ts';
import { suggestUnits } from './suggest.ts';
import { isoOrNull, toClockView, toQueueRow, toRowView, toTaskView, toUnitRef } from './views.ts';

type Routes = typeof eventRoutes;
type ListQuery = Input<Routes['list']>['query'];

async function toFilter(kit: Kit, query: Omit<ListQuery, 'sort' | 'cursor' | 'limit'>): Promise<Filter> {
  const { categoryCode, areaCode, ...rest } = query;
  const area = areaCode === undefined ? undefined : kit.territory.area(areaCode);
  if (areaCode !== undefined && area === undefined)
    throw new AppError('bad_input', `areaCode: expected a known area, found ${areaCode}.`);
  return {
    ...rest,
    categories: categoryCode === undefined ? undefined : descendantsOf(await kit.dictionary.get(), categoryCode),
    area: area === undefined ? undefined : { tier: area.tier, code: area.code, path: area.path },
  };
}

/** One page of the queue, in a stable order; `next` leads to the following page, or is null. */
export async function listEvents(kit: Kit, actor: Actor, query: ListQuery): Promise<Output<Routes['list']>> {
  const { sort, cursor, limit, ...rest } = query;
  const filter = await toFilter(kit, rest);
  const from = cursor === undefined ? undefined : fromCursor(cursor);
  const rows = await kit.database.read(scopeOf(actor), (tx) =>
    listQueue(tx, { filter, sight: sightOf(kit.territory, actor), sort, limit, from }),
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next =
    rows.length > limit && last !== undefined
      ? toCursor(sort, {
          reportedAt: last.reportedAt.toISOString(),
          id: last.id,
          due: last.dueAt === null ? null : last.dueAt.toISOString(),
          priority: last.priority,
        })
      : null;
  return { items: page.map((row) => toRowView(kit.territory, row)), next };
}

function toCursor(sort: Sort, at: Position): string {
  const parts =
    sort === 'due'
      ? [at.due ?? '', at.id]
      : sort === 'priority'
        ? [at.priority ?? 0, at.reportedAt, at.id]
        : [at.reportedAt, at.id];
  return Buffer.from(JSON.stringify([sort, ...parts])).toString('base64url');
}

function fromCursor(cursor: string): Position {
  try {
    const [sort, ...parts] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as [Sort, ...string[]];
    const id = parts.at(-1) ?? '';
    if (!isUuid(id)) throw new Error('no id');
    if (sort === 'due')
      return { reportedAt: '', id, due: parts[0] === undefined || parts[0] === '' ? null : toTime(parts[0]) };
    if (sort === 'priority') return { reportedAt: toTime(parts[1]), id, priority: toWhole(parts[0]) };
    return { reportedAt: toTime(parts[0]), id };
  } catch {
    throw new AppError(
      'bad_input',
      'cursor: expected the value of "next" of the page before. Start again from the first page.',
    );
  }
}

function toWhole(text: unknown): number {
  const value = Number(text);
  if (!Number.isInteger(value) || Math.abs(value) > 1000) throw new Error('no priority');
  return value;
}

function toTime(text: string | undefined): string {
  return new Date(text ?? '').toISOString();
}

export async function mapEvents(
  kit: Kit,
  actor: Actor,
  query: Input<Routes['map']>['query'],
): Promise<Output<Routes['map']>> {
  const { west, south, east, north, limit, ...rest } = query;
  const filter = await toFilter(kit, rest);
  const window = { west, south, east, north };
  const sight = sightOf(kit.territory, actor);
  const dense = isOpenOnly(filter) || (await kit.database.read(systemScope, (tx) => isDense(tx, window)));
  const rows = await kit.database.read(scopeOf(actor), (tx) => listPoints(tx, { filter, sight, window, limit, dense }));
  return { points: rows.slice(0, limit), truncated: rows.length > limit };
}

export async function readBoard(
  kit: Kit,
  actor: Actor,
  areaCode: string | undefined,
): Promise<Output<Routes['board']>> {
  const { area } = await toFilter(kit, { areaCode });
  const monthFrom = startOfMonth(kit.clock.now(), (await kit.dictionary.get()).calendar.offsetMinutes);
  const board = await kit.database.read(scopeOf(actor), (tx) =>
    countBoard(tx, sightOf(kit.territory, actor), area, monthFrom),
  );
  const sum = (key: 'status' | 'priority') =>
    [...new Set(board.open.map((row) => row[key]))].map((value) => ({
      value,
      rows: board.open.filter((row) => row[key] === value),
    }));
  const total = (rows: readonly { count: number; late: number }[], what: 'count' | 'late') =>
    rows.reduce((all, row) => all + row[what], 0);
  return {
    open: sum('status').map(({ value, rows }) => ({
      status: value as EventStatus,
      count: total(rows, 'count'),
      late: total(rows, 'late'),
    })),
    byPriority: sum('priority')
      .map(({ value, rows }) => ({ priority: Number(value), count: total(rows, 'count') }))
      .toSorted((a, b) => a.priority - b.priority),
    monthFrom,
    reportedThisMonth: board.reported,
    closedThisMonth: board.closed,
    closedLateThisMonth: board.closedLate,
    reworkedThisMonth: board.reworked,
    reopenedThisMonth: board.reopened,
    mine: board.mine,
  };
}

/** The first instant of the local month. */
function startOfMonth(nowMs: number, offsetMinutes: number): string {
  const local = new Date(nowMs + offsetMinutes * 60_000);
  return new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), 1) - offsetMinutes * 60_000).toISOString();
}

export async function getEvent(kit: Kit, actor: Actor, id: string): Promise<Output<Routes['get']>> {
  const nowMs = kit.clock.now();
  const library = await kit.dictionary.get();
  const found = await kit.database.read(scopeOf(actor), async (tx) => {
    const rows = await findCase(tx, id);
    if (rows === undefined) throw new AppError('not_found', 'There is no such event, or it is not yours to see.');
    const extras = await readExtras(tx, id, rows.event.mergedInto);
    const lines = await linesOf(tx, id);
    const names = await namesOf(tx, [
      ...lines.flatMap((line) => line.actorId ?? []),
      ...rows.tasks.flatMap((task) => task.assigneeId ?? []),
    ]);
    return { rows, extras, lines, names };
  });
  const { rows, extras, lines, names } = found;
  const { event } = rows;
  const rule = await ruleOf(kit, library, event);
  const units = new Set(scopeOf(actor).units);
  return {
    ...toRowView(kit.territory, toQueueRow(event, rows.clocks)),
    description: event.description,
    verifiedAt: isoOrNull(event.verifiedMs),
    filedAt: isoOrNull(event.filedMs),
    closedAt: isoOrNull(event.closedMs),
    reviewAt: isoOrNull(event.reviewMs),
    returns: event.returns,
    reworks: event.reworks,
    reopens: event.reopens,
    rating: event.rating,
    rule: {
      tier: rule.tier,
      leadRole: rule.leadRole,
      assistRoles: rule.assistRoles,
      evidence: rule.evidence,
      version: event.ruleVersion,
    },
    tasks: rows.tasks.map((task) =>
      toTaskView(kit.territory, task, {
        dueMs: extras.clocks.find((clock) => clock.taskId === task.id && clock.stoppedMs === null)?.dueMs ?? null,
        assignee: task.assigneeId === null ? null : (names.get(task.assigneeId) ?? null),
        mine: units.has(task.unitId),
      }),
    ),
    ...extras,
    clocks: extras.clocks.map((clock) => toClockView(clock, nowMs)),
    timeline: lines.flatMap((line) => {
      const verb = toVerb(line.action);
      return verb === undefined
        ? []
        : [
            {
              id: line.id,
              seq: line.seq,
              at: line.at.toISOString(),
              verb,
              actorName: line.actorId === null ? null : (names.get(line.actorId) ?? null),
              actorUnit: line.actorUnitId === null ? null : (kit.territory.unit(line.actorUnitId)?.name ?? null),
              data: line.data,
              words: line.words ?? {},
            },
          ];
    }),
    allowed: allowedVerbs(toFacts(rows, rule), { actor, nowMs }, (unitId) => kit.territory.unit(unitId)),
  };
}

/** Lines of one event in the order in which they happened to it: each carries the version it made. */
export async function linesOf(tx: Tx, eventId: string): Promise<TimelineLine[]> {
  const lines = await timeline(tx, 'event', eventId);
  return lines.toSorted((a, b) => Number(a.data['version'] ?? 0) - Number(b.data['version'] ?? 0));
}

/** The verb of a ledger line of an event. */
export function toVerb(action: string): Verb | undefined {
  return verbs.find((verb) => action === `event.${verb}`);
}

/** How near and how recent a possible duplicate is. */
export const duplicateRule = { radiusM: 50, days: 30 } as const;

export async function listSimilar(
  kit: Kit,
  actor: Actor,
  query: Input<Routes['similar']>['query'],
): Promise<Output<Routes['similar']>> {
  const found = await nearBy(kit, scopeOf(actor), query);
  return {
    items: found.map(({ row, distance }) => ({
      ...toRowView(kit.territory, toQueueRow(row, [])),
      distanceM: distance,
    })),
  };
}

/** Same class, ≤ 50 m, ≤ 30 days, closed ones too; nearest first. Within `scope`: residents' suggestions use the program's own. */
export async function nearBy(
  kit: Kit,
  scope: Parameters<Kit['database']['read']>[0],
  at: { categoryCode: string; lon: number; lat: number; exceptId?: string | undefined },
) {
  const library = await kit.dictionary.get();
  const span = degreesFor(duplicateRule.radiusM, at.lat);
  const cells =
    cellsOf(
      { west: at.lon - span.lon, east: at.lon + span.lon, south: at.lat - span.lat, north: at.lat + span.lat },
      100,
    ) ?? [];
  if (cells.length === 0) return [];
  const since = new Date(kit.clock.now() - duplicateRule.days * 86_400_000).toISOString();
  return kit.database.read(scope, async (tx) => {
    const near = await listNear(tx, {
      cells,
      categories: sameClass(library, at.categoryCode),
      since,
      exceptId: at.exceptId,
    });
    const close = near
      .map((row) => ({ id: row.id, distance: Math.round(distanceM([at.lon, at.lat], [row.lon, row.lat]) * 10) / 10 }))
      .filter((row) => row.distance <= duplicateRule.radiusM)
      .toSorted((a, b) => a.distance - b.distance)
      .slice(0, 10);
    if (close.length === 0) return [];
    const rows = await tx.db
      .selectFrom('event')
      .select(eventColumns)
      .where(
        'id',
        'in',
        close.map((row) => row.id),
      )
      .execute();
    const byId = new Map(rows.map((row) => [row.id, toEventRow(row)]));
    return close.flatMap(({ id, distance }) => {
      const row = byId.get(id);
      return row === undefined ? [] : [{ row, distance }];
    });
  });
}

/** Units this desk may give tasks to: those the level library suggests first. */
export async function listCandidates(kit: Kit, actor: Actor, id: string): Promise<Output<Routes['candidates']>> {
  const library = await kit.dictionary.get();
  return kit.database.read(scopeOf(actor), async (tx) => {
    const rows = await findCase(tx, id);
    if (rows === undefined) throw new AppError('not_found', 'There is no such event, or it is not yours to see.');
    const rule = await ruleOf(kit, library, rows.event);
    const owner = kit.territory.unit(rows.event.ownerUnitId);
    const reachable = kit.territory
      .reachableUnits(rows.event.ownerUnitId, pathOf(rows.event))
      .filter((unit) => unit.id !== owner?.id);
    const all = owner === undefined ? reachable : [...reachable, owner];
    const counts = await countOpenTasks(
      tx,
      all.map((unit) => unit.id),
    );
    const returnedBy = new Set(rows.tasks.filter((task) => task.status === 'returned').map((task) => task.unitId));
    const suggested = suggestUnits(rule, rows.event.tier, returnedBy, all);
    const rank = (unitId: string) => ['lead', 'assist', null].indexOf(suggested.get(unitId) ?? null);
    return {
      items: all
        .toSorted((a, b) => rank(a.id) - rank(b.id))
        .map(
          (unit) =>
            ({
              unit: toUnitRef(kit.territory, unit.id),
              suggested: suggested.get(unit.id) ?? null,
              openTasks: counts.get(unit.id) ?? 0,
            }) satisfies z.input<Routes['candidates']['response']>['items'][number],
        ),
    };
  });
}
