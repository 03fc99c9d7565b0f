import { sql } from 'kysely';
import { seasonScore, type HourValue } from '#engine/stats/season.ts';
import { systemScope } from '#server/db/scope.ts';
import { addSaid, hearSubjects } from './hear-subjects.ts';
import type { Kit } from './kit.ts';
import { limitsOf, type Threshold } from './rulebook.ts';
import { judgeValue } from './rules-state.ts';
import { lockDevices } from './store-intake.ts';
import { heardDevice } from './watch.ts';

const hourMs = 3_600_000;
const weeksBack = 8;
const minWeeks = 4;

/**
 * Judges the last full hour of every device under a rule by season against the same hour of the eight weeks before. The
 * rule's numbers are distances (|z|). Safe to run twice: the same hour says the same. Returns how many devices were judged.
 */
export async function judgeSeasons(kit: Kit): Promise<number> {
  const book = await kit.rules.get();
  const { calendar } = await kit.events.dictionary.get();
  const hour = Math.floor(kit.clock.now() / hourMs) * hourMs - hourMs;
  let judged = 0;
  for (const rule of book.withBasis('season')) {
    for (const [deviceId, values] of await listHours(kit, rule, hour)) {
      const now = values.find(({ atMs }) => atMs === hour);
      if (now === undefined) continue;
      const floor = Math.max(1e-9, Math.abs(now.value) * 0.01);
      const score = seasonScore(now, values, { offsetMinutes: calendar.offsetMinutes, minWeeks, floor });
      if (score === undefined) continue;
      judged += 1;
      await tell(kit, rule, { deviceId, atMs: hour + hourMs, value: now.value, z: Math.abs(score.z) });
    }
  }
  return judged;
}

/** Means of this hour and of the same hour of the weeks before, by device. Weeks have 168 hours: no summer time here. */
async function listHours(kit: Kit, rule: Threshold, hour: number): Promise<Map<string, HourValue[]>> {
  const hours = Array.from({ length: weeksBack + 1 }, (_, week) => new Date(hour - week * 168 * hourMs).toISOString());
  const { rows } = await kit.database.read(systemScope, (tx) =>
    sql<{ deviceId: string; at: Date; value: number }>`select r.device_id as "deviceId", h.at, avg(r.value) as value
      from unnest(${hours}::timestamptz[]) h(at) join reading r on r.metric = ${rule.metric}
        and r.measured_at >= h.at and r.measured_at < h.at + interval '1 hour' and r.received_at >= h.at - interval '5 minutes'
      join device d on d.id = r.device_id and d.state = 'active' and (d.kind = ${rule.deviceKind} or d.id = ${rule.deviceId})
      group by r.device_id, h.at`.execute(tx.db),
  );
  const byDevice = new Map<string, HourValue[]>();
  for (const { deviceId, at, value } of rows) {
    const list = byDevice.get(deviceId) ?? [];
    list.push({ atMs: at.getTime(), value });
    byDevice.set(deviceId, list);
  }
  return byDevice;
}

async function tell(
  kit: Kit,
  rule: Threshold,
  found: { deviceId: string; atMs: number; value: number; z: number },
): Promise<void> {
  const active = judgeValue({ ...limitsOf(rule), direction: 'above' }, found.z);
  if (active === undefined) return;
  await kit.database.inTx(systemScope, async (tx) => {
    await lockDevices(tx, [found.deviceId]);
    const heard = await heardDevice(kit, tx, found.deviceId);
    if (heard === undefined) return;
    const { metric, id: source } = rule;
    const word = { source, active, metric, value: found.value, text: '', clockWrong: false };
    addSaid(heard, 'anomaly', { ...word, atMs: found.atMs, boot: '~', seq: 0 });
    await hearSubjects(kit, tx, [heard], kit.clock.now());
  });
}
