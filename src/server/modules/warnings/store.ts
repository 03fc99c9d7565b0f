/** Messages as they are kept. */
import { sql } from 'kysely';
import type { AreaGeometry } from '#engine/territory/geometry.ts';
import type { Colour, WarningState, warningOrigins } from '#contract/warnings-words.ts';
import type { Tx } from '#server/db/pool.ts';
import type { CapAlert, CapReference } from './cap.ts';
import type { Link } from './rules-chain.ts';

export interface StoredWarning {
  id: string;
  district: string;
  origin: (typeof warningOrigins)[number];
  sourceId: string | null;
  sender: string;
  identifier: string;
  sent: Date;
  status: CapAlert['status'];
  msgType: CapAlert['msgType'];
  scope: CapAlert['scope'];
  event: string;
  kind: string | null;
  colour: Colour | null;
  severity: string;
  headline: string;
  startsAt: Date;
  endsAt: Date;
  areas: string[];
  outside: boolean;
  shape: AreaGeometry | null;
  receivedAt: Date;
  receivedBy: string | null;
  state: WarningState;
  stateBy: string | null;
  stateAt: Date;
}

const columns = [
  'id',
  'district',
  'origin',
  'source_id as sourceId',
  'sender',
  'identifier',
  'sent',
  'status',
  'msg_type as msgType',
  'scope',
  'event',
  'kind',
  'colour',
  'severity',
  'headline',
  'starts_at as startsAt',
  'ends_at as endsAt',
  'areas',
  'outside',
  'shape',
  'received_at as receivedAt',
  'received_by as receivedBy',
  'state',
  'state_by as stateBy',
  'state_at as stateAt',
] as const;

/** Serialises whatever changes messages or what they switch on; they are few, and each looks at the others. */
export async function lockWarnings(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('huangge.warnings'))`.execute(tx.db);
}

/** The id of a message that is here already. */
export async function findKnown(tx: Tx, key: CapReference): Promise<string | undefined> {
  const row = await tx.db
    .selectFrom('warning')
    .select('id')
    .where('sender', '=', key.sender)
    .where('identifier', '=', key.identifier)
    .where('sent', '=', new Date(key.sent))
    .executeTakeFirst();
  return row?.id;
}

export async function insertWarning(
  tx: Tx,
  row: StoredWarning & { content: CapAlert; raw: Uint8Array },
): Promise<void> {
  await tx.db
    .insertInto('warning')
    .values({
      id: row.id,
      district: row.district,
      origin: row.origin,
      source_id: row.sourceId,
      sender: row.sender,
      identifier: row.identifier,
      sent: row.sent,
      status: row.status,
      msg_type: row.msgType,
      scope: row.scope,
      event: row.event,
      kind: row.kind,
      colour: row.colour,
      severity: row.severity,
      headline: row.headline,
      starts_at: row.startsAt,
      ends_at: row.endsAt,
      content: JSON.stringify(row.content),
      raw: Buffer.from(row.raw),
      areas: row.areas,
      outside: row.outside,
      shape: row.shape === null ? null : JSON.stringify(row.shape),
      received_at: row.receivedAt,
      received_by: row.receivedBy,
      state: row.state,
      state_by: row.stateBy,
      state_at: row.stateAt,
    })
    .execute();
  const references = new Map(row.content.references.map((one) => [`${one.sender} ${one.identifier} ${one.sent}`, one]));
  if (references.size === 0) return;
  await tx.db
    .insertInto('warning_reference')
    .values(
      [...references.values()].map((one) => ({
        warning_id: row.id,
        sender: one.sender,
        identifier: one.identifier,
        sent: new Date(one.sent),
      })),
    )
    .execute();
}

/** All messages joined to this one by references, in either direction and over any number of steps; at most 1000. */
export async function readChain(
  tx: Tx,
  id: string,
): Promise<(Link & { state: WarningState; stateBy: string | null })[]> {
  const { rows } = await sql<ChainRow>`
    with recursive chain (id) as (
      select ${id}::uuid
      union
      select other.id from chain c cross join lateral (
        select w.id from warning_reference r join warning w on (w.sender, w.identifier, w.sent) = (r.sender, r.identifier, r.sent)
          where r.warning_id = c.id
        union
        select r.warning_id from warning w join warning_reference r on (r.sender, r.identifier, r.sent) = (w.sender, w.identifier, w.sent)
          where w.id = c.id
        union -- a twin that names the same earlier message, which may not have arrived yet
        select b.warning_id from warning_reference a join warning_reference b on (a.sender, a.identifier, a.sent) = (b.sender, b.identifier, b.sent)
          where a.warning_id = c.id
      ) other
    )
    select w.id, w.sender, w.identifier, w.sent, w.starts_at as "startsAt", w.ends_at as "endsAt", w.status, w.msg_type as "msgType",
      w.state, w.state_by as "stateBy", w.content -> 'references' as "references"
    from warning w where w.id in (select id from chain limit 1000)`.execute(tx.db);
  return rows.map(({ sent, startsAt, endsAt, ...row }) => ({
    ...row,
    sentMs: sent.getTime(),
    startsMs: startsAt.getTime(),
    endsMs: endsAt.getTime(),
  }));
}

type ChainRow = Omit<Link, 'sentMs' | 'startsMs' | 'endsMs'> & {
  sent: Date;
  startsAt: Date;
  endsAt: Date;
  state: WarningState;
  stateBy: string | null;
};

export async function saveState(tx: Tx, id: string, state: WarningState, by: string | null, at: Date): Promise<void> {
  await tx.db.updateTable('warning').set({ state, state_by: by, state_at: at }).where('id', '=', id).execute();
}

/** Messages whose time has come to begin or to end. */
export async function listDue(tx: Tx, at: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from warning where (state = 'coming' and starts_at <= ${at}) or (state in ('coming', 'active') and ends_at <= ${at})
    order by sent limit 100`.execute(tx.db);
  return rows.map(({ id }) => id);
}

export async function findWarning(tx: Tx, id: string): Promise<StoredWarning | undefined> {
  const row = await tx.db.selectFrom('warning').select(columns).where('id', '=', id).executeTakeFirst();
  return row as StoredWarning | undefined;
}

export async function listByIds(tx: Tx, ids: readonly string[]): Promise<StoredWarning[]> {
  if (ids.length === 0) return [];
  const rows = await tx.db
    .selectFrom('warning')
    .select(columns)
    .where('id', 'in', [...ids])
    .orderBy('sent')
    .orderBy('identifier')
    .execute();
  return rows as unknown as StoredWarning[];
}

export interface WarningFilter {
  running?: boolean;
  status?: string;
  area?: string;
}

/** Newest first. `before` is the last row of the page before. */
export async function listWarnings(
  tx: Tx,
  filter: WarningFilter,
  before: { sent: Date; id: string } | null,
  limit: number,
): Promise<StoredWarning[]> {
  let query = tx.db.selectFrom('warning').select(columns);
  if (filter.running === true) query = query.where('state', 'in', ['coming', 'active']);
  if (filter.status !== undefined) query = query.where('status', '=', filter.status);
  if (filter.area !== undefined)
    query = query.where(sql<boolean>`areas && (
    select array_agg(distinct code) from (select unnest(path) as code from area where code = ${filter.area}
      union select code from area where ${filter.area} = any (path)) around)`);
  if (before !== null) query = query.where(sql<boolean>`(sent, id) < (${before.sent}, ${before.id}::uuid)`);
  const rows = await query.orderBy('sent', 'desc').orderBy('id', 'desc').limit(limit).execute();
  return rows as unknown as StoredWarning[];
}

/** What is in force now, as much as a module above needs of it: kind, colour, where, until when. */
export type ActiveWarning = Pick<StoredWarning, 'kind' | 'colour' | 'areas' | 'headline' | 'startsAt' | 'endsAt'>;

/** Actual warnings in force now, newest first. */
export async function listActive(tx: Tx): Promise<ActiveWarning[]> {
  const rows = await tx.db
    .selectFrom('warning')
    .select(['kind', 'colour', 'areas', 'headline', 'starts_at as startsAt', 'ends_at as endsAt'])
    .where('state', '=', 'active')
    .where('status', '=', 'Actual')
    .orderBy('sent', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows as ActiveWarning[];
}

/** Messages of ours that everybody may read, newest first. */
export async function listIssued(tx: Tx, limit: number): Promise<StoredWarning[]> {
  const rows = await tx.db
    .selectFrom('warning')
    .select(columns)
    .where('origin', '=', 'issued')
    .where('scope', '=', 'Public')
    .where('status', '!=', 'Draft')
    .orderBy('sent', 'desc')
    .limit(limit)
    .execute();
  return rows as unknown as StoredWarning[];
}

export async function findContent(tx: Tx, id: string): Promise<{ content: CapAlert; raw: Buffer } | undefined> {
  const row = await tx.db.selectFrom('warning').select(['content', 'raw']).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : { content: row.content as unknown as CapAlert, raw: row.raw };
}
