import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { Raises } from './rulebook.ts';

/** A third party that sends alerts. */
export interface Source {
  id: string;
  code: string;
  name: string;
  /** Sealed by the vault. */
  secret: Buffer;
  priority: number;
  categoryCode: string | null;
  planCode: string | null;
  raises: Raises;
  enabled: boolean;
  version: number;
}

export type SourceRow = Source & { lastAt: Date | null; received: number };

const columns = sql`s.id, s.code, s.name, s.secret, s.priority, s.category_code as "categoryCode", s.plan_code as "planCode",
  s.raises, s.enabled, s.version`;
const receipts = sql`(select max(received_at) from alert_receipt r where r.source_id = s.id) as "lastAt",
  (select count(*) from alert_receipt r where r.source_id = s.id) as received`;

export async function listSources(tx: Tx): Promise<SourceRow[]> {
  return (await sql<SourceRow>`select ${columns}, ${receipts} from alert_source s order by s.code`.execute(tx.db)).rows;
}

export async function findSourceById(tx: Tx, id: string): Promise<SourceRow | undefined> {
  return (await sql<SourceRow>`select ${columns}, ${receipts} from alert_source s where s.id = ${id}`.execute(tx.db))
    .rows[0];
}

export async function findSource(tx: Tx, code: string): Promise<Source | undefined> {
  return (await sql<Source>`select ${columns} from alert_source s where s.code = ${code}`.execute(tx.db)).rows[0];
}

export async function lockSource(tx: Tx, id: string): Promise<Source | undefined> {
  return (await sql<Source>`select ${columns} from alert_source s where s.id = ${id} for update`.execute(tx.db))
    .rows[0];
}

export async function insertSource(tx: Tx, s: Source, atMs: number): Promise<void> {
  await sql`insert into alert_source (id, code, name, secret, priority, category_code, plan_code, raises, created_at)
    values (${s.id}, ${s.code}, ${s.name}, ${s.secret}, ${s.priority}, ${s.categoryCode}, ${s.planCode}, ${s.raises},
      ${new Date(atMs).toISOString()})`.execute(tx.db);
}

export async function updateSource(tx: Tx, s: Source): Promise<void> {
  await sql`update alert_source set name = ${s.name}, secret = ${s.secret}, priority = ${s.priority}, category_code = ${s.categoryCode},
    plan_code = ${s.planCode}, raises = ${s.raises}, enabled = ${s.enabled}, version = ${s.version} where id = ${s.id}`.execute(
    tx.db,
  );
}

/** False when this webhook-id was taken before. Who sends the same meanwhile waits here. */
export async function claimReceipt(tx: Tx, sourceId: string, webhookId: string, atMs: number): Promise<boolean> {
  const { rows } = await sql`insert into alert_receipt (source_id, webhook_id, received_at)
    values (${sourceId}, ${webhookId}, ${new Date(atMs).toISOString()}) on conflict do nothing returning 1`.execute(
    tx.db,
  );
  return rows.length > 0;
}

export async function saveReceiptAlarm(tx: Tx, sourceId: string, webhookId: string, alarmId: string): Promise<void> {
  await sql`update alert_receipt set alarm_id = ${alarmId} where source_id = ${sourceId} and webhook_id = ${webhookId}`.execute(
    tx.db,
  );
}

export async function findReceiptAlarm(tx: Tx, sourceId: string, webhookId: string): Promise<string | null> {
  const { rows } = await sql<{ alarmId: string | null }>`select alarm_id as "alarmId" from alert_receipt
    where source_id = ${sourceId} and webhook_id = ${webhookId}`.execute(tx.db);
  return rows[0]?.alarmId ?? null;
}
