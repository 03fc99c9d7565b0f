import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

export interface Source {
  id: string;
  code: string;
  name: string;
  way: 'push' | 'poll';
  url: string | null;
  everyMinutes: number;
  areaCode: string | null;
  enabled: boolean;
  version: number;
}

/** What the machine remembers of a source. */
export interface SourceState {
  etag: string | null;
  lastModified: string | null;
  /** Addresses of documents already fetched, newest last. */
  seen: string[];
  lastAt: Date | null;
  lastOkAt: Date | null;
  lastError: string | null;
  nextAt: Date | null;
}

const columns = [
  's.id',
  's.code',
  's.name',
  's.way',
  's.url',
  's.every_minutes as everyMinutes',
  's.area_code as areaCode',
  's.enabled',
  's.version',
] as const;
const stateColumns = [
  't.etag',
  't.last_modified as lastModified',
  't.seen',
  't.last_at as lastAt',
  't.last_ok_at as lastOkAt',
  't.last_error as lastError',
  't.next_at as nextAt',
] as const;

function withState(tx: Tx) {
  return tx.db
    .selectFrom('warning_source as s')
    .leftJoin('warning_source_state as t', 't.source_id', 's.id')
    .select(columns)
    .select(stateColumns);
}

type Row = Awaited<ReturnType<ReturnType<typeof withState>['executeTakeFirstOrThrow']>>;

function toSource({
  etag,
  lastModified,
  seen,
  lastAt,
  lastOkAt,
  lastError,
  nextAt,
  ...source
}: Row): Source & { state: SourceState } {
  const state = { etag, lastModified, seen: (seen ?? []) as string[], lastAt, lastOkAt, lastError, nextAt };
  return { ...source, way: source.way as Source['way'], state: state as SourceState };
}

export async function listSources(tx: Tx): Promise<(Source & { state: SourceState; openLetters: number })[]> {
  const rows = await withState(tx).orderBy('s.code').execute();
  const { rows: letters } = await sql<{ id: string | null; n: number }>`
    select source_id as id, count(*)::int as n from warning_letter where settled_at is null group by source_id`.execute(
    tx.db,
  );
  return rows.map((row) => ({ ...toSource(row), openLetters: letters.find(({ id }) => id === row.id)?.n ?? 0 }));
}

export async function findSource(tx: Tx, id: string): Promise<(Source & { state: SourceState }) | undefined> {
  const row = await withState(tx).where('s.id', '=', id).executeTakeFirst();
  return row && toSource(row);
}

/** A source that takes messages in, with the digest of its secret. */
export async function findPushSource(tx: Tx, code: string): Promise<(Source & { secretHash: Buffer }) | undefined> {
  const row = await tx.db
    .selectFrom('warning_source as s')
    .select(columns)
    .select('s.secret_hash as secretHash')
    .where('s.code', '=', code)
    .where('s.way', '=', 'push')
    .where('s.enabled', '=', true)
    .executeTakeFirst();
  return row === undefined || row.secretHash === null ? undefined : { ...row, way: 'push', secretHash: row.secretHash };
}

export async function isCodeTaken(tx: Tx, code: string): Promise<boolean> {
  return (
    (await tx.db.selectFrom('warning_source').select('id').where('code', '=', code).executeTakeFirst()) !== undefined
  );
}

export async function insertSource(
  tx: Tx,
  source: Source & { secretHash: Buffer | null; at: Date; by: string | null },
): Promise<void> {
  await tx.db
    .insertInto('warning_source')
    .values({
      id: source.id,
      code: source.code,
      name: source.name,
      way: source.way,
      url: source.url,
      every_minutes: source.everyMinutes,
      area_code: source.areaCode,
      secret_hash: source.secretHash,
      enabled: source.enabled,
      created_at: source.at,
      created_by: source.by,
    })
    .execute();
}

/** Changes what may change: the code and the way stay. A new digest only when given. */
export async function updateSource(tx: Tx, source: Source, secretHash?: Buffer): Promise<void> {
  await tx.db
    .updateTable('warning_source')
    .set((eb) => ({
      name: source.name,
      url: source.url,
      every_minutes: source.everyMinutes,
      area_code: source.areaCode,
      enabled: source.enabled,
      version: eb('version', '+', 1),
      ...(secretHash === undefined ? {} : { secret_hash: secretHash }),
    }))
    .where('id', '=', source.id)
    .execute();
}

/** Claims the sources whose turn has come, by putting their next turn off; others skip them. */
export async function claimDue(tx: Tx, at: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    insert into warning_source_state (source_id, next_at)
    select s.id, ${at}::timestamptz + make_interval(mins => s.every_minutes) from warning_source s
      left join warning_source_state t on t.source_id = s.id
      where s.way = 'poll' and s.enabled and (t.next_at is null or t.next_at <= ${at}) limit 20
    on conflict (source_id) do update set next_at = excluded.next_at
    returning source_id as id`.execute(tx.db);
  return rows.map(({ id }) => id);
}

/** Notes how a turn went; fields left out stay. */
export async function noteTurn(
  tx: Tx,
  sourceId: string,
  at: Date,
  turn: { error: string | null; etag?: string | null; lastModified?: string | null; seen?: readonly string[] },
): Promise<void> {
  const row = {
    last_at: at,
    last_error: turn.error,
    ...(turn.error === null ? { last_ok_at: at } : {}),
    ...(turn.etag === undefined ? {} : { etag: turn.etag }),
    ...(turn.lastModified === undefined ? {} : { last_modified: turn.lastModified }),
    ...(turn.seen === undefined ? {} : { seen: JSON.stringify(turn.seen) }),
  };
  await tx.db
    .insertInto('warning_source_state')
    .values({ source_id: sourceId, ...row })
    .onConflict((on) => on.column('source_id').doUpdateSet(row))
    .execute();
}
