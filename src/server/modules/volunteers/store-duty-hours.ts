import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

/** A shift as it went: wanted, and there (who came, once somebody confirmed it; who had signed up until then). */
export interface DutySpan {
  fromMs: number;
  untilMs: number;
  needed: number;
  onDuty: number;
}

/** Shifts of these stations that touch [fromMs, toMs), in one question: for figures of whole months. */
export async function listDutySpans(
  tx: Tx,
  { stations, fromMs, toMs }: { stations: readonly string[]; fromMs: number; toMs: number },
): Promise<DutySpan[]> {
  const { rows } = await sql<{ startsAt: Date; endsAt: Date; needed: number; onDuty: number }>`
    select s.starts_at as "startsAt", s.ends_at as "endsAt", s.needed,
      case when bool_or(u.presence is not null) then count(u.id) filter (where u.presence = 'came')
        else s.open_taken + s.partner_taken end::int as "onDuty"
    from shift s left join shift_sign_up u on u.shift_id = s.id and u.state = 'signed'
    where s.station_id = any (${[...stations]}::uuid[]) and s.state = 'open'
      and s.ends_at > ${new Date(fromMs)} and s.starts_at < ${new Date(toMs)}
      and s.day between ${new Date(fromMs - dayMs)}::date and ${new Date(toMs + dayMs)}::date
    group by s.id order by s.starts_at, s.id`.execute(tx.db);
  return rows.map(({ startsAt, endsAt, needed, onDuty }) => ({
    fromMs: startsAt.getTime(),
    untilMs: endsAt.getTime(),
    needed,
    onDuty,
  }));
}

const dayMs = 86_400_000;
