import { systemScope } from '#server/db/scope.ts';
import { districtOf, followAreas } from '#server/modules/grids/index.ts';
import { systemActor } from '#server/modules/identity/index.ts';
import type { StationsParts } from './parts.ts';
import { tell } from './record.ts';
import { findStation, listStationRows, saveStation } from './store.ts';

/** Stations stay where they stand; which area that is may change. Answers how many moved. */
export function followStations({ database, territory, clock }: StationsParts): () => Promise<number> {
  return followAreas(
    { database, territory },
    {
      list: (tx) => listStationRows(tx, systemScope),
      async move(tx, { id, areaCode }, to) {
        const station = await findStation(tx, systemScope, id, true);
        if (station === undefined || station.areaCode !== areaCode) return false;
        const place = { areaCode: to.code, path: [...to.path], district: districtOf(to.path) };
        const row = await saveStation(tx, { ...station, ...place });
        await tell(tx, 'station.move', row, {
          actor: systemActor,
          atMs: clock.now(),
          data: { from: areaCode, to: to.code },
        });
        return true;
      },
    },
  );
}
