import { sql } from 'kysely';
import type { feedKinds } from '#contract/operations-views.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Who } from './views.ts';

const iso = (ms: number) => new Date(ms).toISOString();

export type MessageKind = Exclude<(typeof feedKinds)[number], 'event'>;

export interface MessageRow extends Who {
  id: string;
  kind: MessageKind;
  words: string;
  data: Record<string, unknown>;
  attachmentIds: string[];
  atMs: number;
}

export async function insertMessage(tx: Tx, operationId: string, message: MessageRow): Promise<void> {
  await tx.db
    .insertInto('room_message')
    .values({
      id: message.id,
      operation_id: operationId,
      kind: message.kind,
      words: message.words,
      data: JSON.stringify(message.data),
      attachment_ids: message.attachmentIds,
      account_id: message.accountId,
      unit_id: message.unitId,
      link_id: message.linkId,
      at: iso(message.atMs),
    })
    .execute();
}

const maxMessages = 2_000;

/** The newest 2,000 messages of a room, oldest first. */
export async function listMessages(tx: Tx, operationId: string): Promise<MessageRow[]> {
  const rows = await tx.db
    .selectFrom('room_message')
    .select([
      'id',
      'kind',
      'words',
      'data',
      'attachment_ids as attachmentIds',
      'account_id as accountId',
      'unit_id as unitId',
      'link_id as linkId',
      'at',
    ])
    .where('operation_id', '=', operationId)
    .orderBy('sort', 'desc')
    .limit(maxMessages)
    .execute();
  return rows.toReversed().map(({ at, kind, data, ...row }) => ({
    ...row,
    kind: kind as MessageKind,
    data: data as Record<string, unknown>,
    atMs: new Date(at).getTime(),
  }));
}

export interface PositionRow {
  accountId: string;
  unitId: string | null;
  lon: number;
  lat: number;
  accuracyM: number | null;
  words: string;
  atMs: number;
  untilMs: number;
}

/** The position of one person in one operation: the last one only. Answers the time the running declaration ends, if one runs. */
export async function findPosition(
  tx: Tx,
  operationId: string,
  accountId: string,
  nowMs: number,
): Promise<number | null> {
  const row = await tx.db
    .selectFrom('room_position')
    .select('until')
    .where('operation_id', '=', operationId)
    .where('account_id', '=', accountId)
    .where('until', '>', new Date(nowMs))
    .executeTakeFirst();
  return row === undefined ? null : new Date(row.until).getTime();
}

export async function savePosition(tx: Tx, operationId: string, row: PositionRow): Promise<void> {
  const place = {
    unit_id: row.unitId,
    lon: row.lon,
    lat: row.lat,
    accuracy_m: row.accuracyM,
    words: row.words,
    at: iso(row.atMs),
    until: iso(row.untilMs),
  };
  await tx.db
    .insertInto('room_position')
    .values({ operation_id: operationId, account_id: row.accountId, ...place })
    .onConflict((c) => c.columns(['operation_id', 'account_id']).doUpdateSet(place))
    .execute();
}

export async function listPositions(tx: Tx, operationId: string, nowMs: number): Promise<PositionRow[]> {
  const rows = await tx.db
    .selectFrom('room_position')
    .select([
      'account_id as accountId',
      'unit_id as unitId',
      'lon',
      'lat',
      'accuracy_m as accuracyM',
      'words',
      'at',
      'until',
    ])
    .where('operation_id', '=', operationId)
    .where('until', '>', new Date(nowMs))
    .orderBy('at')
    .execute();
  return rows.map(({ at, until, ...row }) => ({
    ...row,
    atMs: new Date(at).getTime(),
    untilMs: new Date(until).getTime(),
  }));
}

/** False when none was shared. */
export async function deletePosition(tx: Tx, operationId: string, accountId: string): Promise<boolean> {
  const row = await tx.db
    .deleteFrom('room_position')
    .where('operation_id', '=', operationId)
    .where('account_id', '=', accountId)
    .returning('account_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Forgets positions whose time has passed. */
export async function forgetPositions(tx: Tx, nowMs: number): Promise<void> {
  await tx.db.deleteFrom('room_position').where('until', '<=', new Date(nowMs)).execute();
}

/** Names of accounts, for whoever may see the room. */
export async function accountNames(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('account')
    .select(['id', 'display_name as name'])
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** Where a photo lies that belongs to this task or was shown in the room of its event. */
export async function findRoomPhoto(
  tx: Tx,
  photoId: string,
  of: { eventId: string; taskId: string },
): Promise<{ storageKey: string } | undefined> {
  const { rows } = await sql<{ storageKey: string }>`
    select a.storage_key as "storageKey" from attachment a
    where a.id = ${photoId} and a.event_id = ${of.eventId} and (a.task_id = ${of.taskId} or exists (
      select 1 from room_message m join operation o on o.id = m.operation_id
      where o.event_id = ${of.eventId} and ${photoId}::uuid = any(m.attachment_ids)))`.execute(tx.db);
  return rows[0];
}
