import { isAppError } from '#kit/errors.ts';
import { systemScope } from '#server/db/scope.ts';
import { systemActor } from '#server/modules/identity/index.ts';
import { measure, type MeasureParts } from './measure.ts';
import { listNetworks } from './store-network.ts';

/** Who is measured every night. */
const walkers = ['adult', 'elder'] as const;

/**
 * Measures every district that has a network and people, on what there is now. Where nothing changed since the last run, that
 * run stands and no line is written. Answers how many runs were looked at.
 */
export async function measureNightly(parts: MeasureParts): Promise<number> {
  const networks = await parts.database.read(systemScope, (tx) => listNetworks(tx));
  const districts = new Set(networks.flatMap((network) => network.districts));
  let looked = 0;
  for (const code of districts)
    for (const profile of walkers)
      try {
        await measure(parts, code, { profile }, systemActor);
        await parts.runner.idle();
        looked++;
      } catch (error) {
        // A district whose people are not known yet, or that was dissolved, is none to measure.
        if (!isAppError(error, 'in_use') && !isAppError(error, 'not_found')) throw error;
      }
  return looked;
}
