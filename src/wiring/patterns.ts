import { patternRoutes } from '#contract/patterns.ts';
import { createComputePool, type ComputePool } from '#server/compute/index.ts';
import { mount } from '#server/http/mount.ts';
import { createPatterns, patternRules, type Patterns } from '#server/modules/patterns/index.ts';
import type { Joined, Parts } from './parts.ts';

/** Patterns: routes, and what the night and every hour reckon in the pool of workers. */
export function joinPatterns(
  { app, database, clock, territory, events, identity, doors }: Parts,
  shared: { compute: ComputePool },
): Joined & { patterns: Patterns } {
  const stopping = new AbortController();
  // A worker of its own: what the night or the life circle reckons for minutes keeps nobody waiting at a page.
  const compute = createComputePool({ size: 1 });
  const patterns = createPatterns({
    database,
    clock,
    territory,
    compute,
    nightCompute: { run: (task, input) => shared.compute.run(task, input, { signal: stopping.signal }) },
    rules: patternRules(),
    library: () => events.dictionary.get(),
    names: identity.queries.namesOf,
  });
  mount(app, patternRoutes, patterns.handlers, doors);
  // Nothing was reckoned yet (a new installation, the demo): begun at once, beside everything else.
  const first = patterns.reckonFirst().catch((error: unknown) => {
    if (!stopping.signal.aborted)
      app.log.warn({ err: error }, 'The first patterns could not be reckoned; the night tries again.');
  });
  return {
    patterns,
    jobs: [
      {
        name: 'patterns.night',
        cron: '50 0 * * *',
        expireS: 3600,
        run: () => patterns.reckonNight().then(() => undefined),
      },
      {
        name: 'patterns.hour',
        cron: '7 1-23 * * *',
        expireS: 1800,
        run: () => patterns.reckonHour().then(() => undefined),
      },
    ],
    stop: async () => {
      stopping.abort(new Error('The program ends.'));
      await compute.close();
      await first;
    },
  };
}
