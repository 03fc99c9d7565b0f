import { sql } from 'kysely';
import type { WebhookType } from '#contract/notices-words.ts';
import type { Tx } from '#server/db/pool.ts';

export type DisabledReason = 'by_hand' | 'gone' | 'failing';

export interface EndpointRow {
  id: string;
  name: string;
  url: string;
  types: WebhookType[];
  areaCode: string | null;
  /** Sealed; null when retired. */
  secret: Buffer | null;
  oldSecret: Buffer | null;
  oldUntil: Date | null;
  status: 'active' | 'disabled' | 'retired';
  disabledReason: DisabledReason | null;
  version: number;
}

const columns = [
  'id',
  'name',
  'url',
  'types',
  'area_code as areaCode',
  'secret',
  'old_secret as oldSecret',
  'old_until as oldUntil',
  'status',
  'disabled_reason as disabledReason',
  'version',
] as const;

/** All that were not retired, the oldest first. */
export async function listEndpoints(tx: Tx): Promise<EndpointRow[]> {
  const rows = await tx.db
    .selectFrom('webhook_endpoint')
    .select(columns)
    .where('status', '<>', 'retired')
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows as EndpointRow[];
}

export async function findEndpoint(tx: Tx, id: string): Promise<EndpointRow | undefined> {
  const row = await tx.db
    .selectFrom('webhook_endpoint')
    .select(columns)
    .where('id', '=', id)
    .where('status', '<>', 'retired')
    .executeTakeFirst();
  return row as EndpointRow | undefined;
}

function toValues(row: EndpointRow) {
  const { areaCode, oldSecret, oldUntil, disabledReason, ...rest } = row;
  return { ...rest, area_code: areaCode, old_secret: oldSecret, old_until: oldUntil, disabled_reason: disabledReason };
}

export async function insertEndpoint(tx: Tx, row: EndpointRow, nowMs: number): Promise<void> {
  await tx.db
    .insertInto('webhook_endpoint')
    .values({ ...toValues(row), created_at: new Date(nowMs) })
    .execute();
}

/** Writes the row with the next version; returns false when the version was another. */
export async function updateEndpoint(tx: Tx, row: EndpointRow, seen: number): Promise<boolean> {
  const changed = await tx.db
    .updateTable('webhook_endpoint')
    .set({ ...toValues(row), version: seen + 1 })
    .where('id', '=', row.id)
    .where('version', '=', seen)
    .where('status', '<>', 'retired')
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

export interface Health {
  failingSince: Date | null;
  lastOkAt: Date | null;
  lastError: string | null;
}

export async function listHealth(tx: Tx): Promise<Map<string, Health>> {
  const rows = await tx.db
    .selectFrom('webhook_health')
    .select(['endpoint_id as id', 'failing_since as failingSince', 'last_ok_at as lastOkAt', 'last_error as lastError'])
    .execute();
  return new Map(rows.map(({ id, ...health }) => [id, health]));
}

export async function noteSuccess(tx: Tx, endpointId: string, nowMs: number): Promise<void> {
  const at = new Date(nowMs);
  await tx.db
    .insertInto('webhook_health')
    .values({ endpoint_id: endpointId, last_ok_at: at })
    .onConflict((on) => on.column('endpoint_id').doUpdateSet({ failing_since: null, last_ok_at: at, last_error: null }))
    .execute();
}

/** Returns since when nothing was taken. */
export async function noteFailure(tx: Tx, endpointId: string, error: string, nowMs: number): Promise<number> {
  const { rows } = await sql<{ since: Date }>`
    insert into webhook_health (endpoint_id, failing_since, last_error) values (${endpointId}, ${new Date(nowMs)}, ${error})
    on conflict (endpoint_id) do update
      set failing_since = coalesce(webhook_health.failing_since, excluded.failing_since), last_error = excluded.last_error
    returning failing_since as since`.execute(tx.db);
  return rows[0]?.since.getTime() ?? nowMs;
}

export async function forgetFailures(tx: Tx, endpointId: string): Promise<void> {
  await tx.db
    .updateTable('webhook_health')
    .set({ failing_since: null, last_error: null })
    .where('endpoint_id', '=', endpointId)
    .execute();
}
