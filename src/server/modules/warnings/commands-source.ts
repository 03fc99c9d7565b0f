/** Where messages come from. */
import type { Input } from '#contract/route.ts';
import type { warningSourceRoutes } from '#contract/warning-sources.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { systemScope } from '#server/db/scope.ts';
import { makeSecret } from './commands-receive.ts';
import type { WarningsCtx, WarningsParts } from './parts.ts';
import { record } from './record.ts';
import { findSource, insertSource, isCodeTaken, updateSource, type Source } from './store-source.ts';

type Wish = Input<typeof warningSourceRoutes.editSource>['body'];

/** @throws AppError bad_input when a poll has no URL or the URL may not be asked, or the area is unknown */
async function assertWish(
  parts: WarningsParts,
  way: Source['way'],
  wish: Pick<Wish, 'url' | 'areaCode'>,
): Promise<void> {
  if (way === 'poll' && wish.url === null)
    throw new AppError('bad_input', 'Expected a URL to fetch from, found none.', { field: 'url' });
  if (way === 'push' && wish.url !== null)
    throw new AppError('bad_input', 'Expected no URL: this source sends by itself.', { field: 'url' });
  if (wish.areaCode !== null && parts.territory.area(wish.areaCode) === undefined)
    throw new AppError('bad_input', `There is no area ${wish.areaCode}.`, { field: 'areaCode' });
  if (wish.url === null) return;
  await parts.checkUrl(wish.url).catch((error: unknown) => {
    throw new AppError('bad_input', error instanceof Error ? error.message : 'The URL may not be asked.', {
      field: 'url',
    });
  });
}

/** Facts for the ledger: the address is left out, it may hold a key. */
function factsOf({ code, way, everyMinutes, areaCode, enabled }: Source): Record<string, unknown> {
  return { code, way, everyMinutes, areaCode, enabled };
}

/** Adds a source; one that pushes gets a secret, shown this once. @throws AppError already_exists, bad_input */
export async function addSource(
  parts: WarningsParts,
  { actor }: WarningsCtx,
  body: Input<typeof warningSourceRoutes.addSource>['body'],
): Promise<{ id: string; secret: string | null }> {
  await assertWish(parts, body.way, body);
  const atMs = parts.clock.now();
  const made = body.way === 'push' ? makeSecret() : null;
  const source: Source = { ...body, id: uuidV7(atMs), version: 1 };
  await parts.database.inTx(systemScope, async (tx) => {
    if (await isCodeTaken(tx, body.code))
      throw new AppError('already_exists', `A source "${body.code}" exists already. Choose another code.`);
    await insertSource(tx, { ...source, secretHash: made?.hash ?? null, at: new Date(atMs), by: actor.accountId });
    const subject = { type: 'warning_source', id: source.id } as const;
    const words = { name: source.name, url: source.url };
    await record(parts, tx, {
      actor,
      action: 'warning_source.add',
      subject,
      areas: [],
      atMs,
      data: factsOf(source),
      words,
    });
  });
  return { id: source.id, secret: made?.secret ?? null };
}

/** @throws AppError not_found, version_conflict, bad_input */
export async function editSource(
  parts: WarningsParts,
  { actor }: WarningsCtx,
  id: string,
  body: Wish,
): Promise<{ id: string }> {
  const before = await getSource(parts, id);
  await assertWish(parts, before.way, body);
  const atMs = parts.clock.now();
  await parts.database.inTx(systemScope, async (tx) => {
    const now = await findSource(tx, id);
    if (now?.version !== body.version)
      throw new AppError('version_conflict', 'Somebody changed this source in the meantime. Load it again and repeat.');
    const { version: _seen, ...wish } = body;
    const after: Source = { ...before, ...wish };
    await updateSource(tx, after);
    const subject = { type: 'warning_source', id } as const;
    const data = { from: factsOf(before), to: factsOf(after) };
    const words = { name: after.name, url: after.url };
    await record(parts, tx, { actor, action: 'warning_source.edit', subject, areas: [], atMs, data, words });
  });
  return { id };
}

/** A new secret; the old one is worth nothing from now on. @throws AppError not_found, bad_input */
export async function renewSecret(
  parts: WarningsParts,
  { actor }: WarningsCtx,
  id: string,
): Promise<{ secret: string }> {
  const source = await getSource(parts, id);
  if (source.way !== 'push')
    throw new AppError('bad_input', 'Expected a source that pushes; this one is fetched from.');
  const atMs = parts.clock.now();
  const { secret, hash } = makeSecret();
  await parts.database.inTx(systemScope, async (tx) => {
    await updateSource(tx, source, hash);
    const subject = { type: 'warning_source', id } as const;
    await record(parts, tx, {
      actor,
      action: 'warning_source.secret',
      subject,
      areas: [],
      atMs,
      data: { code: source.code },
    });
  });
  return { secret };
}

/** @throws AppError not_found */
export async function getSource(parts: WarningsParts, id: string) {
  const found = await parts.database.read(systemScope, (tx) => findSource(tx, id));
  if (found === undefined) throw new AppError('not_found', 'There is no such source.');
  return found;
}
