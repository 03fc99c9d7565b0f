import { sql, type RawBuilder } from 'kysely';
import type { Tier } from '#kit/tiers.ts';
import type { Territory } from '#server/modules/grids/index.ts';
import { scopeOf, type Actor } from '#server/modules/identity/index.ts';

/** A condition on the table event, under its alias e. */
export type Condition = RawBuilder<boolean>;

/** What an actor may see, as conditions the query layer writes into every read. Row-level security stands underneath. */
export interface Sight {
  seeAll: boolean;
  /** Areas of the actor's appointments, none inside another. */
  areas: { tier: Tier; code: string; path: readonly string[] }[];
  units: readonly string[];
  accountId: string | null;
}

export function sightOf(territory: Territory, actor: Actor): Sight {
  const scope = scopeOf(actor);
  const known = scope.areas.flatMap((code) => territory.area(code) ?? []);
  const outer = known.filter(
    (area) => !known.some((other) => other.code !== area.code && area.path.includes(other.code)),
  );
  return {
    seeAll: scope.seeAll,
    areas: outer.map(({ tier, code, path }) => ({ tier, code, path })),
    units: scope.units,
    accountId: scope.accountId,
  };
}

/** Equality on the column of the area's own tier, so that its index serves. Micro-grids are kept as their grid. */
export function inArea(area: { tier: Tier; code: string }): Condition {
  switch (area.tier) {
    case 'city':
      return sql`e.city = ${area.code}`;
    case 'district':
      return sql`e.district = ${area.code}`;
    case 'street':
      return sql`e.street = ${area.code}`;
    case 'community':
      return sql`e.community = ${area.code}`;
    case 'grid':
      return sql`e.grid = ${area.code}`;
    case 'micro_grid':
      return sql`e.grid = ${area.code.slice(0, 15)}`;
  }
}

export const never: Condition = sql`false`;
export const always: Condition = sql`true`;

export function allOf(conditions: readonly Condition[]): Condition {
  return conditions.length === 0
    ? always
    : sql`${sql.join(
        conditions.map((one) => sql`(${one})`),
        sql` and `,
      )}`;
}

export function anyOf(conditions: readonly Condition[]): Condition {
  return conditions.length === 0
    ? never
    : sql`${sql.join(
        conditions.map((one) => sql`(${one})`),
        sql` or `,
      )}`;
}

/** The whole sight as one condition: for reads that are driven by something narrower. */
export function seen(sight: Sight): Condition {
  if (sight.seeAll) return always;
  return anyOf([
    ...sight.areas.map(inArea),
    ...(sight.units.length === 0
      ? []
      : [
          sql<boolean>`e.owner_unit_id = any(${uuids(sight.units)})`,
          sql<boolean>`exists (select 1 from task t where t.event_id = e.id and t.unit_id = any(${uuids(sight.units)}))`,
        ]),
    ...(sight.accountId === null
      ? []
      : [
          sql<boolean>`exists (select 1 from event_reporter r where r.event_id = e.id and r.account_id = ${sight.accountId})`,
        ]),
  ]);
}

export function uuids(ids: readonly string[]): RawBuilder<string[]> {
  return sql`${[...ids]}::uuid[]`;
}
