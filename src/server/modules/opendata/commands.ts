import type { openReleaseRoutes } from '#contract/opendata.ts';
import type { Input, Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { districtOf } from '#server/modules/grids/index.ts';
import { ledgerActor, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import { openRules } from './dictionary.ts';
import { filesOf } from './files.ts';
import { areaToPublish, draftMonth, type Drafted } from './gather.ts';
import type { OpenDataParts } from './parts.ts';
import { insertRelease, lockReleases, type ReleaseRow } from './store.ts';
import { releaseView, type ReleaseView } from './views.ts';

type Publish = (typeof openReleaseRoutes)['publish'];

const refusals: Readonly<Record<Exclude<Drafted['why'], 'ready'>, string>> = {
  month_not_over: 'month: expected a month that is over. Wait for its end.',
  too_soon: 'month: cases of it may still be reopened. Publish it from the day named in readyOn.',
  too_few: 'month: there are too few cases to publish anything of it.',
  overlaps: 'area: an area that overlaps this one has published this month. Two such counts could be subtracted.',
  nothing_changed: 'month: it is published already and nothing changed by enough to be told.',
};

/** Publishes a month of an area, or corrects it: files frozen, their digests in the ledger. @throws AppError not_found, bad_input, version_conflict */
export async function publishMonth(
  parts: OpenDataParts,
  actor: Actor,
  body: Input<Publish>['body'],
): Promise<Output<Publish>> {
  const area = areaToPublish(parts, actor, body.areaCode);
  const op = { opId: body.opId, actor: senderOf(actor), route: 'opendata.publish', request: body };
  return once(parts.database, systemScope, op, async (tx) => {
    await lockReleases(tx);
    const drafted = await draftMonth(parts, tx, { code: area.code, path: area.path, month: body.month });
    if (drafted.digest !== body.digest)
      throw new AppError('version_conflict', 'The cases changed since the preview. Look at it again, then publish.');
    const { release, ledgerId } = await storeMonth(parts, tx, { actor, area, drafted, ...body });
    return { release, at: release.publishedAt, ledgerId };
  });
}

interface Publication {
  actor: Actor;
  area: { code: string; path: readonly string[] };
  month: string;
  drafted: Drafted;
  opId: string;
}

async function storeMonth(
  parts: OpenDataParts,
  tx: Tx,
  { actor, area, month, drafted, opId }: Publication,
): Promise<{ release: ReleaseView; ledgerId: string }> {
  const { why, version, groups, totals } = drafted;
  if (why !== 'ready' || totals === null)
    throw new AppError('bad_input', refusals[why === 'ready' ? 'too_few' : why], { why, readyOn: drafted.readyOn });
  const atMs = parts.clock.now();
  const { code: areaCode, path } = area;
  const row: ReleaseRow = {
    id: uuidV7(atMs),
    areaCode,
    path: [...path],
    district: districtOf(path),
    month,
    version,
    k: openRules().k,
    groups,
    totals,
    publishedAt: new Date(atMs),
    publishedBy: actor.accountId,
  };
  const names = { categories: await parts.categories(), territory: parts.territory };
  const files = filesOf(row, names);
  await insertRelease(tx, row, files);
  const digests = Object.fromEntries(files.map(({ name, sha256 }) => [name, sha256]));
  const ledgerId = await append(tx, {
    actor: ledgerActor(actor),
    action: 'feed.publish',
    subject: { type: 'feed', id: row.id },
    district: row.district,
    atMs,
    audience: row.path.map((code) => `a:${code}`),
    opId,
    data: { areaCode, month, version, k: row.k, groups: groups.length, fixed: totals.fixed, sha256: digests },
  });
  const lines = files.map((one) => ({ ...one, bytes: one.bytes.length }));
  return { release: releaseView(row, lines, names), ledgerId };
}
