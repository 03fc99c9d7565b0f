import type { Verb } from '#contract/events-words.ts';
import type { Clock } from '#kit/clock.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Territory, Unit } from '#server/modules/grids/index.ts';
import { ledgerActorOf, scopeOf, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { append, maskOpId, once } from '#server/modules/ledger/index.ts';
import type { Vault } from '#server/vault/vault.ts';
import { pathOf, type CaseRows, type EventRow } from './case-rows.ts';
import type { Dictionary } from './dictionary.ts';
import { openDraft, type Draft } from './draft.ts';
import type { Attempt, Decision, EventFacts } from './facts.ts';
import { getRule, ruleAtPlace, type Library, type Rule } from './library.ts';
import { allowedVerbs, decide, rowOf } from './rules.ts';
import { lockCase, saveClocks, saveEvent, saveHand, saveTasks, widenScope } from './store-case.ts';

/** What the module is built from; wire gives it. */
export interface EventsDeps {
  database: Database;
  territory: Territory;
  vault: Vault;
  clock: Clock;
  /** Share of self-handled events that are checked all the same, 0 to 1. */
  sampleShare?: number;
  /** Channels whose reports need no verification when a machine of ours made them (flagged sensors). */
  trustedChannels?: readonly string[];
}

/** A module above that acts in the same transaction as the commands on an event; what it throws undoes them. */
export interface Companion {
  /** Before anything is decided, with the event locked. */
  before(tx: Tx, actor: Actor): Promise<void>;
  /** After the event's own line. `callNumber`: the number whose call was recorded. */
  after(tx: Tx, actor: Actor, done: { verb: Verb; eventId: string; callNumber: string | null }): Promise<void>;
}

export interface Kit extends EventsDeps {
  dictionary: Dictionary;
  companion?: Companion;
}

export interface CommandResult {
  id: string;
  number: string;
  status: EventRow['status'];
  version: number;
  at: string;
  ledgerId: string;
}

/** What every command's body carries. */
export interface CommandBody {
  opId: string;
  at?: string | undefined;
  seenVersion?: number | undefined;
}

/** What `work` of a command may look at and change. */
export interface Act {
  tx: Tx;
  kit: Kit;
  draft: Draft;
  decision: Decision;
  actor: Actor;
  nowMs: number;
  library: Library;
  /** The unit it is done for; undefined for the reporter and for the program. */
  unit: Unit | undefined;
  /** Facts for the ledger line. */
  data: Record<string, unknown>;
  /** Words for the ledger line. */
  words: Record<string, unknown>;
  /** Further audience, such as a unit that is no longer part of it. */
  tell: Set<string>;
  /** The number that was called, when that is what was recorded. */
  callNumber?: string;
}

export interface Command<B extends CommandBody> {
  verb: Verb;
  /** What the rules want to know beyond verb and actor. */
  attempt?: (body: B, rows: CaseRows, tx: Tx, territory: Territory) => Partial<Attempt> | Promise<Partial<Attempt>>;
  work: (act: Act, body: B) => void | Promise<void>;
}

/** Who sends it: a signed-in account or token, a reporter with the secret of a receipt, or the program itself. */
export interface Sender {
  actor: Actor;
  /** Set when the secret of a receipt was shown. */
  reporterId?: string;
}

/**
 * The road of every command on one event: claim the opId → lock the event through the viewer's sight → decide by the
 * table → change the draft → write it → one ledger line; all in one transaction.
 * @throws AppError not_found when there is no such event or it is not the viewer's to see
 */
export async function act<B extends CommandBody>(
  kit: Kit,
  sender: Sender,
  id: string,
  body: B,
  command: Command<B>,
): Promise<CommandResult> {
  const library = await kit.dictionary.get();
  const { actor, reporterId } = sender;
  const op = {
    opId: body.opId,
    actor: reporterId ?? senderOf(actor),
    route: `event.${command.verb}`,
    request: { id, ...body },
  };
  return once(kit.database, reporterId === undefined ? scopeOf(actor) : systemScope, op, async (tx) => {
    const rows = await lockCase(tx, id);
    if (rows === undefined) throw new AppError('not_found', 'There is no such event, or it is not yours to see.');
    return actOn(kit, sender, { tx, rows, library }, body, command);
  });
}

/** The same inside a transaction that already holds the lock. */
export async function actOn<B extends CommandBody>(
  kit: Kit,
  sender: Sender,
  held: { tx: Tx; rows: CaseRows; library: Library },
  body: B,
  command: Command<B>,
): Promise<CommandResult> {
  const { tx, rows, library } = held;
  const { actor, reporterId } = sender;
  await kit.companion?.before(tx, actor);
  const nowMs = kit.clock.now();
  const rule = await ruleOf(kit, library, rows.event);
  const facts = toFacts(rows, rule);
  const attempt: Attempt = {
    verb: command.verb,
    actor,
    nowMs,
    byReceipt: reporterId !== undefined,
    ...(await command.attempt?.(body, rows, tx, kit.territory)),
  };
  const decision = decideOrExplain(kit, facts, attempt);
  const draft = openDraft(rows, { rule, calendar: library.calendar, nowMs });
  const unit = decision.grant === null ? undefined : kit.territory.unit(decision.grant.unitId);
  const work: Act = { tx, kit, draft, decision, actor, nowMs, library, unit, data: {}, words: {}, tell: new Set() };
  for (const step of rowOf(command.verb).stops ?? []) draft.stop(step, decision.task?.id ?? null);
  draft.set({ status: decision.to });
  if (decision.to === 'shelved' || decision.to === 'merged') draft.set({ statusBefore: rows.event.status });
  await command.work(work, body);
  const result = await write(work, rows, body, { verb: command.verb, reporterId });
  await kit.companion?.after(tx, actor, {
    verb: command.verb,
    eventId: result.id,
    callNumber: work.callNumber ?? null,
  });
  return result;
}

/** Refusals of state carry what is possible instead, so that a phone that was offline can show a choice. */
function decideOrExplain(kit: Kit, facts: EventFacts, attempt: Attempt): Decision {
  const unitOf = (id: string) => kit.territory.unit(id);
  try {
    return decide(facts, attempt, unitOf);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'transition_not_allowed') throw error;
    throw new AppError(error.code, error.message, { ...error.detail, allowed: allowedVerbs(facts, attempt, unitOf) });
  }
}

async function write(
  work: Act,
  before: CaseRows,
  body: CommandBody,
  who: { verb: Verb; reporterId: string | undefined },
): Promise<CommandResult> {
  const { tx, nowMs, actor, draft } = work;
  const after = draft.result();
  // It may now lie where this viewer sees nothing; that they may do this was decided above.
  if (hasMoved(before.event, after.event)) await widenScope(tx);
  await saveEvent(tx, after.event, nowMs);
  await saveTasks(tx, after.tasks);
  await saveClocks(tx, after.clocks);
  for (const account of after.hands) await saveHand(tx, after.event.id, account);
  const happenedAt = happenedBefore(body.at, before.event.reportedMs, nowMs);
  const ledgerId = await append(tx, {
    actor: ledgerActorOf(actor, work.unit?.id ?? null),
    action: `event.${who.verb}`,
    subject: { type: 'event', id: after.event.id },
    district: after.event.district,
    atMs: nowMs,
    data: {
      from: before.event.status,
      to: after.event.status,
      version: after.event.version,
      number: after.event.number,
      ownerUnitId: after.event.ownerUnitId,
      tier: after.event.tier,
      ...(work.decision.task === null ? {} : { taskId: work.decision.task.id, taskUnitId: work.decision.task.unitId }),
      ...(actor.linkId === undefined ? {} : { linkId: actor.linkId }),
      ...(who.reporterId === undefined ? {} : { reporterId: who.reporterId }),
      ...(happenedAt === null ? {} : { happenedAt }),
      ...(after.started.length === 0 ? {} : { clocksStarted: after.started }),
      ...(after.stopped.length === 0 ? {} : { clocksStopped: after.stopped }),
      ...work.data,
    },
    words: work.words,
    audience: audienceOf(before, { event: after.event, tasks: draft.tasks }, work.tell),
    opId: ledgerOpId(actor, body.opId),
  });
  return {
    id: after.event.id,
    number: after.event.number,
    status: after.event.status,
    version: after.event.version,
    at: toIso(nowMs),
    ledgerId,
  };
}

function hasMoved(before: EventRow, after: EventRow): boolean {
  return before.ownerUnitId !== after.ownerUnitId || pathOf(before).join() !== pathOf(after).join();
}

/** When it really happened, if the client says so and the claim is possible: not before the report, not after now. */
export function happenedBefore(at: string | undefined, reportedMs: number, nowMs: number): string | null {
  if (at === undefined) return null;
  const atMs = Date.parse(at);
  return atMs <= nowMs && atMs >= reportedMs ? toIso(atMs) : null;
}

/** Who is told live: everybody in whose area it lies or lay, every unit that has to do with it, its reporters. */
export function audienceOf(
  before: Pick<CaseRows, 'event' | 'reporters'> | null,
  after: Pick<CaseRows, 'event'> & { tasks: readonly { unitId: string }[] },
  more: Iterable<string> = [],
): string[] {
  const events = before === null ? [after.event] : [before.event, after.event];
  return [
    ...new Set([
      ...events.flatMap((event) => pathOf(event).map((code) => `a:${code}`)),
      ...events.map((event) => `u:${event.ownerUnitId}`),
      ...after.tasks.map((task) => `u:${task.unitId}`),
      ...(before?.reporters ?? []).map((account) => `p:${account}`),
      ...more,
    ]),
  ];
}

/** What the ledger keeps of an operation id: residents prove themselves with the true one. */
export function ledgerOpId(actor: Actor, opId: string): string {
  return actor.kind === 'anonymous' ? maskOpId(opId) : opId;
}

/** The rule an event was made under, as it stands at its place. */
export async function ruleOf(kit: Kit, library: Library, event: EventRow): Promise<Rule> {
  const rule = await kit.dictionary.ruleAt(event.ruleVersion, event.categoryCode);
  return ruleAtPlace(rule ?? getRule(library, event.categoryCode), pathOf(event));
}

export function toFacts(rows: CaseRows, rule: Rule): EventFacts {
  const { event } = rows;
  return {
    status: event.status,
    statusBefore: event.statusBefore,
    version: event.version,
    priority: event.priority,
    tier: event.tier,
    ownerUnitId: event.ownerUnitId,
    path: pathOf(event),
    verified: event.verifiedMs !== null,
    closedAtMs: event.closedMs,
    coordinating: rows.clocks.some((clock) => clock.step === 'coordinate'),
    ruleTier: rule.tier,
    evidence: rule.evidence,
    tasks: rows.tasks.map((task) => ({
      id: task.id,
      unitId: task.unitId,
      part: task.part,
      status: task.status,
      binding: task.binding,
      current: task.round === event.reopens,
      dueMs: rows.clocks.find((clock) => clock.taskId === task.id && clock.step === 'handle')?.dueMs ?? null,
    })),
    hands: rows.hands,
    reporters: rows.reporters,
  };
}
