import { sql } from 'kysely';
import { Webhook } from 'standardwebhooks';
import { alertBody, type AlertBody } from '#contract/sensing.ts';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { openSecret } from './commands-source.ts';
import { addSaid, hearSubjects, type Heard } from './hear-subjects.ts';
import type { Kit } from './kit.ts';
import { effectiveTime } from './rules-state.ts';
import { pairKey } from './store-alarm.ts';
import { lockDevices } from './store-intake.ts';
import { claimReceipt, findReceiptAlarm, findSource, saveReceiptAlarm, type Source } from './store-source.ts';
import { receiverOn } from './subjects.ts';
import { heardDevice } from './watch.ts';

/** One delivery of a third party, as it came over the wire. */
export interface Delivery {
  source: string;
  headers: Record<string, string | undefined>;
  body: Buffer;
}

/**
 * Takes a signed alert: known source → signature over the very bytes, not older or newer than five minutes → taken once per
 * webhook-id → heard like the word of a device.
 * @throws AppError bad_credentials for an unknown or disabled source and a wrong signature alike; bad_input for a wrong body
 */
export async function takeAlert(
  kit: Kit,
  { source: code, headers, body }: Delivery,
): Promise<{ verdict: 'taken' | 'duplicate'; alarmId: string | null }> {
  const source = await kit.database.read(systemScope, (tx) => findSource(tx, code));
  const webhookId = headers['webhook-id'] ?? '';
  if (source === undefined || !source.enabled || webhookId.length > 200 || !isSigned(kit, source, headers, body))
    throw new AppError(
      'bad_credentials',
      'Expected a known source and a Standard Webhooks signature of the last five minutes. Check secret, clock and that the body is sent as it was signed.',
    );
  const alert = readAlert(body);
  return kit.database.inTx(systemScope, async (tx) => {
    const nowMs = kit.clock.now();
    if (!(await claimReceipt(tx, source.id, webhookId, nowMs)))
      return { verdict: 'duplicate', alarmId: await findReceiptAlarm(tx, source.id, webhookId) };
    const heard = await subjectOf(kit, tx, source, alert, webhookId);
    const { atMs, clockWrong } = effectiveTime(alert.at === undefined ? null : Date.parse(alert.at), nowMs);
    addSaid(heard, alert.kind, {
      source: alert.deviceCode === undefined ? 'message' : source.id,
      active: alert.state === 'active',
      atMs,
      boot: webhookId,
      seq: 0,
      clockWrong,
      metric: null,
      value: alert.value ?? null,
      text: alert.text,
    });
    const ids = await hearSubjects(kit, tx, [heard], nowMs);
    const alarmId = ids.get(pairKey(heard.subject.key, alert.kind)) ?? null;
    if (alarmId !== null) await saveReceiptAlarm(tx, source.id, webhookId, alarmId);
    return { verdict: 'taken', alarmId };
  });
}

/** The library compares in constant time and by its own clock, which must be that of the wire. */
function isSigned(kit: Kit, source: Source, headers: Delivery['headers'], body: Buffer): boolean {
  const named = {
    'webhook-id': headers['webhook-id'] ?? '',
    'webhook-timestamp': headers['webhook-timestamp'] ?? '',
    'webhook-signature': headers['webhook-signature'] ?? '',
  };
  try {
    new Webhook(openSecret(kit, source)).verify(body, named, { jsonParse: false });
    return true;
  } catch {
    return false;
  }
}

function readAlert(body: Buffer): AlertBody {
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    throw new AppError('bad_input', 'Expected one JSON document, found something else.');
  }
  const found = alertBody.safeParse(json);
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  throw new AppError('bad_input', `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'not as expected'}`);
}

/** A device of ours, or a point of theirs; locked until the transaction ends. */
async function subjectOf(kit: Kit, tx: Tx, source: Source, alert: AlertBody, webhookId: string): Promise<Heard> {
  if (alert.deviceCode !== undefined) return deviceOf(kit, tx, source, alert.deviceCode);
  const { lon, lat } = alert;
  if (lon === undefined || lat === undefined) throw new AppError('bad_input', 'Expected deviceCode, or lon and lat.');
  const key = `s:${source.id}:${alert.ref ?? webhookId}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 8141))`.execute(tx.db);
  const area = kit.territory.locate(lon, lat) ?? kit.territory.city();
  const { code: sourceCode, id: sourceId, priority, categoryCode, planCode, raises } = source;
  return {
    said: new Map(),
    subject: {
      key,
      deviceId: null,
      deviceCode: null,
      sourceId,
      sourceCode,
      path: area.path,
      areaCode: area.code,
      district: area.path[1] ?? area.code,
      unitId: receiverOn(kit.territory, area.path).id,
      lon,
      lat,
      placeWords: alert.placeWords === '' ? source.name : alert.placeWords,
      muted: false,
      ruleOf: () => ({ thresholdId: null, priority, categoryCode, planCode, raises }),
    },
  };
}

/** The device says it, as it were; where its own rules are silent, those of the source hold. */
async function deviceOf(kit: Kit, tx: Tx, source: Source, deviceCode: string): Promise<Heard> {
  const { rows } = await sql<{
    id: string;
  }>`select id from device where code = ${deviceCode} and state <> 'retired'`.execute(tx.db);
  const deviceId = rows[0]?.id;
  if (deviceId !== undefined) await lockDevices(tx, [deviceId]);
  const heard = deviceId === undefined ? undefined : await heardDevice(kit, tx, deviceId);
  if (heard === undefined)
    throw new AppError('bad_input', `deviceCode: expected a device of this platform, found ${deviceCode}.`);
  const { priority, categoryCode, planCode, raises } = source;
  const { subject } = heard;
  const own = subject.ruleOf;
  return {
    said: heard.said,
    subject: {
      ...subject,
      sourceId: source.id,
      sourceCode: source.code,
      ruleOf: (kind, word) => {
        const rule = own(kind, word === source.id ? 'message' : word);
        return rule.thresholdId === null ? { ...rule, priority, categoryCode, planCode, raises } : rule;
      },
    },
  };
}
