import type { PersonalChannel } from '#contract/notices-words.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Holder } from '#server/modules/identity/index.ts';
import type { LedgerNews } from '#server/modules/ledger/index.ts';
import type { Kit } from './kit.ts';
import { areasOf, factsOf, noticeRules, tellingOf, type Telling } from './rules-audience.ts';
import { breaksQuiet, channelsFor, sendFrom } from './rules-send.ts';
import { listChannels, type ChannelRow } from './store-channel.ts';
import { insertDeliveries, type NewDelivery } from './store-delivery.ts';
import { beginCursor, insertNotices, lockCursor, moveCursor } from './store-notice.ts';
import { listPush, listSettings, type SettingRow } from './store-setting.ts';
import { listEndpoints, type EndpointRow } from './store-webhook.ts';
import { webhookData, webhookTypeOf } from './webhook-body.ts';

const pageLines = 200;

/** Makes sure there is a cursor: an installation that never had notices begins now, not with its whole past. */
export async function begin(kit: Kit): Promise<void> {
  const seq = await kit.ledger.lastSeq();
  await kit.database.inTx(systemScope, (tx) => beginCursor(tx, kit.tenant, seq, kit.clock.now()));
}

/**
 * Reads the ledger on from the cursor and turns lines into notices and deliveries. Cursor and rows are written in one
 * transaction, so each line is told once, however often a process dies in between. Returns how many lines were read;
 * 0 also while another process is at it.
 */
export async function advance(kit: Kit): Promise<number> {
  let read = 0;
  for (;;) {
    const lines = await advanceOnce(kit);
    read += lines;
    if (lines < pageLines) return read;
  }
}

async function advanceOnce(kit: Kit): Promise<number> {
  return kit.database.inTx(systemScope, async (tx) => {
    const cursor = await lockCursor(tx, kit.tenant);
    if (cursor === undefined) return 0;
    // Only numbered lines: their order has no gap, so nothing can appear later below the cursor.
    const lines = await kit.ledger.readSince(cursor.seq, pageLines);
    const last = lines.at(-1);
    if (last === undefined) return 0;
    const told = lines.filter(({ action, atMs }) => atMs >= cursor.sinceMs && matters(action));
    if (told.length > 0) {
      const targets = { channels: await listChannels(tx), endpoints: await listEndpoints(tx) };
      for (const line of told) await tell(kit, tx, line, targets);
    }
    await moveCursor(tx, kit.tenant, last.seq);
    return lines.length;
  });
}

function matters(action: string): boolean {
  return action in noticeRules || webhookTypeOf(action) !== undefined;
}

interface Targets {
  channels: readonly ChannelRow[];
  endpoints: readonly EndpointRow[];
}

async function tell(kit: Kit, tx: Tx, line: LedgerNews, targets: Targets): Promise<void> {
  const telling = tellingOf(line);
  if (telling !== undefined) {
    const people = (await kit.holdersOf(tx, telling.wish)).filter(({ id }) => id !== line.actorId);
    await tellPeople(kit, tx, line, telling, people);
    if (telling.groups) await tellGroups(kit, tx, line, telling, targets.channels);
  }
  await tellSystems(kit, tx, line, targets.endpoints);
}

type Base = Omit<NewDelivery, 'id' | 'channel' | 'targetId' | 'state' | 'nextMs' | 'lastError'>;

function baseOf(kit: Kit, line: LedgerNews, telling: Pick<Telling, 'kind' | 'priority'>): Base {
  return {
    entryId: line.entryId,
    kind: telling.kind,
    action: line.action,
    priority: telling.priority,
    subjectType: line.subjectType,
    subjectId: line.subjectId,
    facts: { ...factsOf(line, (code) => kit.territory.area(code)?.name) },
    atMs: line.atMs,
    createdMs: kit.clock.now(),
  };
}

function districtOf(line: LedgerNews): string {
  return (
    areasOf(line.audience, false)
      .toSorted((a, b) => b.length - a.length)[0]
      ?.slice(0, 6) ?? districtIn(line.data)
  );
}

/** A line that reaches one person alone names its area among its facts. */
function districtIn({ areaCode }: LedgerNews['data']): string {
  return typeof areaCode === 'string' ? areaCode.slice(0, 6) : '000000';
}

async function tellPeople(
  kit: Kit,
  tx: Tx,
  line: LedgerNews,
  telling: Telling,
  people: readonly Holder[],
): Promise<void> {
  if (people.length === 0) return;
  const base = baseOf(kit, line, telling);
  const { entryId, kind, action, priority, subjectType, subjectId, facts, createdMs } = base;
  await insertNotices(
    tx,
    people.map(({ id: accountId }) => ({
      id: uuidV7(createdMs),
      entryId: entryId ?? line.entryId,
      accountId,
      kind: telling.kind,
      action,
      priority,
      district: districtOf(line),
      subjectType,
      subjectId,
      facts,
      createdMs,
    })),
  );
  const ids = people.map(({ id }) => id);
  const settings = await listSettings(tx, ids);
  const browsers = new Set((await listPush(tx, ids)).map(({ accountId }) => accountId));
  const ways = await waysOf(kit, tx);
  await insertDeliveries(
    tx,
    people.flatMap(({ id }) => {
      const setting = settings.get(id);
      const reachable = channelsFor(telling.kind, setting?.channels ?? {}).filter(
        (channel) => ways.has(channel) && hasAddress(channel, setting, browsers.has(id)),
      );
      const fromMs = breaksQuiet(telling.kind, priority) ? createdMs : sendFrom(setting?.quiet ?? null, createdMs);
      const deliveries = reachable.map((channel) => toDelivery(base, { channel, targetId: id, nextMs: fromMs }));
      return deliveries.length === 0 && kind === 'second_channel' ? [unreachable(base, id)] : deliveries;
    }),
  );
}

/** What this installation can send to people with. */
export async function waysOf(kit: Kit, tx: Tx): Promise<Set<PersonalChannel>> {
  const gateway = (await listChannels(tx)).some(({ kind, enabled }) => kind === 'sms' && enabled);
  const has = (name: PersonalChannel): boolean => kit.channels.has(name) && (name !== 'sms' || gateway);
  return new Set((['web_push', 'email', 'sms'] as const).filter(has));
}

function hasAddress(channel: PersonalChannel, setting: SettingRow | undefined, browser: boolean): boolean {
  if (channel === 'web_push') return browser;
  return (channel === 'email' ? setting?.email : setting?.phone) instanceof Buffer;
}

function toDelivery(base: Base, to: Pick<NewDelivery, 'channel' | 'targetId' | 'nextMs'>): NewDelivery {
  return { ...base, ...to, id: uuidV7(base.createdMs), state: 'waiting', lastError: null };
}

/** Somebody whom only the inbox reaches should be seen by the administrator, not passed over. */
function unreachable(base: Base, accountId: string): NewDelivery {
  const nowhere = { channel: 'sms', targetId: accountId, nextMs: null } as const;
  return { ...toDelivery(base, nowhere), state: 'suppressed', lastError: 'no_address' };
}

async function tellGroups(
  kit: Kit,
  tx: Tx,
  line: LedgerNews,
  telling: Telling,
  channels: readonly ChannelRow[],
): Promise<void> {
  const base = baseOf(kit, line, telling);
  const areas = areasOf(line.audience, false);
  const wanted = channels.filter(
    ({ kind, enabled, minPriority, areaCode }) =>
      kind !== 'sms' &&
      enabled &&
      telling.priority <= minPriority &&
      (areaCode === null || areas.includes(areaCode)) &&
      kit.channels.has(kind),
  );
  await insertDeliveries(
    tx,
    wanted.map(({ id, kind }) => toDelivery(base, { channel: kind, targetId: id, nextMs: base.createdMs })),
  );
}

async function tellSystems(kit: Kit, tx: Tx, line: LedgerNews, endpoints: readonly EndpointRow[]): Promise<void> {
  const type = webhookTypeOf(line.action);
  if (type === undefined) return;
  const areas = areasOf(line.audience, false);
  const wanted = endpoints.filter(
    ({ status, types, areaCode }) =>
      status === 'active' && types.includes(type) && (areaCode === null || areas.includes(areaCode)),
  );
  if (wanted.length === 0) return;
  const priority = tellingOf(line)?.priority ?? 3;
  const base: Base = { ...baseOf(kit, line, { kind: 'system', priority }), kind: 'webhook', facts: webhookData(line) };
  await insertDeliveries(
    tx,
    wanted.map(({ id }) => toDelivery(base, { channel: 'webhook', targetId: id, nextMs: base.createdMs })),
  );
}
