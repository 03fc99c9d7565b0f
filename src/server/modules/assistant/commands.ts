import type { assistantRoutes } from '#contract/assistant.ts';
import type { Draft } from '#contract/assistant.ts';
import type { Input, Output } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { grantsFor, ledgerActor, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import { makeDraft, sha256, type Desk } from './draft.ts';
import { factsOfEvent } from './facts-of-event.ts';
import { leftSign } from './masks.ts';
import type { AssistantParts, EventDetail } from './parts.ts';
import { decideUse, findUse, type UseRow } from './store-use.ts';

type Routes = typeof assistantRoutes;

/** Drafts asked for lately, so that a press sent twice asks the model once. Texts are kept nowhere else, and here only briefly. */
export interface LateDrafts {
  of(key: string, make: () => Promise<Draft>): Promise<Draft>;
}

const keptMs = 120_000;
const mostKept = 200;

export function createLateDrafts(): LateDrafts {
  const going = new Map<string, Promise<Draft>>();
  return {
    of(key, make) {
      const found = going.get(key);
      if (found !== undefined) return found;
      const made = make();
      going.set(key, made);
      if (going.size > mostKept) going.delete(going.keys().next().value ?? '');
      made.then(
        () => setTimeout(() => going.delete(key), keptMs).unref(),
        () => going.delete(key),
      );
      return made;
    },
  };
}

/** The areas of an event, city first. */
export function pathOfEvent(parts: Pick<AssistantParts, 'territory'>, event: EventDetail): readonly string[] {
  const code = event.grid ?? event.community ?? event.street ?? event.district;
  return parts.territory.area(code)?.path ?? [event.district];
}

/** The event as the actor sees it, where they may use the assistant. @throws AppError not_found, not_allowed */
export async function eventFor(parts: AssistantParts, actor: Actor, id: string): Promise<EventDetail> {
  const event = await parts.event(actor, id);
  const reach = {
    path: pathOfEvent(parts, event),
    units: [event.ownerUnit.id, ...event.tasks.map(({ unit }) => unit.id)],
  };
  if (grantsFor(actor, 'assistant.use', reach).length === 0)
    throw new AppError('not_allowed', 'Expected an appointment with assistant.use for this event; none of yours is.');
  return event;
}

/** @throws AppError not_found, not_allowed, too_many_requests, assistant_failed */
export async function draftForEvent(
  desk: Desk,
  late: LateDrafts,
  actor: Actor,
  id: string,
  { opId, kind }: Input<Routes['event']>['body'],
): Promise<Draft> {
  const event = await eventFor(desk.parts, actor, id);
  return late.of(`${senderOf(actor)} ${opId} ${id} ${kind}`, () =>
    makeDraft(desk, {
      kind,
      ...factsOfEvent(event),
      subject: { type: 'event', id },
      path: pathOfEvent(desk.parts, event),
      district: event.district,
      actor,
    }),
  );
}

/** A human has read it, changed it or not, and answers for it. @throws AppError not_found, transition_not_allowed, bad_input */
export async function confirmUse(
  parts: AssistantParts,
  actor: Actor,
  id: string,
  { opId, text }: Input<Routes['confirm']>['body'],
): Promise<Output<Routes['confirm']>> {
  if (leftSign.test(text))
    throw new AppError(
      'bad_input',
      `text: expected words in the place of ${leftSign.exec(text)?.[0] ?? ''}. Write what it stands for, or leave it out.`,
      { field: 'text' },
    );
  const finalHash = sha256(text);
  return decide(
    parts,
    actor,
    { id, opId, route: 'assistant.confirm', request: { id, finalHash } },
    async (tx, use, at) => {
      const edited = finalHash !== use.draftHash;
      await decideUse(tx, id, { decision: 'confirmed', edited, finalHash, by: accountOf(actor), at });
      const ledgerId = await tell(tx, use, actor, {
        action: 'assistant.confirm',
        at,
        opId,
        data: { edited, finalHash },
      });
      return { at: toIso(at.getTime()), ledgerId, edited, by: actor.name };
    },
  );
}

/** @throws AppError not_found, transition_not_allowed */
export async function discardUse(
  parts: AssistantParts,
  actor: Actor,
  id: string,
  { opId }: Input<Routes['discard']>['body'],
): Promise<Output<Routes['discard']>> {
  return decide(parts, actor, { id, opId, route: 'assistant.discard', request: { id } }, async (tx, use, at) => {
    await decideUse(tx, id, { decision: 'discarded', edited: null, finalHash: '', by: accountOf(actor), at });
    const ledgerId = await tell(tx, use, actor, { action: 'assistant.discard', at, opId, data: {} });
    return { at: toIso(at.getTime()), ledgerId };
  });
}

async function decide<T>(
  parts: AssistantParts,
  actor: Actor,
  { id, opId, route, request }: { id: string; opId: string; route: string; request: object },
  work: (tx: Tx, use: UseRow, at: Date) => Promise<T>,
): Promise<T> {
  return once(parts.database, systemScope, { opId, actor: senderOf(actor), route, request }, async (tx) => {
    const use = await findUse(tx, id);
    const mine = use !== undefined && ((use.askedBy !== null && use.askedBy === actor.accountId) || grantsFor(actor, 'assistant.use', { path: use.path, units: [] }).length > 0); // prettier-ignore
    if (!mine) throw new AppError('not_found', 'There is no such draft, or it is not yours to see.');
    if (use.outcome !== 'drafted' || use.decision !== null)
      throw new AppError(
        'transition_not_allowed',
        `Expected a draft nobody has decided on, found ${use.decision ?? use.outcome}. Ask for another.`,
      );
    return work(tx, use, new Date(parts.clock.now()));
  });
}

function tell(
  tx: Tx,
  use: UseRow,
  actor: Actor,
  { action, at, opId, data }: { action: string; at: Date; opId: string; data: object },
): Promise<string> {
  return append(tx, {
    actor: ledgerActor(actor),
    action,
    subject: { type: 'assistant_use', id: use.id },
    district: use.district,
    atMs: at.getTime(),
    audience: [],
    opId,
    data: { kind: use.kind, about: { type: use.subjectType, id: use.subjectId }, model: use.model, ...data },
  });
}

function accountOf(actor: Actor): string {
  if (actor.accountId === null)
    throw new AppError('not_allowed', 'Expected somebody who is signed in: a person answers for a text.');
  return actor.accountId;
}
