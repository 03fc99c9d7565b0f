import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { Threshold } from './rulebook.ts';

const columns = sql`t.id, t.device_kind as "deviceKind", t.device_id as "deviceId", t.basis, t.metric, t.kind, t.direction,
  t.raise_at as "raiseAt", t.clear_at as "clearAt", t.hold_off_s as "holdOffS", t.priority, t.category_code as "categoryCode",
  t.plan_code as "planCode", t.raises, t.note, t.version, t.updated_at as "updatedAt", t.retired_at as "retiredAt"`;

export async function listLiveThresholds(tx: Tx): Promise<Threshold[]> {
  const { rows } =
    await sql<Threshold>`select ${columns} from threshold t where retired_at is null order by id`.execute(tx.db);
  return rows;
}

export type ThresholdRow = Threshold & { deviceCode: string | null };

/** Rules of all kinds and devices, or those that bear on one device; retired ones only when asked for. */
export async function listThresholds(tx: Tx, wanted: { deviceId?: string; retired: boolean }): Promise<ThresholdRow[]> {
  const device = wanted.deviceId ?? null;
  const { rows } = await sql<ThresholdRow>`select ${columns}, d.code as "deviceCode" from threshold t
    left join device d on d.id = t.device_id
    where (t.retired_at is not null) = ${wanted.retired}
      and (${device}::uuid is null or t.device_id = ${device}
        or t.device_kind = (select kind from device where id = ${device}))
    order by coalesce(t.device_kind, d.code), t.kind, t.basis, t.id`.execute(tx.db);
  return rows;
}

export async function findThreshold(tx: Tx, id: string): Promise<ThresholdRow | undefined> {
  const { rows } = await sql<ThresholdRow>`select ${columns}, d.code as "deviceCode" from threshold t
    left join device d on d.id = t.device_id where t.id = ${id}`.execute(tx.db);
  return rows[0];
}

export async function lockThreshold(tx: Tx, id: string): Promise<Threshold | undefined> {
  const { rows } = await sql<Threshold>`select ${columns} from threshold t where t.id = ${id} for update`.execute(
    tx.db,
  );
  return rows[0];
}

/** Writes a threshold, new or changed. */
export async function saveThreshold(tx: Tx, one: Threshold): Promise<void> {
  await sql`insert into threshold (id, device_kind, device_id, basis, metric, kind, direction, raise_at, clear_at, hold_off_s,
      priority, category_code, plan_code, raises, note, version, updated_at, retired_at)
    values (${one.id}, ${one.deviceKind}, ${one.deviceId}, ${one.basis}, ${one.metric}, ${one.kind}, ${one.direction},
      ${one.raiseAt}, ${one.clearAt}, ${one.holdOffS}, ${one.priority}, ${one.categoryCode}, ${one.planCode}, ${one.raises},
      ${one.note}, ${one.version}, ${one.updatedAt}, ${one.retiredAt})
    on conflict (id) do update set direction = excluded.direction, raise_at = excluded.raise_at, clear_at = excluded.clear_at,
      hold_off_s = excluded.hold_off_s, priority = excluded.priority, category_code = excluded.category_code,
      plan_code = excluded.plan_code, raises = excluded.raises, note = excluded.note, version = excluded.version,
      updated_at = excluded.updated_at, retired_at = excluded.retired_at`.execute(tx.db);
}

/** Rules for kinds there ever were. */
export async function countThresholds(tx: Tx): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from threshold where device_kind is not null`.execute(
    tx.db,
  );
  return rows[0]?.n ?? 0;
}

/** A word said under a rule that is no longer in force counts as over. Returns the subjects it was about. */
export async function silenceSource(tx: Tx, source: string): Promise<string[]> {
  const { rows } = await sql<{ subject: string }>`update alarm_signal set active = false
    where source = ${source} and active returning subject`.execute(tx.db);
  return rows.map(({ subject }) => subject);
}
