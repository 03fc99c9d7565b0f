import pg from 'pg';
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
import type { Threshold } from './rulebook.ts';
import { thresholdProblem } from './rules-threshold.ts';
import { listHeardDevices, type HeardDevice } from './store-intake.ts';
import { lockThreshold, saveThreshold, silenceSource } from './store-threshold.ts';
import { mayEditDevice } from './device-rules.ts';
import { heardDevice } from './watch.ts';
import { addSaid, hearSubjects } from './hear-subjects.ts';

type Body<K extends keyof typeof sensingRoutes> = z.output<(typeof sensingRoutes)[K]['body']>;

export interface ThresholdDone {
  id: string;
  at: string;
  ledgerId: string;
}

interface Work {
  kit: Kit;
  tx: Tx;
  actor: Actor;
  nowMs: number;
  opId: string;
}

async function run(
  kit: Kit,
  actor: Actor,
  op: { opId: string; route: string; request: unknown },
  work: (work: Work) => Promise<{ id: string; ledgerId: string }>,
): Promise<ThresholdDone> {
  try {
    const done = await once(kit.database, systemScope, { ...op, actor: actor.accountId ?? actor.kind }, async (tx) => {
      const nowMs = kit.clock.now();
      return { ...(await work({ kit, tx, actor, nowMs, opId: op.opId })), at: toIso(nowMs) };
    });
    kit.rules.forget();
    return done;
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.constraint === 'threshold_once')
      throw new AppError(
        'already_exists',
        'There is a rule for this object, basis, metric, kind and direction already. Change that one, or retire it first.',
      );
    throw error;
  }
}

/** A new rule, for a kind of device or for one device. @throws AppError bad_input, not_found, not_allowed, already_exists */
export function createThreshold(kit: Kit, actor: Actor, body: Body<'createThreshold'>): Promise<ThresholdDone> {
  return run(kit, actor, { opId: body.opId, route: 'threshold.create', request: body }, async (work) => {
    const { opId: _op, ...fields } = body;
    const one: Threshold = {
      ...fields,
      id: uuidV7(work.nowMs),
      version: 1,
      updatedAt: new Date(work.nowMs),
      retiredAt: null,
    };
    await assertGood(work, one);
    await saveThreshold(work.tx, one);
    return { id: one.id, ledgerId: await record(work, 'create', one, { to: factsOf(one) }) };
  });
}

/** Changes the numbers and the consequences; what it is about stays. */
export function editThreshold(kit: Kit, actor: Actor, id: string, body: Body<'editThreshold'>): Promise<ThresholdDone> {
  const op = { opId: body.opId, route: 'threshold.edit', request: { id, ...body } };
  return run(kit, actor, op, async (work) => {
    const before = await lockLive(work, id, body.version);
    const { opId: _op, version: _seen, ...given } = body;
    const changes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const after: Threshold = {
      ...before,
      ...(changes as Partial<Threshold>),
      version: before.version + 1,
      updatedAt: new Date(work.nowMs),
    };
    await assertGood(work, after);
    await saveThreshold(work.tx, after);
    return { id, ledgerId: await record(work, 'edit', after, { from: factsOf(before), to: factsOf(after) }) };
  });
}

/** Takes a rule out of force: what it said counts as over. */
export function retireThreshold(
  kit: Kit,
  actor: Actor,
  id: string,
  body: Body<'retireThreshold'>,
): Promise<ThresholdDone> {
  const op = { opId: body.opId, route: 'threshold.retire', request: { id, ...body } };
  return run(kit, actor, op, async (work) => {
    const before = await lockLive(work, id, body.version);
    const after = {
      ...before,
      version: before.version + 1,
      updatedAt: new Date(work.nowMs),
      retiredAt: new Date(work.nowMs),
    };
    await saveThreshold(work.tx, after);
    const ledgerId = await record(work, 'retire', after, { from: factsOf(before) }, { reason: body.reason });
    await quieten(work, before);
    return { id, ledgerId };
  });
}

/** Alarms that only this rule kept active are cleared. */
async function quieten({ kit, tx, nowMs }: Work, rule: Threshold): Promise<void> {
  for (const subject of await silenceSource(tx, rule.id)) {
    if (!subject.startsWith('d:')) continue;
    const heard = await heardDevice(kit, tx, subject.slice(2));
    if (heard === undefined) continue;
    const over = { active: false, value: null, metric: rule.metric, text: '', clockWrong: false, anew: true };
    addSaid(heard, rule.kind, { ...over, source: rule.id, atMs: nowMs, boot: '~', seq: 0 });
    await hearSubjects(kit, tx, [heard], nowMs);
  }
}

async function lockLive({ tx, actor }: Work, id: string, seen: number): Promise<Threshold> {
  const found = await lockThreshold(tx, id);
  if (found === undefined || found.retiredAt !== null)
    throw new AppError('not_found', 'There is no such rule, or it is no longer in force.');
  if (found.deviceId !== null) await seenDevice(tx, actor, found.deviceId);
  if (found.version !== seen)
    throw new AppError(
      'version_conflict',
      `This rule was changed in the meantime: you saw version ${seen}, it is now ${found.version}. Load it again and repeat.`,
      { expected: seen, found: found.version },
    );
  return found;
}

async function assertGood({ kit, tx, actor }: Work, one: Threshold): Promise<void> {
  const { categories } = await kit.events.dictionary.get();
  const problem = thresholdProblem(one, (code) => categories.has(code));
  if (problem !== undefined) throw new AppError('bad_input', problem.words, { field: problem.field });
  if (one.deviceId !== null) await seenDevice(tx, actor, one.deviceId);
}

async function seenDevice(tx: Tx, actor: Actor, deviceId: string): Promise<HeardDevice> {
  const device = (await listHeardDevices(tx, [deviceId])).get(deviceId);
  if (device === undefined || !mayEditDevice(actor, device))
    throw new AppError('not_found', 'There is no such device, or it is not yours to keep.');
  return device;
}

function factsOf({ updatedAt: _at, retiredAt: _end, note: _note, id: _id, ...facts }: Threshold) {
  return facts;
}

async function record(
  { kit, tx, actor, nowMs, opId }: Work,
  verb: string,
  one: Threshold,
  data: Record<string, unknown>,
  words: Record<string, unknown> = {},
): Promise<string> {
  const city = kit.territory.city().code;
  return append(tx, {
    actor: ledgerActor(actor),
    action: `threshold.${verb}`,
    subject: { type: 'threshold', id: one.id },
    district: city,
    atMs: nowMs,
    data,
    words: { note: one.note, ...words },
    audience: [`a:${city}`],
    opId,
  });
}
