import { systemScope } from '#server/db/scope.ts';
import { systemActor } from '#server/modules/identity/index.ts';
import type { Kit } from './kit.ts';
import { program, recordAlarm } from './record.ts';
import { changeAlarm, lockAlarm } from './store-alarm.ts';
import { delayWish, endWish, findWish, listDueWishes, opIdOf, type Wish } from './wish-store.ts';

const longestMs = 300_000;

/**
 * Turns alarms into events, as many as are due and at most `limit`. Safe to run twice and by several processes: each wish
 * keeps the very report and its operation id, so a report sent again is the same event. Returns how many were tried.
 */
export async function fulfilWishes(kit: Kit, limit = 50): Promise<number> {
  const due = await kit.database.read(systemScope, (tx) => listDueWishes(tx, kit.clock.now(), limit));
  for (const wish of due) {
    await fulfil(kit, wish).catch(async (error: unknown) => {
      const waitMs = Math.min(longestMs, 1000 * 2 ** wish.tries);
      const trouble = error instanceof Error ? error.message.slice(0, 500) : String(error);
      await kit.database.inTx(systemScope, (tx) => delayWish(tx, wish.alarmId, kit.clock.now() + waitMs, trouble));
      kit.report?.('sensing.wishes', error);
    });
  }
  return due.length;
}

/** Fulfils the wish of one alarm now, if it has one. @throws what reporting or opening the plan threw */
export async function fulfilOne(kit: Kit, alarmId: string): Promise<void> {
  const wish = await kit.database.read(systemScope, (tx) => findWish(tx, alarmId));
  if (wish !== undefined) await fulfil(kit, wish);
}

/** Report, link, open the plan: each step is the same when done again, and the wish ends after the last. */
async function fulfil(kit: Kit, { alarmId, request, planCode, askedBy }: Wish): Promise<void> {
  const event = await kit.events.report(systemActor, request);
  await kit.database.inTx(systemScope, async (tx) => {
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
  if (planCode !== null && kit.openPlan !== undefined)
    await kit.openPlan({ actor: systemActor, eventId: event.id, planCode, opId: opIdOf(alarmId, 'plan') });
  await kit.database.inTx(systemScope, (tx) => endWish(tx, alarmId, kit.clock.now()));
}
