import { sql, type SqlBool } from 'kysely';
import type { z } from 'zod';
import type { DeviceTopic } from '#contract/device-messages.ts';
import type { sensingRoutes } from '#contract/sensing.ts';
import type { deadLetterView } from '#contract/sensing-views.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { ledgerActor, type Actor } from '#server/modules/identity/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import { deviceScope } from './device-rules.ts';
import { takeAll } from './intake.ts';
import type { Kit } from './kit.ts';
import { readCursor } from './queries.ts';

interface Letter {
  id: string;
  deviceId: string;
  deviceCode: string;
  topic: DeviceTopic;
  body: Buffer;
  reason: string;
  receivedAt: Date;
  lastAt: Date;
  times: number;
  state: 'waiting' | 'replayed' | 'discarded';
  district: string | null;
}

const columns = sql`l.id, l.device_id as "deviceId", l.device_code as "deviceCode", l.topic, l.body, l.reason,
  l.received_at as "receivedAt", l.last_at as "lastAt", l.times, l.state, d.district`;
/** Seen by whoever sees the device (row-level security); of an unknown device by nobody but the program. */
const from = sql`dead_letter l join device d on d.id = l.device_id`;

type Query = z.output<(typeof sensingRoutes)['deadLetters']['query']>;

export function listDeadLetters(
  kit: Kit,
  actor: Actor,
  { state, deviceId, cursor, limit }: Query,
): Promise<{ items: z.input<typeof deadLetterView>[]; next: string | null }> {
  const after = cursor === undefined ? null : readCursor(cursor);
  const parts = [sql<SqlBool>`l.state = ${state}`];
  if (deviceId !== undefined) parts.push(sql<SqlBool>`l.device_id = ${deviceId}`);
  if (after !== null) parts.push(sql<SqlBool>`(l.last_at, l.id) < (${after.at}::timestamptz, ${after.id}::uuid)`);
  return kit.database.read(deviceScope(actor, 'device.edit'), async (tx) => {
    const { rows } = await sql<Letter>`select ${columns} from ${from} where ${sql.join(parts, sql` and `)}
      order by l.last_at desc, l.id desc limit ${limit + 1}`.execute(tx.db);
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      items: shown.map(toView),
      next: last === undefined ? null : `${toIso(last.lastAt.getTime())}_${last.id}`,
    };
  });
}

function toView({ body, receivedAt, lastAt: _last, district: _district, ...letter }: Letter) {
  const text = readText(body);
  return {
    ...letter,
    receivedAt: toIso(receivedAt.getTime()),
    bytes: body.length,
    body: text ?? body.toString('base64'),
    base64: text === undefined,
  };
}

function readText(body: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

/** Takes it once more, as it came then: after a program was mended that had refused what it should have taken. */
export async function replayDeadLetter(kit: Kit, actor: Actor, id: string, { opId }: { opId: string }) {
  const letter = await seenLetter(kit, actor, id);
  const book = await kit.rules.get();
  const op = { opId, actor: actor.accountId ?? actor.kind, route: 'dead_letter.replay', request: { id } };
  return once(kit.database, systemScope, op, async (tx) => {
    await sql`select 1 from dead_letter where id = ${id} for update`.execute(tx.db);
    const nowMs = kit.clock.now();
    const { deviceId, deviceCode, topic, body, receivedAt } = letter;
    const message = { deviceId, deviceCode, topic, body, receivedMs: receivedAt.getTime() };
    const [verdict = 'refused'] = await takeAll(kit, book, tx, [message]);
    if (verdict !== 'refused') await sql`update dead_letter set state = 'replayed' where id = ${id}`.execute(tx.db);
    const { rows } = await sql<{ reason: string }>`select reason from dead_letter where id = ${id}`.execute(tx.db);
    await recordLetter(tx, actor, letter, { verb: 'replay', nowMs, opId, data: { verdict } });
    return { verdict, reason: verdict === 'refused' ? (rows[0]?.reason ?? '') : '', at: toIso(nowMs) };
  });
}

/** Puts it away; it stays to be read. */
export async function discardDeadLetter(
  kit: Kit,
  actor: Actor,
  id: string,
  { opId, reason }: { opId: string; reason: string },
) {
  const letter = await seenLetter(kit, actor, id);
  const op = { opId, actor: actor.accountId ?? actor.kind, route: 'dead_letter.discard', request: { id, reason } };
  return once(kit.database, systemScope, op, async (tx) => {
    const nowMs = kit.clock.now();
    await sql`update dead_letter set state = 'discarded' where id = ${id}`.execute(tx.db);
    const ledgerId = await recordLetter(tx, actor, letter, {
      verb: 'discard',
      nowMs,
      opId,
      data: {},
      words: { reason },
    });
    return { at: toIso(nowMs), ledgerId };
  });
}

async function seenLetter(kit: Kit, actor: Actor, id: string): Promise<Letter> {
  const { rows } = await kit.database.read(deviceScope(actor, 'device.edit'), (tx) =>
    sql<Letter>`select ${columns} from ${from} where l.id = ${id}`.execute(tx.db),
  );
  const [letter] = rows;
  if (letter === undefined)
    throw new AppError('not_found', 'There is no such message, or its device is not yours to keep.');
  return letter;
}

function recordLetter(
  tx: Tx,
  actor: Actor,
  letter: Letter,
  line: {
    verb: string;
    nowMs: number;
    opId: string;
    data: Record<string, unknown>;
    words?: Record<string, unknown>;
  },
): Promise<string> {
  return append(tx, {
    actor: ledgerActor(actor),
    action: `dead_letter.${line.verb}`,
    subject: { type: 'dead_letter', id: letter.id },
    district: letter.district ?? '000000',
    atMs: line.nowMs,
    data: { deviceCode: letter.deviceCode, topic: letter.topic, times: letter.times, ...line.data },
    words: line.words,
    opId: line.opId,
  });
}
