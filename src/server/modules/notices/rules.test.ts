import { describe, expect, it } from 'vitest';
import { noticeAddress, noticeKinds } from '#contract/notices-words.ts';
import { rolePermissions, roles } from '#server/modules/identity/index.ts';
import type { LedgerNews } from '#server/modules/ledger/index.ts';
import { factsOf, noticeRules, tellingOf } from './rules-audience.ts';
import { batchesOf, breaksQuiet, channelsFor, houseChoice, retryAt, sendFrom, takeToken } from './rules-send.ts';
import { webhookData, webhookPayload, webhookTypeOf } from './webhook-body.ts';
import { lineOf, messageOf, type Matter } from './wording.ts';

const line = (action: string, data: Record<string, unknown>, audience: string[] = []): LedgerNews => ({
  seq: 7,
  entryId: '0198c0de-0000-7000-8000-000000000001',
  atMs: Date.parse('2026-06-15T02:00:00Z'),
  action,
  subjectType: action.split('.')[0] ?? '',
  subjectId: 's-1',
  actorId: 'actor-1',
  data,
  audience,
});
const street = ['a:500000', 'a:500103', 'a:500103004', 'u:unit-1', 'p:person-1'];

describe('who is told', () => {
  it('a task goes to those who handle in the units it names', () => {
    const telling = tellingOf(line('event.dispatch', { leadUnitId: 'u-1', assistUnitIds: ['u-2', 'u-3'] }, street));
    expect(telling).toMatchObject({ kind: 'task', priority: 3, groups: false });
    expect(telling?.wish).toMatchObject({ units: ['u-1', 'u-2', 'u-3'], areas: [] });
    expect(telling?.wish.roles).toContain('handler');
    expect(telling?.wish.roles).not.toContain('duty_chief');
  });

  it('an alarm of priority 0 or 1 goes to the watch of its areas below the city; a lesser one to nobody', () => {
    const telling = tellingOf(line('alarm.raise', { priority: 1 }, street));
    expect(telling?.wish.areas).toEqual(['500103', '500103004']);
    expect(telling?.wish.roles.toSorted()).toEqual(['dispatch_seat', 'duty_chief', 'intake_seat']);
    expect(telling?.groups).toBe(true);
    expect(tellingOf(line('alarm.raise', { priority: 2 }, street))).toBeUndefined();
    expect(tellingOf(line('alarm.raise', {}, street))).toBeUndefined();
  });

  it('a disabled endpoint is the system administrators’ business; other lines are nobody’s', () => {
    expect(tellingOf(line('webhook.disable', {}))?.wish).toMatchObject({ office: 'system', roles: [] });
    expect(tellingOf(line('event.rate', {}, street))).toBeUndefined();
  });

  it('leave goes to whoever decides it, its answer to whoever asked, a swap to the other person and nobody else', () => {
    const asked = tellingOf(line('force.leave_ask', { decideUnitIds: ['u-1'], coverId: 'p-2' }, ['u:u-1', 'p:p-2']));
    expect(asked?.wish).toMatchObject({ units: ['u-1'], areas: [], accounts: [] });
    expect(asked?.wish.roles.toSorted()).toEqual(['clerk', 'duty_chief', 'secretary']);
    const decided = line('force.leave_decide', { askerId: 'p-1', coverId: 'p-2' }, ['u:u-1', 'p:p-1', 'p:p-2']);
    expect(tellingOf(decided)?.wish).toMatchObject({ units: [], areas: [], roles: [], accounts: ['p-1'] });
    const swap = line('force.shift', { day: '2026-06-20', what: 'swap_ask' }, ['u:u-1', 'p:p-2']);
    expect(tellingOf(swap)?.wish).toMatchObject({ units: [], roles: [], accounts: ['p-2'] });
    const facts = factsOf(swap, () => undefined);
    expect(lineOf({ action: swap.action, facts }, 'zh-CN')).toBe('同事请您接 2026-06-20 的班，请答复');
    expect(lineOf({ action: swap.action, facts: { ...facts, step: 'unknown' } }, 'en')).toBe(
      'Your shift on 2026-06-20 was changed',
    );
  });

  it('a proposed change of the rules goes to the system administrators, its decision to whoever rehearsed it', () => {
    const proposed = { ...line('library.propose', { areaCode: '500103004' }, street), subjectType: 'rehearsal' };
    const wish = tellingOf(proposed)?.wish;
    expect(wish).toEqual({ office: 'system', roles: [], areas: [], units: [], accounts: [] });
    // Whoever holds the word is whom the rule tells; another role that gets it must be told too.
    expect(roles.filter((role) => rolePermissions[role].some((word) => word === 'library.edit'))).toEqual(['system_admin']); // prettier-ignore
    expect(noticeAddress({ ...proposed, subjectId: 'r-1' }, {})).toBe('/desk/rehearsals/r-1');
    for (const action of ['library.adopt', 'library.turn_down'])
      expect(tellingOf(line(action, {}, street))?.wish).toMatchObject({ roles: [], accounts: ['person-1'], areas: [] });
  });

  it('of a line only named facts are told', () => {
    const facts = factsOf(
      line(
        'alarm.raise',
        { deviceCode: 'CW-1', kind: 'smoke', note: '张三 13800000000', areaCode: '500103004' },
        street,
      ),
      (code) => (code === '500103004' ? '两江街道' : undefined),
    );
    expect(facts).toEqual({ deviceCode: 'CW-1', alarmKind: 'smoke', areaName: '两江街道' });
  });

  it('every rule has words in both languages', () => {
    for (const action of Object.keys(noticeRules)) {
      expect(lineOf({ action, facts: {} }, 'zh-CN')).not.toBe(action);
      expect(lineOf({ action, facts: {} }, 'en')).not.toBe(action);
    }
  });
});

describe('when it is sent', () => {
  const at = (time: string): number => Date.parse(`2026-06-15T${time}:30+08:00`);
  const night = { from: 22 * 60, until: 7 * 60 };

  it.each([
    ['21:59', '21:59:30'],
    ['22:00', 'next 07:00:00'],
    ['23:30', 'next 07:00:00'],
    ['03:00', '07:00:00'],
    ['06:59', '07:00:00'],
    ['07:00', '07:00:30'],
  ])('quiet from 22:00 to 07:00, at %s: %s', (time, expected) => {
    const [day, clock] = expected.startsWith('next') ? ['16', expected.slice(5)] : ['15', expected];
    expect(sendFrom(night, at(time))).toBe(Date.parse(`2026-06-${day}T${clock}+08:00`));
  });

  it('without quiet hours at once; by day they work as well', () => {
    expect(sendFrom(null, at('03:00'))).toBe(at('03:00'));
    expect(sendFrom({ from: 12 * 60, until: 14 * 60 }, at('13:00'))).toBe(Date.parse('2026-06-15T14:00:00+08:00'));
  });

  it('the second channel and priority 0 wake people; the second channel uses every way whatever was chosen', () => {
    expect([breaksQuiet('second_channel', 3), breaksQuiet('alarm', 0), breaksQuiet('alarm', 1)]).toEqual([
      true,
      true,
      false,
    ]);
    expect(channelsFor('second_channel', { second_channel: [] })).toEqual(['web_push', 'email', 'sms']);
    expect(channelsFor('task', { task: [] })).toEqual([]);
    for (const kind of noticeKinds) expect(houseChoice[kind].length).toBeGreaterThan(0);
  });
});

describe('patience', () => {
  const calm = { retryAfterMs: null, random: 0 };

  it('grows, ends, and heeds the provider', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((tries) => retryAt('webhook', tries, 0, calm));
    expect(waits).toEqual(
      [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400].map((s) => s * 1000).concat([null as never]),
    );
    expect(retryAt('person', 1, 0, { retryAfterMs: 60_000, random: 0 })).toBe(60_000);
    expect(retryAt('person', 7, 0, calm)).toBeNull();
    expect(retryAt('person', 1, 0, { retryAfterMs: null, random: 1 })).toBe(5_500);
  });

  it('a bucket gives what it holds, then one every few seconds', () => {
    let bucket = takeToken(undefined, 20, 0).bucket;
    let taken = 1;
    for (let k = 0; k < 30; k++) {
      const turn = takeToken(bucket, 20, 0);
      bucket = turn.bucket;
      if (turn.taken) taken += 1;
      else expect(turn.atMs).toBe(3_000);
    }
    expect(taken).toBe(20);
    expect(takeToken(bucket, 20, 2_999).taken).toBe(false);
    expect(takeToken(bucket, 20, 3_000).taken).toBe(true);
  });

  it('what waits together goes together, most urgent first; what was tried before stays as it was', () => {
    const row = (id: string, priority: number, batchId: string | null = null) => ({ id, priority, batchId });
    const batches = batchesOf([row('a', 3), row('b', 0), row('c', 2, 'x'), row('d', 1), row('e', 4, 'x')], 2);
    expect(batches.map((part) => part.map(({ id }) => id))).toEqual([['b', 'd'], ['c', 'e'], ['a']]);
  });
});

describe('words', () => {
  const matter = (action: string, kind: string, facts: Matter['facts'] = {}): Matter => ({
    action,
    kind,
    facts,
    priority: 1,
    subjectType: 'alarm',
    subjectId: 'x',
    atMs: 5,
  });
  const options = { locale: 'zh-CN', publicUrl: 'https://huangge.example.org' };

  it('one matter speaks for itself, several are counted', () => {
    const one = messageOf('m', [matter('alarm.raise', 'alarm', { deviceCode: 'CW-1', areaName: '两江街道' })], options);
    expect(one).toMatchObject({
      title: '设备告警：CW-1（两江街道），请到值守台确认',
      url: 'https://huangge.example.org/desk/alarms',
    });
    const three = messageOf(
      'm',
      [1, 2, 3].map(() => matter('alarm.raise', 'alarm')),
      options,
    );
    expect(three.title).toBe('3 条告警');
    expect(three.lines).toHaveLength(3);
    expect(messageOf('m', [matter('event.urge', 'urge'), matter('alarm.raise', 'alarm')], options).title).toBe(
      '2 条消息',
    );
    expect(() => messageOf('m', [], options)).toThrow(RangeError);
  });
});

describe('what other systems get', () => {
  it('named facts only, under the name of the ledger action', () => {
    expect(webhookTypeOf('event.dispatch')).toBe('event.dispatch');
    expect(webhookTypeOf('account.add')).toBeUndefined();
    const data = webhookData(
      line('event.report', { number: 'N1', reporterId: 'person-1', note: '张三', to: 'reported' }, street),
    );
    expect(data).toEqual({ id: 's-1', subject: 'event', ledgerSeq: 7, number: 'N1', to: 'reported' });
    expect(JSON.parse(webhookPayload('event.report', 0, data))).toEqual({
      type: 'event.report',
      timestamp: '1970-01-01T00:00:00.000Z',
      data,
    });
  });
});
