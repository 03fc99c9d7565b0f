import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { StoredLine } from './line.ts';
import { lineColumns, type SequencedLine } from './store-log.ts';

export interface EntriesQuery {
  after: number;
  limit: number;
  action?: string | undefined;
  subjectId?: string | undefined;
}

/** Numbered lines after `after` that fit, in order. */
export async function listEntries(tx: Tx, tenant: string, query: EntriesQuery): Promise<SequencedLine[]> {
  const { rows } = await sql<StoredLine & { seq: number; leaf: Buffer }>`
    select s.seq, s.leaf_hash as leaf, ${lineColumns}
    from ledger_seq s join ledger_entry e on e.id = s.entry_id
    where s.tenant = ${tenant} and s.seq > ${query.after}
      ${when(query.action, (action) => sql`and e.action = ${action}`)}
      ${when(query.subjectId, (id) => sql`and e.subject_id = ${id}`)}
    order by s.seq limit ${query.limit}`.execute(tx.db);
  return rows.map(({ seq, leaf, ...line }) => ({ seq, leaf, line }));
}

export interface AuditQuery {
  actorId?: string | undefined;
  action?: string | undefined;
  subjectType?: string | undefined;
  subjectId?: string | undefined;
  fromMs?: number | undefined;
  untilMs?: number | undefined;
  /** Lines before this one, by time and id. */
  before?: { atMs: number; id: string } | undefined;
  /** Only lines whose audience names one of these; undefined: all lines. */
  audience?: readonly string[] | undefined;
  limit: number;
}

export interface AuditLine {
  seq: number | null;
  words: unknown;
  line: StoredLine;
}

/** Lines with their words, newest first, numbered or not. */
export async function listForAudit(tx: Tx, tenant: string, query: AuditQuery): Promise<AuditLine[]> {
  const { rows } = await sql<StoredLine & { seq: number | null; words: unknown }>`
    select s.seq, p.body as words, ${lineColumns}
    from ledger_entry e
    left join ledger_seq s on s.entry_id = e.id
    left join ledger_private p on p.entry_id = e.id
    where e.tenant = ${tenant}
      ${when(query.actorId, (id) => sql`and e.actor_id = ${id}`)}
      ${when(query.action, (action) => sql`and e.action = ${action}`)}
      ${when(query.subjectType, (type) => sql`and e.subject_type = ${type}`)}
      ${when(query.subjectId, (id) => sql`and e.subject_id = ${id}`)}
      ${when(query.fromMs, (ms) => sql`and e.at >= ${new Date(ms)}`)}
      ${when(query.untilMs, (ms) => sql`and e.at < ${new Date(ms)}`)}
      ${when(query.before, (at) => sql`and (e.at, e.id) < (${new Date(at.atMs)}, ${at.id})`)}
      ${when(query.audience, (words) => sql`and e.audience && ${[...words]}::text[]`)}
    order by e.at desc, e.id desc limit ${query.limit}`.execute(tx.db);
  return rows.map(({ seq, words, ...line }) => ({ seq, words, line }));
}

function when<T>(value: T | undefined, condition: (value: T) => RawBuilder<unknown>): RawBuilder<unknown> {
  return value === undefined ? sql`` : condition(value);
}
