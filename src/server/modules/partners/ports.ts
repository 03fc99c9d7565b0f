import { sql } from 'kysely';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { append } from '#server/modules/ledger/index.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import { insertDelivery } from './store-delivery.ts';

/** What other modules may ask of partners, inside their own transaction. */

export interface PartnerName {
  id: string;
  code: string;
  name: string;
  nameEn: string;
  kind: string;
}

/** Names of these partners by id; unknown ids are missing. */
export async function namesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, PartnerName>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<PartnerName>`select id, code, name, name_en as "nameEn", kind from partner
    where id = any (${[...ids]}::uuid[])`.execute(tx.db);
  return new Map(rows.map((row) => [row.id, row]));
}

export interface PartnerHere extends PartnerName {
  /** What it promises this station on that day. */
  pledges: {
    id: string;
    resource: string;
    what: string;
    whatEn: string;
    quantity: number;
    unit: string;
    every: string;
  }[];
}

/**
 * Partners of a station on a day (YYYY-MM-DD): those whose signed agreement and a pledge to it, or to all stations of
 * their area, run then. By name.
 */
export async function partnersAt(tx: Tx, stationId: string, day: string): Promise<PartnerHere[]> {
  const { rows } = await sql<PartnerHere>`
    select p.id, p.code, p.name, p.name_en as "nameEn", p.kind,
      json_agg(json_build_object('id', g.id, 'resource', g.resource, 'what', g.what, 'whatEn', g.what_en,
        'quantity', g.quantity, 'unit', g.unit, 'every', g.every) order by g.resource, g.id) as pledges
    from station s
    join pledge g on g.station_id = s.id or g.station_id is null
    join partner p on p.id = g.partner_id and (g.station_id is not null or p.area_code = any (s.path))
    join partner_agreement a on a.id = g.agreement_id and a.signed_on is not null
    where s.id = ${stationId}
      and ${day}::date between a.from_day and least(a.to_day, coalesce(a.ended_on, a.to_day))
      and ${day}::date between g.from_day and least(g.to_day, coalesce(g.ended_on, g.to_day))
      and (p.exit_day is null or p.exit_day >= ${day}::date)
    group by p.id order by p.name collate "C", p.id`.execute(tx.db);
  return rows;
}

export interface DeliveryWish {
  partnerId: string;
  /** Without one it was given beyond what was promised; then `what` says what. */
  pledgeId?: string | null;
  stationId: string;
  /** In the unit of the pledge, or in `unit` (code of db/data/partner-units.csv). */
  quantity: number;
  unit?: string;
  what?: string;
  atMs: number;
  /** What it was noted from; noted once, however often it is told. */
  source: { type: 'donation' | 'activity'; id: string };
  accountId: string | null;
}

/**
 * Notes that a partner delivered something, from a donation taken in or an activity held. It waits for the head of the
 * station to confirm it, as all deliveries do. Writes its own ledger line. Told twice, it is noted once: the same id.
 * @throws AppError bad_input for a pledge that is not this partner's, or not to this station
 */
export async function noteDelivery(tx: Tx, wish: DeliveryWish): Promise<{ id: string }> {
  const place = await placeOf(tx, wish);
  const id = uuidV7(wish.atMs);
  const made = await insertDelivery(tx, {
    id,
    partnerId: wish.partnerId,
    pledgeId: wish.pledgeId ?? null,
    stationId: wish.stationId,
    district: place.district,
    day: dayOf(wish.atMs),
    what: wish.what ?? '',
    quantity: wish.quantity,
    unit: place.unit ?? wish.unit ?? 'piece',
    sourceType: wish.source.type,
    sourceId: wish.source.id,
    state: 'waiting',
    notedMs: wish.atMs,
    notedBy: wish.accountId,
    decidedBy: null,
  });
  if (made !== id) return { id: made };
  await append(tx, {
    actor: { kind: wish.accountId === null ? 'system' : 'account', accountId: wish.accountId },
    action: 'partner.deliver',
    subject: { type: 'partner', id: wish.partnerId },
    district: place.district,
    atMs: wish.atMs,
    data: {
      deliveryId: id,
      stationId: wish.stationId,
      pledgeId: wish.pledgeId ?? null,
      quantity: wish.quantity,
      source: wish.source.type,
    },
    audience: [`u:${place.unitId}`],
  });
  return { id };
}

interface Place {
  district: string;
  unitId: string;
  unit: string | null;
}

async function placeOf(tx: Tx, { partnerId, stationId, pledgeId }: DeliveryWish): Promise<Place> {
  const { rows } = await sql<Place & { fits: boolean }>`
    select s.district, s.unit_id as "unitId", g.unit,
      (${pledgeId ?? null}::uuid is null or (g.partner_id = p.id
        and (g.station_id = s.id or g.station_id is null and p.area_code = any (s.path)))) is true as fits
    from station s join partner p on p.id = ${partnerId} left join pledge g on g.id = ${pledgeId ?? null}::uuid
    where s.id = ${stationId}`.execute(tx.db);
  const [place] = rows;
  if (place?.fits === true) return place;
  throw new AppError(
    'bad_input',
    'Expected a partner, one of its pledges and a station that the pledge serves; found others. Choose from the list.',
    { field: place === undefined ? 'partnerId' : 'pledgeId' },
  );
}
