import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

/** What a partner gave to stations within a span, as confirmed there; by partner, thing and unit. */
export interface DeliveredSum {
  partnerName: string;
  what: string;
  quantity: number;
  /** Code of db/data/partner-units.csv. */
  unit: string;
}

/** Deliveries to these stations on local days 'YYYY-MM-DD', both included, that their heads have confirmed. */
export async function sumDelivered(
  tx: Tx,
  { stations, fromDay, toDay }: { stations: readonly string[]; fromDay: string; toDay: string },
): Promise<DeliveredSum[]> {
  const { rows } = await sql<DeliveredSum>`
    select p.name as "partnerName", coalesce(g.what, d.what) as what, sum(d.quantity)::int as quantity, d.unit
    from partner_delivery d join partner p on p.id = d.partner_id left join pledge g on g.id = d.pledge_id
    where d.station_id = any (${[...stations]}::uuid[]) and d.state = 'confirmed'
      and d.day between ${fromDay}::date and ${toDay}::date
    group by p.name, p.id, coalesce(g.what, d.what), d.unit
    order by p.name collate "C", p.id, 2, 4`.execute(tx.db);
  return rows;
}
