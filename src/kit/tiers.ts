/** The tiers of the territory, from the top down. */
export const tiers = ['city', 'district', 'street', 'community', 'grid', 'micro_grid'] as const;
export type Tier = (typeof tiers)[number];

/** Tiers at which an event can lie on somebody's desk. */
export const deskTiers = ['city', 'district', 'street', 'community'] as const;
export type DeskTier = (typeof deskTiers)[number];

/** True when `a` stands above `b`. */
export function isAbove(a: Tier, b: Tier): boolean {
  return tiers.indexOf(a) < tiers.indexOf(b);
}
