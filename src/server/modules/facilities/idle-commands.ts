/** Changes of idle resources: once per opId, the row locked, each with its line. */
import type { idleRoutes } from '#contract/idle.ts';
import type { Input, Output } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { systemScope } from '#server/db/scope.ts';
import { senderOf, type Actor } from '#server/modules/identity/index.ts';
import { once } from '#server/modules/ledger/index.ts';
import { changeRow, type Work } from './change.ts';
import { classOf, idleOwners } from './dictionary.ts';
import { readIdleDetail } from './idle-queries.ts';
import type { FacilitiesParts } from './parts.ts';
import { assertMayKeep, noIdle, placeOf } from './place.ts';
import { idleFacts, idleWords, tell } from './record.ts';
import {
  findIdle,
  insertIdle,
  insertIdlePhoto,
  listIdlePhotos,
  nextIdleCode,
  removeIdlePhoto,
  saveIdle,
  type IdleRow,
} from './store-idle.ts';

type Routes = typeof idleRoutes;
type Saved = Output<Routes['edit']>;
type Facts = Omit<Input<Routes['create']>['body'], 'opId'>;

const photoLimit = 8;

/** @throws AppError bad_input for a word no dictionary has */
function assertFacts({ uses, ownerKind }: Facts): void {
  for (const use of uses) classOf(use, 'uses');
  if (!idleOwners().has(ownerKind))
    throw new AppError(
      'bad_input',
      `ownerKind: expected one of ${[...idleOwners().keys()].join(', ')}, found ${ownerKind}.`,
      {
        field: 'ownerKind',
      },
    );
}

async function view(parts: FacilitiesParts, actor: Actor, { tx, row }: Pick<Work<IdleRow>, 'tx' | 'row'>) {
  return { idle: await readIdleDetail(parts, tx, actor, row) };
}

const kind = { name: 'idle_resource', find: findIdle, none: noIdle, view } as const;

/** Adds an idle room or piece of land. @throws AppError not_allowed outside the actor's areas, bad_input */
export async function createIdle(
  parts: FacilitiesParts,
  actor: Actor,
  { opId, ...facts }: Input<Routes['create']>['body'],
): Promise<Saved> {
  assertFacts(facts);
  const place = placeOf(parts, facts);
  assertMayKeep(actor, place);
  const op = { opId, actor: senderOf(actor), route: 'idle_resource.create', request: facts };
  return once(parts.database, systemScope, op, async (tx) => {
    const nowMs = parts.clock.now();
    const row: IdleRow = {
      id: uuidV7(nowMs),
      code: await nextIdleCode(tx, place.district),
      ...facts,
      uses: [...new Set(facts.uses)],
      ...place,
      state: 'idle',
      reservedFor: null,
      version: 1,
    };
    await insertIdle(tx, row, nowMs);
    const line = { actor, atMs: nowMs, opId, data: idleFacts(row), words: idleWords(row) };
    const ledgerId = await tell(tx, 'idle_resource.create', row, line);
    return { ...(await view(parts, actor, { tx, row })), at: toIso(nowMs), ledgerId };
  });
}

/** @throws AppError not_found, version_conflict, bad_input, not_allowed */
export async function editIdle(
  parts: FacilitiesParts,
  actor: Actor,
  id: string,
  body: Input<Routes['edit']>['body'],
): Promise<Saved> {
  const { opId, version: _seen, ...facts } = body;
  assertFacts(facts);
  return changeRow(kind, { parts, actor }, { id, verb: 'edit', body }, async ({ tx, row: before, nowMs }) => {
    const moved = facts.lon !== before.lon || facts.lat !== before.lat;
    const place = moved ? placeOf(parts, facts) : {};
    if (moved) assertMayKeep(actor, { path: before.path, ...place });
    const row = await saveIdle(tx, { ...before, ...facts, uses: [...new Set(facts.uses)], ...place });
    const data = { from: idleFacts(before), to: idleFacts(row) };
    const line = { actor, atMs: nowMs, opId, data, words: idleWords(row) };
    return { row, ledgerId: await tell(tx, 'idle_resource.edit', row, line) };
  });
}

/** Takes it off the ledger of idle rooms, or puts it back; its history stays. @throws AppError not_found, version_conflict, in_use */
export async function withdrawIdle(
  parts: FacilitiesParts,
  actor: Actor,
  { id, back }: { id: string; back: boolean },
  body: Input<Routes['withdraw']>['body'],
): Promise<Saved> {
  const [from, to] = back ? (['withdrawn', 'idle'] as const) : (['idle', 'withdrawn'] as const);
  return changeRow(
    kind,
    { parts, actor },
    { id, verb: back ? 'return' : 'withdraw', body },
    async ({ tx, row: before, nowMs }) => {
      if (before.state !== from)
        throw new AppError(
          'in_use',
          `state: expected ${from}, found ${before.state}. A room a project holds is given back by the project first.`,
          {
            state: before.state,
          },
        );
      const row = await saveIdle(tx, { ...before, state: to });
      const action = back ? 'idle_resource.return' : 'idle_resource.withdraw';
      const line = { actor, atMs: nowMs, opId: body.opId, data: { from, to }, words: { reason: body.reason } };
      return { row, ledgerId: await tell(tx, action, row, line) };
    },
  );
}

/** Shows a picture that was uploaded before. @throws AppError not_found, bad_input when it is unknown or somebody else's */
export async function addIdlePhoto(
  parts: FacilitiesParts,
  actor: Actor,
  id: string,
  body: Input<Routes['addPhoto']>['body'],
): Promise<Saved> {
  const { opId, photo, alt } = body;
  return changeRow(kind, { parts, actor }, { id, verb: 'photo', body }, async ({ tx, row, nowMs }) => {
    if ((await listIdlePhotos(tx, [id])).length >= photoLimit)
      throw new AppError('bad_input', `photo: expected at most ${photoLimit} pictures; take one off first.`, {
        field: 'photo',
      });
    await parts.events.photos.claimFor(tx, { subjectType: 'idle_resource', subjectId: id, claims: [photo], actor });
    await insertIdlePhoto(tx, { id: photo.id, idleId: id, alt });
    const line = { actor, atMs: nowMs, opId, data: { photoId: photo.id }, words: { alt } };
    return { row, ledgerId: await tell(tx, 'idle_resource.photo', row, line) };
  });
}

/** @throws AppError not_found */
export async function takeIdlePhotoOff(
  parts: FacilitiesParts,
  actor: Actor,
  { id, photoId }: { id: string; photoId: string },
  body: { opId: string },
): Promise<Saved> {
  const wish = { id, verb: 'remove_photo', body: { ...body, photoId } };
  return changeRow(kind, { parts, actor }, wish, async ({ tx, row, nowMs }) => {
    if (!(await removeIdlePhoto(tx, { id: photoId, idleId: id, atMs: nowMs })))
      throw new AppError('not_found', 'This picture is not shown any more. Load the page again.');
    const line = { actor, atMs: nowMs, opId: body.opId, data: { photoId } };
    return { row, ledgerId: await tell(tx, 'idle_resource.remove_photo', row, line) };
  });
}
