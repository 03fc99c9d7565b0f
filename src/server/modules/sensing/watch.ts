import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { append } from '#server/modules/ledger/index.ts';
import { addSaid, hearSubjects, type Heard } from './hear-subjects.ts';
import type { Kit } from './kit.ts';
import { program, recordAlarm } from './record.ts';
import { comesBackAfterMs } from './rules-alarm.ts';
import { changeAlarm, lockAlarm } from './store-alarm.ts';
import { listHeardDevices, lockDevices } from './store-intake.ts';
import { centreAbove, subjectOfDevice } from './subjects.ts';

/** A cry for help nobody acknowledged goes out by a second channel after this time. */
export const secondChannelMs = 30_000;
/** Heartbeats missed before a device counts as silent, where no rule says otherwise. */
const usualMisses = 3;

const iso = (ms: number) => new Date(ms).toISOString();

/**
 * Cries for help that nobody acknowledged: told once more, to the centre above and the chiefs on duty as well. Exactly once
 * each, whoever else is looking. Returns how many.
 */
export async function ringSecondChannel(kit: Kit, limit = 50): Promise<number> {
  const due = await kit.database.read(systemScope, async (tx) => {
    const { rows } = await sql<{ id: string }>`select id from alarm where kind = 'sos' and acknowledged_at is null
      and second_at is null and not test and received_at <= ${iso(kit.clock.now() - secondChannelMs)} order by received_at limit ${limit}`.execute(
      tx.db,
    );
    return rows;
  });
  let rung = 0;
  for (const { id } of due) if (await ringOne(kit, id)) rung += 1;
  return rung;
}

function ringOne(kit: Kit, id: string): Promise<boolean> {
  return kit.database.inTx(systemScope, async (tx) => {
    const alarm = await lockAlarm(tx, id);
    if (alarm === undefined || alarm.acknowledgedAt !== null || alarm.secondAt !== null) return false;
    const nowMs = kit.clock.now();
    const above = centreAbove(kit.territory, alarm.path, alarm.unitId);
    const units = [alarm.unitId, ...(above === undefined ? [] : [above.id])];
    const staff = [];
    for (const unitId of units) staff.push(...(await kit.people.staffOf(tx, unitId)));
    const chiefs = staff.filter(({ appointments }) => appointments.some(({ role }) => role === 'duty_chief'));
    await changeAlarm(tx, id, { secondMs: nowMs });
    await recordAlarm(tx, 'second_channel', alarm, {
      actor: program,
      atMs: nowMs,
      data: { waitedS: Math.round((nowMs - alarm.raisedAt.getTime()) / 1000), aboveUnitId: above?.id ?? null },
      tell: [...units.map((unit) => `u:${unit}`), ...chiefs.map(({ id: account }) => `p:${account}`)],
    });
    return true;
  });
}

/**
 * Devices whose heartbeat failed: an `offline` alarm each. `sinceMs` is when the program began to listen: before that nobody
 * could be heard. Returns how many fell silent.
 */
export async function findSilent(kit: Kit, sinceMs: number, limit = 200): Promise<number> {
  const silent = await kit.database.read(systemScope, (tx) => listSilent(tx, kit.clock.now(), sinceMs, null, limit));
  for (const deviceId of silent) {
    await kit.database.inTx(systemScope, async (tx) => {
      await lockDevices(tx, [deviceId]);
      const nowMs = kit.clock.now();
      if ((await listSilent(tx, nowMs, sinceMs, deviceId, 1)).length === 0) return;
      const heard = await heardDevice(kit, tx, deviceId);
      if (heard === undefined) return;
      const word = { active: true, value: null, metric: null, text: '', clockWrong: false };
      addSaid(heard, 'offline', { ...word, source: 'heartbeat', atMs: nowMs, boot: '~', seq: 0 });
      await hearSubjects(kit, tx, [heard], nowMs);
    });
  }
  return silent.length;
}

async function listSilent(
  tx: Tx,
  nowMs: number,
  sinceMs: number,
  deviceId: string | null,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select d.id from device d join device_pulse p on p.device_id = d.id
    where d.heartbeat_s is not null and d.state <> 'retired' and (${deviceId}::uuid is null or d.id = ${deviceId})
      and greatest(coalesce(p.last_seen_at, d.created_at), ${iso(sinceMs)}::timestamptz) + make_interval(secs => d.heartbeat_s * coalesce(
        (select t.raise_at from threshold t where t.basis = 'silence' and t.retired_at is null
          and (t.device_id = d.id or t.device_kind = d.kind) order by t.device_id nulls last limit 1), ${usualMisses}::float8)) < ${iso(nowMs)}::timestamptz
      and not exists (select 1 from alarm_signal s where s.subject = 'd:' || d.id and s.kind = 'offline' and s.active)
    order by d.id limit ${limit}`.execute(tx.db);
  return rows.map(({ id }) => id);
}

/** The device as a subject, nothing said yet; the caller holds its lock. */
export async function heardDevice(kit: Kit, tx: Tx, deviceId: string): Promise<Heard | undefined> {
  const device = (await listHeardDevices(tx, [deviceId])).get(deviceId);
  if (device === undefined) return undefined;
  const book = await kit.rules.get();
  return { subject: subjectOfDevice(kit.territory, book, device, kit.clock.now()), said: new Map() };
}

/** Devices whose silence ended: what is still so is raised now. Returns how many were looked after. */
export async function endMutes(kit: Kit, limit = 50): Promise<number> {
  const over = await kit.database.read(systemScope, async (tx) => {
    const { rows } = await sql<{ id: string }>`select device_id as id from device_mute
      where not settled and until <= ${iso(kit.clock.now())} order by until limit ${limit}`.execute(tx.db);
    return rows;
  });
  for (const { id } of over) await kit.database.inTx(systemScope, (tx) => settleMute(kit, tx, id));
  return over.length;
}

/** After a mute: raises anew what the device last said was so. The line tells that it can be heard again. */
async function settleMute(kit: Kit, tx: Tx, deviceId: string): Promise<void> {
  await lockDevices(tx, [deviceId]);
  const nowMs = kit.clock.now();
  const { rows } = await sql`update device_mute set settled = true
    where device_id = ${deviceId} and not settled and until <= ${iso(nowMs)} returning 1`.execute(tx.db);
  const heard = await heardDevice(kit, tx, deviceId);
  if (rows.length === 0 || heard === undefined) return;
  const { subject } = heard;
  await append(tx, {
    actor: program,
    action: 'device.unmute',
    subject: { type: 'device', id: deviceId },
    district: subject.district,
    atMs: nowMs,
    data: { deviceCode: subject.deviceCode },
    audience: [...subject.path.map((code) => `a:${code}`), `u:${subject.unitId}`],
  });
  await sayAgain(tx, heard, nowMs);
  await hearSubjects(kit, tx, [heard], nowMs);
}

/** What the sources' last words say is so is said again now, where no alarm is open and people did not just end it. */
export async function sayAgain(tx: Tx, heard: Heard, nowMs: number): Promise<void> {
  const key = heard.subject.key;
  const { rows } = await sql<{
    kind: Parameters<typeof addSaid>[1];
    source: string;
    at: Date;
    boot: string;
    seq: number;
    metric: string | null;
    value: number | null;
    ended: Date | null;
  }>`select s.kind, s.source, s.at, s.boot, s.seq, s.metric, s.value,
      (select max(cleared_at) from alarm a where a.subject = s.subject and a.kind = s.kind and a.cleared_how in ('hand', 'false')) as ended
    from alarm_signal s where s.subject = ${key} and s.active
      and not exists (select 1 from alarm a where a.subject = s.subject and a.kind = s.kind and a.cleared_at is null)`.execute(
    tx.db,
  );
  for (const { kind, at, ended, ...word } of rows) {
    if (ended !== null && nowMs - ended.getTime() < comesBackAfterMs(kind)) continue;
    addSaid(heard, kind, { ...word, atMs: at.getTime(), active: true, text: '', clockWrong: false, anew: true });
  }
}
