import { deskTiers, type DeskTier } from '#kit/tiers.ts';
import type { ClientOutput } from '#contract/route.ts';
import type { gridsRoutes } from '#contract/grids.ts';

type Unit = ClientOutput<typeof gridsRoutes.units>['items'][number];

/** Desks below the event's present one on its own path, nearest first: whom the server accepts for `delegate`. */
export function desksBelow(
  event: { tier: DeskTier; district: string | null; street: string | null; community: string | null },
  units: readonly Unit[],
): Unit[] {
  return deskTiers.slice(deskTiers.indexOf(event.tier) + 1).flatMap((tier) => {
    const code = tier === 'city' ? null : event[tier];
    const desk = units.find(
      (unit) =>
        unit.areaCode === code &&
        unit.tier === tier &&
        unit.retiredAt === null &&
        (unit.kind === 'centre' || unit.kind === 'committee'),
    );
    return desk === undefined ? [] : [desk];
  });
}
