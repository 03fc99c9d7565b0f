import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

/** What units were rated in a span; of fewer than `least` ratings no mean is told, or it would name who gave them. */
export interface RatingSum {
  unitId: string;
  n: number;
  /** 1 to 5; null: too few. */
  mean: number | null;
}

const least = 3;

/** Ratings given on these days between units of an area, by the unit that was rated. */
export async function sumRatings(
  tx: Tx,
  { area, from, to }: { area: string; from: string; to: string },
): Promise<RatingSum[]> {
  const { rows } = await sql<RatingSum>`
    select r.rated_unit_id as "unitId", count(distinct r.id)::int as n,
      case when count(distinct r.id) >= ${least} then avg(m.value::numeric)::float8 end as mean
    from department_rating r cross join lateral jsonb_each_text(r.marks) m
    where r.path @> array[${area}] and (r.rated_at at time zone 'Asia/Shanghai')::date between ${from}::date and ${to}::date
    group by 1 order by 2 desc, 1`.execute(tx.db);
  return rows;
}
