import { lifecircleRoutes } from '#contract/lifecircle.ts';
import { judgeShift } from '#engine/network/offset.ts';
import { createComputePool, type ComputePool } from '#server/compute/index.ts';
import { mount } from '#server/http/mount.ts';
import { mountUpload } from '#server/http/uploads.ts';
import type { Facilities } from '#server/modules/facilities/index.ts';
import { codeVersion, createLifecircle, type Lifecircle } from '#server/modules/lifecircle/index.ts';
import type { Joined, Parts } from './parts.ts';

/** The life circle measured: walking networks, runs in the background, what they say. */
export async function joinLifecircle(
  { app, database, territory, clock, files, doors }: Parts,
  facilities: Facilities,
): Promise<Joined & { lifecircle: Lifecircle; compute: ComputePool }> {
  const compute = createComputePool();
  const lifecircle = createLifecircle({
    database,
    territory,
    clock,
    files,
    facilities: facilities.queries,
    compute,
    codeVersion,
    report: (error) => app.log.error({ err: error }, 'A measurement of the life circle failed; it can be begun again.'),
  });
  mount(app, lifecircleRoutes, lifecircle.handlers, doors);
  mountUpload(app, lifecircleRoutes.addNetwork, doors, (ctx, query, body) =>
    lifecircle.importNetwork(ctx.actor, query, body),
  );
  facilities.useStreets(async (areaCode, points) => {
    const network = await lifecircle.network(areaCode);
    if (network === undefined) return undefined;
    const { verdict, shiftM } = judgeShift(points, network.snapper);
    return { isShifted: verdict === 'shifted', shiftM };
  });
  await lifecircle.resume();
  return {
    lifecircle,
    compute,
    jobs: [
      {
        name: 'circle.measure',
        cron: '20 3 * * *',
        expireS: 3600,
        run: () => lifecircle.measureNightly().then(() => undefined),
      },
    ],
    stop: async () => {
      await lifecircle.close();
      await compute.close();
    },
  };
}
