/** Messages that others give us: a file in the desk, a push, a letter read again. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { AppError, isAppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { systemScope } from '#server/db/scope.ts';
import { systemActor } from '#server/modules/identity/index.ts';
import { once } from '#server/modules/ledger/index.ts';
import { readCap } from './cap-read.ts';
import { receive, type Received } from './intake.ts';
import type { WarningsCtx, WarningsParts } from './parts.ts';
import { record } from './record.ts';
import { findLetter, keepLetter, noteLetterError, settleLetter } from './store-letter.ts';
import { findPushSource, findSource, noteTurn, type Source } from './store-source.ts';

/** A file that somebody holds. Nothing is kept of one that cannot be read: whoever sent it is told at once. */
export async function uploadWarning(
  parts: WarningsParts,
  { actor }: WarningsCtx,
  body: { opId: string; base64: string; areaCode: string | null },
): Promise<Received> {
  const raw = Buffer.from(body.base64, 'base64');
  const alert = readCap(raw);
  if (body.areaCode !== null && parts.territory.area(body.areaCode) === undefined)
    throw new AppError('bad_input', `There is no area ${body.areaCode}.`, { field: 'areaCode' });
  const op = { opId: body.opId, actor: actor.accountId ?? actor.kind, route: 'warnings.upload', request: body };
  return once(parts.database, systemScope, op, (tx) =>
    receive(
      parts,
      tx,
      { alert, raw, origin: 'upload', sourceId: null, fallback: body.areaCode, actor, opId: body.opId },
      parts.clock.now(),
    ),
  );
}

/** The outcome of one document of a source: kept as a warning, or as a letter with its error. */
export type Taken = { received: Received } | { error: AppError };

/** Takes a document of a source. What cannot be read is kept whole and can be read again later. */
export async function takeFrom(
  parts: WarningsParts,
  source: Pick<Source, 'id' | 'areaCode'>,
  raw: Uint8Array,
): Promise<Taken> {
  const atMs = parts.clock.now();
  try {
    const alert = readCap(raw);
    const arrival = { alert, raw, origin: 'source' as const, sourceId: source.id, fallback: source.areaCode };
    const received = await parts.database.inTx(systemScope, (tx) =>
      receive(parts, tx, { ...arrival, actor: systemActor }, atMs),
    );
    return { received };
  } catch (error) {
    if (!isAppError(error) || error.code === 'upload_too_large') throw error;
    const letter = { id: uuidV7(atMs), sourceId: source.id, raw, error: error.message, at: new Date(atMs) };
    await parts.database.inTx(systemScope, (tx) => keepLetter(tx, letter));
    return { error };
  }
}

/** Lets in who shows the source's secret. @throws AppError bad_credentials: unknown source and wrong secret look the same */
export async function pushWarning(
  parts: WarningsParts,
  sourceCode: string,
  secret: string | null,
  readBody: () => Promise<Uint8Array>,
): Promise<Received> {
  const source = await parts.database.read(systemScope, (tx) => findPushSource(tx, sourceCode));
  const expected = source?.secretHash ?? randomBytes(32);
  const right = timingSafeEqual(digestOf(secret ?? ''), expected);
  if (source === undefined || !right)
    throw new AppError(
      'bad_credentials',
      'Expected the header "Authorization: Bearer <secret of the source>", found none or a wrong one.',
    );
  const taken = await takeFrom(parts, source, await readBody());
  const error = 'error' in taken ? taken.error.message : null;
  await parts.database.inTx(systemScope, (tx) => noteTurn(tx, source.id, new Date(parts.clock.now()), { error }));
  if ('error' in taken) throw taken.error;
  return taken.received;
}

/** A secret of a source, shown once, and what is kept of it. */
export function makeSecret(): { secret: string; hash: Buffer } {
  const secret = `hgcap_${randomBytes(32).toString('base64url')}`;
  return { secret, hash: digestOf(secret) };
}

function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Reads a letter again, after the reader or the territory got better. @throws AppError with the error of this reading */
export async function replayLetter(parts: WarningsParts, { actor }: WarningsCtx, id: string): Promise<Received> {
  const atMs = parts.clock.now();
  const { letter, source } = await parts.database.read(systemScope, async (tx) => {
    const found = await findLetter(tx, id);
    return {
      letter: found,
      source: found === undefined || found.sourceId === null ? undefined : await findSource(tx, found.sourceId),
    };
  });
  if (letter === undefined || letter.settledAt !== null)
    throw new AppError('not_found', 'There is no such letter, or it has been settled. Reload the list.');
  try {
    const alert = readCap(letter.raw);
    const arrival = { alert, raw: letter.raw, sourceId: letter.sourceId, fallback: source?.areaCode ?? null };
    return await parts.database.inTx(systemScope, async (tx) => {
      const received = await receive(parts, tx, { ...arrival, origin: 'source', actor }, atMs);
      await settleLetter(tx, id, received.id, new Date(atMs));
      return received;
    });
  } catch (error) {
    if (isAppError(error)) await parts.database.inTx(systemScope, (tx) => noteLetterError(tx, id, error.message));
    throw error;
  }
}

/** Puts a letter away for good, with a reason. */
export async function discardLetter(
  parts: WarningsParts,
  { actor }: WarningsCtx,
  id: string,
  reason: string,
): Promise<{ id: string }> {
  const atMs = parts.clock.now();
  await parts.database.inTx(systemScope, async (tx) => {
    const letter = await findLetter(tx, id);
    if (letter === undefined || letter.settledAt !== null)
      throw new AppError('not_found', 'There is no such letter, or it has been settled. Reload the list.');
    await settleLetter(tx, id, null, new Date(atMs));
    const subject = { type: 'warning_letter', id } as const;
    const data = { sourceId: letter.sourceId };
    await record(parts, tx, {
      actor,
      action: 'warning_letter.discard',
      subject,
      areas: [],
      atMs,
      data,
      words: { reason },
    });
  });
  return { id };
}
