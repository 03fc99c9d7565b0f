import type { Permission } from '#contract/route.ts';
import { systemScope, type Scope } from '#server/db/scope.ts';
import type { Actor, Grant } from './rules.ts';

/** What the database may show this actor: the areas and units of every appointment that lets them read events. */
export function scopeOf(actor: Actor): Scope {
  if (actor.kind === 'system') return systemScope;
  const readers = actor.grants.filter((grant) => grant.permissions.has('event.read'));
  return {
    seeAll: false,
    areas: [...new Set(readers.flatMap((grant) => (grant.areaCode === null ? [] : [grant.areaCode])))],
    units: [...new Set(readers.map((grant) => grant.unitId))],
    accountId: actor.accountId,
  };
}

/**
 * What the database may show this actor under one word: the areas and units of the appointments that carry it. Nothing at
 * all for an actor without the word, and for a token that was not given it.
 */
export function scopeFor(actor: Actor, permission: Permission): Scope {
  if (actor.kind === 'system') return systemScope;
  const allowed = actor.limitedTo === null || actor.limitedTo.has(permission);
  const carriers = allowed ? actor.grants.filter((grant) => grant.permissions.has(permission)) : [];
  const restricted = restrictedAreas(actor, carriers);
  return {
    seeAll: false,
    areas: [...new Set(carriers.flatMap(({ areaCode }) => areaCode ?? []))],
    units: [...new Set(carriers.map(({ unitId }) => unitId))],
    accountId: carriers.length === 0 ? null : actor.accountId,
    ...(restricted.length === 0 ? {} : { restricted }),
  };
}

/** The areas of those of these appointments that carry care.restricted beside the word. */
function restrictedAreas(actor: Actor, carriers: readonly Grant[]): string[] {
  if (actor.limitedTo !== null && !actor.limitedTo.has('care.restricted')) return [];
  const special = carriers.filter(({ permissions }) => permissions.has('care.restricted'));
  return [...new Set(special.flatMap(({ areaCode }) => areaCode ?? []))];
}
