import type { PhoneFields, WrittenFields, WrittenKind } from '#contract/incidents.ts';
import { uuidV7 } from '#kit/ids.ts';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { ledgerActorOf, scopeOf, type Actor } from '#server/modules/identity/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import { audienceOf, getReporter, seeEvent, type SeenEvent } from './access.ts';
import type { IncidentParts } from './parts.ts';
import { assertInOrder, assertTime, firstDues, nextContinued, type RuleLevel } from './rules.ts';
import { findIncident, insertIncident, insertReport, listRules, saveIncident, type Incident } from './store.ts';

interface Answer {
  version: number;
  ledgerId: string;
}
type Reported = Answer & { reportId: string };

/** What a command works with, inside its transaction. */
interface Work {
  tx: Tx;
  actor: Actor;
  seen: SeenEvent;
  unitId: string;
  nowMs: number;
  opId: string;
}

/** The road of every command: see the event through sight → may this person report? → once per opId → work. */
async function run<T>(
  parts: IncidentParts,
  actor: Actor,
  command: { verb: string; eventId: string; body: { opId: string } },
  work: (work: Work) => Promise<T>,
): Promise<T> {
  const { verb, eventId, body } = command;
  const seen = await seeEvent(parts, actor, eventId);
  const { grant } = getReporter(parts, actor, seen);
  const op = {
    opId: body.opId,
    actor: actor.accountId ?? actor.kind,
    route: `incident.${verb}`,
    request: { eventId, ...body },
  };
  return once(parts.database, scopeOf(actor), op, async (tx) =>
    work({ tx, actor, seen, unitId: grant.unitId, nowMs: parts.clock.now(), opId: body.opId }),
  );
}

/** Declares an event an incident: the clocks of the rule set start when the centre knew. @throws AppError already_exists, bad_input */
export function declareIncident(
  parts: IncidentParts,
  actor: Actor,
  eventId: string,
  body: { opId: string; ruleCode: string; level: number; knownAt?: string | undefined },
): Promise<Answer> {
  return run(parts, actor, { verb: 'declare', eventId, body }, async (work) => {
    const { tx, nowMs, seen } = work;
    const reportedMs = Date.parse(seen.event.reportedAt);
    const knownMs = body.knownAt === undefined ? reportedMs : Date.parse(body.knownAt);
    assertTime('knownAt', knownMs, { fromMs: reportedMs, nowMs });
    const rule = await getRule(tx, body.ruleCode, body.level);
    const incident: Incident = {
      id: uuidV7(nowMs),
      eventId,
      district: seen.event.district,
      ruleCode: body.ruleCode,
      level: body.level,
      knownMs,
      declaredMs: nowMs,
      ...firstDues(rule, knownMs),
      phoneMs: null,
      firstMs: null,
      continuedDueMs: null,
      continued: 0,
      lastWrittenMs: null,
      finalMs: null,
      version: 1,
    };
    if (!(await insertIncident(tx, incident, actor.accountId)))
      throw new AppError('already_exists', 'This event was declared an incident already. Reload to see its reports.');
    return record(work, incident, 'declare', { ruleCode: body.ruleCode, knownAt: new Date(knownMs).toISOString() });
  });
}

/** Another level: what is not yet reported takes the limits of the new one. */
export function regradeIncident(
  parts: IncidentParts,
  actor: Actor,
  eventId: string,
  body: { opId: string; version: number; level: number; reason: string },
): Promise<Answer> {
  return run(parts, actor, { verb: 'regrade', eventId, body }, async (work) => {
    const before = await getIncident(work, body.version);
    assertInOrder(before.firstMs === null ? 'first' : 'continued', before);
    const rule = await getRule(work.tx, before.ruleCode, body.level);
    const dues = firstDues(rule, before.knownMs);
    const after: Incident = {
      ...before,
      level: body.level,
      phoneDueMs: before.phoneMs === null ? dues.phoneDueMs : before.phoneDueMs,
      firstDueMs: before.firstMs === null ? dues.firstDueMs : before.firstDueMs,
      continuedDueMs: before.lastWrittenMs === null ? null : nextContinued(rule, before.lastWrittenMs),
      version: before.version + 1,
    };
    await saveIncident(work.tx, after);
    return record(work, after, 'regrade', { from: before.level, to: body.level }, { reason: body.reason });
  });
}

/** Writes down that it was reported by phone. A later call is a further report: only the first ends the duty. */
export function recordPhone(
  parts: IncidentParts,
  actor: Actor,
  eventId: string,
  body: { opId: string; version: number; fields: PhoneFields },
): Promise<Reported> {
  return run(parts, actor, { verb: 'phone', eventId, body }, async (work) => {
    const before = await getIncident(work, body.version);
    const atMs = Date.parse(body.fields.at);
    assertTime('at', atMs, { fromMs: before.knownMs, nowMs: work.nowMs });
    if (before.phoneMs !== null)
      throw new AppError('already_exists', 'The phone report was recorded already. Report news as a continued report.');
    const late = atMs > before.phoneDueMs;
    const reportId = uuidV7(work.nowMs);
    await insertReport(work.tx, before.id, {
      id: reportId,
      kind: 'phone',
      ordinal: 0,
      fields: body.fields,
      level: before.level,
      late,
      dueMs: before.phoneDueMs,
      issuedMs: atMs,
      by: actor.accountId,
      unitId: work.unitId,
      made: before.version + 1,
    });
    const after = { ...before, phoneMs: atMs, version: before.version + 1 };
    await saveIncident(work.tx, after);
    const data = { reportId, late, calledAt: body.fields.at };
    return { ...(await record(work, after, 'phone', data, { fields: body.fields })), reportId };
  });
}

/** Issues a written report. It is never changed afterwards; news go into the next one. @throws AppError transition_not_allowed */
export function issueReport(
  parts: IncidentParts,
  actor: Actor,
  eventId: string,
  body: { opId: string; version: number; kind: WrittenKind; fields: WrittenFields },
): Promise<Reported> {
  return run(parts, actor, { verb: 'issue', eventId, body }, async (work) => {
    const { tx, nowMs } = work;
    const { kind, fields } = body;
    const before = await getIncident(work, body.version);
    assertInOrder(kind, before);
    const rule = await getRule(tx, before.ruleCode, before.level);
    const ordinal = kind === 'continued' ? before.continued + 1 : 0;
    const dueMs = kind === 'first' ? before.firstDueMs : before.continuedDueMs;
    const late = dueMs !== null && nowMs > dueMs;
    const reportId = uuidV7(nowMs);
    await insertReport(tx, before.id, {
      id: reportId,
      kind,
      ordinal,
      fields,
      level: before.level,
      late,
      dueMs,
      issuedMs: nowMs,
      by: actor.accountId,
      unitId: work.unitId,
      made: before.version + 1,
    });
    const after: Incident = {
      ...before,
      firstMs: kind === 'first' ? nowMs : before.firstMs,
      continued: kind === 'continued' ? ordinal : before.continued,
      continuedDueMs: kind === 'final' ? null : nextContinued(rule, nowMs),
      finalMs: kind === 'final' ? nowMs : null,
      version: before.version + 1,
    };
    await saveIncident(tx, after);
    return { ...(await record(work, after, 'issue', { reportId, kind, ordinal, late }, { fields })), reportId };
  });
}

async function getRule(tx: Tx, code: string, level: number): Promise<RuleLevel> {
  const rules = await listRules(tx);
  const rule = rules.find((one) => one.code === code && one.level === level);
  if (rule !== undefined) return rule;
  const known = [...new Set(rules.map((one) => one.code))].join(', ');
  throw new AppError(
    'bad_input',
    `ruleCode: expected one of ${known}, found "${code}". Reload the list and choose again.`,
  );
}

async function getIncident({ tx, seen }: Work, version: number): Promise<Incident> {
  const incident = await findIncident(tx, seen.event.id, true);
  if (incident === undefined)
    throw new AppError('not_found', 'This event was not declared an incident. Declare it first.');
  if (incident.version !== version)
    throw new AppError('version_conflict', 'Somebody reported in the meantime. Reload; what you typed is kept.', {
      seen: version,
      now: incident.version,
    });
  return incident;
}

async function record(
  work: Work,
  incident: Incident,
  verb: string,
  data: Record<string, unknown>,
  words: Record<string, unknown> = {},
): Promise<Answer> {
  const { tx, actor, seen, unitId, nowMs, opId } = work;
  const ledgerId = await append(tx, {
    actor: ledgerActorOf(actor, unitId),
    action: `incident.${verb}`,
    subject: { type: 'incident', id: incident.id },
    district: incident.district,
    atMs: nowMs,
    data: { eventId: incident.eventId, number: seen.event.number, level: incident.level, ...data },
    words,
    audience: audienceOf(seen),
    opId,
  });
  return { version: incident.version, ledgerId };
}
