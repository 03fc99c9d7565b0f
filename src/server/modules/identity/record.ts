import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import { append, type LedgerActor } from '#server/modules/ledger/index.ts';

export interface Line {
  actor: LedgerActor;
  /** '<subject>.<verb>' */
  action: string;
  subject: { type: 'account' | 'appointment' | 'session' | 'api_token' | 'sign_in'; id: string };
  /** The account it is about: decides the district of the line. */
  accountId: string | null;
  atMs: number;
  data?: { [key: string]: unknown };
  words?: { [key: string]: unknown };
  /** Tell the account's own open pages. */
  tell?: boolean;
}

/** Writes the line of a change of identity, under the district of the account's first appointment. */
export async function record(tx: Tx, line: Line): Promise<void> {
  const { actor, action, subject, accountId, atMs, data, words } = line;
  const audience = line.tell === true && accountId !== null ? [`p:${accountId}`] : [];
  await append(tx, { actor, action, subject, district: await districtOf(tx, accountId), atMs, data, words, audience });
}

/** Six digits; the city's for people without appointment, 000000 before any area is known. */
async function districtOf(tx: Tx, accountId: string | null): Promise<string> {
  const found = await sql<{ district: string }>`
    select coalesce(
      (select left(coalesce(p.area_code, u.area_code), 6) from appointment p join unit u on u.id = p.unit_id
       where p.account_id = ${accountId} and p.revoked_at is null order by p.is_primary desc, p.created_at, p.id limit 1),
      (select left(code, 6) from area where parent_code is null and retired_at is null order by code limit 1),
      '000000') as district`.execute(tx.db);
  return found.rows[0]?.district ?? '000000';
}
