import type { correctionFields } from '#contract/care-words.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { grantsFor, ledgerActor, scopeFor } from '#server/modules/identity/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import type { Work } from './commands.ts';
import { findCorrection, insertCorrection, settleCorrection, type StoredCorrection } from './correction-store.ts';
import { found } from './queries.ts';
import { mayEditCare } from './rules.ts';
import { findCare } from './store.ts';

const sealedAs = 'care_correction.said';

interface Done {
  row: StoredCorrection;
  ledgerId: string;
}

/** Notes what somebody says is wrong. The entry stays as it is until somebody changes it. @throws AppError not_found, not_allowed */
export async function askCorrection(
  work: Work,
  personId: string,
  wish: { fields: (typeof correctionFields)[number][]; said: string },
): Promise<Done> {
  const person = found(await findCare(work.tx, scopeFor(work.actor, 'care.edit'), personId));
  if (!mayEditCare(work.actor, person.path))
    throw new AppError('not_allowed', 'None of your appointments lets you note corrections in this area.');
  const id = uuidV7(work.atMs);
  const { path, district } = person;
  const fields = [...new Set(wish.fields)];
  const said = work.vault.seal(wish.said, sealedAs);
  await insertCorrection(
    work.tx,
    { id, personId, path, district, fields, said },
    { accountId: work.actor.accountId, atMs: work.atMs },
  );
  const row = await lock(work, 'care.edit', id);
  return { row, ledgerId: await record(work, 'care.correct', row, { state: 'open' }) };
}

/** Opens what was said, for whoever is to put it right; a line says so. Keep the answer nowhere. @throws AppError not_found */
export async function openCorrection(work: Work, id: string): Promise<{ said: string | null }> {
  const row = await lock(work, 'care.edit', id);
  if (row.said === null) return { said: null };
  await record(work, 'care.reveal', row, { correction: row.id });
  return { said: work.vault.open(row.said, sealedAs) };
}

/**
 * Ends a correction: done, after the entry was changed, or refused. What was said goes; why stays beside the line.
 * @throws AppError not_found, version_conflict, in_use when settled, bad_input for "done" while nothing was changed
 */
export async function settle(
  work: Work,
  id: string,
  wish: { done: boolean; reason: string; version: number },
): Promise<Done> {
  const before = await lock(work, 'care.erase', id);
  if (before.state !== 'open')
    throw new AppError('in_use', `This correction is settled already: ${before.state}.`, { id });
  if (before.version !== wish.version)
    throw new AppError(
      'version_conflict',
      `You saw version ${wish.version}, it is now ${before.version}. Load it again.`,
      {
        expected: wish.version,
        found: before.version,
      },
    );
  if (wish.done && before.personUpdatedAt < before.askedAt)
    throw new AppError(
      'bad_input',
      'done: expected the entry to be changed first; nothing of it was since this was asked.',
      {
        field: 'done',
      },
    );
  await settleCorrection(work.tx, id, { done: wish.done, by: work.actor.accountId, atMs: work.atMs });
  const row = await lock(work, 'care.erase', id);
  return { row, ledgerId: await record(work, 'care.correct', row, { state: row.state }, { reason: wish.reason }) };
}

/** True for whoever holds care.erase over the person's area, while it is open. */
export function maySettle(work: Pick<Work, 'actor'>, row: StoredCorrection): boolean {
  return row.state === 'open' && grantsFor(work.actor, 'care.erase', { path: row.path, units: [] }).length > 0;
}

async function lock(work: Work, word: 'care.edit' | 'care.erase', id: string): Promise<StoredCorrection> {
  const row = await findCorrection(work.tx, scopeFor(work.actor, word), id, true);
  if (row !== undefined) return row;
  throw new AppError('not_found', 'There is no such correction, or not one of yours.', { id });
}

function record(
  work: Work,
  action: string,
  row: StoredCorrection,
  data: Record<string, unknown>,
  words: Record<string, unknown> = {},
): Promise<string> {
  return append(work.tx, {
    actor: ledgerActor(work.actor),
    action,
    subject: { type: 'care_person', id: row.personId },
    district: row.district,
    atMs: work.atMs,
    data: { ...(row.restricted ? {} : { areaCode: row.areaCode }), changed: row.fields, ...data },
    words,
    audience: action === 'care.reveal' || row.restricted ? [] : row.path.map((code) => `a:${code}`),
    opId: work.opId,
  });
}
