/** Facilities, idle rooms and cells stay where they are; which area that is may change with the territory. */
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { districtOf, followAreas } from '#server/modules/grids/index.ts';
import { systemActor } from '#server/modules/identity/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import type { FacilitiesParts } from './parts.ts';
import { tell } from './record.ts';
import { findCell, listCellPlaces, moveCell } from './store-cells.ts';
import { findIdle, listIdleRows, saveIdle } from './store-idle.ts';
import { findFacility, listFacilityRows, saveFacilities } from './store.ts';

const placeOf = (to: { code: string; path: readonly string[] }) => ({
  areaCode: to.code,
  path: [...to.path],
  district: districtOf(to.path),
});

/** Makes what a ticker calls; answers how much moved. Stations among the facilities follow their stations instead. */
export function followFacilityAreas(parts: FacilitiesParts): () => Promise<number> {
  const { clock } = parts;
  const facilities = followAreas(parts, {
    list: async (tx) =>
      (await listFacilityRows(tx, { scope: systemScope, filter: {} })).filter(({ source }) => source !== 'station'),
    async move(tx, { id, areaCode }, to) {
      const row = await findFacility(tx, systemScope, id, true);
      if (row === undefined || row.areaCode !== areaCode) return false;
      const moved = { ...row, ...placeOf(to), version: row.version + 1 };
      await saveFacilities(tx, [moved], clock.now());
      const data = { from: areaCode, to: to.code };
      await tell(tx, 'facility.move', moved, { actor: systemActor, atMs: clock.now(), data });
      return true;
    },
  });
  const idle = followAreas(parts, {
    list: (tx) => listIdleRows(tx, systemScope),
    async move(tx, { id, areaCode }, to) {
      const row = await findIdle(tx, systemScope, id, true);
      if (row === undefined || row.areaCode !== areaCode) return false;
      const moved = await saveIdle(tx, { ...row, ...placeOf(to) });
      const data = { from: areaCode, to: to.code };
      await tell(tx, 'idle_resource.move', moved, { actor: systemActor, atMs: clock.now(), data });
      return true;
    },
  });
  const cells = followAreas(parts, { list: listCellPlaces, move: (tx, row, to) => moveOne(parts, tx, row, to) });
  return async () => (await facilities()) + (await idle()) + (await cells());
}

/** `id` is the cell's code. */
async function moveOne(
  { clock }: FacilitiesParts,
  tx: Tx,
  { id, areaCode }: { id: string; areaCode: string },
  to: { code: string; path: readonly string[] },
): Promise<boolean> {
  if ((await findCell(tx, id))?.areaCode !== areaCode) return false;
  const place = placeOf(to);
  await moveCell(tx, { code: id, ...place });
  await append(tx, {
    actor: { kind: 'system', accountId: null },
    action: 'population.move',
    subject: { type: 'area', id: to.code },
    district: place.district,
    atMs: clock.now(),
    data: { cell: id, from: areaCode, to: to.code },
    audience: place.path.map((code) => `a:${code}`),
  });
  return true;
}
