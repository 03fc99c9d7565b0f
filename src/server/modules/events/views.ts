import type * as z from 'zod';
import type { clockView, eventRow, taskView, unitRef } from '#contract/events-views.ts';
import { toIso } from '#kit/clock.ts';
import type { Territory } from '#server/modules/grids/index.ts';
import type { EventRow, TaskRow } from './case-rows.ts';
import type { QueueRow } from './store-queue.ts';
import { isPaused, type ClockRow } from './worktime.ts';

export type EventRowView = z.input<typeof eventRow>;

export function toUnitRef(territory: Territory, id: string): z.input<typeof unitRef> {
  const unit = territory.unit(id);
  return { id, name: unit?.name ?? '', nameEn: unit?.nameEn ?? '', kind: unit?.kind ?? '' };
}

export function toRowView(territory: Territory, row: QueueRow): EventRowView {
  const { ownerUnitId, reportedAt, dueAt, clockStartedAt, ...rest } = row;
  return {
    ...rest,
    ownerUnit: toUnitRef(territory, ownerUnitId),
    reportedAt: reportedAt.toISOString(),
    dueAt: dueAt === null ? null : dueAt.toISOString(),
    clockStartedAt: clockStartedAt === null ? null : clockStartedAt.toISOString(),
  };
}

/** The part of a detail that is also a row of the queue. */
export function toQueueRow(event: EventRow, clocks: readonly ClockRow[]): QueueRow {
  const { reportedMs, dueMs, ...rest } = event;
  const starts = clocks.flatMap((one) =>
    one.stoppedMs === null && one.dueMs !== null && one.dueMs === dueMs ? [one.startedMs] : [],
  );
  return {
    ...rest,
    reportedAt: new Date(reportedMs),
    dueAt: dueMs === null ? null : new Date(dueMs),
    clockStartedAt: starts.length === 0 ? null : new Date(Math.min(...starts)),
  };
}

export const isoOrNull = (ms: number | null) => (ms === null ? null : toIso(ms));

export function toTaskView(
  territory: Territory,
  task: TaskRow,
  more: { dueMs: number | null; assignee: string | null; mine: boolean },
): z.input<typeof taskView> {
  return {
    id: task.id,
    unit: toUnitRef(territory, task.unitId),
    part: task.part,
    status: task.status,
    binding: task.binding,
    instruction: task.instruction,
    assignee: more.assignee,
    offeredAt: toIso(task.offeredMs),
    acceptedAt: isoOrNull(task.acceptedMs),
    onSiteAt: isoOrNull(task.onSiteMs),
    doneAt: isoOrNull(task.doneMs),
    dueAt: isoOrNull(more.dueMs),
    result: task.result,
    reason: task.reason,
    mine: more.mine,
  };
}

export function toClockView(clock: ClockRow, nowMs: number): z.input<typeof clockView> {
  const stopped = clock.stoppedMs !== null;
  return {
    step: clock.step,
    kind: clock.kind,
    amount: clock.amount,
    extra: clock.extra,
    taskId: clock.taskId,
    startedAt: toIso(clock.startedMs),
    dueAt: isoOrNull(clock.dueMs),
    stoppedAt: isoOrNull(clock.stoppedMs),
    late: clock.late || (!stopped && clock.dueMs !== null && nowMs > clock.dueMs),
    certain: clock.certain,
    paused: !stopped && isPaused(clock),
    pauses: clock.pauses,
  };
}
