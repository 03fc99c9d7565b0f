import { rehearsalRoutes } from '#contract/rehearsals.ts';
import type { ComputePool } from '#server/compute/index.ts';
import { mount } from '#server/http/mount.ts';
import type { Joined, Parts } from './parts.ts';

/** Rehearsals of rules: their clocks are replayed in the pool of workers. */
export async function joinRehearsals({ app, events, doors }: Parts, compute: ComputePool): Promise<Joined> {
  mount(app, rehearsalRoutes, events.rehearsalHandlers, doors);
  await events.rehearsals.resume(compute, (error) =>
    app.log.error({ err: error }, 'A rehearsal of rules failed; it can be begun again.'),
  );
  return { stop: () => events.rehearsals.close() };
}
