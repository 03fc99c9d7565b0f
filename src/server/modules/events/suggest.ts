import { isAbove, type Tier } from '#kit/tiers.ts';

interface SuggestedUnit {
  id: string;
  roleCode: string;
  tier: Tier;
}

/**
 * Whom the level library suggests at this desk. Once an event was pushed above the tier the library gives it to, the
 * lead of that tier has shown that it cannot: then the first of the usual assists that stands at the desk's own tier
 * leads. A unit that returned this event is not suggested again; it stays in the list for whoever knows better.
 * Pure; ties by the order of `units`.
 */
export function suggestUnits(
  rule: { tier: Tier; leadRole: string; assistRoles: readonly string[] },
  desk: Tier,
  returnedBy: ReadonlySet<string>,
  units: readonly SuggestedUnit[],
): Map<string, 'lead' | 'assist'> {
  const found = new Map<string, 'lead' | 'assist'>();
  const able = units.filter((unit) => !returnedBy.has(unit.id));
  const roles = isAbove(desk, rule.tier) ? rule.assistRoles : [rule.leadRole];
  const atDesk = (unit: SuggestedUnit): boolean => !isAbove(desk, rule.tier) || unit.tier === desk;
  const lead = roles.map((role) => able.find((unit) => unit.roleCode === role && atDesk(unit))).find((unit) => unit);
  if (lead !== undefined) found.set(lead.id, 'lead');
  for (const unit of able) {
    if (!found.has(unit.id) && rule.assistRoles.includes(unit.roleCode)) found.set(unit.id, 'assist');
  }
  return found;
}
