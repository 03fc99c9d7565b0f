/** What follows a record: a correction, the end of first aid, asking after somebody; and what could not be given. */
import type { Input, Output } from '#contract/route.ts';
import type { serviceRoutes } from '#contract/services.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { ledgerActorOf, scopeFor, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import { audienceOf, refuseNames, refuseUnasked } from './commands-record.ts';
import { counterWords, wordOf } from './dictionary.ts';
import type { ServedStation, ServicesParts } from './parts.ts';
import { askAt, givenAt } from './rules.ts';
import { findRecord, holdRecords, insertAid, insertCorrection, insertWant, type StoredRecord } from './store.ts';

type Routes = typeof serviceRoutes;
type Result<K extends keyof Routes> = Promise<Output<Routes[K]>>;
type Command<K extends keyof Routes> = Pick<Input<Routes[K]>, 'params' | 'body'>;

/**
 * Says that a record does not count. It stays as it was; what it took comes back to stock.
 * @throws AppError not_found; already_exists when it was corrected before; bad_input
 */
export async function correctService(
  parts: ServicesParts,
  actor: Actor,
  { params: { id }, body }: Command<'correct'>,
): Result<'correct'> {
  wordOf(counterWords().corrections, body.reason, 'reason');
  refuseNames(body.note, 'note');
  const station = await stationOf(parts, actor, id);
  return asOnce(parts, actor, 'service.correct', { id, body }, async (tx) => {
    const record = await held(tx, id);
    if (record.corrected !== null)
      throw new AppError('already_exists', 'Somebody said already that this record does not count. Load it again.');
    const nowMs = parts.clock.now();
    await insertCorrection(tx, {
      recordId: id,
      stationId: station.id,
      reason: body.reason,
      note: body.note,
      accountId: actor.accountId,
      atMs: nowMs,
    });
    await parts.stock.giveBack(tx, { serviceId: id, actor });
    const ledgerId = await tell(tx, {
      actor,
      station,
      action: 'service.correct',
      id,
      nowMs,
      opId: body.opId,
      data: { kind: record.kind, persons: record.persons, reason: body.reason },
      words: { note: body.note },
    });
    return { id, at: toIso(nowMs), ledgerId };
  });
}

/**
 * How first aid ended, with what was given since the record; or that somebody asked after them.
 * @throws AppError not_found; transition_not_allowed when it ended before, or there is nothing to ask after; bad_input
 */
export async function followAid(
  parts: ServicesParts,
  actor: Actor,
  { params: { id }, body }: Command<'aid'>,
): Result<'aid'> {
  const { outcomes, supplies } = counterWords();
  const outcome = wordOf(outcomes, body.outcome, 'outcome');
  for (const { itemCode } of body.take) wordOf(supplies, itemCode, 'take');
  refuseUnasked(body.take, body.consent);
  const station = await stationOf(parts, actor, id);
  return asOnce(parts, actor, 'service.aid', { id, body }, async (tx) => {
    const record = await held(tx, id);
    const card = mayFollow(record, body.act);
    for (const code of body.steps) wordOf(new Map(card.steps.map((step) => [step.code, step])), code, 'steps');
    const nowMs = parts.clock.now();
    const atMs = Math.max(givenAt(body.at, nowMs), record.at.getTime());
    const askMs = body.act === 'asked' ? null : askAt(outcome, card.askAgainH, body.askAgain, atMs);
    await insertAid(tx, {
      id: uuidV7(nowMs),
      recordId: id,
      stationId: station.id,
      act: body.act,
      outcome: body.outcome,
      steps: body.steps,
      askMs,
      atMs,
      recordedMs: nowMs,
      accountId: actor.accountId,
    });
    const { short } =
      body.take.length === 0
        ? { short: [] }
        : await parts.stock.takeOut(tx, { stationId: station.id, atMs, serviceId: id, items: body.take, actor });
    const { act, steps, take } = body;
    const ledgerId = await tell(tx, {
      actor,
      station,
      action: act === 'end' ? 'service.end_aid' : 'service.ask_after',
      id,
      nowMs,
      opId: body.opId,
      data: {
        card: card.code,
        outcome: body.outcome,
        steps,
        ...(take.length === 0 ? {} : { taken: take, short }),
        ...(askMs === null ? {} : { askAt: toIso(askMs) }),
        ...(atMs === nowMs ? {} : { happenedAt: toIso(atMs) }),
      },
    });
    return { id, at: toIso(nowMs), ledgerId, next: askMs === null ? null : { at: toIso(askMs) }, short };
  });
}

function mayFollow({ aidCard, aid, corrected }: StoredRecord, act: 'end' | 'asked') {
  const card = aidCard === null ? undefined : counterWords().cards.get(aidCard);
  if (card === undefined || corrected !== null)
    throw new AppError('transition_not_allowed', 'This record is not of first aid, or it does not count any more.');
  const fits = act === 'end' ? aid === null : (aid?.askAt ?? null) !== null;
  if (fits) return card;
  throw new AppError(
    'transition_not_allowed',
    act === 'end' ? 'This first aid was ended already.' : 'There is nobody to ask after: it was done, or never agreed.',
  );
}

/**
 * 120 was called after the command centre had been told: the call belongs to the event.
 * @throws AppError not_found; transition_not_allowed when the record has no event
 */
export async function noteCall(
  parts: ServicesParts,
  actor: Actor,
  { params: { id }, body }: Command<'called'>,
): Result<'called'> {
  const station = await stationOf(parts, actor, id);
  return asOnce(parts, actor, 'service.called', { id, body }, async (tx) => {
    const { eventId } = await held(tx, id);
    if (eventId === null)
      throw new AppError('transition_not_allowed', 'This record made no event. Hand it on as an event first.');
    const nowMs = parts.clock.now();
    const calledAt = toIso(givenAt(body.calledAt, nowMs));
    const callId = await parts.events.joinCall(tx, {
      eventId,
      number: '120',
      at: calledAt,
      accountId: actor.accountId,
    });
    const data = { eventId, callId, callNumber: '120', calledAt };
    const ledgerId = await tell(tx, { actor, station, action: 'service.call', id, nowMs, opId: body.opId, data });
    return { id, at: toIso(nowMs), ledgerId, eventId };
  });
}

/** Somebody asked for what the station does not have. @throws AppError not_found, bad_input */
export async function noteWant(parts: ServicesParts, actor: Actor, { params, body }: Command<'want'>): Result<'want'> {
  wordOf(counterWords().wants, body.want, 'want');
  const station = await parts.stations.find(actor, params.id, 'station.work');
  return asOnce(parts, actor, 'service.want', { params, body }, async (tx) => {
    const nowMs = parts.clock.now();
    const id = uuidV7(nowMs);
    const atMs = givenAt(body.at, nowMs);
    const row = { id, stationId: station.id, district: station.district, want: body.want, atMs, recordedMs: nowMs };
    await insertWant(tx, { ...row, accountId: actor.accountId });
    const data = { stationId: station.id, want: body.want };
    const ledgerId = await tell(tx, { actor, station, action: 'service.want', id, nowMs, opId: body.opId, data });
    return { id, at: toIso(nowMs), ledgerId };
  });
}

/** The station of a record, if the actor works there. @throws AppError not_found */
async function stationOf(parts: ServicesParts, actor: Actor, recordId: string): Promise<ServedStation> {
  const record = await parts.database.read(scopeFor(actor, 'station.work'), (tx) => findRecord(tx, recordId));
  if (record === undefined) throw nothing();
  return parts.stations.find(actor, record.stationId, 'station.work');
}

async function held(tx: Tx, id: string): Promise<StoredRecord> {
  await holdRecords(tx, [id]);
  const record = await findRecord(tx, id);
  if (record === undefined) throw nothing();
  return record;
}

const nothing = (): AppError => new AppError('not_found', 'There is no such record of a service, or it is not yours.');

function asOnce<T>(
  { database }: ServicesParts,
  actor: Actor,
  route: string,
  request: { body: { opId: string } } & Record<string, unknown>,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return once(database, systemScope, { opId: request.body.opId, actor: senderOf(actor), route, request }, work);
}

interface Telling {
  actor: Actor;
  station: ServedStation;
  action: string;
  id: string;
  nowMs: number;
  opId: string;
  data: Record<string, unknown>;
  words?: Record<string, unknown>;
}

function tell(tx: Tx, { actor, station, action, id, nowMs, opId, data, words }: Telling): Promise<string> {
  return append(tx, {
    actor: ledgerActorOf(actor, station.unitId),
    action,
    subject: { type: 'service', id },
    district: station.district,
    atMs: nowMs,
    data: { stationId: station.id, ...data },
    ...(words === undefined ? {} : { words }),
    audience: audienceOf(station),
    opId,
  });
}
