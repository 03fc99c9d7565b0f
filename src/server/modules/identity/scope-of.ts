import { systemScope, type Scope } from '#server/db/scope.ts';
import type { Actor } from './rules.ts';

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
