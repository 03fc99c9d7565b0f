import { SHANGHAI_OFFSET_MINUTES } from '#engine/worktime/calendar.ts';
import { dayAt, toIsoDate } from '#engine/worktime/days.ts';
import { AppError } from '#kit/errors.ts';
import { activityKinds } from './dictionary.ts';

export type ActivityState = 'planned' | 'held' | 'cancelled';

const dayMs = 86_400_000;
/** Longer than a day is not one activity; further ahead than a year nobody announces. */
const longestMs = dayMs;
const furthestMs = 366 * dayMs;

export interface Times {
  startsMs: number;
  endsMs: number;
}

/** The day in Shanghai, 'YYYY-MM-DD'. */
export const dayOf = (ms: number): string => toIsoDate(dayAt(ms, SHANGHAI_OFFSET_MINUTES));

/** @throws AppError bad_input naming the field, when it does not end after it begins, lasts too long or lies too far ahead */
export function assertTimes({ startsMs, endsMs }: Times, nowMs: number): void {
  if (endsMs <= startsMs || endsMs - startsMs > longestMs)
    throw new AppError('bad_input', 'endsAt: expected a time after startsAt, at most 24 hours later.', {
      field: 'endsAt',
    });
  if (endsMs <= nowMs)
    throw new AppError('bad_input', 'endsAt: expected a time still to come; this activity would be over already.', {
      field: 'endsAt',
    });
  if (startsMs > nowMs + furthestMs)
    throw new AppError('bad_input', 'startsAt: expected a time within the coming year.', { field: 'startsAt' });
}

/** @throws AppError bad_input for a kind that is not in db/data/activity-kinds.csv */
export function assertKind(kind: string): void {
  if (!activityKinds().has(kind))
    throw new AppError('bad_input', `kind: expected a code of /api/activity-kinds, found ${kind}.`, { field: 'kind' });
}

/**
 * What is settled stays as it was; what has not begun cannot have been held.
 * @throws AppError transition_not_allowed, version_conflict
 */
export function assertOpen(
  row: { state: ActivityState; version: number; startsMs: number },
  wish: { version: number; to: 'change' | 'hold' | 'cancel'; nowMs: number },
): void {
  if (row.state !== 'planned')
    throw new AppError('transition_not_allowed', `This activity is ${row.state} already; only planned ones change.`, {
      state: row.state,
    });
  if (wish.to === 'hold' && wish.nowMs < row.startsMs)
    throw new AppError('transition_not_allowed', 'This activity has not begun yet. Record it once it has.', {
      state: row.state,
    });
  if (row.version !== wish.version)
    throw new AppError('version_conflict', `Expected version ${row.version}, found ${wish.version}. Load it again.`);
}

/** @throws AppError bad_input when a delivery is told of an activity that is no partner's */
export function assertDelivery(partnerId: string | null, delivered: number): void {
  if (delivered > 0 && partnerId === null)
    throw new AppError('bad_input', 'delivered: no partner holds this activity, so nobody delivers by it.', {
      field: 'delivered',
    });
}
