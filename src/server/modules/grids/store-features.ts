import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';
import type { MapWindow, RiskFeature, RiskSign, RiskWish } from './features.ts';
import { seenBy } from './risk-store.ts';

const columns = sql.raw(
  'id, code, name, kind, level, state, area_code as "areaCode", unit_id as "unitId", lon, lat, updated_at as "updatedAt"',
);

function conditionsOf(scope: Scope, wish: RiskWish): RawBuilder<unknown> {
  const equal = (column: string, value: unknown) =>
    value === undefined ? [] : [sql<boolean>`${sql.ref(column)} = ${value}`];
  const windows = wish.windows.map(
    ({ west, south, east, north }) =>
      sql<boolean>`(lat between ${south} and ${north} and lon between ${west} and ${east})`,
  );
  return sql.join(
    [
      sql<boolean>`retired_at is null`,
      seenBy(scope),
      ...equal('code', wish.code),
      ...equal('kind', wish.kind),
      ...equal('level', wish.level),
      ...equal('state', wish.state),
      ...equal('area_code', wish.areaCode),
      ...equal('unit_id', wish.unitId),
      ...(windows.length === 0 ? [] : [sql<boolean>`(${sql.join(windows, sql` or `)})`]),
    ],
    sql` and `,
  );
}

export async function listRiskFeatures(
  tx: Tx,
  scope: Scope,
  wish: RiskWish,
  page: { after: string | undefined; limit: number },
): Promise<RiskFeature[]> {
  const { after, limit } = page;
  const later = after === undefined ? sql`true` : sql`code > ${after}`;
  const { rows } = await sql<RiskFeature>`select ${columns} from risk_point
    where ${conditionsOf(scope, wish)} and ${later} order by code limit ${limit}`.execute(tx.db);
  return rows;
}

export async function countRisks(tx: Tx, scope: Scope, wish: RiskWish): Promise<number> {
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::int as n from risk_point where ${conditionsOf(scope, wish)}`.execute(tx.db);
  return rows[0]?.n ?? 0;
}

export async function findRiskFeature(tx: Tx, scope: Scope, id: string): Promise<RiskFeature | undefined> {
  const { rows } = await sql<RiskFeature>`select ${columns} from risk_point
    where id = ${id} and retired_at is null and ${seenBy(scope)}`.execute(tx.db);
  return rows[0];
}

export async function listRiskSigns(
  tx: Tx,
  scope: Scope,
  wish: { window: MapWindow; across: number | null; limit: number },
): Promise<RiskSign[]> {
  const { west, south, east, north } = wish.window;
  const inside = sql`from risk_point where retired_at is null and lat > ${south} and lat <= ${north}
    and lon >= ${west} and lon < ${east} and ${seenBy(scope)}`;
  if (wish.across === null) {
    const alone = await sql<RiskSign>`select 1 as n, lon, lat, level, id, kind, state ${inside}
      order by level limit ${wish.limit}`.execute(tx.db);
    return alone.rows;
  }
  const [width, height] = [(east - west) / wish.across, (north - south) / wish.across];
  const { rows } = await sql<RiskSign>`select count(*)::int as n, avg(lon) as lon, avg(lat) as lat, min(level) as level,
      min(id::text) as id, min(kind) as kind, min(state) as state
    ${inside} group by floor((lon - ${west}) / ${width}), floor((${north} - lat) / ${height})
    order by min(level) limit ${wish.limit}`.execute(tx.db);
  return rows;
}
