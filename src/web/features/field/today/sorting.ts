import { distanceM } from '#kit/geo.ts';
import type { Command } from '#web/field/command.ts';
import type { Day } from '#web/field/day-pack.ts';
import { expectedOf, type Step } from '#web/field/expected.ts';
import type { EventDetail, EventRow, InspectionTask, VisitTask } from '#web/field/field-api.ts';
import type { Pack } from '#web/field/pack.ts';
import { fromLocal, toLocal } from '#web/i18n/local-time.ts';

/** What today's list shows: all, or one of the three kinds of work. */
export type Show = 'all' | 'events' | 'visits' | 'rounds';

interface Ordered {
  id: string;
  /** Somebody may be in danger: before everything else. */
  danger: boolean;
  dueAt: string | null;
  /** Breaks ties of the limit: the oldest, or the order of the way. */
  after: string;
  distanceM: number | null;
}
export interface WaitingEvent extends Ordered {
  kind: 'event';
  row: EventRow;
  step: Step;
}
export interface WaitingVisit extends Ordered {
  kind: 'visit';
  task: VisitTask;
  /** ISO 8601: not before then, somebody who did not answer; null: now. */
  laterAt: string | null;
}
export interface WaitingInspection extends Ordered {
  kind: 'inspection';
  task: InspectionTask;
}
export type Waiting = WaitingEvent | WaitingVisit | WaitingInspection;

export interface Today {
  waiting: Waiting[];
  /** Visits whose next try is later today. */
  later: WaitingVisit[];
  /** Under way, nothing expected of this person. */
  others: EventRow[];
  counts: Record<Show, number>;
}

interface Point {
  lon: number;
  lat: number;
}

/**
 * What waits for this person, and the rest. `here` given: nearest first; else the most urgent first, and visits alone in
 * the order of the way. What was done on this phone and waits to be sent is no longer counted.
 */
export function sortToday(
  pack: Pack,
  day: Day,
  unsent: readonly Command[],
  { here, show, nowMs }: { here: Point | null; show: Show; nowMs: number },
): Today {
  const done = new Set(unsent.flatMap(({ about }) => about?.id ?? []));
  const away = (lon: number | null, lat: number | null): number | null =>
    here === null || lon === null || lat === null ? null : distanceM([here.lon, here.lat], [lon, lat]);
  const events = pack.rows.map((row) => ({ row, item: waitingEvent(row, pack.details.get(row.id), unsent, away) }));
  const visits = day.visits.filter(({ id }) => !done.has(id)).map((task) => waitingVisit(task, nowMs, away));
  const rounds = day.inspections.filter(({ id }) => !done.has(id)).map((task) => waitingInspection(task, away));
  const now = visits.filter((visit) => visit.laterAt === null);
  const of = { events: events.flatMap(({ item }) => item ?? []), visits: now, rounds };
  const all = [...of.events, ...of.visits, ...of.rounds];
  const chosen: Waiting[] = show === 'all' ? all : of[show];
  const order = here !== null ? byDistance : show === 'visits' ? byWay : byUrgency;
  return {
    waiting: chosen.toSorted(order),
    later: show === 'events' || show === 'rounds' ? [] : visits.filter((visit) => visit.laterAt !== null),
    others: events.filter(({ item }) => item === null).map(({ row }) => row),
    counts: { all: all.length, events: of.events.length, visits: now.length, rounds: rounds.length },
  };
}

type Away = (lon: number | null, lat: number | null) => number | null;

function waitingEvent(
  row: EventRow,
  detail: EventDetail | undefined,
  unsent: readonly Command[],
  away: Away,
): WaitingEvent | null {
  const own = unsent.filter((command) => command.eventId === row.id);
  const step = detail === undefined ? null : expectedOf(detail, own);
  if (step === null) return null;
  // The limit of one's own task goes before that of the event.
  const dueAt = detail?.tasks.find((task) => task.id === step.taskId)?.dueAt ?? row.dueAt;
  const { id, priority, reportedAt: after, lon, lat } = row;
  return { kind: 'event', id, row, step, dueAt, danger: priority === 0, after, distanceM: away(lon, lat) };
}

/** The plan wants it done today, though its own limit may be weeks away. */
function byTonight(dueAt: string, nowMs: number): string {
  const tonight = fromLocal(`${toLocal(new Date(nowMs).toISOString()).slice(0, 10)}T23:59`);
  return Date.parse(dueAt) < Date.parse(tonight) ? dueAt : tonight;
}

function waitingVisit(task: VisitTask, nowMs: number, away: Away): WaitingVisit {
  const { id, nextTryAt, order, lon, lat } = task;
  const later = nextTryAt !== null && Date.parse(nextTryAt) > nowMs;
  return {
    kind: 'visit',
    id,
    task,
    laterAt: later ? nextTryAt : null,
    dueAt: nextTryAt ?? byTonight(task.dueAt, nowMs),
    danger: task.reason === 'warning' || task.reason === 'outage' || task.state === 'door_check',
    after: String(order).padStart(6, '0'),
    distanceM: away(lon, lat),
  };
}

function waitingInspection(task: InspectionTask, away: Away): WaitingInspection {
  const { id, dueAt, code: after, lon, lat } = task;
  return { kind: 'inspection', id, task, dueAt, danger: task.reason === 'warning', after, distanceM: away(lon, lat) };
}

/** Danger first, then what is due soonest, then the oldest. */
function byUrgency(a: Waiting, b: Waiting): number {
  const danger = Number(b.danger) - Number(a.danger);
  if (danger !== 0) return danger;
  const due = timeOf(a.dueAt) - timeOf(b.dueAt);
  return due !== 0 && !Number.isNaN(due) ? due : a.after.localeCompare(b.after);
}

function byDistance(a: Waiting, b: Waiting): number {
  const far = (one: Waiting): number => one.distanceM ?? 1e9;
  return far(a) - far(b) || byUrgency(a, b);
}

function byWay(a: Waiting, b: Waiting): number {
  return a.after.localeCompare(b.after);
}

function timeOf(iso: string | null): number {
  return iso === null ? 8.64e15 : Date.parse(iso);
}
