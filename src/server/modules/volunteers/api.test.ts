import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#server/modules/identity/index.ts';
import { createVolunteersWorld, isoAt, type VolunteersWorld } from './world.fixture.ts';

let world: VolunteersWorld;
let phone = 13_900_000_000;
/** Nobody of an earlier test has this number. */
const newPhone = (): string => String(phone++);

beforeAll(async () => {
  world = await createVolunteersWorld();
});
beforeEach(() => world.at('2026-06-15', 10));
afterAll(() => world.close());

const op = () => ({ opId: randomUUID() });
const roster = (actor: Actor, from = '2026-06-15') =>
  world.volunteers.handlers.roster({ params: { id: world.stations.east.id }, query: { from }, body: {} }, { actor });
const shiftOf = async (id: string, actor = world.head) => (await roster(actor)).shifts.find((one) => one.id === id);
const place = async (shiftId: string) => (await shiftOf(shiftId))?.signUps[0];
const arrive = (id: string, version: number, actor = world.head) =>
  world.volunteers.handlers.arrive({ params: { id }, query: {}, body: { ...op(), version } }, { actor });
const confirm = (
  id: string,
  body: { version: number; presence: 'came' | 'absent'; arrivedAt?: string; leftAt?: string },
  actor = world.head,
) => world.volunteers.handlers.confirm({ params: { id }, query: {}, body: { ...op(), ...body } }, { actor });
const onLink = (secret: string, id: string) => ({ params: { secret, id }, query: {} });

/** Came on the 16th, from 9 to 12, confirmed. */
async function worked(secret: string, wish: { from?: number; until?: number; left?: number } = {}): Promise<string> {
  const { from = 9, until = 12, left = until } = wish;
  const shiftId = await world.shift({ from, until, post: 'guide', most: 9 }).catch(async () => {
    const found = (await roster(world.head)).shifts.find((one) => one.startsAt === isoAt('2026-06-16', from));
    return found?.id ?? '';
  });
  await world.signUp(secret, shiftId);
  world.at('2026-06-16', 19);
  const mine = (await world.page(secret)).records.find((one) => one.startsAt === isoAt('2026-06-16', from));
  const version = (await shiftOf(shiftId))?.signUps.find((one) => one.id === mine?.id)?.version ?? 0;
  await confirm(mine?.id ?? '', {
    version,
    presence: 'came',
    arrivedAt: isoAt('2026-06-16', from),
    leftAt: isoAt('2026-06-16', left),
  });
  return mine?.id ?? '';
}

describe('making the roster', () => {
  const patterns = [
    {
      post: 'guide',
      weekdays: [1, 2, 3],
      startMinute: 540,
      minutes: 180,
      needed: 1,
      most: 2,
      partnerId: null,
      partnerPlaces: 0,
    },
    {
      post: 'counter',
      weekdays: [6],
      startMinute: 1140,
      minutes: 120,
      needed: 1,
      most: 1,
      partnerId: null,
      partnerPlaces: 0,
    },
  ];

  test('the week makes shifts within the opening hours, once, and says what lies outside', async () => {
    const id = world.stations.west.id;
    const ctx = { actor: world.otherHead };
    await world.volunteers.handlers.setPatterns({ params: { id }, query: {}, body: { ...op(), items: patterns } }, ctx);
    const make = () =>
      world.volunteers.handlers.make(
        { params: { id }, query: {}, body: { ...op(), from: '2026-06-15', until: '2026-06-21' } },
        ctx,
      );
    expect(await make()).toMatchObject({ made: 3, kept: 0, outside: 1 });
    expect(await make()).toMatchObject({ made: 0, kept: 3, outside: 1 });
  });

  test('a shift outside the opening hours, in the past, or twice is refused', async () => {
    await expect(world.shift({ from: 21, until: 22 })).rejects.toMatchObject({ code: 'bad_input' });
    await expect(world.shift({ day: '2026-06-14' })).rejects.toMatchObject({ code: 'bad_input' });
    await world.shift({ from: 13, until: 14 });
    await expect(world.shift({ from: 13, until: 14 })).rejects.toMatchObject({ code: 'already_exists' });
  });

  test('a cancelled shift ends every place on it; one where somebody is already stays', async () => {
    const shiftId = await world.shift({ day: '2026-06-17', from: 8, until: 9 });
    const secret = await world.register({ phone: newPhone(), shiftId });
    const cancel = (version: number) =>
      world.volunteers.handlers.cancel(
        { params: { id: shiftId }, query: {}, body: { ...op(), version, reason: '暴雨停班' } },
        { actor: world.head },
      );
    await cancel(1);
    expect((await world.page(secret)).coming).toEqual([]);
    await expect(cancel(2)).rejects.toMatchObject({ code: 'transition_not_allowed' });
    await expect(world.signUp(secret, shiftId)).rejects.toMatchObject({ code: 'transition_not_allowed' });
  });
});

describe('signing up', () => {
  test('nobody gets a place that is not there, and nobody is in two places', async () => {
    const shiftId = await world.shift({ from: 9, until: 11, most: 1 });
    const first = await world.register({ phone: newPhone(), shiftId });
    await expect(world.register({ phone: newPhone(), shiftId })).rejects.toMatchObject({ code: 'places_taken' });
    const across = await world.shift({ from: 10, until: 12, post: 'counter' });
    await expect(world.signUp(first, across)).rejects.toMatchObject({ code: 'already_exists' });
    expect((await shiftOf(across))?.openTaken).toBe(0);
  });

  test('a lost answer repeated gives the same link, and one person', async () => {
    const body = { ...op(), name: '李四', phone: newPhone(), consent: true as const };
    const send = () => world.volunteers.publicHandlers.register({ params: { code: 'east' }, query: {}, body }, {});
    const [one, two] = await Promise.all([send(), send()]);
    expect(one).toEqual(two);
    const { rows } = await world.owner.query<{ n: number }>(
      "select count(*)::int as n from volunteer where state = 'new' and phone_index = (select phone_index from volunteer order by created_at desc, id desc limit 1)",
    );
    expect(rows[0]?.n).toBe(1);
  });

  test('who has never come may hold three places, so that nobody takes them all', async () => {
    const secret = await world.register({ phone: newPhone() });
    for (const from of [8, 10, 12])
      await world.signUp(secret, await world.shift({ day: '2026-06-18', from, until: from + 1 }));
    const fourth = await world.shift({ day: '2026-06-18', from: 14, until: 15 });
    await expect(world.signUp(secret, fourth)).rejects.toMatchObject({ code: 'too_many_requests' });
  });

  test('places kept for a partner are filled by the head, not from the page', async () => {
    const shiftId = await world.shift({ day: '2026-06-19', from: 9, until: 10, most: 2 });
    const edit = { ...op(), version: 1, needed: 1, most: 2, partnerId: world.partnerId, partnerPlaces: 2 };
    await world.volunteers.handlers.edit({ params: { id: shiftId }, query: {}, body: edit }, { actor: world.head });
    await expect(world.register({ phone: newPhone(), shiftId })).rejects.toMatchObject({ code: 'places_taken' });
    const made = await world.volunteers.handlers.register(
      {
        params: { id: world.stations.east.id },
        query: {},
        body: { ...op(), name: '学生甲', phone: newPhone(), consent: true, self: false },
      },
      { actor: world.head },
    );
    const body = { ...op(), volunteerId: made.id, place: 'partner' as const };
    await world.volunteers.handlers.enter({ params: { id: shiftId }, query: {}, body }, { actor: world.head });
    expect(await shiftOf(shiftId)).toMatchObject({ partnerTaken: 1, openTaken: 0, missing: 0 });
  });

  test('a stand-in takes the very place; a second one comes too late', async () => {
    const shiftId = await world.shift({ day: '2026-06-17', from: 15, until: 16, most: 1 });
    const [asks, helps, late] = [
      await world.register({ phone: newPhone(), shiftId }),
      await world.register({ phone: newPhone() }),
      await world.register({ phone: newPhone() }),
    ];
    const signUpId = (await world.page(asks)).coming[0]?.id ?? '';
    const ask = { ...onLink(asks, signUpId), body: { ...op(), off: false } };
    await world.volunteers.publicHandlers.askSwap(ask, {});
    const swapId = (await world.page(helps)).swaps[0]?.id ?? '';
    expect((await world.page(asks)).swaps).toEqual([]);
    await world.volunteers.publicHandlers.takeSwap({ ...onLink(helps, swapId), body: op() }, {});
    await expect(
      world.volunteers.publicHandlers.takeSwap({ ...onLink(late, swapId), body: op() }, {}),
    ).rejects.toMatchObject({ code: 'places_taken' });
    expect((await world.page(asks)).coming).toEqual([]);
    expect((await world.page(helps)).coming).toHaveLength(1);
    expect(await shiftOf(shiftId)).toMatchObject({ openTaken: 1, missing: 0 });
  });

  test('giving a place back frees it for the next', async () => {
    const shiftId = await world.shift({ day: '2026-06-17', from: 17, until: 18, most: 1 });
    const secret = await world.register({ phone: newPhone(), shiftId });
    const id = (await world.page(secret)).coming[0]?.id ?? '';
    await world.volunteers.publicHandlers.withdraw({ ...onLink(secret, id), body: op() }, {});
    await world.register({ phone: newPhone(), shiftId });
    await expect(
      world.volunteers.publicHandlers.withdraw({ ...onLink(secret, id), body: op() }, {}),
    ).rejects.toMatchObject({ code: 'transition_not_allowed' });
  });
});

describe('a telephone tells a stranger nothing', () => {
  test('the same name and number become one person when a head sees them, and both links open one page', async () => {
    const number = newPhone();
    const old = await world.register({ name: '陈静', phone: number });
    await worked(old, { from: 10, until: 13 });
    world.at('2026-06-15', 10);
    const shiftId = await world.shift({ day: '2026-06-17', from: 9, until: 10 });
    const anew = await world.register({ name: '陈 静', phone: `+86 ${number}`, shiftId });
    expect(await world.page(anew)).toMatchObject({ hours: 0, records: [], known: false });
    world.at('2026-06-17', 9);
    const mine = await place(shiftId);
    expect(mine).toMatchObject({ first: true, name: '陈*', phoneTail: number.slice(-4) });
    await arrive(mine?.id ?? '', mine?.version ?? 0);
    expect((await world.page(anew)).hours).toBe(3);
    expect((await world.page(old)).coming.map(({ id }) => id)).toEqual([mine?.id]);
  });

  test('another name with the same number stays another person: families share telephones', async () => {
    const number = newPhone();
    await worked(await world.register({ name: '周大爷', phone: number }), { from: 13, until: 14 });
    world.at('2026-06-15', 10);
    const grandchild = await world.register({ name: '周小妹', phone: number });
    await worked(grandchild, { from: 14, until: 15 });
    expect((await world.page(grandchild)).hours).toBe(1);
  });
});

describe('attendance', () => {
  test('is said by the head of this station: not by the counter, not by another head, not by oneself', async () => {
    const shiftId = await world.shift({ day: '2026-06-18', from: 16, until: 17, most: 3 });
    await world.register({ phone: newPhone(), shiftId });
    const mine = await place(shiftId);
    world.at('2026-06-18', 16);
    for (const actor of [world.counter, world.otherHead, world.northHead])
      await expect(arrive(mine?.id ?? '', 1, actor)).rejects.toMatchObject({ code: 'not_found' });
    await arrive(mine?.id ?? '', 1);
    world.at('2026-06-18', 17);
    const leftAt = isoAt('2026-06-18', 17);
    await confirm(mine?.id ?? '', { version: 2, presence: 'came', leftAt });
    expect((await place(shiftId))?.attendance).toMatchObject({ presence: 'came', minutes: 60, late: false });
  });

  test('nobody confirms their own hours, known by account or by telephone; the street may', async () => {
    const number = newPhone();
    const shiftId = await world.shift({ day: '2026-06-19', from: 12, until: 13 });
    await world.register({ name: '站长本人', phone: number, shiftId });
    const mine = await place(shiftId);
    world.phones.set(world.head.accountId ?? '', number);
    world.at('2026-06-19', 12);
    await expect(arrive(mine?.id ?? '', 1)).rejects.toMatchObject({ code: 'own_hours' });
    expect((await place(shiftId))?.own).toBe(true);
    await arrive(mine?.id ?? '', 1, world.as.chief);
    world.phones.clear();
  });

  test('times that cannot be are refused, and nothing is confirmed before it is over', async () => {
    const shiftId = await world.shift({ day: '2026-06-19', from: 14, until: 15 });
    await world.register({ phone: newPhone(), shiftId });
    const id = (await place(shiftId))?.id ?? '';
    const came = (arrived: number, left: number) =>
      confirm(id, {
        version: 1,
        presence: 'came',
        arrivedAt: isoAt('2026-06-19', arrived),
        leftAt: isoAt('2026-06-19', left),
      });
    await expect(came(14, 15)).rejects.toMatchObject({ code: 'transition_not_allowed' });
    world.at('2026-06-19', 18);
    await expect(came(12.5, 15)).rejects.toMatchObject({ code: 'bad_input' });
    await expect(came(15, 14)).rejects.toMatchObject({ code: 'bad_input' });
    await expect(came(14, 17.5)).rejects.toMatchObject({ code: 'bad_input' });
    await came(14.5, 15);
    expect((await place(shiftId))?.attendance).toMatchObject({ minutes: 30, late: true, early: false });
  });

  test('a volunteer asks for a correction; the head puts it right with a reason, and the old figure is kept', async () => {
    const secret = await world.register({ phone: newPhone() });
    const id = await worked(secret, { from: 16, until: 18, left: 17 });
    await world.volunteers.publicHandlers.request(
      { ...onLink(secret, id), body: { ...op(), said: '我待到六点才走' } },
      {},
    );
    const station = { params: { id: world.stations.east.id }, query: {}, body: {} };
    const { items } = await world.volunteers.handlers.requests(station, { actor: world.head });
    const asked = items.find((one) => one.signUpId === id);
    expect(asked).toMatchObject({ said: '我待到六点才走', dueDay: '2026-06-21' });
    const correction = {
      version: asked?.signUpVersion ?? 0,
      presence: 'came' as const,
      arrivedAt: isoAt('2026-06-16', 16),
      leftAt: isoAt('2026-06-16', 18),
    };
    await world.volunteers.handlers.answerRequest(
      { params: { id: asked?.id ?? '' }, query: {}, body: { ...op(), answer: '监控核实', correction } },
      { actor: world.head },
    );
    const record = (await world.page(secret)).records.find((one) => one.id === id);
    expect(record).toMatchObject({ corrected: '监控核实', request: { state: 'corrected', answer: '监控核实' } });
    expect(record?.attendance.minutes).toBe(120);
    const { rows } = await world.owner.query(
      'select old_minutes, new_minutes from attendance_correction where sign_up_id = $1',
      [id],
    );
    expect(rows).toEqual([{ old_minutes: 60, new_minutes: 120 }]);
  });
});

describe('what others see', () => {
  test('a foreign station looks absent; whoever only reads sees counts, no names', async () => {
    const shiftId = await world.shift({ day: '2026-06-20', from: 9, until: 10 });
    await world.register({ phone: newPhone(), shiftId });
    await expect(roster(world.northHead)).rejects.toMatchObject({ code: 'not_found' });
    await expect(roster(world.as.northIntake)).rejects.toMatchObject({ code: 'not_found' });
    expect(await shiftOf(shiftId, world.as.intake)).toMatchObject({ openTaken: 1, signUps: [] });
    expect((await shiftOf(shiftId, world.counter))?.signUps).toHaveLength(1);
    expect((await roster(world.counter)).mayManage).toBe(false);
    const { items } = await world.volunteers.handlers.today(
      { params: {}, query: {}, body: {} },
      { actor: world.northHead },
    );
    expect(items.map(({ station }) => station.code)).toEqual(['north']);
  });

  test('row-level security holds where a query forgets the scope', async () => {
    const foreign = { seeAll: false, areas: ['500103005'], units: [world.stations.north.unitId], accountId: null };
    for (const table of ['volunteer', 'shift', 'shift_sign_up', 'volunteer_certificate', 'volunteer_export'] as const) {
      const rows = await world.database.read(foreign, (tx) => tx.db.selectFrom(table).selectAll().execute());
      expect(rows, table).toEqual([]);
    }
  });

  test('a name is shown for a purpose, and the purpose is in the ledger', async () => {
    const shiftId = await world.shift({ day: '2026-06-20', from: 11, until: 12 });
    await world.register({ name: '吴桂芳', phone: '13811112222', shiftId });
    const id = (await place(shiftId))?.volunteerId ?? '';
    const input = { params: { id }, query: {}, body: { ...op(), purpose: '通知改期' } };
    expect(await world.volunteers.handlers.reveal(input, { actor: world.head })).toMatchObject({
      name: '吴桂芳',
      phone: '13811112222',
    });
    await expect(
      world.volunteers.handlers.reveal({ ...input, body: { ...op(), purpose: '看看' } }, { actor: world.northHead }),
    ).rejects.toMatchObject({ code: 'not_found' });
    const { rows } = await world.owner.query<{ line: string }>(
      `select string_agg(e.data::text, ' ') as line from ledger_entry e where e.action like any (array['shift.%', 'volunteer.%'])`,
    );
    expect(rows[0]?.line).not.toMatch(/吴桂芳|13811112222/);
  });

  test('the head hears once, the afternoon before, of shifts that lack people', async () => {
    await world.shift({ day: '2026-06-22', from: 9, until: 10, needed: 2, most: 2 });
    world.at('2026-06-21', 9);
    expect(await world.volunteers.tellShort()).toBe(0);
    world.at('2026-06-21', 16);
    expect(await world.volunteers.tellShort()).toBe(1);
    expect(await world.volunteers.tellShort()).toBe(0);
  });
});

describe('erasing', () => {
  test('name, number and what papers said are gone, places ahead are free, hours stay nameless', async () => {
    const secret = await world.register({ name: '要走的人', phone: newPhone() });
    await worked(secret, { from: 18, until: 19 });
    world.at('2026-06-17', 8);
    const ahead = await world.shift({ day: '2026-06-20', from: 15, until: 16, most: 1 });
    await world.signUp(secret, ahead);
    await world.volunteers.publicHandlers.erase({ params: { secret }, query: {}, body: op() }, {});
    await expect(world.page(secret)).rejects.toMatchObject({ code: 'link_ended' });
    expect((await shiftOf(ahead))?.openTaken).toBe(0);
    const { rows } = await world.owner.query(
      `select v.name, v.phone, v.phone_index, s.minutes from volunteer v join shift_sign_up s on s.volunteer_id = v.id
       where v.state = 'erased' and s.state = 'signed'`,
    );
    expect(rows).toEqual([{ name: null, phone: null, phone_index: null, minutes: 60 }]);
  });
});

describe('a night shift', () => {
  const sunday = '2026-06-21';
  const monday = '2026-06-22';
  beforeEach(() => {
    world.hours.set(sunday, [{ fromMinute: 0, untilMinute: 1440 }]);
    world.hours.set(monday, [{ fromMinute: 0, untilMinute: 1440 }]);
  });

  test('needs a station that is open over midnight', async () => {
    await expect(world.shift({ day: monday, from: 22, until: 25 })).rejects.toMatchObject({ code: 'bad_input' });
    await expect(world.shift({ day: sunday, from: 22, until: 23 })).resolves.toBeTruthy();
  });

  test('is on, counted and confirmed on the other side of midnight, in the next week too', async () => {
    const shiftId = await world.shift({ day: sunday, from: 23, until: 25, post: 'counter', needed: 1 });
    const secret = await world.register({ phone: newPhone(), shiftId });
    world.at(sunday, 23.25);
    const place = (await shiftOf(shiftId))?.signUps[0];
    await arrive(place?.id ?? '', place?.version ?? 0);
    world.at(monday, 0.5);
    const { handlers } = world.volunteers;
    const ctx = { actor: world.head };
    const now = await handlers.roster({ params: { id: world.stations.east.id }, query: {}, body: {} }, ctx);
    expect([now.today, now.days[0]?.day]).toEqual([monday, monday]);
    const running = now.shifts.find(({ id }) => id === shiftId);
    const person = running?.signUps[0];
    expect([running?.day, person?.attendance.arrivedAt]).toEqual([sunday, isoAt(sunday, 23.25)]);
    const { items } = await handlers.today({ params: {}, query: {}, body: {} }, ctx);
    expect(items.find(({ station }) => station.code === 'east')).toMatchObject({ on: 1, wanted: 1 });
    world.at(monday, 1.25);
    const leftAt = isoAt(monday, 1);
    await confirm(person?.id ?? '', { version: person?.version ?? 0, presence: 'came', leftAt });
    const mine = (await world.page(secret)).records.find(({ startsAt }) => startsAt === isoAt(sunday, 23));
    expect(mine?.attendance.minutes).toBe(105);
    world.at(monday, 4);
    const later = await handlers.roster({ params: { id: world.stations.east.id }, query: {}, body: {} }, ctx);
    expect(later.shifts.find(({ id }) => id === shiftId)).toBeUndefined();
  });
});
