import { sql } from 'kysely';
import type { AlarmKind } from '#contract/device-messages.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { addSaid, hearSubjects } from './hear-subjects.ts';
import type { Kit } from './kit.ts';
import { limitsOf, type Threshold } from './rulebook.ts';
import { judgeSeries, lookBackMs, ratesOf, type Word } from './rules-state.ts';
import { listSeries, lockDevices } from './store-intake.ts';
import { heardDevice } from './watch.ts';

interface Due {
  subject: string;
  kind: AlarmKind;
  source: string;
  at: Date;
}

/**
 * Limits that were passed and whose hold-off went by in silence: judged again now, which raises what is still so. Returns
 * how many were judged.
 */
export async function judgeHoldOffs(kit: Kit, limit = 200): Promise<number> {
  const due = await kit.database.read(systemScope, (tx) => listDue(tx, kit.clock.now(), null, limit));
  for (const subject of new Set(due.map((one) => one.subject)))
    await kit.database.inTx(systemScope, (tx) => judgeDevice(kit, tx, subject));
  return due.length;
}

/** Under the device's lock, since it may have spoken meanwhile. */
async function judgeDevice(kit: Kit, tx: Tx, subject: string): Promise<void> {
  const deviceId = subject.slice('d:'.length);
  await lockDevices(tx, [deviceId]);
  const nowMs = kit.clock.now();
  const heard = await heardDevice(kit, tx, deviceId);
  const rules = new Map((await kit.rules.get()).all.map((one) => [one.id, one]));
  for (const one of await listDue(tx, nowMs, subject, 100)) {
    const rule = rules.get(one.source);
    const word = rule === undefined ? undefined : await judgeAgain(tx, deviceId, rule, one.at.getTime(), nowMs);
    if (heard === undefined || rule === undefined || word === undefined) await forget(tx, one);
    else
      addSaid(heard, one.kind, {
        ...word,
        source: rule.id,
        metric: rule.metric,
        text: '',
        clockWrong: false,
        anew: true,
      });
  }
  if (heard !== undefined) await hearSubjects(kit, tx, [heard], nowMs);
}

async function judgeAgain(
  tx: Tx,
  deviceId: string,
  rule: Threshold,
  atMs: number,
  nowMs: number,
): Promise<Word | undefined> {
  const asked = { deviceId, metric: rule.metric ?? '', fromMs: atMs - lookBackMs(rule) };
  const [points = []] = await listSeries(tx, [asked], null);
  return judgeSeries(limitsOf(rule), rule.basis === 'rate' ? ratesOf(points) : points, nowMs);
}

async function listDue(tx: Tx, nowMs: number, subject: string | null, limit: number): Promise<Due[]> {
  const { rows } = await sql<Due>`select subject, kind, source, at from alarm_signal
    where due_at <= ${new Date(nowMs).toISOString()} and (${subject}::text is null or subject = ${subject}) order by due_at limit ${limit}`.execute(
    tx.db,
  );
  return rows;
}

/** Its rule or its device is gone. */
async function forget(tx: Tx, { subject, kind, source }: Due): Promise<void> {
  await sql`update alarm_signal set due_at = null where subject = ${subject} and kind = ${kind} and source = ${source}`.execute(
    tx.db,
  );
}
