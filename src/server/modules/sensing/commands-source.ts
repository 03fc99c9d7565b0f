import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { sensingRoutes } from '#contract/sensing.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { ledgerActor, type Actor } from '#server/modules/identity/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import type { Kit } from './kit.ts';
import { insertSource, lockSource, updateSource, type Source } from './store-source.ts';

type Body<K extends keyof typeof sensingRoutes> = z.output<(typeof sensingRoutes)[K]['body']>;

export interface SourceDone {
  id: string;
  at: string;
  ledgerId: string;
}

const sealedAs = 'alert_source.secret';

/** 32 random bytes as Standard Webhooks writes them. */
const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`;

export const openSecret = (kit: Pick<Kit, 'vault'>, source: Pick<Source, 'secret'>) =>
  kit.vault.open(source.secret, sealedAs);

/** Registers a third party. The secret is told here and stays sealed. @throws AppError already_exists, bad_input */
export async function createSource(
  kit: Kit,
  actor: Actor,
  body: Body<'createSource'>,
): Promise<SourceDone & { secret: string }> {
  try {
    return await run(kit, actor, { opId: body.opId, route: 'alert_source.create', request: body }, async (work) => {
      const { opId: _op, ...fields } = body;
      await assertConsequence(kit, fields);
      const secret = kit.vault.seal(newSecret(), sealedAs);
      const source: Source = { ...fields, id: uuidV7(work.nowMs), secret, enabled: true, version: 1 };
      await insertSource(work.tx, source, work.nowMs);
      return { id: source.id, ledgerId: await record(work, 'create', source, { to: factsOf(source) }) };
    }).then((done) => tell(kit, done));
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.constraint === 'alert_source_code_once')
      throw new AppError('already_exists', `Source code ${body.code} is taken. Choose another.`, { code: body.code });
    throw error;
  }
}

/** Changes, disables or enables a source. */
export function editSource(kit: Kit, actor: Actor, id: string, body: Body<'editSource'>): Promise<SourceDone> {
  const op = { opId: body.opId, route: 'alert_source.edit', request: { id, ...body } };
  return run(kit, actor, op, async (work) => {
    const before = await lockSeen(work.tx, id, body.version);
    const { opId: _op, version: _seen, ...given } = body;
    const changes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const after: Source = { ...before, ...(changes as Partial<Source>), version: before.version + 1 };
    await assertConsequence(kit, after);
    await updateSource(work.tx, after);
    const data = { from: factsOf(before), to: factsOf(after) };
    return { id, ledgerId: await record(work, 'edit', after, data) };
  });
}

/** A new secret; what was signed with the old one is refused from now on. */
export async function rotateSource(
  kit: Kit,
  actor: Actor,
  id: string,
  body: Body<'rotateSource'>,
): Promise<SourceDone & { secret: string }> {
  const op = { opId: body.opId, route: 'alert_source.rotate', request: { id, ...body } };
  const done = await run(kit, actor, op, async (work) => {
    const before = await lockSeen(work.tx, id, body.version);
    const after = { ...before, secret: kit.vault.seal(newSecret(), sealedAs), version: before.version + 1 };
    await updateSource(work.tx, after);
    return { id, ledgerId: await record(work, 'rotate', after, { code: after.code }) };
  });
  return tell(kit, done);
}

/** The secret is not in the stored answer of the operation: it is opened again. */
async function tell(kit: Kit, done: SourceDone): Promise<SourceDone & { secret: string }> {
  const { rows } = await kit.database.read(systemScope, (tx) =>
    sql<{ secret: Buffer }>`select secret from alert_source where id = ${done.id}`.execute(tx.db),
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`Alert source ${done.id} was saved but is not there.`);
  return { ...done, secret: openSecret(kit, row) };
}

interface Work {
  tx: Tx;
  kit: Kit;
  actor: Actor;
  nowMs: number;
  opId: string;
}

function run(
  kit: Kit,
  actor: Actor,
  op: { opId: string; route: string; request: unknown },
  work: (work: Work) => Promise<{ id: string; ledgerId: string }>,
): Promise<SourceDone> {
  return once(kit.database, systemScope, { ...op, actor: actor.accountId ?? actor.kind }, async (tx) => {
    const nowMs = kit.clock.now();
    return { ...(await work({ tx, kit, actor, nowMs, opId: op.opId })), at: toIso(nowMs) };
  });
}

async function assertConsequence(
  kit: Kit,
  { categoryCode, raises }: Pick<Source, 'categoryCode' | 'raises'>,
): Promise<void> {
  const { categories } = await kit.events.dictionary.get();
  if (categoryCode !== null && !categories.has(categoryCode))
    throw new AppError('bad_input', `categoryCode: expected a category of the library, found ${categoryCode}.`);
  if (raises === 'auto' && categoryCode === null)
    throw new AppError('bad_input', 'categoryCode: what becomes an event by itself needs the category of that event.');
}

async function lockSeen(tx: Tx, id: string, seen: number): Promise<Source> {
  const found = await lockSource(tx, id);
  if (found === undefined) throw new AppError('not_found', 'There is no such alert source.');
  if (found.version !== seen)
    throw new AppError(
      'version_conflict',
      `This source was changed in the meantime: you saw version ${seen}, it is now ${found.version}. Load it again and repeat.`,
    );
  return found;
}

function factsOf({ code, priority, categoryCode, planCode, raises, enabled }: Source) {
  return { code, priority, categoryCode, planCode, raises, enabled };
}

function record(
  { tx, kit, actor, nowMs, opId }: Work,
  verb: string,
  source: Source,
  data: Record<string, unknown>,
): Promise<string> {
  const city = kit.territory.city().code;
  return append(tx, {
    actor: ledgerActor(actor),
    action: `alert_source.${verb}`,
    subject: { type: 'alert_source', id: source.id },
    district: city,
    atMs: nowMs,
    data,
    words: { name: source.name },
    audience: [`a:${city}`],
    opId,
  });
}
