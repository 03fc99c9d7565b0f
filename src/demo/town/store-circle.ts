/** The walking network of the demo town, and what the life circle is like on it: measured by the program's own module. */
import { createHash } from 'node:crypto';
import type { Clock } from '#kit/clock.ts';
import { toBytes } from '#engine/network/binary.ts';
import type { Work } from '#server/compute/index.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { FileStore } from '#server/files/file-store.ts';
import { facilitiesOn } from '#server/modules/facilities/store.ts';
import { followStations } from '#server/modules/facilities/follow-stations.ts';
import { openAtMinute } from '#server/modules/facilities/index.ts';
import { standardsFor } from '#server/modules/facilities/standards.ts';
import { listCellRows } from '#server/modules/facilities/store-cells.ts';
import { createTerritory, type LiveTerritory } from '#server/modules/grids/index.ts';
import { systemActor } from '#server/modules/identity/index.ts';
import { addNetwork } from '#server/modules/lifecircle/add-network.ts';
import { codeVersion, createLifecircle } from '#server/modules/lifecircle/index.ts';
import { makeNetwork } from './make-network.ts';
import type { Town } from './make-town.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

/** Keeps the network of the town in the file store. */
export async function storeNetwork(tx: Tx, files: FileStore, town: Town, nowMs: number): Promise<void> {
  const { network, report } = makeNetwork(town.geography);
  const districts = town.geography.areas.flatMap(({ code, tier }) => (tier === 'district' ? [code] : []));
  const wish = {
    bytes: toBytes(network, sha256),
    name: '示范城区步行路网',
    districts,
    source: '示范数据：道路、梯坎、桥、隧道、电梯和扶梯，高程取自虚构的地形',
    report,
    atMs: nowMs,
  };
  await addNetwork(tx, files, wish, systemActor);
}

/** Who walks when, in the runs the demo begins with: first everybody at any time, which others are compared with. */
const demoRuns = [
  { profile: 'adult', at: null },
  { profile: 'elder', at: null },
  { profile: 'adult', at: { weekday: 5, minute: 22 * 60 } },
] as const;

export interface CircleParts {
  database: Database;
  clock: Clock;
  files: FileStore;
}

/**
 * The module of the life circle as the program builds it, but reckoning in this thread: a worker would take longer to begin
 * than the demo takes. `failures` holds what went wrong in the background.
 */
export async function demoLifecircle(parts: CircleParts) {
  const territory = await createTerritory(parts.database);
  const failures: unknown[] = [];
  const lifecircle = createLifecircle({
    ...parts,
    territory,
    facilities: {
      standards: standardsFor,
      listFacilities: facilitiesOn,
      listCells: (tx, { areaCode }) => listCellRows(tx, systemScope, areaCode),
      openAtMinute,
    },
    compute: {
      async run(task, input) {
        const { run } = (await import(task.url.href)) as { run: (input: unknown, work: Work) => never };
        return run(input, { progress: () => undefined, stopIfAsked: () => undefined });
      },
    },
    codeVersion,
    report: (error) => failures.push(error),
  });
  return { lifecircle, territory, failures };
}

/** Measures the districts whose people are known, on what is stored, as the program itself would; answers how many runs. */
export async function measureDemo(
  parts: CircleParts,
  { lifecircle, territory, failures }: Awaited<ReturnType<typeof demoLifecircle>>,
): Promise<number> {
  // Stations are facilities too, and none of them has been followed yet.
  await followStations(parts);
  let runs = 0;
  for (const options of demoRuns)
    for (const code of await peopledDistricts(parts.database, territory)) {
      await lifecircle.measure(code, options, systemActor);
      await lifecircle.idle();
      runs++;
    }
  if (failures.length > 0) throw failures[0];
  return runs;
}

/** Districts of which population cells are known. */
export function peopledDistricts(database: Database, territory: LiveTerritory): Promise<string[]> {
  const districts = territory.children(territory.city().code).map(({ code }) => code);
  return database.read(systemScope, async (tx) => {
    const found = [];
    for (const code of districts) if ((await listCellRows(tx, systemScope, code)).length > 0) found.push(code);
    return found;
  });
}
