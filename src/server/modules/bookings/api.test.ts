import { randomUUID } from 'node:crypto';
import ICAL from 'ical.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isAppError, type ErrorCode } from '#kit/errors.ts';
import { at, buildBookings, hour, mondayMs, type BookingsWorld } from './world.fixture.ts';
import { dayMs } from '#kit/shanghai-days.ts';

let world: BookingsWorld;
beforeAll(async () => {
  world = await buildBookings();
});
afterAll(() => world.close());
const monday10 = mondayMs + 10 * hour;
beforeEach(() => world.clock.set(monday10));

async function refused(work: Promise<unknown>, code: ErrorCode): Promise<void> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isAppError(error, code)) throw new Error(`Expected a refusal "${code}", got ${String(error)}`);
}
let phones = 0;
const freshPhone = (): string => `139${String(10_000_000 + phones++)}`;

describe('a resident books', () => {
  it('with a number only, and does the rest by the secret of the link', async () => {
    const id = await world.offer();
    const phone = freshPhone();
    const { items, areas } = await world.resident('offers', { query: { station: 'river' } });
    expect(items.find((one) => one.id === id)).toMatchObject({ nextAt: at(1, '14:00'), provider: '黄桷法律服务所' });
    expect(areas.find(({ code }) => code === 'legal')?.offers).toBeGreaterThan(0);
    const { days } = await world.resident('slots', { params: { id } });
    expect(days.map(({ day }) => day)).toEqual(['2026-06-16', '2026-06-18', '2026-06-23', '2026-06-25']);
    expect(days[0]?.slots).toHaveLength(6);

    const { secret, code } = await world.book(id, at(1, '14:00'), phone, '王小明');
    expect(code).toMatch(/^[A-Z][2-9]{4}$/);
    const page = await world.resident('view', { params: { secret } });
    expect(page).toMatchObject({
      code,
      state: 'booked',
      soon: true,
      mayChange: true,
      mayCancel: true,
      mayRate: false,
      away: null,
    });
    expect(JSON.stringify(page)).not.toContain(phone);
    expect((await world.resident('slots', { params: { id } })).days[0]?.slots[0]).toMatchObject({
      left: 0,
      capacity: 1,
    });

    await world.resident('move', { params: { secret }, body: { startsAt: at(1, '15:30') } });
    expect((await world.resident('view', { params: { secret } })).startsAt).toBe(at(1, '15:30'));
    expect((await world.resident('slots', { params: { id } })).days[0]?.slots[0]?.left).toBe(1);
    await refused(world.resident('move', { params: { secret }, body: { startsAt: at(1, '15:45') } }), 'slot_taken');

    const file = await world.bookings.calendar(secret);
    const calendar = new ICAL.Component(ICAL.parse(file.bytes.toString('utf8')) as never);
    const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent') as never);
    expect(event.startDate.toJSDate().toISOString()).toBe(at(1, '15:30'));
    expect(file.bytes.toString('utf8')).not.toContain(phone);

    await world.resident('cancel', { params: { secret } });
    await refused(world.resident('cancel', { params: { secret } }), 'transition_not_allowed');
    await refused(world.resident('view', { params: { secret: 'x'.repeat(32) } }), 'not_found');
  });

  it('not what is full, past, too soon, too far, or not there', async () => {
    const id = await world.offer();
    await world.book(id, at(1, '14:00'), freshPhone());
    const book = (startsAt: string) => world.book(id, startsAt, freshPhone());
    await refused(book(at(1, '14:00')), 'slot_taken');
    await refused(book(at(1, '14:10')), 'slot_taken');
    await refused(book(at(0, '14:00')), 'slot_taken');
    await refused(book(at(15, '14:00')), 'slot_taken');
    world.clock.set(Date.parse(at(1, '14:01')));
    await refused(book(at(1, '14:30')), 'slot_taken');
    await refused(world.book(randomUUID(), at(3, '14:00'), freshPhone()), 'not_found');
    await refused(world.book(id, at(3, '14:00'), '12345'), 'bad_input');
    await world.ask('head', 'endOffer', { params: { id } });
    await refused(book(at(3, '14:00')), 'not_found');
  });

  it('once for each service and thrice in all; the refusal is the same, and says nothing of whose number it is', async () => {
    const phone = freshPhone();
    const ids = [await world.offer(), await world.offer(), await world.offer(), await world.offer()];
    await world.book(ids[0] as string, at(1, '14:00'), phone);
    const said = async (offer: string | undefined, startsAt: string): Promise<string> =>
      world.book(offer ?? '', startsAt, phone).then(
        () => 'booked',
        (error: Error) => `${error.message}`,
      );
    const twice = await said(ids[0], at(3, '14:00'));
    expect(twice).toMatch(/no more can be booked/);
    expect(twice).not.toContain(phone.slice(0, 7));
    await world.book(ids[1] as string, at(1, '14:00'), `+86 ${phone}`);
    await world.book(ids[2] as string, at(1, '14:30'), phone);
    expect(await said(ids[3], at(1, '16:00'))).toBe(twice);
    // What is over holds nobody back, even where nobody wrote down what came of it.
    world.clock.set(Date.parse(at(2, '09:00')));
    expect(await said(ids[0], at(3, '14:00'))).toBe('booked');
  });

  it('repeating the same intention answers the same, without a second place', async () => {
    const id = await world.offer();
    const body = { opId: randomUUID(), offerId: id, startsAt: at(1, '14:00'), phone: freshPhone(), name: '' };
    const first = await world.resident('book', { body });
    expect(await world.resident('book', { body })).toEqual(first);
    await refused(world.resident('book', { body: { ...body, phone: freshPhone() } }), 'op_reused');
    const { rows } = await world.owner.query('select 1 from booking where offer_id = $1', [id]);
    expect(rows).toHaveLength(1);
  });
});

describe('the last place', () => {
  it('goes to exactly one of fifty at once', async () => {
    const id = await world.offer({ capacity: 3 });
    for (const _ of [1, 2]) await world.book(id, at(1, '14:00'), freshPhone());
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, () => world.book(id, at(1, '14:00'), freshPhone())),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of results) if (one.status === 'rejected' && !isAppError(one.reason, 'slot_taken')) throw one.reason;
    const { rows } = await world.owner.query<{ seat: number }>(
      `select seat from booking where offer_id = $1 and starts_at = $2 order by seat`,
      [id, at(1, '14:00')],
    );
    expect(rows.map(({ seat }) => seat)).toEqual([1, 2, 3]);
  }, 60_000);

  it('is guarded by the database itself, whatever the program thinks', async () => {
    const id = await world.offer();
    const { code } = await world.book(id, at(1, '14:00'), freshPhone());
    const copy = `insert into booking (id, offer_id, station_id, unit_id, path, district, starts_at, ends_at, seat, channel, code, secret_hash, state, booked_at)
      select $1, offer_id, station_id, unit_id, path, district, starts_at + interval '10 minutes', ends_at + interval '10 minutes', $2, channel, $3, $4, 'booked', booked_at
      from booking where id = $5`;
    const booked = await world.idOf(code);
    const forced = (seat: number) =>
      world.owner.query(copy, [randomUUID(), seat, `Z${seat}222`, Buffer.from(randomUUID()), booked]);
    await expect(forced(1)).rejects.toThrow(/booking_no_double/);
    await forced(2);
  });

  it('one number racing against itself gets one booking', async () => {
    const id = await world.offer({ capacity: 9 });
    const phone = freshPhone();
    const results = await Promise.allSettled(Array.from({ length: 12 }, () => world.book(id, at(1, '14:00'), phone)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('at the counter', () => {
  it('arrived, served, rated; figures count it and open it', async () => {
    const id = await world.offer();
    const { secret, code } = await world.book(id, at(1, '14:00'), freshPhone(), '李四');
    world.clock.set(Date.parse(at(1, '13:55')));
    const station = world.stations.river.id;
    const day = await world.ask('counter', 'day', { query: { station } });
    const row = day.items.find((one) => one.code === code);
    expect(row).toMatchObject({
      state: 'booked',
      name: '李**',
      phone: expect.stringMatching(/^139\*{4}\d{4}$/) as string,
    });
    const params = { id: row?.id ?? '' };
    await world.ask('counter', 'arrive', { params, body: { version: row?.version } });
    await refused(world.ask('counter', 'arrive', { params, body: { version: row?.version } }), 'version_conflict');
    await refused(world.resident('cancel', { params: { secret } }), 'transition_not_allowed');
    await refused(world.ask('counter', 'serve', { params, body: { outcome: 'unsolved' } }), 'reason_needed');
    await world.ask('counter', 'serve', { params, body: { outcome: 'solved' } });
    await world.resident('rate', { params: { secret }, body: { rating: 5, words: '说得很清楚' } });
    const figures = (await world.ask('head', 'figures', { query: { until: '2026-06-30' } })).items.find(
      (one) => one.offerId === id,
    );
    expect(figures).toMatchObject({
      booked: 1,
      served: 1,
      solved: 1,
      noShow: 0,
      ratings: 1,
      rating: null,
      waitOf: 1,
      waitDays: 1.2,
    });
    const opened = await world.ask('head', 'list', { query: { offer: id, state: 'served' } });
    expect(opened.items).toMatchObject([{ code, rating: 5, ratingWords: '说得很清楚', outcome: 'solved' }]);
    expect(JSON.stringify(await world.lines('booking.rate'))).not.toContain('清楚');
  });

  it('handed on: the event is made in the same transaction, with the number, once', async () => {
    const id = await world.offer();
    const phone = freshPhone();
    const { secret, code } = await world.book(id, at(1, '14:00'), phone);
    world.clock.set(Date.parse(at(1, '14:05')));
    const params = { id: await world.idOf(code) };
    const event = { categoryCode: 'G1701', description: '邻居漏水三年，调解不成，请司法所介入' };
    await refused(world.ask('counter', 'serve', { params, body: { outcome: 'transferred' } }), 'bad_input');
    await refused(world.ask('counter', 'serve', { params, body: { outcome: 'solved', event } }), 'bad_input');
    const served = await world.ask('counter', 'serve', { params, body: { outcome: 'transferred', event } });
    expect(served.eventNumber).not.toBeNull();
    const { rows } = await world.owner.query<{ channel: string; source_ref: string }>(
      'select e.channel, r.source_ref from event e join event_reporter r on r.event_id = e.id where e.id = $1',
      [served.eventId],
    );
    expect(rows).toEqual([{ channel: 'station', source_ref: `booking:${params.id}` }]);
    expect(await world.resident('view', { params: { secret } })).toMatchObject({
      outcome: 'transferred',
      eventNumber: served.eventNumber,
    });
    await refused(world.ask('counter', 'serve', { params, body: { outcome: 'solved' } }), 'already_exists');
    // A refusal leaves neither an event nor a result behind.
    const before = (await world.owner.query('select 1 from event')).rowCount;
    const other = await world.book(id, at(1, '15:00'), freshPhone());
    const wrong = {
      params: { id: await world.idOf(other.code) },
      body: { outcome: 'transferred' as const, event, version: 99 },
    };
    await refused(world.ask('counter', 'serve', wrong), 'version_conflict');
    expect((await world.owner.query('select 1 from event')).rowCount).toBe(before);
  });

  it('not come: only after a while, put right when they come late, and held against nobody', async () => {
    const id = await world.offer();
    const phone = freshPhone();
    const { code } = await world.book(id, at(1, '14:00'), phone);
    const params = { id: await world.idOf(code) };
    world.clock.set(Date.parse(at(1, '14:14')));
    await refused(world.ask('counter', 'noShow', { params }), 'transition_not_allowed');
    world.clock.set(Date.parse(at(1, '14:15')));
    await world.ask('counter', 'noShow', { params });
    await world.book(id, at(3, '14:00'), phone);
    await world.ask('counter', 'arrive', { params });
    await world.ask('counter', 'serve', { params, body: { outcome: 'again', note: '带齐材料再来' } });
    const { items } = await world.ask('head', 'list', { query: { offer: id, outcome: 'again' } });
    expect(items).toMatchObject([{ note: '带齐材料再来', state: 'served' }]);
    expect(JSON.stringify(await world.lines('booking.serve'))).not.toContain('带齐');
  });

  it('whoever comes unasked is counted to the running slot; when it is full, without a seat', async () => {
    const id = await world.offer();
    await world.book(id, at(1, '14:00'), freshPhone());
    world.clock.set(Date.parse(at(1, '14:10')));
    await world.ask('counter', 'walkIn', { body: { offerId: id } });
    await world.ask('counter', 'walkIn', { body: { offerId: id, phone: freshPhone() } });
    const { items, offers } = await world.ask('counter', 'day', { query: { station: world.stations.river.id } });
    const here = items.filter((one) => one.offerId === id);
    expect(here.map(({ channel, seated, state }) => [channel, seated, state])).toEqual([
      ['web', true, 'booked'],
      ['walk_in', false, 'arrived'],
      ['walk_in', false, 'arrived'],
    ]);
    expect(offers.find((one) => one.id === id)?.today).toHaveLength(6);
    const booked = await world.offer({ walkIn: false });
    await refused(world.ask('counter', 'walkIn', { body: { offerId: booked } }), 'not_allowed');
    world.clock.set(Date.parse(at(2, '10:00')));
    await refused(world.ask('counter', 'walkIn', { body: { offerId: id } }), 'slot_taken');
  });

  it('a lost link is found by code or number at that station only; the full number is shown on record', async () => {
    const id = await world.offer();
    const phone = freshPhone();
    const { secret, code } = await world.book(id, at(1, '14:00'), phone);
    const stationId = world.stations.river.id;
    for (const body of [
      { stationId, code: code.toLowerCase() },
      { stationId, phone: `86${phone}` },
    ])
      expect((await world.ask('counter', 'find', { body })).items).toMatchObject([{ code }]);
    expect((await world.ask('counter', 'find', { body: { stationId, phone: '139' } })).items).toEqual([]);
    expect((await world.ask('counter', 'find', { body: { stationId } })).items).toEqual([]);
    await refused(world.ask('hillHead', 'find', { body: { stationId, phone } }), 'not_found');
    const elsewhere = { stationId: world.stations.hill.id, phone };
    expect((await world.ask('hillHead', 'find', { body: elsewhere })).items).toEqual([]);
    const params = { id: await world.idOf(code) };
    expect((await world.ask('counter', 'link', { params })).path).toBe(`/b/${secret}`);
    expect((await world.ask('counter', 'phone', { params })).phone).toBe(phone);
    expect(await world.lines('booking.reveal')).not.toHaveLength(0);
  });

  it('a seat books for whoever telephones, moves and cancels', async () => {
    const id = await world.offer();
    const made = await world.ask('secretary', 'book', {
      body: { offerId: id, startsAt: at(1, '14:00'), channel: 'phone', phone: freshPhone(), name: '' },
    });
    await world.ask('secretary', 'move', { params: { id: made.id }, body: { startsAt: at(3, '14:30') } });
    expect((await world.ask('head', 'list', { query: { offer: id } })).items).toMatchObject([
      { startsAt: at(3, '14:30'), channel: 'phone' },
    ]);
    await world.ask('secretary', 'cancel', { params: { id: made.id } });
    expect((await world.ask('head', 'list', { query: { offer: id, state: 'cancelled' } })).items).toMatchObject([
      { cancelledBy: 'station' },
    ]);
  });
});

describe('the catalogue', () => {
  it('is edited by the head; what is booked stays, and what the new hours no longer hold is told', async () => {
    const id = await world.offer();
    await world.book(id, at(1, '14:00'), freshPhone());
    const evening = world.wish({ weekly: [{ weekday: 2, fromMinute: 18 * 60, untilMinute: 20 * 60 }] });
    const params = { id };
    await refused(world.ask('head', 'editOffer', { params, body: { version: 9, offer: evening } }), 'version_conflict');
    expect(await world.ask('head', 'editOffer', { params, body: { version: 1, offer: evening } })).toMatchObject({
      outside: 1,
    });
    expect((await world.resident('slots', { params })).days.map(({ slots }) => slots.length)).toEqual([4, 4]);
    await refused(
      world.ask('counter', 'editOffer', { params: { id: randomUUID() }, body: { version: 1, offer: evening } }),
      'not_found',
    );
    for (const wrong of [
      { area: 'cooking' },
      { weekly: [{ weekday: 1, fromMinute: 600, untilMinute: 610 }] },
      { lastDay: '2025-01-01' },
      { providerPartnerId: null },
      { providerPartnerId: randomUUID() },
    ])
      await refused(world.offer(wrong), 'bad_input');
  });

  it('a longer slot never overbooks what was taken under the shorter one', async () => {
    const id = await world.offer();
    for (const time of ['14:00', '14:30']) await world.book(id, at(1, time), freshPhone());
    await world.ask('head', 'editOffer', {
      params: { id },
      body: { version: 1, offer: world.wish({ slotMinutes: 60 }) },
    });
    const [tuesday] = (await world.resident('slots', { params: { id } })).days;
    expect(tuesday?.slots.map(({ left }) => left)).toEqual([0, 1, 1]);
  });

  it('knows where the station is open, and shows a week before it is offered', async () => {
    const { days } = await world.ask('head', 'preview', {
      body: { stationId: world.stations.river.id, offer: world.wish(), from: '2026-06-15' },
    });
    expect(days.map(({ slots }) => slots.length)).toEqual([0, 6, 0, 6, 0, 0, 0]);
  });

  it('the provider does not come: no place is given, the booked are told and shown where else', async () => {
    const id = await world.offer({ title: '调解', area: 'tax' });
    const other = await world.offer({ title: '税费', area: 'tax' });
    const { secret } = await world.book(id, at(1, '14:00'), freshPhone());
    const body = { startsAt: at(1, '00:00'), endsAt: at(2, '00:00'), reason: '律师开庭' };
    const away = await world.ask('counter', 'away', { params: { id }, body });
    expect(away.told).toBe(1);
    const page = await world.resident('view', { params: { secret } });
    expect(page.away).toBe('律师开庭');
    expect(page.others).toMatchObject([{ id: other, nextAt: at(1, '14:00') }]);
    expect((await world.resident('slots', { params: { id } })).days[0]?.day).toBe('2026-06-18');
    await world.ask('counter', 'back', { params: { id: away.id } });
    expect((await world.resident('view', { params: { secret } })).away).toBeNull();
    await refused(world.ask('counter', 'back', { params: { id: away.id } }), 'not_found');
  });
});

describe('who sees what', () => {
  it('a station its own, a street its area; a foreign one looks absent', async () => {
    const id = await world.offer();
    const { code } = await world.book(id, at(1, '14:00'), freshPhone());
    const params = { id: await world.idOf(code) };
    const station = world.stations.river.id;
    for (const who of ['head', 'counter', 'chief', 'secretary', 'gridWorker'] as const)
      expect(
        (await world.ask(who, 'offers')).items.some((one) => one.id === id),
        who,
      ).toBe(true);
    for (const who of ['hillHead', 'northIntake'] as const) {
      expect(
        (await world.ask(who, 'offers')).items.some((one) => one.id === id),
        who,
      ).toBe(false);
      expect((await world.ask(who, 'list', { query: { offer: id } })).items).toEqual([]);
      await refused(world.ask(who, 'day', { query: { station } }), 'not_found');
      await refused(world.ask(who, 'slots', { params: { id } }), 'not_found');
      await refused(world.ask(who, 'cancel', { params }), 'not_found');
    }
    for (const verb of ['arrive', 'noShow', 'link', 'phone'] as const)
      await refused(world.ask('hillHead', verb, { params }), 'not_found');
    await refused(world.ask('hillHead', 'serve', { params, body: { outcome: 'solved' } }), 'not_found');
    await refused(
      world.ask('hillHead', 'away', {
        params: { id },
        body: { startsAt: at(1, '00:00'), endsAt: at(2, '00:00'), reason: '不来' },
      }),
      'not_found',
    );
    await refused(world.ask('hillHead', 'endOffer', { params: { id } }), 'not_found');
    await refused(world.ask('gridWorker', 'arrive', { params }), 'not_found');
  });

  it('no number and no name is in the ledger, nor in any stored request, nor readable in the table', async () => {
    const id = await world.offer();
    const phone = freshPhone();
    await world.book(id, at(1, '14:00'), phone, '欧阳测试');
    await world.ask('counter', 'find', { body: { stationId: world.stations.river.id, phone } });
    for (const table of ['ledger_entry', 'ledger_private', 'op', 'booking', 'booking_unmet']) {
      const exists = await world.owner.query('select to_regclass($1) as t', [table]);
      if ((exists.rows[0] as { t: string | null }).t === null) continue;
      const { rows } = await world.owner.query(
        `select 1 from ${table} t where t::text like $1 or t::text like '%欧阳测试%'`,
        [`%${phone}%`],
      );
      expect([table, rows.length]).toEqual([table, 0]);
    }
  });
});

describe('what nobody offers', () => {
  it('is noted without a name, merged by likeness, answered once, and told to the life circle', async () => {
    const phone = freshPhone();
    // The first wording stands for all: each is said a second later.
    const say = (what: string, more: object = {}) => {
      world.clock.advance(1_000);
      return world.resident('unmet', { body: { station: 'river', kind: 'no_such', what, ...more } });
    };
    await say('周末配老花镜', { wanted: 'weekend', phone });
    await say('想要周末配老花镜');
    await say('理发');
    await refused(
      world.resident('unmet', { body: { station: 'nowhere', kind: 'no_such', what: '理发' } }),
      'not_found',
    );
    await world.ask('counter', 'noteUnmet', {
      body: { stationId: world.stations.river.id, kind: 'other_hour', what: '周末配老花镜' },
    });
    await refused(
      world.ask('hillHead', 'noteUnmet', {
        body: { stationId: world.stations.river.id, kind: 'no_such', what: '理发' },
      }),
      'not_found',
    );
    const { items } = await world.ask('secretary', 'unmet');
    expect(items.map(({ what, count, waiting }) => [what, count, waiting])).toEqual([
      ['周末配老花镜', 3, 1],
      ['理发', 1, 0],
    ]);
    expect(JSON.stringify(items)).not.toContain(phone);
    expect((await world.ask('hillHead', 'unmet')).items).toEqual([]);
    const params = { id: items[0]?.id ?? '' };
    await refused(world.ask('hillHead', 'answerUnmet', { params, body: { answer: '下周起周六上午有' } }), 'not_found');
    expect((await world.ask('head', 'unmetPhones', { params })).phones).toEqual([phone]);
    expect(await world.ask('head', 'answerUnmet', { params, body: { answer: '下周起周六上午有' } })).toMatchObject({
      answered: 3,
    });
    await refused(world.ask('head', 'answerUnmet', { params, body: { answer: '再答' } }), 'not_found');
    const { rows } = await world.owner.query('select 1 from booking_unmet where phone is not null');
    expect(rows).toEqual([]);
    const told = await world.database.read({ seeAll: true, areas: [], units: [], accountId: null }, (tx) =>
      world.bookings.listUnmet(tx, { sinceMs: mondayMs }),
    );
    expect(told.map(({ what, answered }) => [what, answered])).toContainEqual(['理发', false]);
    expect(told).toHaveLength(4);
  });

  it('full days that were opened are counted, not who opened them', async () => {
    const id = await world.offer();
    for (const _ of [1, 2, 3]) await world.resident('full', { params: { id }, body: { day: '2026-06-16' } });
    const figures = (await world.ask('head', 'figures', { query: { until: '2026-06-30' } })).items;
    expect(figures.find((one) => one.offerId === id)?.fullLooks).toBe(3);
  });
});

describe('what goes on by itself', () => {
  it('reminds each station and each providing unit once a day', async () => {
    const id = await world.offer({ providerPartnerId: null, providerUnitId: world.unit.cityPost });
    world.clock.set(monday10 + 21 * dayMs);
    await world.book(id, at(22, '14:00'), freshPhone());
    const { jobs } = world.bookings;
    expect([await jobs.remindProviders(), await jobs.remindProviders()]).toEqual([1, 0]);
    expect((await world.lines('booking.tomorrow')).at(-1)).toMatchObject({
      data: { day: '2026-07-07', bookings: 1, unitId: world.unit.cityPost },
      audience: [`u:${world.unit.cityPost}`],
    });
    world.clock.set(Date.parse(at(22, '07:30')));
    expect([await jobs.remindStations(), await jobs.remindStations()]).toEqual([1, 0]);
  });

  it('says of a past day what nobody wrote down, and forgets numbers after their time', async () => {
    const id = await world.offer();
    world.clock.set(monday10 + 28 * dayMs);
    const { code, secret } = await world.book(id, at(29, '14:00'), freshPhone(), '张三');
    world.clock.set(Date.parse(at(30, '03:00')));
    expect(await world.bookings.jobs.lapse()).toBeGreaterThan(0);
    expect(await world.resident('view', { params: { secret } })).toMatchObject({ state: 'lapsed', mayCancel: false });
    const booked = await world.idOf(code);
    world.clock.set(Date.parse(at(61, '03:00')));
    expect(await world.bookings.jobs.forget()).toBeGreaterThan(0);
    expect(await world.bookings.jobs.forget()).toBe(0);
    const { rows } = await world.owner.query('select phone, phone_index, name from booking where id = $1', [booked]);
    expect(rows).toEqual([{ phone: null, phone_index: null, name: null }]);
    expect((await world.ask('counter', 'phone', { params: { id: booked } })).phone).toBeNull();
  });
});
