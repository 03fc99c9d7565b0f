import type { Tx } from '#server/db/pool.ts';
import type { Choice, QuietHours } from './rules-send.ts';

export interface SettingRow {
  accountId: string;
  channels: Choice;
  quiet: QuietHours | null;
  /** Sealed. */
  email: Buffer | null;
  phone: Buffer | null;
  version: number;
}

const columns = [
  'account_id as accountId',
  'channels',
  'quiet_from as quietFrom',
  'quiet_until as quietUntil',
  'email',
  'phone',
  'version',
] as const;

type Raw = Omit<SettingRow, 'channels' | 'quiet'> & {
  channels: unknown;
  quietFrom: number | null;
  quietUntil: number | null;
};

function toSetting({ quietFrom, quietUntil, channels, ...row }: Raw): SettingRow {
  const quiet = quietFrom === null || quietUntil === null ? null : { from: quietFrom, until: quietUntil };
  return { ...row, channels: channels as Choice, quiet };
}

export async function findSetting(tx: Tx, accountId: string): Promise<SettingRow | undefined> {
  const row = await tx.db
    .selectFrom('notice_setting')
    .select(columns)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row === undefined ? undefined : toSetting(row);
}

export async function listSettings(tx: Tx, accountIds: readonly string[]): Promise<Map<string, SettingRow>> {
  if (accountIds.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('notice_setting')
    .select(columns)
    .where('account_id', 'in', [...accountIds])
    .execute();
  return new Map(rows.map((row) => [row.accountId, toSetting(row)]));
}

/** Those of these people in whose browser somebody asked for messages. */
export async function listWithPush(tx: Tx, accountIds: readonly string[]): Promise<Set<string>> {
  if (accountIds.length === 0) return new Set();
  const rows = await tx.db
    .selectFrom('push_subscription')
    .select('account_id')
    .distinct()
    .where('account_id', 'in', [...accountIds])
    .execute();
  return new Set(rows.map((row) => row.account_id));
}

/** Writes a setting whose version is one more than what was seen. Returns false when somebody was faster. */
export async function saveSetting(
  tx: Tx,
  row: Omit<SettingRow, 'version'>,
  seen: number,
  nowMs: number,
): Promise<boolean> {
  const values = {
    channels: JSON.stringify(row.channels),
    quiet_from: row.quiet?.from ?? null,
    quiet_until: row.quiet?.until ?? null,
    email: row.email,
    phone: row.phone,
    version: seen + 1,
    updated_at: new Date(nowMs),
  };
  if (seen === 0) {
    const made = await tx.db
      .insertInto('notice_setting')
      .values({ account_id: row.accountId, ...values })
      .onConflict((on) => on.doNothing())
      .executeTakeFirst();
    return made.numInsertedOrUpdatedRows === 1n;
  }
  const changed = await tx.db
    .updateTable('notice_setting')
    .set(values)
    .where('account_id', '=', row.accountId)
    .where('version', '=', seen)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

export interface PushRow {
  digest: Buffer;
  accountId: string;
  /** Sealed. */
  address: Buffer;
}

/** A browser has one owner: whoever signed in there last. */
export async function savePush(tx: Tx, row: PushRow, nowMs: number): Promise<void> {
  await tx.db
    .insertInto('push_subscription')
    .values({
      endpoint_digest: row.digest,
      account_id: row.accountId,
      address: row.address,
      created_at: new Date(nowMs),
    })
    .onConflict((on) => on.column('endpoint_digest').doUpdateSet({ account_id: row.accountId, address: row.address }))
    .execute();
}

export async function removePush(tx: Tx, digest: Buffer, accountId: string): Promise<void> {
  await tx.db
    .deleteFrom('push_subscription')
    .where('endpoint_digest', '=', digest)
    .where('account_id', '=', accountId)
    .execute();
}

/** At most `keep` browsers of one account, the newest. */
export async function trimPush(tx: Tx, accountId: string, keep: number): Promise<void> {
  await tx.db
    .deleteFrom('push_subscription')
    .where('account_id', '=', accountId)
    .where('endpoint_digest', 'not in', (eb) =>
      eb
        .selectFrom('push_subscription')
        .select('endpoint_digest')
        .where('account_id', '=', accountId)
        .orderBy('created_at', 'desc')
        .limit(keep),
    )
    .execute();
}

export async function listPush(tx: Tx, accountIds: readonly string[]): Promise<PushRow[]> {
  if (accountIds.length === 0) return [];
  return tx.db
    .selectFrom('push_subscription')
    .select(['endpoint_digest as digest', 'account_id as accountId', 'address'])
    .where('account_id', 'in', [...accountIds])
    .orderBy('created_at', 'desc')
    .execute();
}

export async function countPush(tx: Tx, accountId?: string): Promise<number> {
  let query = tx.db.selectFrom('push_subscription').select((eb) => eb.fn.countAll<number>().as('count'));
  if (accountId !== undefined) query = query.where('account_id', '=', accountId);
  return Number((await query.executeTakeFirst())?.count ?? 0);
}

export async function findLocale(tx: Tx, accountId: string): Promise<string> {
  const row = await tx.db.selectFrom('account').select('locale').where('id', '=', accountId).executeTakeFirst();
  return row?.locale ?? 'zh-CN';
}

export async function findKey(tx: Tx, name: string): Promise<Buffer | undefined> {
  return (await tx.db.selectFrom('notice_key').select('sealed').where('name', '=', name).executeTakeFirst())?.sealed;
}

/** Keeps the first that was made, whichever process made it. */
export async function keepKey(tx: Tx, name: string, sealed: Buffer, nowMs: number): Promise<void> {
  await tx.db
    .insertInto('notice_key')
    .values({ name, sealed, created_at: new Date(nowMs) })
    .onConflict((on) => on.doNothing())
    .execute();
}
