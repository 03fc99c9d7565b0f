import { randomUUID } from 'node:crypto';
import ICAL from 'ical.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isAppError, type ErrorCode } from '#kit/errors.ts';
import { systemScope } from '#server/db/scope.ts';
import { ids } from '../grids/town.fixture.ts';
import { coverFor } from './index.ts';
import { buildForce, grid1, grid2, wednesday, type World } from './world.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await buildForce();
});
afterAll(() => world.close());
beforeEach(() => world.clock.set(wednesday));

async function refused(work: Promise<unknown>, code: ErrorCode): Promise<void> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isAppError(error, code)) throw new Error(`Expected a refusal "${code}", got ${String(error)}`);
}
const day = 86_400_000;
const centre = { unitId: ids.centre };

describe('the force of the grids', () => {
  it('is counted by role, once each, and tells what is missing', async () => {
    const { items, people, missing } = await world.ask('commander', 'grids');
    expect(items.map(({ areaCode, people: n, missing: gone }) => [areaCode, n, gone])).toEqual([
      [grid1, 4, ['instructor']],
      [grid2, 1, ['leader', 'part_time', 'instructor']],
      [expect.any(String), 0, ['leader', 'full_time', 'part_time', 'instructor']],
      [expect.any(String), 0, ['leader', 'full_time', 'part_time', 'instructor']],
    ]);
    expect([people, missing]).toEqual([5, 4]);
    expect((await world.ask('worker', 'grids')).items.map(({ areaCode }) => areaCode)).toContain(grid1);
  });

  it('says who can be there now: by what they said, their shift, their leave', async () => {
    const near = async () =>
      (await world.ask('commander', 'reachable', { query: { area: grid1 } })).items.map(({ name, state }) => [
        name,
        state,
      ]);
    expect(await near()).toContainEqual(['worker某', 'unsaid']);
    await world.ask('worker', 'say', { body: { state: 'available', until: '2026-06-03T18:00:00+08:00' } });
    expect((await near())[0]).toEqual(['worker某', 'available']);
    world.clock.set(Date.parse('2026-06-03T18:00:01+08:00'));
    expect(await near()).toContainEqual(['worker某', 'unsaid']);
    await refused(
      world.ask('worker', 'say', { body: { state: 'away', until: '2027-06-03T18:00:00+08:00' } }),
      'bad_input',
    );
  });

  it('masks a telephone until it is asked for; who has nothing to do with the person says why', async () => {
    const { items } = await world.ask('commander', 'reachable', { query: { area: grid1 } });
    expect(items.find(({ name }) => name === 'worker某')?.phone).toBe('138****8000');
    const body = { kind: 'account', id: world.idOf('worker') };
    await refused(world.ask('commander', 'phone', { body }), 'reason_needed');
    expect((await world.ask('commander', 'phone', { body: { ...body, purpose: '电缆井冒烟' } })).phone).toBe(
      '13800138000',
    );
    expect((await world.ask('leader', 'phone', { body })).phone).toBe('13800138000');
    expect(JSON.stringify(await world.lines('force.reveal'))).not.toMatch(/13800138000|冒烟/);
  });
});

describe('leave and cover', () => {
  it('lends what the absent person holds, for these days only, and takes it back', async () => {
    const asked = await world.ask('worker', 'askLeave', {
      body: { firstDay: '2026-06-05', lastDay: '2026-06-08', reason: 'family', coverId: world.idOf('other') },
    });
    await refused(
      world.ask('worker', 'askLeave', { body: { firstDay: '2026-06-08', lastDay: '2026-06-09', reason: 'sick' } }),
      'already_exists',
    );
    // Told to the committee that decides; of a leave of the secretary's own to the street as well.
    expect((await world.lines('force.leave_ask'))[0]?.data).toMatchObject({ decideUnitIds: [ids.committee] });
    const { items } = await world.ask('secretary', 'leaves');
    expect(items).toMatchObject([{ id: asked.id, reason: 'family', mayDecide: true }]);
    expect((await world.ask('other', 'leaves')).items).toMatchObject([{ reason: null, mayDecide: false }]);
    const { lent } = await world.ask('secretary', 'decideLeave', { params: { id: asked.id }, body: { grant: true } });
    expect(lent).toBe(1);

    const roles = async () => (await world.as('other')).grants.map(({ role, areaCode }) => `${role} ${areaCode}`);
    expect(await roles()).toEqual([`full_time ${grid2}`]);
    world.clock.set(wednesday + 3 * day);
    expect(await roles()).toEqual([`full_time ${grid2}`, `full_time ${grid1}`]);
    const cover = await world.database.read(systemScope, (tx) => coverFor(tx, world.idOf('worker'), '2026-06-06'));
    expect(cover).toBe(world.idOf('other'));
    const now = await world.ask('commander', 'reachable', { query: { area: grid1 } });
    expect(now.items.at(-1)).toMatchObject({ name: 'worker某', state: 'on_leave', cover: 'other某' });
    expect((await world.ask('other', 'mine')).standingIn).toMatchObject([{ firstDay: '2026-06-05' }]);

    await world.ask('worker', 'withdrawLeave', { params: { id: asked.id } });
    expect(await roles()).toEqual([`full_time ${grid2}`]);
    expect(await world.database.read(systemScope, (tx) => coverFor(tx, world.idOf('worker'), '2026-06-06'))).toBeNull();
  });

  it('is decided by another, with a cover within reach', async () => {
    const wish = { firstDay: '2026-07-01', lastDay: '2026-07-02', reason: 'annual' };
    const own = await world.ask('secretary', 'askLeave', { body: wish });
    const told = (await world.lines('force.leave_ask')).map(({ data }) => data);
    expect(told).toContainEqual(expect.objectContaining({ decideUnitIds: [ids.committee, ids.centre] }));
    await refused(
      world.ask('secretary', 'decideLeave', { params: { id: own.id }, body: { grant: true } }),
      'not_allowed',
    );
    const { id } = await world.ask('worker', 'askLeave', { body: wish });
    const decide = (coverId: string | null) =>
      world.ask('secretary', 'decideLeave', { params: { id }, body: { grant: true, coverId } });
    await refused(decide(world.idOf('bureau')), 'not_found');
    await refused(decide(world.idOf('secretary')), 'not_allowed');
    expect((await decide(null)).lent).toBe(0);
    await refused(decide(null), 'transition_not_allowed');
    world.clock.set(Date.parse('2026-07-01T09:00:00+08:00'));
    expect((await world.ask('commander', 'grids')).items[0]).toMatchObject({ areaCode: grid1, uncovered: true });
  });
});

describe('the roster', () => {
  const put = (name: 'seat' | 'night' | 'chief', on: string, code = 'day') => ({
    day: on,
    code,
    accountId: world.idOf(name),
    on: true,
  });
  const plan = (changes: object[]) => world.ask('chief', 'plan', { params: centre, body: { changes } });

  it('shows a month with its gaps, and refuses double duty however many write at once', async () => {
    await plan([put('seat', '2026-06-10'), put('night', '2026-06-10', 'night')]);
    const { shifts, gaps, mayEdit } = await world.ask('seat', 'roster', {
      params: centre,
      query: { month: '2026-06' },
    });
    expect(shifts.map(({ name, person }) => [name, person.name])).toEqual([
      ['白班', 'seat某'],
      ['夜班', 'night某'],
    ]);
    expect(mayEdit).toBe(false);
    expect(gaps.filter((gap) => gap.day === '2026-06-10')).toEqual([{ day: '2026-06-10', code: 'day', missing: 1 }]);
    expect(gaps.some((gap) => gap.day < '2026-06-03')).toBe(false);

    const many = await Promise.allSettled(Array.from({ length: 50 }, () => plan([put('chief', '2026-06-11')])));
    expect(many.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of many) if (one.status === 'rejected') expect(isAppError(one.reason, 'already_exists')).toBe(true);
    await refused(plan([{ ...put('seat', '2026-06-12'), accountId: world.idOf('worker') }]), 'bad_input');
    await refused(
      world.ask('seat', 'plan', { params: centre, body: { changes: [put('seat', '2026-06-13')] } }),
      'not_found',
    );
  });

  it('hands a shift over only with consent', async () => {
    await plan([put('seat', '2026-06-16')]);
    const shift = (await world.ask('seat', 'mine')).shifts.find((one) => one.day === '2026-06-16');
    const { id } = await world.ask('seat', 'askSwap', { body: { shiftId: shift?.id, toId: world.idOf('night') } });
    await refused(world.ask('chief', 'answerSwap', { params: { id }, body: { agree: true } }), 'not_found');
    expect((await world.ask('night', 'mine')).swaps).toMatchObject([{ id, from: 'seat某' }]);
    await world.ask('night', 'answerSwap', { params: { id }, body: { agree: true } });
    expect((await world.ask('night', 'mine')).shifts.map((one) => one.day)).toContain('2026-06-16');
  });

  it('goes out as iCalendar that a parser of others reads, and stops when the address ends', async () => {
    const feed = await world.ask('night', 'addFeed', { body: { unitId: ids.centre } });
    const file = (path: string) => path.split('/').at(-1) ?? '';
    const read = async () => (await world.force.calendar(file(feed.path))).bytes.toString('utf8');
    const text = await read();
    expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    const events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
    const roster = await world.ask('seat', 'roster', { params: centre, query: { month: '2026-06' } });
    expect(events.map((one) => one.startDate.toJSDate().toISOString()).toSorted()).toEqual(
      roster.shifts.map(({ startsAt }) => startsAt).toSorted(),
    );
    const swapped = events.find(({ startDate }) => startDate.toString().startsWith('2026-06-16'));
    expect([swapped?.sequence, swapped?.summary]).toEqual([1, '白班 night某']);
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length);
    await world.ask('night', 'endFeed', { params: { id: feed.id } });
    await refused(read(), 'not_found');
    await refused(world.ask('worker', 'addFeed', { body: { unitId: ids.centre } }), 'not_found');
  });
});

describe('hand-over', () => {
  it('is read by the next shift of the unit, with a tick, and by nobody else', async () => {
    const body = { unitId: ids.centre, words: '电缆井仍在等供电公司', events: ['E1', '不是编号'] };
    const { id, unknown } = await world.ask('seat', 'addNote', { body });
    expect(unknown).toEqual(['不是编号']);
    expect(await world.ask('night', 'notes')).toMatchObject({ unread: 1, items: [{ id, read: false, by: 'seat某' }] });
    await world.ask('night', 'readNote', { params: { id } });
    expect(await world.ask('night', 'notes')).toMatchObject({ unread: 0, items: [{ readBy: [{ name: 'night某' }] }] });
    expect((await world.ask('secretary', 'notes')).items).toEqual([]);
    await refused(world.ask('secretary', 'readNote', { params: { id } }), 'not_found');
    expect(JSON.stringify(await world.lines('force.hand_over'))).not.toContain('供电');
  });
});

describe('helpers without account', () => {
  it('come by a link, say what they offer, answer, and leave with their name', async () => {
    const { id, path } = await world.ask('secretary', 'invite', {
      body: { areaCode: grid1, name: '何帮手', phone: '13900001111', offers: ['key_holder'] },
    });
    const params = { secret: path.split('/').at(-1) };
    expect(await world.link('seat', 'view', { params })).toMatchObject({ name: '何帮手', state: 'invited' });
    await world.link('seat', 'offer', {
      params,
      body: { offers: ['key_holder', 'electrician'], weekdays: [3], fromMinute: 540, untilMinute: 1080 },
    });
    const near = await world.ask('commander', 'reachable', { query: { area: grid1, offer: 'electrician' } });
    expect(near.items).toMatchObject([{ kind: 'member', name: '何帮手', state: 'unsaid', phone: '139****1111' }]);
    expect((await world.ask('commander', 'grids')).people).toBe(6);

    const ask = await world.ask('secretary', 'askMember', { params: { id }, body: { words: '请看一眼三单元楼梯' } });
    const answer = (state: string) =>
      world.link('seat', 'answer', { params: { ...params, id: ask.id }, body: { state } });
    await answer('accepted');
    await answer('done');
    await refused(answer('accepted'), 'transition_not_allowed');
    expect((await world.ask('secretary', 'members')).items[0]?.asks).toMatchObject([{ state: 'done' }]);
    await world.link('seat', 'leave', { params });
    await refused(world.link('seat', 'view', { params }), 'link_ended');
    await refused(world.link('seat', 'view', { params: { secret: 'x'.repeat(32) } }), 'not_found');
    const { rows } = await world.database.pool.query<{ n: number }>('select 1 as n');
    expect(rows).toHaveLength(1);
    expect((await world.ask('commander', 'grids')).people).toBe(5);
    expect(JSON.stringify(await world.lines('force.invite'))).not.toMatch(/何帮手|13900001111/);
  });

  it('come as a list too: good rows in, each bad one told by its row', async () => {
    const csv = `area,name,phone,offers\n${grid1},甲,13800000001,doctor|driver\n${grid1},,1,\n999999,乙,,\n${grid2},丙,,flying\n`;
    const { added, wrong } = await world.ask('secretary', 'importMembers', { body: { csv } });
    expect([added, wrong.map(({ row }) => row)]).toEqual([1, [3, 4, 5]]);
    await refused(world.ask('worker', 'importMembers', { body: { csv: '"' } }), 'import_refused');
  });
});

describe('tasks asked of workers', () => {
  const wish = {
    title: '楼道堆物台账',
    source: '某某办 12 号通知',
    legalBase: '消防法第二十八条',
    areas: [grid1],
    roles: ['full_time'],
    every: 'weekly',
    minutes: 40,
    photos: 2,
    fields: ['联系电话', '楼道照片'],
    dueDay: '2026-06-12',
    lastDay: '2026-07-31',
  };

  it('need notice, say what is known already, and may be refused with a reason', async () => {
    await refused(world.burden('chief', 'ask', { body: { ...wish, dueDay: '2026-06-04' } }), 'bad_input');
    await refused(world.burden('chief', 'ask', { body: { ...wish, lastDay: '2027-07-31' } }), 'bad_input');
    await refused(world.burden('secretary', 'ask', { body: { ...wish, areas: ['510104001002'] } }), 'not_found');
    const { opId: _opId, ...seen } = { opId: '', ...wish };
    const check = await world.burden('chief', 'check', { body: seen });
    expect(check).toMatchObject({
      problems: [],
      workers: 1,
      minutesAWeek: 40,
      overlaps: [{ field: '联系电话', code: 'contact' }],
    });
    expect(check.areas).toMatchObject([{ areaCode: grid1, load: null, minutesTo: null }]);
    const { id } = await world.burden('chief', 'ask', { body: wish });
    await refused(
      world.burden('secretary', 'answer', { params: { id }, body: { areaCode: grid1, accept: false } }),
      'reason_needed',
    );
    const body = { areaCode: grid1, accept: false, reason: '消防台账已有，不再重复' };
    await world.burden('secretary', 'answer', { params: { id }, body });
    const { items, askers } = await world.burden('commander', 'list');
    expect(items).toMatchObject([{ id, state: 'refused', answers: [{ reason: '消防台账已有，不再重复' }] }]);
    expect(askers).toMatchObject([{ asked: 1, refused: 1, accepted: 0 }]);
    await refused(
      world.burden('secretary', 'answer', { params: { id }, body: { ...body, accept: true } }),
      'transition_not_allowed',
    );
  });

  it('weigh on those who do them, week by week, and end by themselves', async () => {
    const { id } = await world.burden('chief', 'ask', { body: { ...wish, opId: randomUUID() } });
    await world.burden('secretary', 'answer', { params: { id }, body: { areaCode: grid1, accept: true } });
    world.clock.set(Date.parse('2026-06-20T10:00:00+08:00'));
    const { weeks } = await world.burden('worker', 'mine', { query: { weeks: 3 } });
    expect(weeks.map(({ monday, askedMinutes, photos }) => [monday, askedMinutes, photos])).toEqual([
      ['2026-06-15', 40, 2],
      ['2026-06-08', 40, 2],
      ['2026-06-01', 0, 0],
    ]);
    expect((await world.burden('leader', 'mine')).weeks.every(({ askedMinutes }) => askedMinutes === 0)).toBe(true);
    world.clock.set(Date.parse('2026-08-01T10:00:00+08:00'));
    expect(
      (await world.burden('secretary', 'list', { query: { state: 'all' } })).items.map(({ state }) => state),
    ).toEqual(['expired', 'expired']);
  });
});

describe('what the days bring to asked tasks', () => {
  it('workers are reminded once before a due day; after the last day it ends, and whoever asked is told', async () => {
    const { id } = await world.burden('chief', 'ask', {
      body: {
        title: '防汛沙袋清点',
        source: '防汛办通知',
        legalBase: '《防汛条例》第二十条',
        areas: [grid1],
        roles: ['full_time'],
        every: 'once',
        minutes: 20,
        dueDay: '2026-06-10',
        lastDay: '2026-06-12',
      },
    });
    const told = async (action: string) =>
      (await world.lines(action)).filter(({ subject_id: subject }) => subject === id);
    await world.force.followTasks();
    world.clock.set(Date.parse('2026-06-09T08:00:00+08:00'));
    await world.force.followTasks();
    // Nobody has accepted it yet.
    expect(await told('force.task_due')).toEqual([]);
    world.clock.set(wednesday);
    await world.burden('secretary', 'answer', { params: { id }, body: { areaCode: grid1, accept: true } });
    world.clock.set(Date.parse('2026-06-09T08:00:00+08:00'));
    for (let turn = 0; turn < 3; turn++) await world.force.followTasks();
    const due = await told('force.task_due');
    expect(due).toMatchObject([{ data: { dueDay: '2026-06-10', areas: [grid1] } }]);
    expect(due[0]?.audience).toContain(`p:${world.idOf('worker')}`);
    expect(due[0]?.audience).not.toContain(`p:${world.idOf('other')}`);
    world.clock.set(Date.parse('2026-06-13T00:00:01+08:00'));
    for (let turn = 0; turn < 3; turn++) await world.force.followTasks();
    expect(await told('force.task_expire')).toMatchObject([{ data: { lastDay: '2026-06-12' } }]);
    const { items } = await world.burden('chief', 'list', { query: { state: 'all' } });
    expect(items.find((task) => task.id === id)).toMatchObject({ state: 'expired', mayRenew: true });
  });
});
