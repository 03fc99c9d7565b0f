import { sql } from 'kysely';
import { systemScope } from '#server/db/scope.ts';
import { districtOf } from '#server/modules/grids/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import type { CoverageParts } from './parts.ts';

/**
 * Households lie under an area, not at a position: when theirs is retired they go to the nearest area above that is in use,
 * where the list shows them until somebody says which grid they belong to. Looks only after the territory has changed.
 * Answers how many moved.
 */
export function followHouseholds({ database, territory, clock }: CoverageParts): () => Promise<number> {
  let before: unknown;
  return async () => {
    const maps = territory.maps();
    if (maps === before) return 0;
    let moved = 0;
    for (const area of maps.areas.values()) {
      if (area.retiredAt === null) continue;
      const to = area.path
        .toReversed()
        .map((code) => maps.areas.get(code))
        .find((one) => one?.retiredAt === null);
      if (to === undefined) continue;
      moved += await database.inTx(systemScope, async (tx) => {
        const atMs = clock.now();
        const found = await sql`update household set area_code = ${to.code}, path = ${[...to.path]},
            district = ${districtOf(to.path)}, updated_at = ${new Date(atMs)}, version = version + 1
          where area_code = ${area.code} and retired_at is null`.execute(tx.db);
        const count = Number(found.numAffectedRows ?? 0);
        if (count === 0) return 0;
        await append(tx, {
          actor: { kind: 'system', accountId: null },
          action: 'household.move',
          subject: { type: 'area', id: to.code },
          district: districtOf(to.path),
          atMs,
          data: { from: area.code, to: to.code, count },
          audience: to.path.map((code) => `a:${code}`),
        });
        return count;
      });
    }
    before = maps;
    return moved;
  };
}
