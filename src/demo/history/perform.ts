/**
 * Runs the program's own commands on events held in memory. The road is that of modules/events/act.ts (decide by the
 * table → change the draft → one ledger line), only that nothing is written until a whole year can be written at once.
 */
import type { Verb } from '#contract/events-words.ts';
import type { Clock } from '#kit/clock.ts';
import type { Tx } from '#server/db/pool.ts';
import { audienceOf, toFacts, type Act, type Command, type CommandBody, type Kit } from '#server/modules/events/act.ts';
import { pathOf, type CaseRows } from '#server/modules/events/case-rows.ts';
import { openDraft } from '#server/modules/events/draft.ts';
import type { Attempt } from '#server/modules/events/facts.ts';
import { getRule, type Library, type Rule } from '#server/modules/events/library.ts';
import { centreAbove } from '#server/modules/events/placing.ts';
import { decide, rowOf } from '#server/modules/events/rules.ts';
import { retime, rungAfter, type ClockRow, type Rung } from '#server/modules/events/worktime.ts';
import type { Territory } from '#server/modules/grids/index.ts';
import { ledgerActorOf, systemActor, type Actor } from '#server/modules/identity/index.ts';
import type { LedgerLine } from '#server/modules/ledger/index.ts';

export interface World {
  territory: Territory;
  library: Library;
}

/** Somebody who waits for an event. */
export interface MemoryReporter {
  id: string;
  eventId: string;
  originalEventId: string;
  kind: string;
  accountId: string | null;
  unitId: string | null;
  phone: string | null;
  joined: boolean;
  words: string;
  sourceRef: string | null;
  createdMs: number;
  rating: number | null;
  ratingWords: string | null;
  ratedMs: number | null;
}

export interface MemoryExtension {
  id: string;
  taskId: string;
  amount: number;
  kind: ClockRow['kind'];
  reason: string;
  askedBy: string | null;
  askedMs: number;
  decidedBy: string | null;
  decidedMs: number | null;
  note: string;
}

export interface MemoryPhoto {
  kind: 'report' | 'before' | 'after';
  taskId: string | null;
  scene: string;
  uploadedBy: string | null;
  reporterId: string | null;
  atMs: number;
}

/** One event in memory, with all that will be written of it. */
export interface MemoryCase {
  rows: CaseRows;
  /** Clocks that have stopped; running ones are in `rows`. */
  stopped: ClockRow[];
  reporters: MemoryReporter[];
  photos: MemoryPhoto[];
  extensions: MemoryExtension[];
  lines: LedgerLine[];
  lastMs: number;
}

export interface Doing<B extends CommandBody> {
  command: Command<B>;
  actor: Actor;
  /** Set when it comes with the secret of a receipt. */
  reporterId?: string;
  atMs: number;
  body: Omit<B, 'opId'>;
  /** Photos that come with it: the rules ask for them, the line counts them. */
  photos?: readonly Omit<MemoryPhoto, 'atMs' | 'uploadedBy' | 'reporterId'>[];
}

/** A transaction for commands that need none; whoever touches it finds out at once. */
const noTx: Tx = {
  get db(): never {
    throw new Error('History is made in memory: this command needs the database.');
  },
  afterCommit: () => undefined,
};

/** @throws AppError exactly as the program would refuse it */
export async function perform<B extends CommandBody>(world: World, live: MemoryCase, doing: Doing<B>): Promise<void> {
  const { command, actor, reporterId, atMs, photos = [] } = doing;
  ringBefore(world, live, atMs);
  const before = live.rows;
  const rule = ruleOfCase(world, live);
  const body = { ...doing.body, opId: '' } as B;
  const attempt: Attempt = {
    verb: command.verb,
    actor,
    nowMs: atMs,
    byReceipt: reporterId !== undefined,
    ...(command.verb === 'finish'
      ? finishAttempt(live, body, photos)
      : await command.attempt?.(body, before, noTx, world.territory)),
  };
  const decision = decide(toFacts(before, rule), attempt, (id) => world.territory.unit(id));
  const draft = openDraft(before, { rule, calendar: world.library.calendar, nowMs: atMs });
  const unit = decision.grant === null ? undefined : world.territory.unit(decision.grant.unitId);
  const clock: Clock = { now: () => atMs };
  // Of the kit, commands use the territory and the clock; anything else would be the database again.
  const kit = { territory: world.territory, clock } as Kit;
  const act: Act = {
    tx: noTx,
    kit,
    draft,
    decision,
    actor,
    nowMs: atMs,
    library: world.library,
    unit,
    data: {},
    words: {},
    tell: new Set(),
  };
  for (const step of rowOf(command.verb).stops ?? []) draft.stop(step, decision.task?.id ?? null);
  draft.set({ status: decision.to });
  if (decision.to === 'shelved' || decision.to === 'merged') draft.set({ statusBefore: before.event.status });
  await command.work(act, body);
  if (photos.length > 0) act.data['photos'] = photos.length;
  keep(live, draft, act, before, { verb: command.verb, reporterId });
  for (const photo of photos)
    live.photos.push({ ...photo, atMs, uploadedBy: actor.accountId, reporterId: reporterId ?? null });
  live.lastMs = atMs;
}

/** What finish asks of the database, from memory. */
function finishAttempt(live: MemoryCase, body: CommandBody, photos: Doing<CommandBody>['photos']): Partial<Attempt> {
  const { taskId, noEvidenceReason } = body as CommandBody & { taskId: string; noEvidenceReason?: string };
  const all = [...live.photos, ...(photos ?? [])];
  const count = (...kinds: string[]) => all.filter((photo) => kinds.includes(photo.kind)).length;
  return {
    taskId,
    photos: { before: count('before', 'report'), after: count('after') },
    ...(noEvidenceReason === undefined ? {} : { noEvidenceReason }),
  };
}

function keep(
  live: MemoryCase,
  draft: Act['draft'],
  act: Act,
  before: CaseRows,
  who: { verb: Verb; reporterId: string | undefined },
): void {
  const after = draft.result();
  const { decision, actor, nowMs } = act;
  live.rows = {
    ...before,
    event: after.event,
    tasks: [...draft.tasks],
    clocks: draft.clocks.filter(({ stoppedMs }) => stoppedMs === null),
    hands: [...new Set([...before.hands, ...after.hands])],
  };
  live.stopped.push(...draft.clocks.filter(({ stoppedMs }) => stoppedMs !== null));
  live.lines.push({
    actor: ledgerActorOf(actor, act.unit?.id ?? null),
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
      ...(decision.task === null ? {} : { taskId: decision.task.id, taskUnitId: decision.task.unitId }),
      ...(who.reporterId === undefined ? {} : { reporterId: who.reporterId }),
      ...(after.started.length === 0 ? {} : { clocksStarted: after.started }),
      ...(after.stopped.length === 0 ? {} : { clocksStopped: after.stopped }),
      ...act.data,
    },
    words: act.words,
    audience: audienceOf(before, { event: after.event, tasks: draft.tasks }, act.tell),
  });
}

export function ruleOfCase({ library }: World, { rows }: MemoryCase): Rule {
  return getRule(library, rows.event.categoryCode);
}

/** Rings every rung of the ladder (80 %, 100 %, 150 %) that is due before `atMs`. */
export function ringBefore(world: World, live: MemoryCase, atMs: number): void {
  for (;;) {
    const due = live.rows.clocks.filter(({ nextMarkMs }) => nextMarkMs !== null && nextMarkMs < atMs);
    const [clock] = due.toSorted((a, b) => (a.nextMarkMs ?? 0) - (b.nextMarkMs ?? 0));
    const rung = clock === undefined ? undefined : rungAfter(clock.mark);
    if (clock === undefined || rung === undefined || clock.nextMarkMs === null) return;
    ring(world, live, clock, rung, clock.nextMarkMs);
  }
}

/** As modules/events/jobs.ts does it. */
function ring({ library, territory }: World, live: MemoryCase, clock: ClockRow, mark: Rung, atMs: number): void {
  const { event, tasks } = live.rows;
  const late = clock.late || mark >= 100;
  const rang = retime(library.calendar, { ...clock, mark, late });
  const version = event.version + 1;
  const notifyUnitId = toldOf(territory, live.rows, clock, mark);
  live.rows = {
    ...live.rows,
    event: { ...event, late: event.late || late, version },
    clocks: live.rows.clocks.map((one) => (one.id === clock.id ? rang : one)),
  };
  live.lines.push({
    actor: ledgerActorOf(systemActor, null),
    action: 'event.escalate_clock',
    subject: { type: 'event', id: event.id },
    district: event.district,
    atMs,
    data: {
      from: event.status,
      to: event.status,
      version,
      number: event.number,
      step: clock.step,
      mark,
      taskId: clock.taskId,
      notifyUnitId,
      clockId: clock.id,
      dueAt: clock.dueMs === null ? null : new Date(clock.dueMs).toISOString(),
      priority: event.priority,
    },
    audience: audienceOf(live.rows, { event, tasks }, [`u:${notifyUnitId}`]),
  });
  live.lastMs = atMs;
}

function toldOf(territory: Territory, { event, tasks }: CaseRows, clock: ClockRow, mark: Rung): string {
  if (mark === 80) return tasks.find(({ id }) => id === clock.taskId)?.unitId ?? event.ownerUnitId;
  if (mark === 100) return event.ownerUnitId;
  return centreAbove(territory, pathOf(event), event.tier)?.id ?? event.ownerUnitId;
}
