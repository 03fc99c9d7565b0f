/** Walking networks: the only SQL of them. They are added and never changed. */
import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

export interface NetworkStats {
  nodes: number;
  edges: number;
  lengthM: number;
  stairsM: number;
  /** Bridges, tunnels, corridors. */
  offGroundM: number;
  /** Share of shape points with a height, 0 to 1; null: no heights at all. */
  heightKnown: number | null;
  islandCount: number | null;
  islandEdges: number | null;
}

export interface NetworkRow {
  /** SHA-256 of its arrays, as engine/network/binary says. */
  version: string;
  name: string;
  districts: string[];
  west: number;
  south: number;
  east: number;
  north: number;
  stats: NetworkStats;
  source: string;
  storageKey: string;
  bytes: number;
  accountId: string | null;
  createdAt: Date;
}

const columns = sql`version, name, districts, west, south, east, north, stats, source, storage_key as "storageKey", bytes,
  account_id as "accountId", created_at as "createdAt"`;

export async function findNetwork(tx: Tx, version: string): Promise<NetworkRow | undefined> {
  const { rows } = await sql<NetworkRow>`select ${columns} from walk_network where version = ${version}`.execute(tx.db);
  return rows[0];
}

/** The latest first; of one district, or all. */
export async function listNetworks(tx: Tx, district?: string): Promise<NetworkRow[]> {
  const { rows } = await sql<NetworkRow>`
    select ${columns} from walk_network
    ${district === undefined ? sql`` : sql`where districts @> ${[district]}::text[]`}
    order by created_at desc, version`.execute(tx.db);
  return rows;
}

/** False when this network is there already. */
export async function insertNetwork(tx: Tx, row: NetworkRow): Promise<boolean> {
  const { rows } = await sql`
    insert into walk_network (version, name, districts, west, south, east, north, stats, source, storage_key, bytes, account_id, created_at)
    values (${row.version}, ${row.name}, ${row.districts}, ${row.west}, ${row.south}, ${row.east}, ${row.north},
      ${JSON.stringify(row.stats)}::jsonb, ${row.source}, ${row.storageKey}, ${row.bytes}, ${row.accountId}, ${row.createdAt})
    on conflict (version) do nothing returning version`.execute(tx.db);
  return rows.length > 0;
}
