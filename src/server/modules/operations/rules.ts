import type { TaskStatus } from '#contract/events-words.ts';
import type { PlanBody } from '#contract/operations-plans.ts';
import type { Shape, linkStates, stepStatuses } from '#contract/operations-views.ts';
import { AppError } from '#kit/errors.ts';

/** Pure decisions of the joint room. */

export type StepStatus = (typeof stepStatuses)[number];
export type StepAct = 'done' | 'skip' | 'undo';
export type LinkState = (typeof linkStates)[number];

const stepTable: Record<StepAct, { from: readonly StepStatus[]; to: StepStatus; reason: boolean }> = {
  done: { from: ['todo'], to: 'done', reason: false },
  skip: { from: ['todo'], to: 'skipped', reason: true },
  undo: { from: ['done', 'skipped'], to: 'todo', reason: true },
};

/** What a step becomes. @throws AppError transition_not_allowed, reason_needed */
export function moveStep(now: StepStatus, act: StepAct, reason: string): StepStatus {
  const row = stepTable[act];
  if (!row.from.includes(now))
    throw new AppError(
      'transition_not_allowed',
      `"${act}" is done on steps that are ${row.from.join(' or ')}; this one is ${now}. Look again: somebody was faster.`,
      { stepStatus: now },
    );
  if (row.reason && reason.trim().length < 2)
    throw new AppError(
      'reason_needed',
      `Expected a reason of at least two characters for "${act}", found none. Say why, so that the room understands.`,
    );
  return row.to;
}

/** The refusal to end while something that must be done is neither done nor skipped with a reason. */
export function refuseEnd(
  steps: readonly { key: string; required: boolean; status: StepStatus }[],
): AppError | undefined {
  const left = steps.filter((step) => step.required && step.status === 'todo').map((step) => step.key);
  return left.length === 0
    ? undefined
    : new AppError(
        'transition_not_allowed',
        `${left.length} required step(s) are neither done nor skipped with a reason. Decide on them first, then end the operation.`,
        { stepKeys: left },
      );
}

const endedTask: readonly TaskStatus[] = ['returned', 'waived', 'withdrawn'];

/** What a link still opens. Whoever finished may look at it until it expires. Times are epoch milliseconds. */
export function stateOfLink(
  link: { expiresMs: number; revokedMs: number | null },
  taskStatus: TaskStatus,
  nowMs: number,
): LinkState {
  if (link.revokedMs !== null) return 'revoked';
  if (nowMs >= link.expiresMs) return 'expired';
  return endedTask.includes(taskStatus) ? 'ended' : 'open';
}

/** @throws AppError link_ended, naming why, unless the link is open */
export function assertOpenLink(state: LinkState): void {
  if (state === 'open') return;
  const why = {
    revoked: 'was taken back by the lead unit',
    expired: 'has expired',
    ended: 'belongs to a task that was returned, waived or withdrawn',
  }[state];
  throw new AppError('link_ended', `This task link ${why}. Ask the lead unit for a new one.`, { state });
}

export type LinkVerb = 'accept' | 'return' | 'arrive' | 'note' | 'finish' | 'message';

/** What the page behind a link offers; the event's own rules decide when it is done. */
export function linkVerbs(
  state: LinkState,
  task: { status: TaskStatus; binding: boolean },
  room: { eventOpen: boolean; talking: boolean },
): LinkVerb[] {
  if (state !== 'open' || !room.eventOpen) return [];
  const by: Partial<Record<TaskStatus, LinkVerb[]>> = {
    offered: ['accept', 'return'],
    accepted: ['arrive', 'finish', 'return'],
    on_site: ['finish', 'return'],
  };
  const own = (by[task.status] ?? []).filter((verb) => verb !== 'return' || !task.binding);
  return [...own, 'note', ...(room.talking ? (['message'] as const) : [])];
}

export type Because = 'category' | 'library' | 'risk_kind' | 'risk_point';

/** Why a plan fits; empty when it does not. `near` holds risk points with their distance in metres. */
export function fits(
  plan: { code: string; body: PlanBody },
  event: { categories: readonly string[]; libraryPlan: string | null },
  near: readonly { id: string; kind: string; distanceM: number }[],
): Because[] {
  const { body } = plan;
  const close = near.filter((point) => point.distanceM <= body.nearbyM);
  return [
    ...(event.libraryPlan === plan.code ? (['library'] as const) : []),
    ...(body.categories.some((code) => event.categories.includes(code)) ? (['category'] as const) : []),
    ...(close.some((point) => body.riskPointIds.includes(point.id)) ? (['risk_point'] as const) : []),
    ...(close.some((point) => body.riskKinds.includes(point.kind)) ? (['risk_kind'] as const) : []),
  ];
}

/** 138****0001: enough to recognise, not enough to call. */
export function maskPhone(phone: string): string {
  const digits = phone.replaceAll(/[^0-9+]/g, '');
  if (digits === '') return '';
  return digits.length < 7 ? '****' : `${digits.slice(0, 3)}****${digits.slice(-4)}`;
}

const maxPoints = 500;

/** A cordon drawn on a map: one closed ring of 4 to 500 WGS-84 positions, or a circle. @throws AppError bad_input */
export function checkShape(shape: Shape): Shape {
  if (shape.type === 'circle') return shape;
  const { type, coordinates } = shape.geometry;
  const ring = coordinates[0];
  const wrong =
    type !== 'Polygon'
      ? `expected a Polygon, found a ${type}`
      : coordinates.length !== 1 || !Array.isArray(ring)
        ? 'expected exactly one ring'
        : wrongRing(ring as unknown[]);
  if (wrong !== undefined) throw new AppError('bad_input', `shape.geometry: ${wrong}. Draw the area again.`);
  return shape;
}

function wrongRing(ring: readonly unknown[]): string | undefined {
  if (ring.length < 4 || ring.length > maxPoints) return `expected 4 to ${maxPoints} positions, found ${ring.length}`;
  if (!ring.every(isPosition)) return 'expected positions [longitude, latitude] in WGS-84 degrees';
  return JSON.stringify(ring[0]) === JSON.stringify(ring.at(-1)) ? undefined : 'expected a closed ring';
}

function isPosition(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [lon, lat] = value as [unknown, unknown];
  return typeof lon === 'number' && typeof lat === 'number' && Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
}
