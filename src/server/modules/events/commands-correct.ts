import { ledgerActorOf } from '#server/modules/identity/index.ts';
import { uuidV7 } from '#kit/ids.ts';
import { AppError } from '#kit/errors.ts';
import { isAbove } from '#kit/tiers.ts';
import { append } from '#server/modules/ledger/index.ts';
import { audienceOf, type Act, type Command, type CommandBody } from './act.ts';
import { pathOf, type CaseRows } from './case-rows.ts';
import { takeCategory } from './commands-route.ts';
import { endOpenTasks } from './draft.ts';
import { deskTierOf, placeEvent } from './placing.ts';
import { lockCase, saveEvent, widenScope } from './store-case.ts';
import { insertCall } from './store-extras.ts';
import { countReporters, moveReportersInto, returnReporters } from './store-reporter.ts';

/** Putting things right: merge, unmerge, recategorise, relocate, reprioritise, calls, cancel. */

type Reasoned = CommandBody & { reason: string };

export const merge: Command<Reasoned & { intoId: string }> = {
  verb: 'merge',
  async work(act, body) {
    const { tx, draft, data, words, nowMs } = act;
    const into = body.intoId === draft.event.id ? undefined : await lockCase(tx, body.intoId);
    if (into === undefined)
      throw new AppError('not_found', 'intoId: there is no such other event, or it is not yours to see.');
    if (into.event.status === 'merged' || into.event.status === 'declined' || into.event.status === 'cancelled') {
      throw new AppError(
        'merge_refused',
        `The other event is ${into.event.status}. Merge into one that is open or closed.`,
        { status: into.event.status },
      );
    }
    draft.pauseAll('merged');
    draft.set({ mergedInto: into.event.id, endedMs: nowMs, reviewMs: null });
    await moveReportersInto(tx, draft.event.id, into.event.id);
    await tellOther(act, into, body.opId, { mergedHere: draft.event.id, mergedNumber: draft.event.number });
    data['intoId'] = into.event.id;
    data['intoNumber'] = into.event.number;
    words['reason'] = body.reason;
  },
};

export const unmerge: Command<Reasoned> = {
  verb: 'unmerge',
  attempt: (body) => ({ reason: body.reason }),
  async work(act, body) {
    const { tx, draft, data, words } = act;
    const from = draft.event.mergedInto;
    draft.resumeAll();
    draft.set({ mergedInto: null, endedMs: null, statusBefore: null });
    const root = await returnReporters(tx, draft.event.id);
    draft.set({ reportCount: await countReporters(tx, draft.event.id) });
    // The event they come back from may lie outside this viewer's sight; its count must be right all the same.
    await widenScope(tx);
    const other = root === undefined ? undefined : await lockCase(tx, root);
    if (other !== undefined)
      await tellOther(act, other, body.opId, { unmerged: draft.event.id, unmergedNumber: draft.event.number });
    data['fromId'] = from;
    words['reason'] = body.reason;
  },
};

/** The other event gets its new count and a line of its own. */
async function tellOther(act: Act, other: CaseRows, opId: string, data: Record<string, unknown>): Promise<void> {
  const { tx, nowMs, actor, unit } = act;
  const event = {
    ...other.event,
    reportCount: await countReporters(tx, other.event.id),
    version: other.event.version + 1,
  };
  await saveEvent(tx, event, nowMs);
  await append(tx, {
    actor: ledgerActorOf(actor, unit?.id ?? null),
    action: `event.${'mergedHere' in data ? 'merge' : 'unmerge'}`,
    subject: { type: 'event', id: event.id },
    district: event.district,
    atMs: nowMs,
    data: {
      from: event.status,
      to: event.status,
      version: event.version,
      number: event.number,
      reportCount: event.reportCount,
      ...data,
    },
    audience: audienceOf(other, { event, tasks: other.tasks }),
    opId,
  });
}

export const recategorise: Command<Reasoned & { categoryCode: string }> = {
  verb: 'recategorise',
  attempt: (body) => ({ reason: body.reason }),
  work(act, body) {
    refuseStale(act, body);
    takeCategory(act, body.categoryCode);
    act.words['reason'] = body.reason;
  },
};

/**
 * Areas are worked out again. The owner stays while its area still contains the place; else the desk of the same tier
 * at the new place owns it (the nearest above, when that tier has none). Tasks stay with whoever has them.
 */
export const relocate: Command<Reasoned & { lon: number; lat: number; placeWords: string }> = {
  verb: 'relocate',
  work(act, body) {
    refuseStale(act, body);
    const { draft, kit, data, words, tell } = act;
    const { event } = draft;
    const placing = placeEvent(kit.territory, { lon: body.lon, lat: body.lat });
    const owner = kit.territory.unit(event.ownerUnitId);
    const stays = owner !== undefined && placing.path.includes(owner.areaCode);
    const desks = placing.path.toReversed().flatMap((code) => kit.territory.receiverOf(code) ?? []);
    const next = stays
      ? owner
      : (desks.find((unit) => unit.tier === event.tier || isAbove(unit.tier, event.tier)) ?? placing.owner);
    data['placeBefore'] = { lon: event.lon, lat: event.lat, path: pathOf(event) };
    data['placeAfter'] = { lon: body.lon, lat: body.lat, path: placing.path };
    if (next.id !== event.ownerUnitId) {
      data['fromUnitId'] = event.ownerUnitId;
      data['toUnitId'] = next.id;
      tell.add(`u:${event.ownerUnitId}`);
    }
    draft.set({
      lon: body.lon,
      lat: body.lat,
      placeWords: body.placeWords === '' ? event.placeWords : body.placeWords,
      outside: placing.outside,
      city: placing.city,
      district: placing.district,
      street: placing.street,
      community: placing.community,
      grid: placing.grid,
      ownerUnitId: next.id,
      tier: deskTierOf(next),
    });
    words['reason'] = body.reason;
    words['placeWords'] = body.placeWords;
  },
};

export const reprioritise: Command<Reasoned & { priority: number }> = {
  verb: 'reprioritise',
  attempt: (body) => ({ reason: body.reason }),
  work(act, body) {
    refuseStale(act, body);
    const { draft, data, words } = act;
    data['priorityBefore'] = draft.event.priority;
    data['priorityAfter'] = body.priority;
    draft.set({ priority: body.priority });
    draft.relimitAll();
    words['reason'] = body.reason;
  },
};

/** Corrections overwrite what somebody else may just have corrected: whoever looked at an older version looks again. */
function refuseStale({ draft }: Act, body: CommandBody): void {
  if (body.seenVersion === undefined || body.seenVersion === draft.event.version) return;
  throw new AppError(
    'version_conflict',
    `You looked at version ${body.seenVersion}; it is now ${draft.event.version}. Look again, then correct it.`,
    {
      version: draft.event.version,
      status: draft.event.status,
    },
  );
}

export const recordCall: Command<
  CommandBody & { number: string; calledAt: string; incidentNumber: string; note: string }
> = {
  verb: 'record_call',
  async work(act, body) {
    const { tx, draft, actor, nowMs, data, words } = act;
    if (Date.parse(body.calledAt) > nowMs + 60_000)
      throw new AppError('bad_input', 'calledAt: expected a time that has passed.');
    const id = uuidV7(nowMs);
    await insertCall(tx, {
      id,
      eventId: draft.event.id,
      number: body.number,
      calledAt: body.calledAt,
      incidentNumber: body.incidentNumber,
      note: body.note,
      recordedBy: actor.accountId,
    });
    act.callNumber = body.number;
    data['callId'] = id;
    data['calledAt'] = body.calledAt;
    // Emergency numbers are facts; any other number is a person's or a firm's.
    if (body.number.length <= 5) data['callNumber'] = body.number;
    else words['callNumber'] = body.number;
    words['incidentNumber'] = body.incidentNumber;
    words['note'] = body.note;
  },
};

export const cancel: Command<Reasoned> = {
  verb: 'cancel',
  attempt: (body) => ({ reason: body.reason }),
  work({ draft, nowMs, data, words }, body) {
    // Nobody's task ends unsaid: each carries the reason, the line names them all, and their units are its audience.
    data['tasksWithdrawn'] = endOpenTasks(draft, 'withdrawn', body.reason, nowMs);
    draft.set({ endedMs: nowMs, reviewMs: null });
    words['reason'] = body.reason;
  },
};
