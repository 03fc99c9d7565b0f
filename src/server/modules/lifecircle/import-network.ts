/** A network a person uploads at the desk: the bytes the command line wrote, or a file of OpenStreetMap that is built here. */
import { gunzipSync } from 'node:zlib';
import type { Input, Output } from '#contract/route.ts';
import type { lifecircleRoutes } from '#contract/lifecircle.ts';
import { toBytes } from '#engine/network/binary.ts';
import type { BuildReport } from '#engine/network/build.ts';
import { AppError } from '#kit/errors.ts';
import { toIso } from '#kit/clock.ts';
import { systemScope } from '#server/db/scope.ts';
import { grantsFor, type Actor } from '#server/modules/identity/index.ts';
import { addNetwork } from './add-network.ts';
import { buildTask } from './build-task.ts';
import { sha256 } from './networks.ts';
import type { LifecircleParts } from './parts.ts';
import { absentArea } from './reach.ts';
import { networkView } from './views.ts';

type Route = (typeof lifecircleRoutes)['addNetwork'];

/** @throws AppError not_found for a district that is not the actor's to plan; upload_refused for bytes that are no network */
export function importNetwork(parts: LifecircleParts) {
  return async (actor: Actor, query: Input<Route>['query'], body: Uint8Array): Promise<Output<Route>> => {
    for (const code of query.districts) assertDistrict(parts, actor, code);
    if (query.districts.length === 0)
      throw new AppError('bad_input', 'districts: expected the codes of one district or more, found none.', {
        field: 'districts',
      });
    const made = await toNetwork(parts, body);
    const atMs = parts.clock.now();
    return parts.database.inTx(systemScope, async (tx) => {
      const { network, same } = await addNetwork(tx, parts.files, { ...query, ...made, atMs }, actor);
      return { network: networkView(network), same, at: toIso(atMs) };
    });
  };
}

function assertDistrict({ territory }: LifecircleParts, actor: Actor, code: string): void {
  const area = territory.area(code);
  const may = area?.tier === 'district' && grantsFor(actor, 'circle.plan', { path: area.path, units: [] }).length > 0;
  if (!may) throw absentArea();
}

/** As the first four bytes of our own files read. */
const ownMagic = 'HGWN';

async function toNetwork(
  { compute }: LifecircleParts,
  body: Uint8Array,
): Promise<{ bytes: Uint8Array; report?: BuildReport }> {
  const file = body[0] === 0x1f && body[1] === 0x8b ? unpacked(body) : body;
  const head = Buffer.from(file.subarray(0, 4)).toString('latin1');
  if (head === ownMagic) return { bytes: Uint8Array.from(file) };
  const built = await compute.run(buildTask, { file });
  if ('refused' in built) throw new AppError('upload_refused', built.refused);
  return { bytes: toBytes(built.network, sha256), report: built.report };
}

function unpacked(body: Uint8Array): Uint8Array {
  try {
    return gunzipSync(body, { maxOutputLength: 1024 * 1024 * 1024 });
  } catch {
    throw new AppError('upload_refused', 'Expected a whole .gz file, found a broken one. Send it again.');
  }
}
