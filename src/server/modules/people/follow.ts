import { systemScope } from '#server/db/scope.ts';
import { districtOf, followAreas } from '#server/modules/grids/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import type { PeopleParts } from './queries.ts';
import { listCarePlaces, moveCare } from './store.ts';

/** People in care follow the areas after a split or merge; called every few seconds. Answers how many moved. */
export function followCare(parts: PeopleParts): () => Promise<number> {
  return followAreas(parts, {
    scope: { ...systemScope, restricted: '*' },
    list: listCarePlaces,
    async move(tx, row, { code, path }) {
      const atMs = parts.clock.now();
      const to = { areaCode: code, path, district: districtOf(path) };
      const moved = await moveCare(tx, row, to, atMs);
      if (moved === undefined) return false;
      await append(tx, {
        actor: { kind: 'system', accountId: null },
        action: 'care.move',
        subject: { type: 'care_person', id: row.id },
        district: to.district,
        atMs,
        data: moved.restricted ? {} : { from: row.areaCode, to: code },
        audience: moved.restricted ? [] : path.map((area) => `a:${area}`),
      });
      return true;
    },
  });
}
