import type { DeliveryChannel } from '#contract/notices-words.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { addressesOf, forgetAddress, type Reached } from './addresses.ts';
import { ChannelError, type Channel, type Message } from './channel.ts';
import { disableEndpoint } from './commands-webhook.ts';
import type { Kit } from './kit.ts';
import { batchesOf, giveUpMs, retryAt, takeToken } from './rules-send.ts';
import {
  lease,
  lockBucket,
  lockDue,
  postpone,
  saveBucket,
  settle,
  type DeliveryRow,
  type Outcome,
} from './store-delivery.ts';
import { noteFailure, noteSuccess } from './store-webhook.ts';
import { webhookPayload } from './webhook-body.ts';
import { messageOf } from './wording.ts';

/** A process that died while sending has had this long; then somebody else sends it again. */
const leaseMs = 120_000;
const atOnce = 8;
/** Few per target and turn: a slow endpoint must not keep the lease of a long row waiting. */
const perTurn = { perTarget: 50, limit: 400 };
const webhooksPerTurn = { perTarget: 8, limit: 64 };

/** One message about to be sent. */
interface Batch {
  id: string;
  channel: Channel;
  targetId: string;
  rows: DeliveryRow[];
}

/**
 * Sends what is due on these channels: each at least once, and with the same id at every attempt. Failures are tried
 * again by a table; what is given up stays visible. Returns how many messages went on their way.
 */
export async function deliver(kit: Kit, names: readonly DeliveryChannel[]): Promise<number> {
  const batches = await take(kit, names);
  const waiting = [...batches];
  await Promise.all(
    Array.from({ length: Math.min(atOnce, waiting.length) }, async () => {
      for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) await sendBatch(kit, batch);
    }),
  );
  return batches.length;
}

/** Locks what is due, divides it into messages, takes a token for each, and leases them. */
async function take(kit: Kit, names: readonly DeliveryChannel[]): Promise<Batch[]> {
  const nowMs = kit.clock.now();
  return kit.database.inTx(systemScope, async (tx) => {
    const due = await lockDue(tx, names, nowMs, names.includes('webhook') ? webhooksPerTurn : perTurn);
    const batches: Batch[] = [];
    const byTarget = [...Map.groupBy(due, ({ channel, targetId }) => `${targetId} ${channel}`).entries()];
    for (const [, rows] of byTarget.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      const channel = kit.channels.get(rows[0]?.channel ?? 'webhook');
      if (channel === undefined) await settle(tx, idsOf(rows), suppressed('not_configured'));
      else batches.push(...(await takeFor(tx, channel, rows, nowMs)));
    }
    return batches;
  });
}

async function takeFor(tx: Tx, channel: Channel, rows: DeliveryRow[], nowMs: number): Promise<Batch[]> {
  const targetId = rows[0]?.targetId ?? '';
  const { perMinute, mergeUpTo } = channel.limits;
  const full = { tokens: perMinute ?? 0, atMs: nowMs };
  let bucket = perMinute === null ? full : await lockBucket(tx, targetId, full);
  const taken: Batch[] = [];
  for (const part of batchesOf(rows, mergeUpTo)) {
    const turn = perMinute === null ? undefined : takeToken(bucket, perMinute, nowMs);
    if (turn !== undefined) bucket = turn.bucket;
    if (turn?.taken === false) {
      await postpone(tx, idsOf(part), turn.atMs);
      continue;
    }
    const id = part[0]?.batchId ?? uuidV7(nowMs);
    await lease(tx, idsOf(part), id, nowMs + leaseMs);
    taken.push({ id, channel, targetId, rows: part });
  }
  if (perMinute !== null) await saveBucket(tx, targetId, bucket);
  return taken;
}

const idsOf = (rows: readonly DeliveryRow[]): string[] => rows.map(({ id }) => id);

function suppressed(reason: string): Outcome {
  return { state: 'suppressed', nextMs: null, lastError: reason, sentMs: null };
}

async function sendBatch(kit: Kit, batch: Batch): Promise<void> {
  const { reached, why } = await kit.database.read(systemScope, (tx) =>
    addressesOf(kit, tx, batch.channel.name, batch.targetId),
  );
  if (reached.length === 0) {
    await kit.database.inTx(systemScope, (tx) => settle(tx, idsOf(batch.rows), suppressed(why)));
    return;
  }
  const failures: unknown[] = [];
  for (const to of reached) {
    try {
      await batch.channel.send(to.address, toMessage(kit, batch, to));
    } catch (error) {
      failures.push(error);
      if (error instanceof ChannelError && error.gone) await forgetAddress(kit, batch.channel.name, to);
    }
  }
  // One of a person's browsers is enough.
  const failure = failures.length < reached.length ? null : worthMost(failures);
  await kit.database.inTx(systemScope, (tx) => conclude(kit, tx, batch, failure));
}

/** Of several failures the one that leaves most hope. */
function worthMost(failures: readonly unknown[]): ChannelError {
  const all = failures.map((error) =>
    error instanceof ChannelError
      ? error
      : new ChannelError(`Unexpected: ${error instanceof Error ? error.name : 'unknown'}.`),
  );
  return all.find(({ permanent }) => !permanent) ?? all[0] ?? new ChannelError('Nothing was sent.');
}

function toMessage(kit: Kit, batch: Batch, to: Reached): Message {
  const message = messageOf(batch.id, batch.rows, { locale: to.locale, publicUrl: kit.publicUrl });
  const [first] = batch.rows;
  if (batch.channel.name !== 'webhook' || first === undefined) return message;
  // A receiver knows a repeat by the id of the delivery, also after a replay by hand.
  return { ...message, id: first.id, payload: webhookPayload(first.action, first.atMs, first.facts) };
}

async function conclude(kit: Kit, tx: Tx, batch: Batch, failure: ChannelError | null): Promise<void> {
  const nowMs = kit.clock.now();
  const webhook = batch.channel.name === 'webhook';
  if (failure === null) {
    await settle(tx, idsOf(batch.rows), { state: 'sent', nextMs: null, lastError: null, sentMs: nowMs });
    if (webhook) await noteSuccess(tx, batch.targetId, nowMs);
    return;
  }
  const tries = Math.max(...batch.rows.map((row) => row.tries)) + 1;
  const nextMs = failure.permanent
    ? null
    : retryAt(webhook ? 'webhook' : 'person', tries, nowMs, {
        retryAfterMs: failure.retryAfterMs,
        random: kit.random(),
      });
  const state = nextMs === null ? 'dead' : 'failed';
  await settle(tx, idsOf(batch.rows), { state, nextMs, lastError: failure.message, sentMs: null });
  if (!webhook) return;
  const since = await noteFailure(tx, batch.targetId, failure.message, nowMs);
  if (failure.gone) await disableEndpoint(kit, tx, batch.targetId, 'gone');
  else if (nowMs - since >= giveUpMs) await disableEndpoint(kit, tx, batch.targetId, 'failing');
}
