import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { permissions, type Permission } from '#contract/route.ts';
import { grantsOf, isAppointable } from './office-rules.ts';
import { passwordProblem } from './password-rules.ts';
import { grantsFor, holds, rolePermissions, roles, type Actor, type Role } from './rules.ts';
import { isAlive, isLive, lockUntil, safeReturn, shanghaiDay } from './sign-in-rules.ts';

/** Written once more by hand, so that a change of rights must be confessed here. */
const expected: Record<Role, string> = {
  leader:
    'annotate check escalate file handle read receive report verify | care.edit care.glance care.read circle.read force.read grids.read group.manage group.read inspection.do library.read need.record people.read risk.edit station.read visit.do visit.plan warning.read',
  full_time:
    'annotate check escalate handle read receive report verify | care.edit care.glance care.read circle.read force.read grids.read group.manage group.read inspection.do library.read need.record people.read risk.edit station.read visit.do warning.read',
  part_time:
    'annotate check escalate handle read receive report verify | care.glance care.read circle.read force.read grids.read group.read inspection.do library.read need.record people.read station.read visit.do warning.read',
  instructor:
    'annotate check escalate handle read receive report verify | care.glance care.read circle.read force.read grids.read group.read inspection.do library.read need.record people.read station.read visit.do warning.read',
  other: 'report | grids.read library.read',
  secretary:
    'annotate check dispatch escalate file read receive report verify | alarm.read analytics.read assistant.use burden.ask care.edit care.erase care.export care.glance care.read care.review circle.plan circle.read facility.edit force.edit force.read grids.read group.manage group.read inspection.do library.read need.record partner.manage people.read risk.edit station.manage station.read visit.do visit.plan warning.read',
  clerk:
    'annotate dispatch escalate file handle read receive report verify | alarm.read analytics.read assistant.use care.edit care.glance care.read circle.read facility.edit force.edit force.read grids.read group.manage group.read inspection.do library.read need.record people.read risk.edit station.read visit.do visit.plan warning.read',
  special_care: 'read | care.edit care.glance care.read care.restricted grids.read library.read people.read visit.do',
  intake_seat:
    'annotate escalate file read receive report | alarm.handle alarm.read analytics.read assistant.use care.glance circle.read force.read grids.read group.read library.read need.record people.read station.read warning.read',
  dispatch_seat:
    'annotate dispatch escalate file read receive report | alarm.handle alarm.read analytics.read assistant.use care.glance circle.read force.read grids.read group.read incident.report library.read need.record people.read station.read warning.read',
  analysis_seat:
    'annotate read | alarm.read analytics.edit analytics.read assistant.use care.glance circle.read grids.read group.read library.read people.read station.read warning.read',
  supervise_seat:
    'annotate check read supervise | alarm.read analytics.read assistant.use audit.read care.review circle.read department.rate force.read grids.read library.read people.read station.read warning.read',
  duty_chief:
    'annotate coordinate dispatch escalate file read receive report supervise | alarm.handle alarm.read analytics.edit analytics.read assistant.use burden.ask care.export care.glance circle.plan circle.read department.rate facility.edit force.edit force.read grids.read group.manage group.read incident.report library.read need.record partner.manage people.read plan.edit risk.edit station.manage station.read warning.issue warning.read',
  commander:
    'annotate coordinate dispatch escalate read supervise | alarm.read analytics.edit analytics.read assistant.use burden.ask care.export care.glance circle.decide circle.plan circle.read department.rate feed.publish force.read grids.read group.read incident.report ledger.read library.read partner.manage people.read station.read warning.issue warning.read',
  planner:
    ' | circle.plan circle.read facility.edit grids.read group.read library.read need.record people.read station.read',
  handler: 'annotate handle read report | grids.read inspection.do library.read',
  handler_lead:
    'annotate dispatch handle read report | analytics.read assistant.use burden.ask department.rate grids.read incident.report inspection.do library.read warning.read',
  checker: 'annotate check read report verify | grids.read library.read',
  station_head: 'annotate read report | grids.read library.read station.manage station.read station.work warning.read',
  volunteer: 'report | grids.read library.read station.read station.work warning.read',
  system_admin:
    ' | calendar.edit device.edit grids.edit grids.read identity.edit library.edit library.read notice.edit people.read plan.edit risk.edit',
  security_admin: ' | grids.read people.read security.edit tokens.edit',
  audit_admin: ' | audit.read care.review grids.read ledger.read people.read',
};

function asWords(list: readonly Permission[]): string {
  const sorted = [...list].sort();
  const events = sorted.filter((word) => word.startsWith('event.')).map((word) => word.slice(6));
  return `${events.join(' ')} | ${sorted.filter((word) => !word.startsWith('event.')).join(' ')}`;
}

function actor(grants: Actor['grants'], limitedTo: Actor['limitedTo'] = null): Actor {
  return { kind: 'account', accountId: 'a', name: '', adminKind: null, grants, limitedTo };
}

describe('roles', () => {
  test.each(roles)('%s may do exactly what the table says', (role) => {
    expect(asWords(rolePermissions[role])).toBe(expected[role]);
  });

  test('every permission word is carried by some role', () => {
    const carried = new Set<string>(roles.flatMap((role) => [...rolePermissions[role]]));
    expect(permissions.filter((word) => !carried.has(word))).toEqual([]);
  });

  test('no administrator handles events, and only administrators edit accounts, locks and tokens', () => {
    const offices = roles.filter((role) => !isAppointable(role));
    expect(offices).toEqual(['system_admin', 'security_admin', 'audit_admin']);
    const wordsOf = (role: Role): readonly string[] => rolePermissions[role];
    for (const role of offices) expect(wordsOf(role).filter((word) => word.startsWith('event.'))).toEqual([]);
    const theirs = ['identity.edit', 'security.edit', 'tokens.edit'];
    for (const role of roles.filter(isAppointable))
      expect(wordsOf(role).filter((word) => theirs.includes(word))).toEqual([]);
  });

  test('the three administrators share nothing but looking at units and people', () => {
    const shared = (a: Role, b: Role) => {
      const others: readonly string[] = rolePermissions[b];
      return rolePermissions[a].filter((word) => others.includes(word)).sort();
    };
    expect(shared('system_admin', 'security_admin')).toEqual(['grids.read', 'people.read']);
    expect(shared('system_admin', 'audit_admin')).toEqual(['grids.read', 'people.read']);
    expect(shared('security_admin', 'audit_admin')).toEqual(['grids.read', 'people.read']);
  });
});

describe('grants', () => {
  const appointments = [
    { unitId: 'u1', areaCode: '500103004', role: 'dispatch_seat' },
    { unitId: 'u2', areaCode: null, role: 'handler' },
    { unitId: 'u3', areaCode: null, role: 'system_admin' },
    { unitId: 'u4', areaCode: null, role: 'emperor' },
  ];

  test('offices and unknown roles in an appointment give nothing', () => {
    expect(grantsOf({ adminKind: null, rootCode: '500000', appointments }).map((grant) => grant.role)).toEqual([
      'dispatch_seat',
      'handler',
    ]);
  });

  test('an administrator has the office on the root, and no appointment counts', () => {
    const grants = grantsOf({ adminKind: 'audit', rootCode: '500000', appointments });
    expect(grants.map((grant) => [grant.role, grant.areaCode])).toEqual([['audit_admin', '500000']]);
  });

  test.each([
    [['500000', '500103', '500103004'], [], ['dispatch_seat']],
    [['500000', '500103', '500103005'], [], []],
    [['500000', '500103', '500103005'], ['u2'], ['handler']],
    [['500000', '500103', '500103005'], ['u1'], ['dispatch_seat']],
    [['500000', '500103'], [], []],
  ])('over a row in %j held by %j, event.annotate comes through %j', (path, units, through) => {
    const grants = grantsOf({ adminKind: null, rootCode: '500000', appointments });
    expect(grantsFor(actor(grants), 'event.annotate', { path, units }).map((grant) => grant.role)).toEqual(through);
  });

  test('a token never does more than its scopes, nor more than its account', () => {
    const grants = grantsOf({ adminKind: null, rootCode: '500000', appointments });
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...permissions)), (scopes) => {
        const limited = actor(grants, new Set(scopes));
        return permissions.every(
          (word) => holds(limited, word) === (scopes.includes(word) && holds(actor(grants), word)),
        );
      }),
    );
  });
});

describe('signing in', () => {
  const minute = 60_000;
  test.each([
    [1, null],
    [4, null],
    [5, 15],
    [6, null],
    [9, null],
    [10, 30],
    [15, 60],
    [20, 120],
    [40, 24 * 60],
    [500, 24 * 60],
  ])('failure number %i locks for %j minutes', (count, minutes) => {
    expect(lockUntil(count, 1_000)).toBe(minutes === null ? null : 1_000 + minutes * minute);
  });

  test.each([
    ['fresh', 0, 60, true],
    ['used 29 minutes ago', -29, 60, true],
    ['idle for 30 minutes', -30, 60, false],
    ['past its absolute end', 0, 0, false],
  ])('a session %s: alive = %j', (_what, seen, left, alive) => {
    expect(isAlive({ lastSeenAtMs: seen * minute, expiresAtMs: left * minute, idleMinutes: 30 }, 0)).toBe(alive);
  });

  test.each([
    ['2025-06-01T15:59:59Z', '2025-06-01'],
    ['2025-06-01T16:00:00Z', '2025-06-02'],
    ['2024-12-31T16:00:00Z', '2025-01-01'],
  ])('%s is %s in Chongqing', (iso, day) => {
    expect(shanghaiDay(Date.parse(iso))).toBe(day);
  });

  test.each([
    ['2025-06-02', null, false, true],
    ['2025-06-03', null, false, false],
    ['2025-01-01', '2025-06-02', false, true],
    ['2025-01-01', '2025-06-01', false, false],
    ['2025-01-01', null, true, false],
  ])('on 2 June an appointment from %s to %s, revoked %j, counts: %j', (since, until, revoked, live) => {
    expect(isLive({ since, until, revoked }, '2025-06-02')).toBe(live);
  });

  test.each([
    ['/desk/events?status=filed', '/desk/events?status=filed'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example', '/'],
    ['/\n/evil.example', '/'],
    ['', '/'],
  ])('after signing in, %j leads to %j', (wish, path) => {
    expect(safeReturn(wish)).toBe(path);
  });
});

describe('passwords', () => {
  test.each([
    ['short1!', 'it has 7 characters'],
    ['九个字的口令太短啦', 'it has 9 characters'],
    ['my-wangwei-2025', 'it contains the login'],
    ['aaaaabbbbb', 'it repeats the same few characters'],
    ['1234567890', 'it is a run of neighbouring characters'],
    ['abcdefghijk', 'it is a run of neighbouring characters'],
    ['Password2025!', 'it is among the passwords tried first'],
    ['qwertyuiop', 'it is among the passwords tried first'],
    ['1qaz2wsx3edc', 'it is among the passwords tried first'],
    ['chongqing2025', 'it is among the passwords tried first'],
    ['四个词连成一句话好记', null],
    ['correct horse battery', null],
    ['kQ7-vem2-Zt', null],
  ])('%s: %s', (password, problem) => {
    expect(passwordProblem(password, 'wangwei')).toBe(problem);
  });

  test('a login of one or two letters does not forbid every word that holds them', () => {
    expect(passwordProblem('bicycle repair shop', 'ic')).toBeNull();
  });
});
