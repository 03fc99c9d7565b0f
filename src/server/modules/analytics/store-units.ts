import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { StratumLine } from './rules-compare.ts';

const nobody = '00000000-0000-0000-0000-000000000000';

export interface UnitStratum extends StratumLine {
  unitId: string;
}

interface Wish {
  area: { code: string; tier: string };
  /** First days of months, both included. */
  from: string;
  to: string;
}

/** What units had in an area (street, district or city) by kind of case, beside the same kinds everywhere. */
export async function listStrata(tx: Tx, { area, from, to }: Wish): Promise<UnitStratum[]> {
  const within =
    area.tier === 'city'
      ? sql``
      : area.tier === 'district'
        ? sql`and district = ${area.code}`
        : sql`and area = ${area.code}`;
  const { rows } = await sql<Record<string, number> & { unitId: string }>`
    with everywhere as (
      select stratum, sum(cases)::int as cases, sum(late)::int as late, sum(handled)::int as handled, sum(log_minutes)::bigint as log_minutes
      from stratum_month where unit_id = ${nobody} and month between ${from}::date and ${to}::date group by stratum
    ), here as (
      select unit_id, stratum, sum(cases)::int as cases, sum(late)::int as late, sum(handled)::int as handled, sum(log_minutes)::bigint as log_minutes
      from stratum_month where unit_id <> ${nobody} and month between ${from}::date and ${to}::date ${within} group by unit_id, stratum
    )
    select h.unit_id as "unitId", h.cases, h.late, h.handled, h.log_minutes as "logMinutes", e.cases as "allCases",
      e.late as "allLate", e.handled as "allHandled", e.log_minutes as "allLog"
    from here h join everywhere e using (stratum)`.execute(tx.db);
  return rows.map((row) => ({
    unitId: row.unitId,
    cases: row['cases'] ?? 0,
    late: row['late'] ?? 0,
    handled: row['handled'] ?? 0,
    logMinutes: row['logMinutes'] ?? 0,
    all: {
      cases: row['allCases'] ?? 0,
      late: row['allLate'] ?? 0,
      handled: row['allHandled'] ?? 0,
      logMinutes: row['allLog'] ?? 0,
    },
  }));
}

/** Share of cases everywhere that were not closed in time; null without a case. */
export async function overallLate(tx: Tx, from: string, to: string): Promise<number | null> {
  const { rows } = await sql<{ share: number | null }>`
    select sum(late)::double precision / nullif(sum(cases), 0) as share from stratum_month
    where unit_id = ${nobody} and month between ${from}::date and ${to}::date`.execute(tx.db);
  return rows[0]?.share ?? null;
}

/** Leads offered to units in an area over some months, and how many they returned. */
export async function listOffers(
  tx: Tx,
  { area, from, to }: Wish,
): Promise<Map<string, { offers: number; returned: number }>> {
  const within =
    area.tier === 'city'
      ? sql`true`
      : area.tier === 'district'
        ? sql`district = ${area.code}`
        : sql`area = ${area.code}`;
  const { rows } = await sql<{ unitId: string; offers: number; returned: number }>`
    select unit_id as "unitId", sum(offers)::int as offers, sum(offers_returned)::int as returned from unit_month
    where ${within} and month between ${from}::date and ${to}::date
    group by unit_id`.execute(tx.db);
  return new Map(rows.map(({ unitId, offers, returned }) => [unitId, { offers, returned }]));
}
