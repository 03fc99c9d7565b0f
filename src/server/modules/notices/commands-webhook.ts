import { randomBytes } from 'node:crypto';
import type { webhookRoutes } from '#contract/notices.ts';
import type { WebhookType } from '#contract/notices-words.ts';
import type { Input } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { append, type LedgerActor } from '#server/modules/ledger/index.ts';
import { assertArea, asAppError, changed, type Work } from './command.ts';
import { homeDistrict, sealedAs, type Kit } from './kit.ts';
import { insertDeliveries, suppressFor } from './store-delivery.ts';
import {
  findEndpoint,
  forgetFailures,
  insertEndpoint,
  updateEndpoint,
  type DisabledReason,
  type EndpointRow,
} from './store-webhook.ts';

type Add = Input<typeof webhookRoutes.addEndpoint>['body'];
type Edit = Input<typeof webhookRoutes.editEndpoint>['body'];
export type Done = { ledgerId: string };

/** After a renewal both secrets sign for a day, so that a receiver can change over without losing anything. */
const overlapMs = 86_400_000;

function makeSecret(): string {
  return `whsec_${randomBytes(24).toString('base64')}`;
}

/** What the ledger says of an endpoint: where to and what, never the secret or the path. */
function factsOf(row: Pick<EndpointRow, 'url' | 'types' | 'areaCode' | 'status'>): Record<string, unknown> {
  return { host: new URL(row.url).host, types: row.types, areaCode: row.areaCode, status: row.status };
}

async function record(
  kit: Kit,
  tx: Tx,
  line: { actor: LedgerActor; action: string; id: string; data: Record<string, unknown>; opId: string | null },
): Promise<string> {
  const district = await homeDistrict(tx);
  const { actor, action, id, data, opId } = line;
  const subject = { type: 'webhook', id };
  return append(tx, {
    actor,
    action,
    subject,
    district,
    atMs: kit.clock.now(),
    data,
    audience: [`a:${district}`],
    opId,
  });
}

/** What a command answers that made a secret: the answer is stored for repeats, the secret is not in it. */
type MadeSecret = Done & { id: string; version: number };

/** Adds an endpoint; its secret is told by `tellSecret`. */
export async function addEndpoint({ kit, tx, actor, opId }: Work, wish: Add): Promise<MadeSecret> {
  assertArea(kit, wish.areaCode);
  const row: EndpointRow = {
    id: uuidV7(kit.clock.now()),
    name: wish.name,
    url: wish.url,
    types: unique(wish.types),
    areaCode: wish.areaCode,
    secret: kit.vault.seal(makeSecret(), sealedAs.secret),
    oldSecret: null,
    oldUntil: null,
    status: 'active',
    disabledReason: null,
    version: 1,
  };
  await insertEndpoint(tx, row, kit.clock.now());
  const ledgerId = await record(kit, tx, { actor, action: 'webhook.add', id: row.id, data: factsOf(row), opId });
  return { id: row.id, version: 1, ledgerId };
}

function unique(types: readonly WebhookType[]): WebhookType[] {
  return [...new Set(types)].toSorted();
}

async function getEndpoint(tx: Tx, id: string): Promise<EndpointRow> {
  const row = await findEndpoint(tx, id);
  if (row === undefined) throw new AppError('not_found', 'There is no such endpoint. Reload the list.', { id });
  return row;
}

/** Changes an endpoint; switched on again, it begins without a history of failures. */
export async function editEndpoint({ kit, tx, actor, opId }: Work, id: string, wish: Edit): Promise<Done> {
  const before = await getEndpoint(tx, id);
  assertArea(kit, wish.areaCode);
  const { name, url, areaCode, status } = wish;
  const after: EndpointRow = {
    ...before,
    name,
    url,
    areaCode,
    status,
    types: unique(wish.types),
    disabledReason: status === 'active' ? null : (before.disabledReason ?? 'by_hand'),
  };
  changed(await updateEndpoint(tx, after, wish.version));
  if (status === 'active' && before.status !== 'active') await forgetFailures(tx, id);
  const data = { from: factsOf(before), to: factsOf(after) };
  return { ledgerId: await record(kit, tx, { actor, action: 'webhook.edit', id, data, opId }) };
}

/** A new secret, told by `tellSecret`; the old one signs beside it for a day. */
export async function renewSecret({ kit, tx, actor, opId }: Work, id: string, version: number): Promise<MadeSecret> {
  const before = await getEndpoint(tx, id);
  const oldUntil = new Date(kit.clock.now() + overlapMs);
  const sealed = kit.vault.seal(makeSecret(), sealedAs.secret);
  changed(await updateEndpoint(tx, { ...before, secret: sealed, oldSecret: before.secret, oldUntil }, version));
  const data = { host: new URL(before.url).host };
  const ledgerId = await record(kit, tx, { actor, action: 'webhook.renew_secret', id, data, opId });
  return { id, version: version + 1, ledgerId };
}

/** The secret that a command made, for whoever gave the command, while nothing has changed since. @throws AppError version_conflict */
export async function tellSecret(kit: Kit, made: { id: string; version: number }): Promise<string> {
  const row = await kit.database.read(systemScope, (tx) => findEndpoint(tx, made.id));
  if (row === undefined || row.secret === null || row.version !== made.version)
    throw new AppError('version_conflict', 'The endpoint was changed since. Renew its secret to see one.');
  return kit.vault.open(row.secret, sealedAs.secret);
}

/** Takes an endpoint out of use and forgets its secrets. What still waited for it is not sent. */
export async function retireEndpoint({ kit, tx, actor, opId }: Work, id: string, version: number): Promise<Done> {
  const before = await getEndpoint(tx, id);
  const gone: EndpointRow = { ...before, status: 'retired', secret: null, oldSecret: null, oldUntil: null };
  changed(await updateEndpoint(tx, gone, version));
  await suppressFor(tx, id, 'not_configured');
  const data = { host: new URL(before.url).host };
  return { ledgerId: await record(kit, tx, { actor, action: 'webhook.retire', id, data, opId }) };
}

/** Sends a webhook.test, also to an endpoint that did not ask for that type. */
export async function testEndpoint({ kit, tx, actor, opId }: Work, id: string): Promise<Done & { deliveryId: string }> {
  const row = await getEndpoint(tx, id);
  if (row.status !== 'active')
    throw new AppError('bad_input', 'This endpoint is switched off. Switch it on first, then test it.');
  const nowMs = kit.clock.now();
  const deliveryId = uuidV7(nowMs);
  await insertDeliveries(tx, [
    {
      id: deliveryId,
      entryId: null,
      kind: 'webhook',
      action: 'webhook.test',
      priority: 3,
      lastError: null,
      subjectType: 'webhook',
      subjectId: id,
      facts: { id, subject: 'webhook' },
      atMs: nowMs,
      channel: 'webhook',
      targetId: id,
      state: 'waiting',
      nextMs: nowMs,
      createdMs: nowMs,
    },
  ]);
  const data = { host: new URL(row.url).host };
  return { deliveryId, ledgerId: await record(kit, tx, { actor, action: 'webhook.test', id, data, opId }) };
}

/** The program itself switches off what answers no more; the line tells the system administrators. */
export async function disableEndpoint(
  kit: Kit,
  tx: Tx,
  id: string,
  reason: Exclude<DisabledReason, 'by_hand'>,
): Promise<void> {
  const row = await findEndpoint(tx, id);
  if (row === undefined || row.status !== 'active') return;
  if (!(await updateEndpoint(tx, { ...row, status: 'disabled', disabledReason: reason }, row.version))) return;
  await suppressFor(tx, id, 'switched_off');
  const data = { host: new URL(row.url).host, reason };
  await record(kit, tx, {
    actor: { kind: 'system', accountId: null },
    action: 'webhook.disable',
    id,
    data,
    opId: null,
  });
}

/** Judges an address before it is stored. @throws AppError bad_input */
export async function assertAddress(kit: Pick<Kit, 'checkAddress'>, url: string): Promise<void> {
  await kit.checkAddress(url).catch((error: unknown) => {
    throw asAppError(error);
  });
}
