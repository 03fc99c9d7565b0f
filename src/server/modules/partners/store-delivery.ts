import { sql, type RawBuilder } from 'kysely';
import type { DeliverySource, PartnerDeliveryState } from '#contract/partners-words.ts';
import type { Tx } from '#server/db/pool.ts';

export interface NewDelivery {
  id: string;
  partnerId: string;
  pledgeId: string | null;
  stationId: string;
  district: string;
  day: string;
  what: string;
  quantity: number;
  unit: string;
  sourceType: DeliverySource;
  sourceId: string | null;
  state: 'waiting' | 'confirmed';
  notedMs: number;
  notedBy: string | null;
  /** Of what was confirmed as it was noted. */
  decidedBy: string | null;
}

/** The id under which it stands: its own, or that of the one noted before from the same source. */
export async function insertDelivery(tx: Tx, one: NewDelivery): Promise<string> {
  const decidedAt = one.state === 'confirmed' ? new Date(one.notedMs) : null;
  const { rows } = await sql<{ id: string }>`
    insert into partner_delivery (id, partner_id, pledge_id, station_id, district, day, what, quantity, unit, source_type,
      source_id, state, noted_at, noted_by, decided_at, decided_by)
    values (${one.id}, ${one.partnerId}, ${one.pledgeId}, ${one.stationId}, ${one.district}, ${one.day}, ${one.what},
      ${one.quantity}, ${one.unit}, ${one.sourceType}, ${one.sourceId}, ${one.state}, ${new Date(one.notedMs)},
      ${one.notedBy}, ${decidedAt}, ${one.decidedBy})
    on conflict (source_type, source_id) do nothing returning id`.execute(tx.db);
  if (rows[0] !== undefined) return rows[0].id;
  const before = await tx.db
    .selectFrom('partner_delivery')
    .select('id')
    .where('source_type', '=', one.sourceType)
    .where('source_id', '=', one.sourceId)
    .executeTakeFirstOrThrow();
  return before.id;
}

export interface DeliveryRow {
  id: string;
  partnerId: string;
  partnerName: string;
  partnerNameEn: string;
  pledgeId: string | null;
  stationId: string;
  day: string;
  what: string;
  whatEn: string;
  quantity: number;
  saidQuantity: number | null;
  unit: string;
  sourceType: DeliverySource;
  state: PartnerDeliveryState;
  refusedWords: string;
  notedAt: Date;
  decidedAt: Date | null;
  version: number;
}

const columns = sql`d.id, d.partner_id as "partnerId", p.name as "partnerName", p.name_en as "partnerNameEn",
  d.pledge_id as "pledgeId", d.station_id as "stationId", d.day, coalesce(g.what, d.what) as what,
  coalesce(g.what_en, '') as "whatEn", d.quantity, d.said_quantity as "saidQuantity", d.unit, d.source_type as "sourceType",
  d.state, d.refused_words as "refusedWords", d.noted_at as "notedAt", d.decided_at as "decidedAt", d.version`;
const joined = sql`partner_delivery d join partner p on p.id = d.partner_id left join pledge g on g.id = d.pledge_id`;

export interface DeliveryFilter {
  partnerId?: string | undefined;
  pledgeId?: string | undefined;
  /** Only at these. */
  stationIds?: readonly string[] | undefined;
  /** Of these partners, or at these stations: what somebody may see. */
  seen?: { partnerIds: readonly string[]; stationIds: readonly string[] } | undefined;
  state?: PartnerDeliveryState | undefined;
  from?: string | undefined;
  to?: string | undefined;
  /** After this one in the order of the list. */
  after?: { day: string; id: string } | undefined;
  limit: number;
}

function conditions(filter: DeliveryFilter): RawBuilder<unknown>[] {
  const { partnerId, pledgeId, stationIds, seen, state, from, to, after } = filter;
  const list: (RawBuilder<unknown> | undefined)[] = [
    partnerId === undefined ? undefined : sql`d.partner_id = ${partnerId}`,
    pledgeId === undefined ? undefined : sql`d.pledge_id = ${pledgeId}`,
    stationIds === undefined ? undefined : sql`d.station_id = any (${[...stationIds]}::uuid[])`,
    seen === undefined
      ? undefined
      : sql`(d.partner_id = any (${[...seen.partnerIds]}::uuid[]) or d.station_id = any (${[...seen.stationIds]}::uuid[]))`,
    state === undefined ? undefined : sql`d.state = ${state}`,
    from === undefined ? undefined : sql`d.day >= ${from}::date`,
    to === undefined ? undefined : sql`d.day <= ${to}::date`,
    after === undefined ? undefined : sql`(d.day, d.id) < (${after.day}::date, ${after.id}::uuid)`,
  ];
  return [sql`true`, ...list.filter((one) => one !== undefined)];
}

/** Latest day first. */
export async function listDeliveries(tx: Tx, filter: DeliveryFilter): Promise<DeliveryRow[]> {
  const { rows } = await sql<DeliveryRow>`select ${columns} from ${joined}
    where ${sql.join(conditions(filter), sql` and `)} order by d.day desc, d.id desc limit ${filter.limit}`.execute(
    tx.db,
  );
  return rows;
}

export async function lockDelivery(tx: Tx, id: string): Promise<DeliveryRow | undefined> {
  const { rows } = await sql<DeliveryRow>`select ${columns} from ${joined} where d.id = ${id} for update of d`.execute(
    tx.db,
  );
  return rows[0];
}

export interface Decided {
  state: 'confirmed' | 'refused';
  quantity: number;
  /** What was said before, where the head counted otherwise. */
  saidQuantity: number | null;
  words: string;
  byId: string | null;
  nowMs: number;
}

export async function saveDecided(tx: Tx, id: string, decided: Decided): Promise<void> {
  await tx.db
    .updateTable('partner_delivery')
    .set((eb) => ({
      state: decided.state,
      quantity: decided.quantity,
      said_quantity: decided.saidQuantity,
      refused_words: decided.words,
      decided_at: new Date(decided.nowMs),
      decided_by: decided.byId,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute();
}

export async function countWaiting(tx: Tx, partnerId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from partner_delivery
    where partner_id = ${partnerId} and state = 'waiting' and source_type = 'partner'`.execute(tx.db);
  return Number(rows[0]?.n ?? 0);
}

export interface Delivered {
  confirmed: number;
  waiting: number;
}

/** What came for each of these pledges so far: confirmed, and still to be confirmed. */
export async function sumDelivered(tx: Tx, pledgeIds: readonly string[]): Promise<Map<string, Delivered>> {
  if (pledgeIds.length === 0) return new Map();
  const { rows } = await sql<Delivered & { pledgeId: string }>`
    select pledge_id as "pledgeId", coalesce(sum(quantity) filter (where state = 'confirmed'), 0)::int as confirmed,
      coalesce(sum(quantity) filter (where state = 'waiting'), 0)::int as waiting
    from partner_delivery where pledge_id = any (${[...pledgeIds]}::uuid[]) group by pledge_id`.execute(tx.db);
  return new Map(rows.map((row) => [row.pledgeId, row]));
}

export async function countWaitingAt(tx: Tx, stationIds: readonly string[]): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from partner_delivery
    where station_id = any (${[...stationIds]}::uuid[]) and state = 'waiting'`.execute(tx.db);
  return Number(rows[0]?.n ?? 0);
}
