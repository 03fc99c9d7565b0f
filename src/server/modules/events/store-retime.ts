import { sql } from 'kysely';
import type { Calendar } from '#engine/worktime/calendar.ts';
import type { Tx } from '#server/db/pool.ts';
import { saveClocks, toClockRow } from './store-case.ts';
import { retime } from './worktime.ts';

/** Works out every running clock that counts working time again, and the nearest due of its event. Returns how many moved. */
export async function retimeRunning(tx: Tx, calendar: Calendar): Promise<number> {
  // Events first, as every command does.
  await sql`select e.id from event e where e.id in (select c.event_id from clock c where c.stopped_at is null and c.kind <> 'continuous') order by e.id for update`.execute(
    tx.db,
  );
  const { rows } = await sql<{
    clock: Parameters<typeof toClockRow>[0];
  }>`select to_jsonb(c) as clock from clock c where c.stopped_at is null and c.kind <> 'continuous'`.execute(tx.db);
  const moved = rows
    .map((row) => toClockRow(row.clock))
    .map((before) => ({ before, now: retime(calendar, before) }))
    .filter(
      ({ before, now }) =>
        before.dueMs !== now.dueMs || before.nextMarkMs !== now.nextMarkMs || before.certain !== now.certain,
    )
    .map(({ now }) => now);
  await saveClocks(tx, moved);
  const events = [...new Set(moved.map((clock) => clock.eventId))];
  if (events.length > 0) {
    await sql`update event e set due_at = (select min(c.due_at) from clock c where c.event_id = e.id and c.stopped_at is null) where e.id = any(${events}::uuid[])`.execute(
      tx.db,
    );
  }
  return moved.length;
}
