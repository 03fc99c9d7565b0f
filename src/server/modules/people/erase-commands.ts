import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { grantsFor, ledgerActor, scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import type { Work } from './commands.ts';
import { eraseGrounds } from './erase-grounds.ts';
import {
  countKept,
  countOwn,
  emptyPerson,
  eraseWords,
  findTarget,
  type ErasablePart,
  type EraseTarget,
} from './erase-store.ts';

/** Told by a module above: what it keeps about a person in care, and how to take it away. */
export interface Erasable {
  /** Name of the module. */
  name: string;
  /** What there is, by kind; nothing of which there is none. Changes nothing. */
  count(tx: Tx, personId: string): Promise<readonly ErasablePart[]>;
  /** What will stay all the same because it is a matter of its own, by kind. */
  keeps?(tx: Tx, personId: string): Promise<readonly ErasablePart[]>;
  /** Takes away what tells who it was; ids, times and counts may stay. In the transaction of the erasure, after its line. */
  erase(tx: Tx, personId: string): Promise<void>;
}

type HeldPart = ErasablePart & { holder: string };

/** What an erasure would take and leave. @throws AppError not_found */
export async function planErasure(
  tx: Tx,
  actor: Actor,
  id: string,
  erasables: readonly Erasable[],
): Promise<{ target: EraseTarget; gone: HeldPart[]; stays: HeldPart[] }> {
  const target = await findErasable(tx, actor, id, false);
  const gone = target.erasedAt === null ? await countAll(tx, id, erasables) : [];
  const kept = await countKept(tx, id);
  const stays = kept.map((part) => ({ ...part, holder: part.kind === 'files' ? 'people' : 'ledger' }));
  for (const { name, keeps } of erasables)
    stays.push(...((await keeps?.(tx, id)) ?? []).map((part) => ({ ...part, holder: name })));
  return { target, gone, stays };
}

/**
 * Takes everything that tells who a person was, here and in the modules above, for good. The line names the id, the
 * ground and how much went.
 * @throws AppError not_found, version_conflict, bad_input for an unknown ground, in_use when erased already
 */
export async function erasePerson(
  work: Work,
  id: string,
  wish: { version: number; ground: string; reason: string },
  erasables: readonly Erasable[],
): Promise<{ gone: HeldPart[]; ledgerId: string }> {
  const target = await findErasable(work.tx, work.actor, id, true);
  if (target.erasedAt !== null)
    throw new AppError('in_use', 'This person was erased already: nothing is left to take.', { id });
  if (target.version !== wish.version)
    throw new AppError(
      'version_conflict',
      `You saw version ${wish.version}, it is now ${target.version}. Try it again first.`,
      {
        expected: wish.version,
        found: target.version,
      },
    );
  if (!eraseGrounds().has(wish.ground))
    throw new AppError('bad_input', `ground: expected one of ${[...eraseGrounds().keys()].join(', ')}.`, {
      field: 'ground',
    });
  const gone = await countAll(work.tx, id, erasables);
  const ledgerId = await append(work.tx, {
    actor: ledgerActor(work.actor),
    action: 'care.erase',
    subject: { type: 'care_person', id },
    district: target.district,
    atMs: work.atMs,
    data: { ...(target.restricted ? {} : { areaCode: target.areaCode }), ground: wish.ground, gone },
    words: { reason: wish.reason },
    audience: target.restricted ? [] : target.path.map((code) => `a:${code}`),
    opId: work.opId,
  });
  for (const one of erasables) await one.erase(work.tx, id);
  await emptyPerson(work.tx, id, work.vault.seal('', 'care_person.name'), work.atMs);
  await eraseWords(work.tx, id);
  return { gone, ledgerId };
}

async function countAll(tx: Tx, id: string, erasables: readonly Erasable[]): Promise<HeldPart[]> {
  const own = (await countOwn(tx, id)).map((part) => ({
    ...part,
    holder: part.kind === 'words' ? 'ledger' : 'people',
  }));
  const above: HeldPart[] = [];
  for (const one of erasables)
    above.push(...(await one.count(tx, id)).map(({ kind, rows }) => ({ holder: one.name, kind, rows })));
  return [...own, ...above];
}

async function findErasable(tx: Tx, actor: Actor, id: string, lock: boolean): Promise<EraseTarget> {
  const target = await findTarget(tx, scopeFor(actor, 'care.erase'), id, lock);
  const may =
    target !== undefined &&
    (actor.kind === 'system' || grantsFor(actor, 'care.erase', { path: target.path, units: [] }).length > 0);
  if (may) return target;
  throw new AppError('not_found', 'There is no such person in care, or not one of yours. Look it up in the list.');
}
