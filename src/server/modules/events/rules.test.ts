import { describe, expect, it } from 'vitest';
import { eventStatuses, verbs, type EventStatus, type TaskStatus, type Verb } from '#contract/events-words.ts';
import { permissions } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import type { Actor, Grant } from '#server/modules/identity/index.ts';
import type { Attempt, EventFacts, TaskFacts, UnitFacts } from './facts.ts';
import { isSampled } from './commands-report.ts';
import { allowedVerbs, decide } from './rules.ts';
import { table } from './rules-table.ts';

/*
 * What becomes of an event, for a clerk to read. Columns are the states it is in, cells the state it goes to, a point
 * means refused. R 待受理 reported · V 待核实 verifying · F 待派遣 filed · D 待签收 dispatched · H 处置中 handling ·
 * C 待核查 checking · X 已结案 closed · N 不予立案 declined · S 挂账 shelved · M 并案 merged · K 作废 cancelled
 * An ordinary P2 event, verified, with whatever the verb needs; (P0), (fail), (last) … say what differs.
 */
const expected = `
verb              R V F D H C X N S M K
receive           V . . . . . . . . . .
verify            V V . . . . . . . . .
verify(P0)        V V F D H . . . . . .
file              F F . . . . . . . . .
file(unverified)  . . . . . . . . . . .
decline           N N . . . . . . . . .
escalate          V V F F F . . . . . .
delegate          R V F . . . . . . . .
dispatch          . . D . . . . . . . .
dispatch(P0)      D D D . . . . . . . .
accept            . . . H H . . . . . .
return            . . . F F . . . . . .
invite            . . . D H . . . . . .
hand_over         . . . H H . . . . . .
waive             . . . D H . . . . . .
waive(last)       . . . C C . . . . . .
withdraw          . . . F F . . . . . .
arrive            . . . D H . . . . . .
note              R V F D H C X N S . .
ask_extension     . . . D H . . . . . .
grant_extension   . . . D H . . . . . .
refuse_extension  . . . D H . . . . . .
finish            . . . D H . . . . . .
finish(last)      . . . C C . . . . . .
check             . . . . . X . . . . .
check(fail)       . . . . . H . . . . .
shelve            . . S . S . . . . . .
resume            . . . . . . . . H . .
merge             M M M . . . . . . . .
unmerge           . . . . . . . . . V .
urge              R V F D H C . . S . .
supervise         R V F D H C . . S . .
reopen            . . . . . . F . . . .
rate              . . . . . . X . . . .
recategorise      R V F D H . . . . . .
relocate          R V F D H . . . . . .
reprioritise      R V F D H . . . . . .
record_call       R V F D H C . . S . .
cancel            K K K K K K . . K . .
follow            R V F D H C X . S . .
escalate_clock    R V F D H C . . S . .
`;

const letter: Record<EventStatus, string> = {
  reported: 'R',
  verifying: 'V',
  filed: 'F',
  dispatched: 'D',
  handling: 'H',
  checking: 'C',
  closed: 'X',
  declined: 'N',
  shelved: 'S',
  merged: 'M',
  cancelled: 'K',
};

const nowMs = Date.parse('2026-06-15T02:00:00Z');
const street: UnitFacts = { id: 'street', kind: 'centre', tier: 'street', areaCode: '500103004' };
const units: Record<string, UnitFacts> = {
  street,
  post: { id: 'post', kind: 'post', tier: 'street', areaCode: '500103004' },
  other: { id: 'other', kind: 'agency', tier: 'district', areaCode: '500103' },
  district: { id: 'district', kind: 'centre', tier: 'district', areaCode: '500103' },
};
const unitOf = (id: string) => units[id];
const grant = (unitId: string, areaCode: string | null = '500103004'): Grant => ({
  role: 'duty_chief',
  unitId,
  areaCode,
  permissions: new Set(permissions),
});
const person = (...grants: Grant[]): Actor => ({
  kind: 'account',
  accountId: 'someone',
  name: '',
  adminKind: null,
  limitedTo: null,
  grants,
});
const everybody = person(grant('street'), grant('post'), grant('other', null));
const program: Actor = { ...person(), kind: 'system', accountId: null };

const task = (id: string, unitId: string, part: 'lead' | 'assist', status: TaskStatus): TaskFacts => ({
  id,
  unitId,
  part,
  status,
  binding: false,
  current: true,
  dueMs: nowMs + 1,
});
function facts(changes: Partial<EventFacts> = {}): EventFacts {
  return {
    status: 'filed',
    statusBefore: null,
    version: 1,
    priority: 2,
    tier: 'street',
    ownerUnitId: 'street',
    path: ['500000', '500103', '500103004'],
    verified: true,
    closedAtMs: nowMs - 1,
    coordinating: false,
    ruleTier: 'community',
    evidence: 'none',
    tasks: [],
    hands: [],
    reporters: [],
    ...changes,
  };
}

/** Tasks and other circumstances a row of the table is judged in. */
const circumstances: Record<string, { facts?: Partial<EventFacts>; attempt?: Partial<Attempt> }> = {
  verify: { facts: { verified: true } },
  'verify(P0)': { facts: { priority: 0, verified: false } },
  'file(unverified)': { facts: { verified: false } },
  'dispatch(P0)': { facts: { priority: 0, verified: false } },
  delegate: { attempt: { targetTier: 'community' } },
  accept: { facts: { tasks: [task('t', 'post', 'lead', 'offered')] } },
  return: { facts: { tasks: [task('t', 'post', 'lead', 'accepted')] } },
  hand_over: { facts: { tasks: [task('t', 'other', 'assist', 'accepted'), task('u', 'post', 'lead', 'accepted')] } },
  waive: { facts: { tasks: [task('t', 'other', 'assist', 'accepted'), task('u', 'post', 'lead', 'accepted')] } },
  'waive(last)': { facts: { tasks: [task('t', 'other', 'assist', 'accepted'), task('u', 'post', 'lead', 'done')] } },
  withdraw: { facts: { tasks: [task('t', 'post', 'lead', 'offered')] } },
  arrive: { facts: { tasks: [task('t', 'post', 'lead', 'accepted')] } },
  ask_extension: { facts: { tasks: [task('t', 'post', 'lead', 'accepted')] } },
  finish: { facts: { tasks: [task('t', 'post', 'lead', 'on_site'), task('u', 'other', 'assist', 'offered')] } },
  'finish(last)': {
    facts: { tasks: [task('t', 'post', 'lead', 'on_site'), task('u', 'other', 'assist', 'returned')] },
  },
  check: { facts: { tasks: [task('t', 'post', 'lead', 'done')] }, attempt: { outcome: 'pass' } },
  'check(fail)': { facts: { tasks: [task('t', 'post', 'lead', 'done')] }, attempt: { outcome: 'fail' } },
  resume: { facts: { statusBefore: 'handling' } },
  unmerge: { facts: { statusBefore: 'verifying' } },
  rate: { attempt: { byReceipt: true } },
  follow: { attempt: { byReceipt: true } },
  escalate_clock: { attempt: { actor: program } },
};

function cell(name: string, status: EventStatus): string {
  const verb = name.replace(/\(.*\)/, '') as Verb;
  const given = circumstances[name];
  const attempt: Attempt = { verb, actor: everybody, nowMs, taskId: 't', reason: '理由', ...given?.attempt };
  try {
    return letter[decide(facts({ status, ...given?.facts }), attempt, unitOf).to];
  } catch (error) {
    if (error instanceof AppError) return '.';
    throw error;
  }
}

describe('the transition table', () => {
  const lines = expected.trim().split('\n').slice(1);
  const names = lines.map((line) => line.split(/\s+/)[0] ?? '');

  it.each(lines.map((line) => [line.split(/\s+/)[0] ?? '', line]))('%s', (name, line) => {
    expect(`${name.padEnd(18)}${eventStatuses.map((status) => cell(name, status)).join(' ')}`).toBe(line);
  });

  it('has one row for every verb on an existing event, and the expectation above names each', () => {
    const onExisting = verbs.filter((verb) => verb !== 'report' && verb !== 'self_handle');
    expect(table.map((row) => row.verb).toSorted()).toEqual(onExisting.toSorted());
    expect([...new Set(names.map((name) => name.replace(/\(.*\)/, '')))].toSorted()).toEqual(onExisting.toSorted());
  });

  it('gives the reason of a refusal by state with the state and the version', () => {
    expect(() =>
      decide(facts({ status: 'closed', version: 9 }), { verb: 'file', actor: everybody, nowMs }, unitOf),
    ).toThrow(
      expect.objectContaining({
        code: 'transition_not_allowed',
        detail: { status: 'closed', version: 9, verb: 'file' },
      }),
    );
  });
});

describe('who may', () => {
  const attempt = (verb: Verb, actor: Actor, more: Partial<Attempt> = {}): Attempt => ({
    verb,
    actor,
    nowMs,
    taskId: 't',
    reason: '理由',
    ...more,
  });
  const codeOf = (work: () => unknown) => {
    try {
      work();
      return 'done';
    } catch (error) {
      return error instanceof AppError ? error.code : error;
    }
  };

  it('files only at the owning desk, but a centre above may dispatch', () => {
    const above = person(grant('district', '500103'));
    expect(codeOf(() => decide(facts({ status: 'verifying' }), attempt('file', above), unitOf))).toBe('not_allowed');
    expect(decide(facts(), attempt('dispatch', above), unitOf).to).toBe('dispatched');
    const elsewhere = person(grant('district', '500112'));
    expect(codeOf(() => decide(facts(), attempt('dispatch', elsewhere), unitOf))).toBe('not_allowed');
  });

  it('acts under the appointment nearest to the work', () => {
    const held = facts({ status: 'dispatched', tasks: [task('t', 'post', 'lead', 'offered')] });
    expect(decide(held, attempt('accept', everybody), unitOf).grant?.unitId).toBe('post');
    expect(codeOf(() => decide(held, attempt('accept', person(grant('street'))), unitOf))).toBe('not_allowed');
    expect(codeOf(() => decide(held, attempt('accept', everybody, { taskId: 'no such' }), unitOf))).toBe('not_found');
  });

  it('lets a token do no more than its scopes', () => {
    const token: Actor = { ...everybody, kind: 'token', limitedTo: new Set(['event.read', 'event.annotate']) };
    expect(codeOf(() => decide(facts(), attempt('dispatch', token), unitOf))).toBe('not_allowed');
    expect(decide(facts(), attempt('urge', token), unitOf).to).toBe('filed');
  });

  it('wants another pair of eyes: neither the hand nor its unit checks', () => {
    const done = facts({ status: 'checking', tasks: [task('t', 'post', 'lead', 'done')], hands: ['someone'] });
    expect(codeOf(() => decide(done, attempt('check', everybody, { outcome: 'pass' }), unitOf))).toBe(
      'handler_may_not_check',
    );
    expect(
      codeOf(() =>
        decide({ ...done, hands: [] }, attempt('check', person(grant('post')), { outcome: 'pass' }), unitOf),
      ),
    ).toBe('handler_may_not_check');
    expect(decide({ ...done, hands: [] }, attempt('check', everybody, { outcome: 'pass' }), unitOf).grant?.unitId).toBe(
      'street',
    );
  });

  it('asks for the reason, the evidence and the tier only when it is done, not when buttons are shown', () => {
    const held = facts({
      status: 'handling',
      evidence: 'before_after',
      tasks: [task('t', 'post', 'lead', 'accepted')],
    });
    expect(codeOf(() => decide(held, attempt('return', everybody, { reason: ' ' }), unitOf))).toBe('reason_needed');
    expect(codeOf(() => decide(held, attempt('finish', everybody, { photos: { before: 1, after: 0 } }), unitOf))).toBe(
      'evidence_needed',
    );
    expect(
      codeOf(() =>
        decide(facts({ ruleTier: 'street' }), attempt('delegate', everybody, { targetTier: 'community' }), unitOf),
      ),
    ).toBe('tier_keeps_it');
    const shown = allowedVerbs(held, { actor: everybody, nowMs }, unitOf);
    expect(shown).toContainEqual({ verb: 'finish', taskId: 't' });
    expect(shown).toContainEqual({ verb: 'shelve', taskId: null });
    expect(shown.map((one) => one.verb)).not.toContain('escalate_clock');
  });

  it('hands the lead over only to a unit that accepted its part, and never what the coordinator decided', () => {
    const held = (assist: TaskStatus, binding = false) =>
      facts({
        status: 'handling',
        tasks: [task('t', 'other', 'assist', assist), { ...task('u', 'post', 'lead', 'accepted'), binding }],
      });
    const chief = person(grant('street'));
    const handler = person({ ...grant('post'), permissions: new Set(['event.read', 'event.dispatch'] as const) });
    expect(decide(held('on_site'), attempt('hand_over', handler), unitOf).to).toBe('handling');
    expect(codeOf(() => decide(held('offered'), attempt('hand_over', chief), unitOf))).toBe('transition_not_allowed');
    expect(codeOf(() => decide(held('accepted', true), attempt('hand_over', handler), unitOf))).toBe('not_allowed');
    expect(decide(held('accepted', true), attempt('hand_over', chief), unitOf).to).toBe('handling');
    expect(codeOf(() => decide(held('accepted'), attempt('hand_over', chief, { reason: '' }), unitOf))).toBe(
      'reason_needed',
    );
    expect(codeOf(() => decide(held('accepted'), attempt('hand_over', chief, { taskId: 'u' }), unitOf))).toBe(
      'transition_not_allowed',
    );
    const other = person(grant('other', null));
    expect(codeOf(() => decide(held('accepted'), attempt('hand_over', other), unitOf))).toBe('not_allowed');
  });

  it('counts only tasks given since the event was last reopened', () => {
    const old = { ...task('old', 'post', 'lead', 'done'), current: false };
    const again = facts({
      status: 'dispatched',
      tasks: [old, task('t', 'other', 'assist', 'accepted'), task('u', 'post', 'lead', 'offered')],
    });
    expect(decide(again, attempt('finish', everybody), unitOf).to).toBe('dispatched');
  });
});

it('samples self-handled events by their id: about the share asked for, the same again for the same event', () => {
  const ids = Array.from({ length: 2_000 }, (_, k) => `event-${k}`);
  const sampled = ids.filter((id) => isSampled(id, 0.2));
  expect(sampled.length / ids.length).toBeGreaterThan(0.17);
  expect(sampled.length / ids.length).toBeLessThan(0.23);
  expect(ids.filter((id) => isSampled(id, 0.2))).toEqual(sampled);
  expect(ids.some((id) => isSampled(id, 0))).toBe(false);
  expect(ids.every((id) => isSampled(id, 1))).toBe(true);
});
