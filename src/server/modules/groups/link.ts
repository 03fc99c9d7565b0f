import type { LiveTerritory } from '#server/modules/grids/index.ts';
import type { Vault } from '#server/vault/vault.ts';
import type { GroupRow } from './store-group.ts';

/** The secret of a joining link: derived from the group and its round, so it can be printed again and is stored nowhere. */
export function linkSecret(vault: Vault, group: Pick<GroupRow, 'id' | 'linkRound'>): string {
  return vault.deriveSecret(`${group.id}:${group.linkRound}`, 'group-link');
}

/** The key of a member's browser, told again to whoever repeats their own joining. */
export function memberKeyFor(vault: Vault, personId: string): string {
  return vault.deriveSecret(personId, 'group-member');
}

/** The organisation that keeps a group and in whose name staff speak there: never a person. */
export function keptBy(territory: Pick<LiveTerritory, 'receiverOf' | 'area'>, areas: readonly string[]): string {
  const community = areas.find((code) => territory.area(code)?.tier === 'community') ?? areas.at(-1);
  return community === undefined ? '' : (territory.receiverOf(community)?.name ?? '');
}
