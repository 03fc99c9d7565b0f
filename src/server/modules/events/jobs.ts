import { sql } from 'kysely';
import { coverageWarning, type CoverageWarning } from '#engine/worktime/coverage.ts';
import { systemScope } from '#server/db/scope.ts';
import { append } from '#server/modules/ledger/index.ts';
import { audienceOf, type Kit } from './act.ts';
import { pathOf, type CaseRows } from './case-rows.ts';
import { centreAbove } from './placing.ts';
import { deleteUnclaimed } from './store-attachment.ts';
import { lockCase, saveClocks, saveEvent } from './store-case.ts';
import { retime, rungAfter, type ClockRow, type Rung } from './worktime.ts';

/**
 * Rings the escalation ladder: clocks whose next rung has come, oldest first, at most `limit` of them. Each rung is one
 * ledger line: 80 % reminds whoever holds it, 100 % tells the owner and makes the event late, 150 % tells the tier above.
 * Several processes may ring at once. Returns how many rungs were rung.
 */
export async function ringClocks(kit: Kit, limit = 200): Promise<number> {
  const due = await kit.database.read(systemScope, async (tx) => {
    const { rows } = await sql<{ id: string; eventId: string }>`
      select id, event_id as "eventId" from clock where stopped_at is null and next_mark_at <= ${new Date(kit.clock.now()).toISOString()}::timestamptz order by next_mark_at limit ${limit}`.execute(
      tx.db,
    );
    return rows;
  });
  let rung = 0;
  for (const one of due) if (await ringOne(kit, one)) rung += 1;
  return rung;
}

/** Holds the event first, as every command does, so that a clock is never rung while it is being stopped. */
async function ringOne(kit: Kit, due: { id: string; eventId: string }): Promise<boolean> {
  const library = await kit.dictionary.get();
  const nowMs = kit.clock.now();
  return kit.database.inTx(systemScope, async (tx) => {
    // Somebody is just changing it: that may stop the clock, so look again at the next tick.
    const { rows: free } = await sql`select 1 from event where id = ${due.eventId} for update skip locked`.execute(
      tx.db,
    );
    if (free.length === 0) return false;
    const rows = await lockCase(tx, due.eventId);
    const clock = rows?.clocks.find((one) => one.id === due.id);
    const mark = clock === undefined ? undefined : rungAfter(clock.mark);
    if (
      rows === undefined ||
      clock === undefined ||
      mark === undefined ||
      clock.nextMarkMs === null ||
      clock.nextMarkMs > nowMs
    )
      return false;
    const late = clock.late || mark >= 100;
    const rungClock = retime(library.calendar, { ...clock, mark, late });
    const notifyUnitId = whomToTell(kit, rows, clock, mark);
    const event = { ...rows.event, late: rows.event.late || late, version: rows.event.version + 1 };
    await saveClocks(tx, [rungClock]);
    await saveEvent(tx, event, nowMs);
    await append(tx, {
      actor: { kind: 'system', accountId: null },
      action: 'event.escalate_clock',
      subject: { type: 'event', id: event.id },
      district: event.district,
      atMs: nowMs,
      data: {
        from: event.status,
        to: event.status,
        version: event.version,
        number: event.number,
        step: clock.step,
        mark,
        taskId: clock.taskId,
        notifyUnitId,
        clockId: clock.id,
        dueAt: clock.dueMs === null ? null : new Date(clock.dueMs).toISOString(),
        priority: event.priority,
      },
      audience: audienceOf(rows, { event, tasks: rows.tasks }, notifyUnitId === null ? [] : [`u:${notifyUnitId}`]),
    });
    return true;
  });
}

function whomToTell(kit: Kit, rows: CaseRows, clock: ClockRow, mark: Rung): string | null {
  const { event } = rows;
  if (mark === 80) return rows.tasks.find((task) => task.id === clock.taskId)?.unitId ?? event.ownerUnitId;
  if (mark === 100) return event.ownerUnitId;
  return centreAbove(kit.territory, pathOf(event), event.tier)?.id ?? event.ownerUnitId;
}

/** Undefined while the calendar reaches at least `daysAhead` days further. */
export async function checkCalendar(kit: Kit, daysAhead = 60): Promise<CoverageWarning | undefined> {
  return coverageWarning((await kit.dictionary.get()).calendar, kit.clock.now(), daysAhead);
}

/** Forgets uploads nobody attached within a day; answers the storage keys whose files may be removed. */
export async function forgetUnclaimed(kit: Kit, limit = 500): Promise<{ removed: number; storageKeys: string[] }> {
  return kit.database.inTx(systemScope, (tx) => deleteUnclaimed(tx, kit.clock.now() - 86_400_000, limit));
}
