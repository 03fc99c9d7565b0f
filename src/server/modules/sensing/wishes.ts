import { type AppError, isAppError, type ErrorCode } from '#kit/errors.ts';
import { systemScope } from '#server/db/scope.ts';
import { systemActor } from '#server/modules/identity/index.ts';
import type { Kit } from './kit.ts';
import { program, recordAlarm } from './record.ts';
import { changeAlarm, lockAlarm } from './store-alarm.ts';
import { delayWish, endWish, findWish, listDueWishes, opIdOf, refuseWish, type Wish } from './wish-store.ts';

const longestMs = 300_000;

/** Refusals that pass by themselves, or once somebody has mended the calendar. Every other one is final. */
const passing: ReadonlySet<ErrorCode> = new Set(['version_conflict', 'too_many_requests', 'calendar_ends', 'internal']);

/**
 * Turns alarms into events, as many as are due and at most `limit`. Safe to run twice and by several processes: each wish
 * keeps the very report and its operation id, so a report sent again is the same event. What can never succeed ends the
 * wish and is told on the alarm (`alarm.refused`); anything else is tried again. Returns how many were tried.
 */
export async function fulfilWishes(kit: Kit, limit = 50): Promise<number> {
  const due = await kit.database.read(systemScope, (tx) => listDueWishes(tx, kit.clock.now(), limit));
  for (const wish of due) {
    await fulfil(kit, wish).catch(async (error: unknown) => {
      if (isFinal(error)) return;
      const waitMs = Math.min(longestMs, 1000 * 2 ** wish.tries);
      await kit.database.inTx(systemScope, (tx) =>
        delayWish(tx, wish.alarmId, kit.clock.now() + waitMs, wordsOf(error)),
      );
      kit.report?.('sensing.wishes', error);
    });
  }
  return due.length;
}

/**
 * Fulfils the wish of one alarm now, if it has one. A refused plan is told on the alarm and not thrown: the event is there.
 * @throws what reporting threw
 */
export async function fulfilOne(kit: Kit, alarmId: string): Promise<void> {
  const wish = await kit.database.read(systemScope, (tx) => findWish(tx, alarmId));
  if (wish !== undefined) await fulfil(kit, wish);
}

/** Report, link, open the plan: each step is the same when done again, and the wish ends after the last. */
async function fulfil(kit: Kit, wish: Wish): Promise<void> {
  const event = await report(kit, wish);
  await linkEvent(kit, wish, event);
  const { alarmId, planCode } = wish;
  if (planCode !== null && kit.openPlan !== undefined) {
    const opening = { actor: systemActor, eventId: event.id, planCode, opId: opIdOf(alarmId, 'plan') };
    try {
      await kit.openPlan(opening);
    } catch (error) {
      if (!isFinal(error)) throw error;
      return refuse(kit, wish, 'plan', error);
    }
  }
  await kit.database.inTx(systemScope, (tx) => endWish(tx, alarmId, kit.clock.now()));
}

async function report(kit: Kit, wish: Wish): Promise<{ id: string; number: string }> {
  try {
    return await kit.events.report(systemActor, wish.request);
  } catch (error) {
    if (isFinal(error)) await refuse(kit, wish, 'event', error);
    throw error;
  }
}

function linkEvent(
  kit: Kit,
  { alarmId, askedBy, planCode }: Wish,
  event: { id: string; number: string },
): Promise<void> {
  return kit.database.inTx(systemScope, async (tx) => {
    const alarm = await lockAlarm(tx, alarmId);
    if (alarm === undefined || alarm.eventId !== null) return;
    await changeAlarm(tx, alarmId, { event });
    await recordAlarm(
      tx,
      'to_event',
      { ...alarm, eventId: event.id },
      {
        actor: askedBy === null ? program : { kind: 'account', accountId: askedBy },
        atMs: kit.clock.now(),
        data: { eventNumber: event.number, by: askedBy === null ? 'rule' : 'seat', planCode },
      },
    );
  });
}

/** Ends the wish and says so on the alarm, once. */
function refuse(
  kit: Kit,
  { alarmId, request, planCode }: Wish,
  step: 'event' | 'plan',
  error: AppError,
): Promise<void> {
  return kit.database.inTx(systemScope, async (tx) => {
    const alarm = await lockAlarm(tx, alarmId);
    if (alarm === undefined || (await findWish(tx, alarmId)) === undefined) return;
    const nowMs = kit.clock.now();
    await refuseWish(tx, alarmId, { step, code: error.code, trouble: wordsOf(error), nowMs });
    await recordAlarm(tx, 'refused', alarm, {
      actor: program,
      atMs: nowMs,
      data: { step, code: error.code, ...(step === 'plan' ? { planCode } : { categoryCode: request.categoryCode }) },
    });
  });
}

function isFinal(error: unknown): error is AppError {
  return isAppError(error) && !passing.has(error.code);
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 500) : String(error);
}
