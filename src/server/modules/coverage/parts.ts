import type { Clock } from '#kit/clock.ts';
import type { Database } from '#server/db/pool.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';
import type { Vault } from '#server/vault/vault.ts';

/** Distinct residents in online groups, by grid code. */
export type MembersByGrid = (areas: readonly string[]) => Promise<ReadonlyMap<string, { members: number }>>;

export interface CoverageParts {
  database: Database;
  territory: LiveTerritory;
  vault: Vault;
  clock: Clock;
  membersByGrid: MembersByGrid;
}

export const dayMs = 86_400_000;
