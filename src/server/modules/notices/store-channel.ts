import type { ChannelKind } from '#contract/notices-words.ts';
import type { Tx } from '#server/db/pool.ts';

export interface ChannelRow {
  id: string;
  kind: ChannelKind;
  name: string;
  areaCode: string | null;
  minPriority: number;
  enabled: boolean;
  /** Sealed; null when retired. */
  address: Buffer | null;
  host: string;
  version: number;
}

const columns = [
  'id',
  'kind',
  'name',
  'area_code as areaCode',
  'min_priority as minPriority',
  'enabled',
  'address',
  'host',
  'version',
] as const;

/** Channels in use, the oldest first. */
export async function listChannels(tx: Tx): Promise<ChannelRow[]> {
  const rows = await tx.db
    .selectFrom('notice_channel')
    .select(columns)
    .where('retired_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows as ChannelRow[];
}

export async function findChannel(tx: Tx, id: string): Promise<ChannelRow | undefined> {
  const row = await tx.db
    .selectFrom('notice_channel')
    .select(columns)
    .where('id', '=', id)
    .where('retired_at', 'is', null)
    .executeTakeFirst();
  return row as ChannelRow | undefined;
}

export async function insertChannel(tx: Tx, row: ChannelRow, nowMs: number): Promise<void> {
  const { areaCode, minPriority, ...rest } = row;
  await tx.db
    .insertInto('notice_channel')
    .values({ ...rest, area_code: areaCode, min_priority: minPriority, created_at: new Date(nowMs) })
    .execute();
}

/** Returns false when the version was another. */
export async function updateChannel(
  tx: Tx,
  row: ChannelRow,
  options: { seen: number; retiredMs?: number },
): Promise<boolean> {
  const changed = await tx.db
    .updateTable('notice_channel')
    .set({
      name: row.name,
      area_code: row.areaCode,
      min_priority: row.minPriority,
      enabled: row.enabled,
      address: row.address,
      host: row.host,
      version: options.seen + 1,
      ...(options.retiredMs === undefined ? {} : { retired_at: new Date(options.retiredMs) }),
    })
    .where('id', '=', row.id)
    .where('version', '=', options.seen)
    .where('retired_at', 'is', null)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}
