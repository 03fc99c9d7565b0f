import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Channel } from '#contract/events-words.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { isAbove } from '#kit/tiers.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { grantsFor, type Actor, type Grant } from '#server/modules/identity/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import { digestSecret } from '#server/vault/vault.ts';
import {
  actOn,
  audienceOf,
  happenedBefore,
  toLedgerActor,
  type CommandBody,
  type CommandResult,
  type Kit,
} from './act.ts';
import type { EventRow, TaskRow } from './case-rows.ts';
import { getCategory, getRule, limitOf, type Library, type Rule } from './library.ts';
import { placeEvent, type Placing } from './placing.ts';
import { missingEvidence } from './rules-needs.ts';
import { claimAttachments, type Claim } from './store-attachment.ts';
import { lockCase } from './store-case.ts';
import { insertDone, insertFollower, insertReport, type NewReporter } from './store-report.ts';
import { startClock, type ClockRow } from './worktime.ts';

export interface ReportBody extends CommandBody {
  categoryCode: string;
  title: string;
  description: string;
  lon: number | null;
  lat: number | null;
  placeWords: string;
  areaCode?: string | undefined;
  priority?: number | undefined;
  attachments: readonly Claim[];
  followEventId?: string | undefined;
  channel: Channel;
  sourceRef?: string | undefined;
  phone?: string | undefined;
  name?: string | undefined;
}

export interface ReportResult extends CommandResult {
  receiptSecret: string;
  outside: boolean;
  areaName: string;
}

/** What is stored as the answer to the opId: everything but the secret, which is derived again when asked again. */
type Stored = Omit<ReportResult, 'receiptSecret'> & { reporterId: string };

/** Everything a report needs before it touches the database. */
interface Prepared {
  kit: Kit;
  actor: Actor;
  library: Library;
  rule: Rule;
  placing: Placing;
  grant: Grant | undefined;
  nowMs: number;
  reporterId: string;
  body: ReportBody;
}

/** A report from any channel: one new event on the desk of whoever receives for its place, or one more reporter of an event. */
export async function reportEvent(kit: Kit, actor: Actor, body: ReportBody): Promise<ReportResult> {
  if (body.followEventId !== undefined) return follow(kit, actor, body, body.followEventId);
  const made = await prepare(kit, actor, body);
  const trusted = isTrusted(made);
  const event = { ...draftEvent(made), verifiedMs: trusted ? made.nowMs : null };
  const clock = startClock(made.library.calendar, {
    id: uuidV7(made.nowMs),
    eventId: event.id,
    taskId: null,
    step: 'receive',
    limit: limitOf(made.rule, event.priority, 'receive'),
    nowMs: made.nowMs,
  });
  return sendReport(made, 'report', async (tx) => {
    const number = await insertReport(tx, {
      event: { ...event, dueMs: clock.dueMs },
      reporter: toReporter(made, false),
      clocks: [clock],
      dayDigits: localDay(made),
    });
    await claimAttachments(tx, body.attachments, {
      eventId: event.id,
      taskId: null,
      reporterId: made.reporterId,
      accountId: actor.accountId,
    });
    return { event: { ...event, number }, data: { trusted } };
  });
}

/** Reported and done in one act. The evidence law holds; a share, and every P0 and P1, is checked all the same. */
export async function selfHandle(
  kit: Kit,
  actor: Actor,
  body: ReportBody & { result: string; noEvidenceReason?: string | undefined },
): Promise<ReportResult> {
  const made = await prepare(kit, actor, body);
  const { nowMs, library, rule, placing } = made;
  const grant = grantsFor(actor, 'event.handle', { path: placing.path, units: [placing.owner.id] }).toSorted(
    (a, b) => (b.areaCode?.length ?? 0) - (a.areaCode?.length ?? 0),
  )[0];
  if (grant === undefined)
    throw new AppError(
      'not_allowed',
      'None of your appointments lets you handle events at this place. Report it instead.',
    );
  const draft = draftEvent(made);
  const checked = draft.priority <= 1 || isSampled(draft.id, kit.sampleShare ?? 0.2);
  const event: EventRow = {
    ...draft,
    status: checked ? 'checking' : 'closed',
    verifiedMs: nowMs,
    filedMs: nowMs,
    dispatchedMs: nowMs,
    finishedMs: nowMs,
    noEvidenceReason: body.noEvidenceReason ?? null,
    ...(checked ? {} : { closedMs: nowMs, endedMs: nowMs, closeKind: 'sample_skipped' as const }),
  };
  const task: TaskRow = {
    id: uuidV7(nowMs),
    eventId: event.id,
    unitId: grant.unitId,
    part: 'lead',
    status: 'done',
    binding: false,
    instruction: '',
    assigneeId: actor.accountId,
    offeredBy: actor.accountId,
    offeredMs: nowMs,
    acceptedMs: nowMs,
    onSiteMs: nowMs,
    doneMs: nowMs,
    endedMs: nowMs,
    result: body.result,
    reason: '',
    reportedMs: nowMs,
    round: 0,
    district: event.district,
  };
  const clocks: ClockRow[] = checked
    ? [
        startClock(library.calendar, {
          id: uuidV7(nowMs),
          eventId: event.id,
          taskId: null,
          step: 'check',
          limit: limitOf(rule, event.priority, 'check'),
          nowMs,
        }),
      ]
    : [];
  return sendReport(made, 'self_handle', async (tx) => {
    const number = await insertReport(tx, {
      event: { ...event, dueMs: clocks[0]?.dueMs ?? null },
      reporter: toReporter(made, false),
      clocks,
      dayDigits: localDay(made),
    });
    await insertDone(tx, task, actor.accountId);
    const photos = await claimAttachments(tx, body.attachments, {
      eventId: event.id,
      taskId: task.id,
      reporterId: made.reporterId,
      accountId: actor.accountId,
    });
    refuseWithoutEvidence(made, photos, body.noEvidenceReason);
    return {
      event: { ...event, number },
      data: { taskId: task.id, taskUnitId: task.unitId, sampled: checked },
      words: { result: body.result, noEvidenceReason: body.noEvidenceReason ?? '' },
    };
  });
}

function refuseWithoutEvidence(
  { rule }: Prepared,
  photos: readonly { kind: string }[],
  noEvidenceReason: string | undefined,
): void {
  const count = (...kinds: string[]) => photos.filter((photo) => kinds.includes(photo.kind)).length;
  const refusal = missingEvidence(
    rule.evidence,
    { before: count('before', 'report'), after: count('after') },
    noEvidenceReason,
  );
  if (refusal !== undefined) throw refusal;
}

/** The same event always gives the same answer, and nobody can choose an event's id. `share` from 0 to 1. */
export function isSampled(eventId: string, share: number): boolean {
  return createHash('sha256').update(eventId).digest().readUInt32BE(0) / 2 ** 32 < share;
}

async function prepare(kit: Kit, actor: Actor, body: ReportBody): Promise<Prepared> {
  const library = await kit.dictionary.get();
  getCategory(library, body.categoryCode);
  const rule = getRule(library, body.categoryCode);
  const placing = placeEvent(kit.territory, body);
  const reports = actor.grants.filter((one) => one.permissions.has('event.report'));
  const grant = grantsFor(actor, 'event.report', { path: placing.path, units: [placing.owner.id] })[0] ?? reports[0];
  const nowMs = kit.clock.now();
  return { kit, actor, library, rule, placing, grant, nowMs, reporterId: uuidV7(nowMs), body };
}

/**
 * Whose word counts as verified (law 5): our own field force at a place where they may verify, a centre standing above
 * the desk that receives, and machines named in the configuration. Volunteers report like everybody else.
 */
function isTrusted({ kit, actor, body, placing, grant }: Prepared): boolean {
  if (body.channel === 'grid_worker' || body.channel === 'patrol')
    return grantsFor(actor, 'event.verify', { path: placing.path, units: [placing.owner.id] }).length > 0;
  if (body.channel === 'superior') {
    const unit = grant === undefined ? undefined : kit.territory.unit(grant.unitId);
    return (
      unit !== undefined &&
      unit.kind === 'centre' &&
      isAbove(unit.tier, placing.tier) &&
      placing.path.includes(unit.areaCode)
    );
  }
  return (actor.kind === 'system' || actor.kind === 'token') && (kit.trustedChannels ?? []).includes(body.channel);
}

function draftEvent({ kit: _, library, rule, placing, nowMs, body }: Prepared): EventRow {
  return {
    id: uuidV7(nowMs),
    number: '',
    title: body.title === '' ? (library.categories.get(body.categoryCode)?.name ?? '') : body.title,
    description: body.description,
    categoryCode: body.categoryCode,
    ruleVersion: library.version,
    priority: body.priority ?? rule.priority,
    channel: body.channel,
    status: 'reported',
    tier: placing.tier,
    ownerUnitId: placing.owner.id,
    city: placing.city,
    district: placing.district,
    street: placing.street,
    community: placing.community,
    grid: placing.grid,
    lon: body.lon,
    lat: body.lat,
    placeWords: body.placeWords,
    outside: placing.outside,
    verifiedMs: null,
    reportedMs: nowMs,
    filedMs: null,
    dispatchedMs: null,
    finishedMs: null,
    closedMs: null,
    endedMs: null,
    reopenedMs: null,
    dueMs: null,
    returns: 0,
    reworks: 0,
    reopens: 0,
    urges: 0,
    supervised: false,
    late: false,
    reportCount: 1,
    rating: null,
    mergedInto: null,
    statusBefore: null,
    reviewMs: null,
    closeKind: null,
    noEvidenceReason: null,
    version: 1,
  };
}

function toReporter(
  {
    kit,
    actor,
    body,
    grant,
    reporterId,
  }: Prepared | (Pick<Prepared, 'kit' | 'actor' | 'body' | 'reporterId'> & { grant?: undefined }),
  joined: boolean,
): NewReporter {
  const seal = (text: string | undefined, column: string) =>
    text === undefined || text === '' ? null : kit.vault.seal(text, `event_reporter.${column}`);
  return {
    id: reporterId,
    kind: body.channel,
    accountId: actor.accountId,
    unitId: grant?.unitId ?? null,
    phone: seal(body.phone, 'phone'),
    name: seal(body.name, 'name'),
    secretHash: digestSecret(secretOf(kit, reporterId)),
    sourceRef: body.sourceRef ?? null,
    joined,
    words: joined ? [body.title, body.description].filter((text) => text !== '').join('\n') : '',
  };
}

function secretOf(kit: Kit, reporterId: string): string {
  return kit.vault.deriveSecret(reporterId, 'receipt');
}

/** yyyymmdd at the place the calendar is for. */
function localDay({ library, nowMs }: Prepared): string {
  return toIso(nowMs + library.calendar.offsetMinutes * 60_000)
    .slice(0, 10)
    .replaceAll('-', '');
}

async function sendReport(
  made: Prepared,
  verb: 'report' | 'self_handle',
  work: (tx: Tx) => Promise<{ event: EventRow; data: Record<string, unknown>; words?: Record<string, unknown> }>,
): Promise<ReportResult> {
  const { kit, actor, body, placing, nowMs, rule, reporterId } = made;
  const stored = await storeOnce(made, `event.${verb}`, async (tx): Promise<Stored> => {
    const { event, data, words } = await work(tx);
    const happenedAt = happenedBefore(body.at, 0, nowMs);
    const ledgerId = await append(tx, {
      actor: toLedgerActor(actor, made.grant?.unitId ?? null),
      action: `event.${verb}`,
      subject: { type: 'event', id: event.id },
      district: event.district,
      atMs: nowMs,
      data: {
        from: null,
        to: event.status,
        version: 1,
        number: event.number,
        categoryCode: event.categoryCode,
        ruleVersion: event.ruleVersion,
        ruleTier: rule.tier,
        priority: event.priority,
        channel: event.channel,
        tier: event.tier,
        ownerUnitId: event.ownerUnitId,
        path: placing.path,
        outside: event.outside,
        reporterId,
        photos: body.attachments.length,
        ...(happenedAt === null ? {} : { happenedAt }),
        ...data,
      },
      words: { title: event.title, description: event.description, placeWords: event.placeWords, ...words },
      audience: audienceOf(null, { event, tasks: [] }, actor.accountId === null ? [] : [`p:${actor.accountId}`]),
      opId: body.opId,
    });
    return {
      id: event.id,
      number: event.number,
      status: event.status,
      version: 1,
      at: toIso(nowMs),
      ledgerId,
      outside: event.outside,
      areaName: placing.area.name,
      reporterId,
    };
  });
  return withSecret(kit, stored);
}

async function storeOnce(
  { kit, actor, body }: Pick<Prepared, 'kit' | 'actor' | 'body'>,
  route: string,
  work: (tx: Tx) => Promise<Stored>,
): Promise<Stored> {
  const op = { opId: body.opId, actor: actor.accountId ?? actor.kind, route, request: body };
  try {
    return await once(kit.database, systemScope, op, work);
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.constraint === 'event_reporter_source_once') {
      throw new AppError(
        'already_exists',
        `sourceRef: "${body.sourceRef ?? ''}" of channel ${body.channel} was brought in before. Look for it by this number; follow it instead of reporting it again.`,
      );
    }
    throw error;
  }
}

function withSecret(kit: Kit, { reporterId, ...answer }: Stored): ReportResult {
  return { ...answer, receiptSecret: secretOf(kit, reporterId) };
}

/** One more reporter of an event that is known already: their own receipt, the same event. A merged one leads to its root. */
async function follow(kit: Kit, actor: Actor, body: ReportBody, eventId: string): Promise<ReportResult> {
  const library = await kit.dictionary.get();
  const reporterId = uuidV7(kit.clock.now());
  const stored = await storeOnce({ kit, actor, body }, 'event.follow', async (tx) => {
    let rows = await lockCase(tx, eventId);
    for (let steps = 0; rows?.event.mergedInto != null && steps < 20; steps++)
      rows = await lockCase(tx, rows.event.mergedInto);
    if (rows === undefined) throw new AppError('not_found', 'followEventId: there is no such event.');
    const { event } = rows;
    const result = await actOn(kit, { actor, reporterId }, { tx, rows, library }, body, {
      verb: 'follow',
      async work(act) {
        await insertFollower(tx, event.id, toReporter({ kit, actor, body, reporterId }, true), act.nowMs);
        const photos = await claimAttachments(tx, body.attachments, {
          eventId: event.id,
          taskId: null,
          reporterId,
          accountId: actor.accountId,
        });
        act.draft.set({ reportCount: act.draft.event.reportCount + 1 });
        act.data['reportCount'] = act.draft.event.reportCount;
        act.data['photos'] = photos.length;
        act.words['description'] = body.description;
      },
    });
    const code = event.grid ?? event.community ?? event.street ?? event.district;
    return { ...result, outside: event.outside, areaName: kit.territory.area(code)?.name ?? '', reporterId };
  });
  return withSecret(kit, stored);
}
