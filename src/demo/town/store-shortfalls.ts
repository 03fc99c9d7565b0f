/** Both lists of the demo: made by the program's own command from what was measured, so that every number is reckoned. */
import { uuidV7 } from '#kit/ids.ts';
import { openAtMinute } from '#server/modules/facilities/index.ts';
import { standardsFor } from '#server/modules/facilities/standards.ts';
import { listIdleRows } from '#server/modules/facilities/store-idle.ts';
import { facilitiesOn } from '#server/modules/facilities/store.ts';
import { systemScope } from '#server/db/scope.ts';
import { systemActor } from '#server/modules/identity/index.ts';
import { createNeeds } from '#server/modules/needs/index.ts';
import { circlePort, createShortfalls, facilitiesPort } from '#server/modules/shortfalls/index.ts';
import { peopledDistricts, type CircleParts, type demoLifecircle } from './store-circle.ts';

/** Makes the lists of every district that was measured; answers how many lines they have. */
export async function produceDemo(
  { database, clock }: CircleParts,
  { lifecircle, territory }: Awaited<ReturnType<typeof demoLifecircle>>,
): Promise<number> {
  const names = async () => new Map<string, string>();
  const needs = createNeeds({ database, territory, clock, names });
  const shortfalls = createShortfalls({
    database,
    territory,
    clock,
    names,
    needs: needs.queries,
    circle: circlePort(lifecircle),
    facilities: facilitiesPort({
      standards: standardsFor,
      listFacilities: facilitiesOn,
      listIdle: (tx, wish) => listIdleRows(tx, systemScope, { area: wish?.areaCode }),
      openAtMinute,
    }),
  });
  let lines = 0;
  for (const areaCode of await peopledDistricts(database, territory)) {
    const body = { opId: uuidV7(clock.now()), areaCode };
    const { problems, demands } = await shortfalls.handlers.produce(
      { params: {}, query: {}, body },
      { actor: systemActor },
    );
    lines += problems.added + demands.added;
  }
  return lines;
}
