import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemScope } from '#server/db/scope.ts';
import { street } from '../grids/town.fixture.ts';
import { namesOf, noteDelivery, partnersAt } from './index.ts';
import {
  buildPartners,
  day,
  makePartner,
  refused,
  stationIds,
  wednesday,
  type Name,
  type World,
} from './world.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await buildPartners();
});
afterAll(() => world.close());
beforeEach(() => world.clock.set(wednesday));

const get = (who: Name, id: string) => world.ask(who, 'get', { params: { id } });
const pledgeOf = async (id: string, pledgeId: string) =>
  (await get('chief', id)).pledgeList.find((one) => one.id === pledgeId);

describe('a partner and what it agreed to', () => {
  it('is registered with a contact that is sealed, masked, and shown once a purpose is given', async () => {
    const { id } = await makePartner(world, '渝健药房甲');
    const seen = await get('head', id);
    expect(seen.contact).toEqual({ name: '陈**', phone: '138****8000' });
    expect(JSON.stringify(seen)).not.toContain('13800138000');
    const told = await world.ask('head', 'reveal', { params: { id }, body: { purpose: '催送货' } });
    expect([told.name, told.phone]).toEqual(['陈明', '13800138000']);
    // The commander answers for the street and is head of no station; the counter is neither.
    await world.ask('commander', 'reveal', { params: { id }, body: { purpose: '续约' } });
    await refused(world.ask('counter', 'reveal', { params: { id }, body: { purpose: '好奇' } }), 'not_found');
    const lines = await world.lines('partner.reveal');
    expect(lines.filter(({ subject_id }) => subject_id === id)).toHaveLength(2);
    expect(JSON.stringify([lines, await world.lines('partner.add')])).not.toMatch(/陈明|13800138000|催送货/);
    expect((await world.ask('chief', 'list', { query: { q: '138 0013 8000' } })).items.map((one) => one.id)).toContain(
      id,
    );
    expect((await world.ask('chief', 'list', { query: { q: '13800138001' } })).items).toEqual([]);
    const stored = await world.database.read(systemScope, (tx) =>
      tx.db.selectFrom('partner').select('contact_phone').where('id', '=', id).executeTakeFirstOrThrow(),
    );
    expect(stored.contact_phone?.toString('latin1')).not.toContain('13800138000');
  });

  it('is refused a credit code that cannot be one, and a kind nobody knows', async () => {
    const body = { areaCode: street, name: '某店', kind: 'shop', creditCode: '91110000802100433A', contact: null };
    expect((await refused(world.ask('chief', 'add', { body }), 'bad_input')).detail).toEqual({ field: 'creditCode' });
    await refused(world.ask('chief', 'add', { body: { ...body, creditCode: null, kind: 'castle' } }), 'bad_input');
    const { id } = await world.ask('chief', 'add', { body: { ...body, creditCode: '91110000802100433b' } });
    expect((await get('chief', id)).creditCode).toBe('91110000802100433B');
  });

  it('goes from draft to signed and is not changed after that; two signed ones share no day', async () => {
    const { id, agreementId } = await makePartner(world, '渝健药房乙');
    const days = { fromDay: '2026-06-01', toDay: '2027-05-31', returns: [], returnWords: '' };
    await refused(
      world.ask('chief', 'redraft', { params: { id, agreementId }, body: { version: 2, ...days } }),
      'transition_not_allowed',
    );
    const second = await world.ask('chief', 'draft', { params: { id }, body: { ...days, renews: null } });
    const sign = { params: { id, agreementId: second.id }, body: { version: 1, signedOn: '2026-06-01' } };
    await refused(world.ask('chief', 'sign', sign), 'already_exists');
    await refused(
      world.ask('chief', 'redraft', { params: { id, agreementId: second.id }, body: { version: 7, ...days } }),
      'version_conflict',
    );
    await world.ask('chief', 'redraft', {
      params: { id, agreementId: second.id },
      body: { version: 1, ...days, fromDay: '2027-01-01', toDay: '2027-12-31' },
    });
    await world.ask('chief', 'sign', { ...sign, body: { ...sign.body, version: 2 } });
    const { agreements, state } = await get('chief', id);
    expect(agreements.map((one) => one.state)).toEqual(['waiting', 'running']);
    expect(state).toBe('running');
  });

  it('promises whole periods within its agreement only', async () => {
    const { pledge } = await makePartner(world, '渝健药房丙');
    await refused(pledge({ toDay: '2027-01-31' }), 'bad_input');
    await refused(pledge({ fromDay: '2026-05-01', toDay: '2026-05-20' }), 'bad_input');
    await refused(pledge({ unit: 'parsec' }), 'bad_input');
    await refused(pledge({ stationId: stationIds.other }), 'not_found');
  });

  it('is renewed by one that begins when the old one ends, with its living pledges', async () => {
    const { id, agreementId, pledge, secret } = await makePartner(world, '渝健药房丁');
    await pledge({ every: 'once', what: '开业赠书' });
    world.clock.set(Date.parse('2026-11-15T10:00:00+08:00'));
    expect((await get('chief', id)).state).toBe('ending');
    await world.link('chief', 'askRenewal', { params: { secret }, body: { words: '想再做一年' } });
    expect((await get('chief', id)).asks).toEqual(['renewal']);
    const terms = { returns: ['name_board'], renews: agreementId };
    await refused(
      world.ask('chief', 'draft', { params: { id }, body: { ...terms, fromDay: '2026-12-01', toDay: '2027-12-31' } }),
      'bad_input',
    );
    const next = await world.ask('chief', 'draft', {
      params: { id },
      body: { ...terms, fromDay: '2027-01-01', toDay: '2027-12-31' },
    });
    // It is seen to: the partner need not ask twice.
    expect((await world.link('chief', 'view', { params: { secret } })).agreement?.mayAskRenewal).toBe(false);
    await refused(world.link('chief', 'askRenewal', { params: { secret }, body: {} }), 'transition_not_allowed');
    const renewed = await get('chief', id);
    expect(renewed.asks).toEqual([]);
    const copied = renewed.pledgeList.filter((one) => one.agreementId === next.id);
    expect(copied).toMatchObject([
      { what: '藿香正气液', fromDay: '2027-01-01', toDay: '2027-12-31', due: 0, alive: false },
    ]);
    await world.ask('chief', 'sign', {
      params: { id, agreementId: next.id },
      body: { version: 1, signedOn: '2026-11-15' },
    });
    // Nothing to remind of any more.
    expect((await get('chief', id)).state).toBe('running');
    world.clock.set(Date.parse('2027-02-01T09:00:00+08:00'));
    const later = await get('chief', id);
    expect(later.agreements.map((one) => one.state)).toEqual(['running', 'ended']);
    expect(later.pledgeList.find((one) => one.agreementId === next.id)).toMatchObject({ due: 20, behind: true });
  });
});

describe('deliveries', () => {
  it('said by the partner wait for the head; then the figure moves, by what was counted', async () => {
    const { id, pledgeId, secret } = await makePartner(world, '山泉甲');
    // Five whole months have passed on 3 June.
    expect(await pledgeOf(id, pledgeId)).toMatchObject({ duePeriods: 5, due: 100, delivered: 0, behind: true });
    const body = { pledgeId, stationId: stationIds.west, quantity: 100, day: '2026-06-02' };
    await world.link('chief', 'claim', { params: { secret }, body });
    expect(await pledgeOf(id, pledgeId)).toMatchObject({ delivered: 0, waiting: 100, behind: true });
    const { waiting } = await world.ask('head', 'atStation', { params: { stationId: stationIds.west } });
    const [claim] = waiting.filter((one) => one.partnerId === id);
    if (claim === undefined) throw new Error('The claim waits for nobody.');
    expect(claim).toMatchObject({ source: 'partner', quantity: 100, mayDecide: true });
    const decide = (who: Name, more: object) =>
      world.ask(who, 'decide', { params: { id: claim.id }, body: { version: 1, confirm: true, ...more } });
    await refused(decide('eastHead', {}), 'not_found');
    await refused(decide('counter', {}), 'not_found');
    await refused(decide('head', { confirm: false }), 'reason_needed');
    await decide('head', { quantity: 96 });
    expect(await pledgeOf(id, pledgeId)).toMatchObject({ delivered: 96, waiting: 0, behind: true });
    await refused(decide('head', { version: 2 }), 'transition_not_allowed');
    const { periods, outside, deliveries } = await world.ask('head', 'periods', { params: { id, pledgeId } });
    expect(periods.map((one) => [one.due, one.delivered]).slice(4, 7)).toEqual([
      [true, 0],
      [false, 96],
      [false, 0],
    ]);
    expect([outside, deliveries.map((one) => [one.quantity, one.saidQuantity])]).toEqual([0, [[96, 100]]]);
    const page = await world.link('chief', 'view', { params: { secret } });
    expect(page.deliveries).toMatchObject([{ state: 'confirmed', quantity: 96, saidQuantity: 100 }]);
    expect(page.pledges).toMatchObject([{ due: 100, delivered: 96 }]);
  });

  it('count at once from the head, later from the counter; a refusal is told with its reason', async () => {
    const { id, pledgeId, secret } = await makePartner(world, '山泉乙');
    const body = { stationId: stationIds.west, pledgeId, quantity: 30, day: '2026-06-03' };
    const noted = await world.ask('head', 'deliver', { params: { id }, body });
    expect(noted.state).toBe('confirmed');
    const typed = await world.ask('counter', 'deliver', { params: { id }, body });
    expect(typed.state).toBe('waiting');
    expect(await pledgeOf(id, pledgeId)).toMatchObject({ delivered: 30, waiting: 30 });
    const no = { version: 1, confirm: false, words: '已在上一笔里' };
    await world.ask('head', 'decide', { params: { id: typed.id }, body: no });
    expect((await world.link('chief', 'view', { params: { secret } })).deliveries).toContainEqual(
      expect.objectContaining({ state: 'refused', refusedWords: '已在上一笔里' }),
    );
    await refused(world.ask('head', 'deliver', { params: { id }, body: { ...body, day: '2026-06-04' } }), 'bad_input');
    await refused(world.ask('head', 'deliver', { params: { id }, body: { ...body, pledgeId: null } }), 'bad_input');
    await refused(
      world.ask('eastHead', 'deliver', { params: { id }, body: { ...body, stationId: stationIds.east } }),
      'bad_input',
    );
  });

  it('are taken once, however often they are sent', async () => {
    const { id, pledgeId, secret } = await makePartner(world, '山泉丙');
    const body = { opId: randomUUID(), stationId: stationIds.west, pledgeId, quantity: 7, day: '2026-06-03' };
    const [first, again] = await Promise.all([1, 2].map(() => world.ask('head', 'deliver', { params: { id }, body })));
    expect(again).toEqual(first);
    const said = { opId: randomUUID(), pledgeId, stationId: stationIds.west, quantity: 5, day: '2026-06-03' };
    const claims = await Promise.all(
      [1, 2, 3].map(() => world.link('chief', 'claim', { params: { secret }, body: said })),
    );
    expect(new Set(claims.map((one) => one.ledgerId)).size).toBe(1);
    expect(await pledgeOf(id, pledgeId)).toMatchObject({ delivered: 7, waiting: 5 });
    await refused(world.ask('head', 'deliver', { params: { id }, body: { ...body, quantity: 8 } }), 'op_reused');
  });

  it('come from donations and activities too, each noted once', async () => {
    const { id, pledgeId } = await makePartner(world, '山泉丁');
    const wish = {
      partnerId: id,
      pledgeId,
      stationId: stationIds.west,
      quantity: 12,
      atMs: wednesday,
      source: { type: 'donation', id: randomUUID() },
      accountId: null,
    } as const;
    const note = () => world.database.inTx(systemScope, (tx) => noteDelivery(tx, wish));
    expect(await note()).toEqual(await note());
    expect(await pledgeOf(id, pledgeId)).toMatchObject({ waiting: 12 });
    await refused(
      world.database.inTx(systemScope, (tx) => noteDelivery(tx, { ...wish, stationId: stationIds.east })),
      'bad_input',
    );
    await refused(
      world.database.inTx(systemScope, (tx) => noteDelivery(tx, { ...wish, partnerId: randomUUID() })),
      'bad_input',
    );
  });

  it('are listed page by page and taken away as a table', async () => {
    const { id, pledgeId } = await makePartner(world, '山泉戊');
    for (const [k, date] of ['2026-05-02', '2026-05-02', '2026-05-03'].entries()) {
      world.clock.advance(1000);
      await world.ask('head', 'deliver', {
        params: { id },
        body: { stationId: stationIds.west, pledgeId, quantity: k + 1, day: date },
      });
    }
    const first = await world.ask('chief', 'deliveries', { query: { partner: id, limit: 2 } });
    const rest = await world.ask('chief', 'deliveries', { query: { partner: id, limit: 2, cursor: first.next } });
    expect([...first.items, ...rest.items].map((one) => one.quantity)).toEqual([3, 2, 1]);
    expect(rest.next).toBeNull();
    const file = await world.partners.exportDeliveries(world.as('chief'), { partner: id });
    expect([file.name, file.bytes.subarray(0, 2).toString()]).toEqual(['合伙人兑现台账-2026-06-03.xlsx', 'PK']);
    expect((await world.lines('partner.export')).at(-1)?.data).toMatchObject({ rows: 3 });
  });
});

describe('who sees what', () => {
  it('is the street its partners, a station those that serve it; for others they are absent', async () => {
    const { id, pledge } = await makePartner(world, '同心甲');
    for (const who of ['chief', 'commander', 'secretary', 'head', 'counter', 'eastHead', 'worker'] as const)
      expect([who, (await get(who, id)).id]).toEqual([who, id]);
    for (const who of ['stranger', 'strangerChief'] as const) await refused(get(who, id), 'not_found');
    // Agreements and pledges are made by whoever answers for the street; a community and a station are not that.
    for (const who of ['secretary', 'head', 'strangerChief'] as const)
      await refused(world.ask(who, 'link', { params: { id }, body: {} }), 'not_found');
    await pledge({ stationId: null, every: 'weekly' });
    const east = await world.ask('eastHead', 'atStation', { params: { stationId: stationIds.east } });
    expect(east.items.find((one) => one.id === id)?.pledges).toMatchObject([{ stationId: null, every: 'weekly' }]);
    await refused(world.ask('eastHead', 'atStation', { params: { stationId: stationIds.west } }), 'not_found');
  });

  it('keeps deliveries to a foreign station from a head', async () => {
    const { id, pledge } = await makePartner(world, '同心乙');
    const { id: all } = await pledge({ stationId: null, every: 'weekly' });
    for (const [who, key] of [
      ['head', 'west'],
      ['eastHead', 'east'],
    ] as const)
      await world.ask(who, 'deliver', {
        params: { id },
        body: { stationId: stationIds[key], pledgeId: all, quantity: 4, day: '2026-06-03' },
      });
    const seenBy = async (who: Name) =>
      (await world.ask(who, 'periods', { params: { id, pledgeId: all } })).deliveries.map((one) => one.stationName);
    expect(await seenBy('head')).toEqual(['西站']);
    expect((await seenBy('chief')).toSorted()).toEqual(['东站', '西站']);
    expect((await world.ask('head', 'deliveries', { query: { partner: id } })).items).toHaveLength(1);
    expect((await pledgeOf(id, all))?.delivered).toBe(8);
  });

  it('tells other modules who is at a station on a day', async () => {
    const { id, pledge } = await makePartner(world, '同心丙');
    await pledge({ stationId: stationIds.east, every: 'once', fromDay: '2026-06-03', toDay: '2026-06-03' });
    const at = (station: string, date: string) =>
      world.database.read(systemScope, async (tx) =>
        (await partnersAt(tx, station, date)).filter((one) => one.id === id).map((one) => one.pledges.length),
      );
    expect(await at(stationIds.west, '2026-06-03')).toEqual([1]);
    expect(await at(stationIds.east, '2026-06-03')).toEqual([1]);
    expect(await at(stationIds.east, '2026-06-04')).toEqual([]);
    expect(await at(stationIds.west, '2027-01-01')).toEqual([]);
    const names = await world.database.read(systemScope, (tx) => namesOf(tx, [id, randomUUID()]));
    expect([...names.values()]).toMatchObject([{ id, name: '同心丙', kind: 'pharmacy' }]);
  });
});

describe('leaving', () => {
  it('ends what is open from the day after, keeps what was done, and closes the link', async () => {
    const { id, agreementId, pledgeId, secret, pledge } = await makePartner(world, '码头甲');
    const next = await world.ask('chief', 'draft', {
      params: { id },
      body: { fromDay: '2027-01-01', toDay: '2027-12-31', returns: [], renews: agreementId },
    });
    await world.ask('chief', 'sign', {
      params: { id, agreementId: next.id },
      body: { version: 1, signedOn: '2026-06-01' },
    });
    await world.ask('head', 'deliver', {
      params: { id },
      body: { stationId: stationIds.west, pledgeId, quantity: 60, day: '2026-06-01' },
    });
    const { version } = await get('chief', id);
    const body = { version, by: 'partner', reason: 'moved', words: '门店搬迁', lastDay: '2026-06-30' };
    await refused(
      world.ask('chief', 'exit', { params: { id }, body: { ...body, lastDay: '2026-06-02' } }),
      'bad_input',
    );
    await refused(world.ask('chief', 'exit', { params: { id }, body: { ...body, reason: 'bored' } }), 'bad_input');
    await world.ask('chief', 'exit', { params: { id }, body });
    await refused(
      world.ask('chief', 'exit', { params: { id }, body: { ...body, version: version + 1 } }),
      'transition_not_allowed',
    );
    await refused(pledge(), 'transition_not_allowed');
    expect((await get('chief', id)).state).toBe('ending');
    world.clock.set(Date.parse('2026-09-01T10:00:00+08:00'));
    const gone = await get('chief', id);
    expect(gone.state).toBe('left');
    expect(gone.exit).toEqual({ day: '2026-06-30', by: 'partner', reason: 'moved', words: '门店搬迁' });
    // Six months were due when it left, and no more since.
    expect(gone.pledgeList.find((one) => one.id === pledgeId)).toMatchObject({ due: 120, delivered: 60, alive: false });
    expect(gone.agreements.map((one) => one.state)).toEqual(['ended', 'ended']);
    expect((await world.link('chief', 'view', { params: { secret } })).state).toBe('left');
    const claim = { pledgeId, stationId: stationIds.west, quantity: 1, day: '2026-08-31' };
    await refused(world.link('chief', 'claim', { params: { secret }, body: claim }), 'link_ended');
  });

  it('of one pledge leaves what was due', async () => {
    const { id, pledgeId } = await makePartner(world, '码头乙');
    const end = (lastDay: string) =>
      world.ask('chief', 'endPledge', { params: { id, pledgeId }, body: { lastDay, words: '改由别家供' } });
    await refused(end('2026-05-01'), 'bad_input');
    await end('2026-06-02');
    expect(await pledgeOf(id, pledgeId)).toMatchObject({ due: 100, alive: false, endedOn: '2026-06-02' });
    await refused(end('2026-06-02'), 'transition_not_allowed');
  });
});

describe('the partner behind its link', () => {
  it('asks for another contact, and the street puts it in place', async () => {
    const { id, secret } = await makePartner(world, '黄桷甲');
    await world.link('chief', 'askContact', { params: { secret }, body: { name: '吴娟', phone: '13900139000' } });
    const asked = await get('chief', id);
    expect(asked.askedContact).toMatchObject({ name: '吴**', phone: '139****9000' });
    expect(asked.contact?.phone).toBe('138****8000');
    await world.ask('chief', 'answerAsk', { params: { id }, body: { what: 'contact', accept: true } });
    expect((await get('chief', id)).contact?.phone).toBe('139****9000');
    await refused(
      world.ask('chief', 'answerAsk', { params: { id }, body: { what: 'contact', accept: true } }),
      'transition_not_allowed',
    );
    expect(JSON.stringify(await world.lines('partner.contact_ask'))).not.toMatch(/吴娟|13900139000/);
  });

  it('loses it when the street gives a new one', async () => {
    const { id, secret } = await makePartner(world, '黄桷乙');
    const again = await world.ask('chief', 'link', { params: { id }, body: {} });
    expect(again.path).toBe(`/p/${secret}`);
    const fresh = await world.ask('chief', 'link', { params: { id }, body: { renew: true } });
    expect(fresh.path).not.toBe(`/p/${secret}`);
    await refused(world.link('chief', 'view', { params: { secret } }), 'not_found');
    expect((await world.link('chief', 'view', { params: { secret: fresh.path.slice(3) } })).name).toBe('黄桷乙');
  });

  it('says nothing too old, of a strange pledge, or without end', async () => {
    const { pledgeId, secret } = await makePartner(world, '黄桷丙');
    const foreign = await makePartner(world, '黄桷丁');
    const claim = (more: object) =>
      world.link('chief', 'claim', {
        params: { secret },
        body: { pledgeId, stationId: stationIds.west, quantity: 1, day: '2026-06-03', ...more },
      });
    await refused(claim({ day: '2026-05-02' }), 'bad_input');
    await refused(claim({ pledgeId: foreign.pledgeId }), 'bad_input');
    await refused(claim({ stationId: stationIds.east }), 'bad_input');
    for (let k = 0; k < 30; k++) await claim({});
    await refused(claim({}), 'too_many_requests');
  });
});

describe('ratings', () => {
  const rate = (who: Name, id: string, stars: number, words = '') =>
    world.ask(who, 'rate', { params: { id }, body: { stationId: stationIds.west, stars, words } });

  it('by the station stand once a quarter, and may be changed within it', async () => {
    const { id } = await makePartner(world, '江岸甲');
    await rate('head', id, 3);
    await rate('head', id, 5, '随叫随到');
    await refused(rate('eastHead', id, 1), 'not_found');
    world.clock.set(wednesday + 40 * day);
    await rate('head', id, 4);
    const { ratings, byStations } = await get('chief', id);
    expect(ratings.map((one) => [one.quarter, one.stars])).toEqual([
      ['2026Q3', 4],
      ['2026Q2', 5],
    ]);
    // Two are too few for an average.
    expect(byStations).toEqual({ n: 2, average: null });
  });

  it('by residents count once a day and browser, apart from those of stations, and averaged from five on', async () => {
    const { id } = await makePartner(world, '江岸乙');
    const say = (browserKey: string, stars: number, words = '') =>
      world.here('chief', 'rate', { params: { code: 'west-station', id }, body: { browserKey, stars, words } });
    const browsers = Array.from({ length: 5 }, () => randomUUID());
    for (const [k, key] of browsers.entries()) await say(key, k < 4 ? 5 : 1, k === 4 ? '某某态度差' : '');
    await refused(say(browsers[0] ?? '', 1), 'already_exists');
    const { items, few } = await world.here('chief', 'here', { params: { code: 'west-station' } });
    const shown = items.find((one) => one.id === id);
    expect(shown).toMatchObject({ byResidents: { n: 5, average: 4.2 }, byStations: { n: 0, average: null } });
    expect([few, JSON.stringify(items).includes('态度差')]).toEqual([5, false]);
    world.clock.set(wednesday + day);
    await say(browsers[0] ?? '', 4);
    const hashes = await world.database.read(systemScope, (tx) =>
      tx.db.selectFrom('partner_rating').select('browser_hash').where('partner_id', '=', id).execute(),
    );
    // The same browser on another day is another digest.
    expect(new Set(hashes.map((one) => one.browser_hash?.toString('hex'))).size).toBe(6);
    const { ratings } = await get('head', id);
    const bad = ratings.find((one) => one.words !== '');
    await refused(world.ask('eastHead', 'hideWords', { params: { id: bad?.id } }), 'not_found');
    await world.ask('head', 'hideWords', { params: { id: bad?.id } });
    const after = await get('head', id);
    expect(after.ratings.find((one) => one.id === bad?.id)).toMatchObject({ words: '', hidden: true, stars: 1 });
    expect(after.byResidents.n).toBe(6);
    await refused(
      world.here('chief', 'rate', {
        params: { code: 'other-station', id },
        body: { browserKey: randomUUID(), stars: 5 },
      }),
      'not_found',
    );
  });
});

describe('reminders of renewal', () => {
  it('are told to the area once for each step, and not when it goes on', async () => {
    const { id, agreementId } = await makePartner(world, '南山甲');
    const told = async () =>
      (await world.lines('partner.renewal_due')).filter(({ subject_id }) => subject_id === id).map(({ data }) => data);
    world.clock.set(Date.parse('2026-11-20T08:10:00+08:00'));
    await world.partners.remindRenewals();
    await world.partners.remindRenewals();
    expect(await told()).toMatchObject([{ daysBefore: 60, day: '2026-12-31' }]);
    world.clock.set(Date.parse('2026-12-28T08:10:00+08:00'));
    await world.partners.remindRenewals();
    expect(await told()).toMatchObject([{ daysBefore: 60 }, { daysBefore: 7 }]);
    const today = await world.ask('commander', 'today');
    expect(today.ending.find((one) => one.id === id)?.daysLeft).toBe(3);

    const other = await makePartner(world, '南山乙');
    const next = await world.ask('chief', 'draft', {
      params: { id: other.id },
      body: { fromDay: '2027-01-01', toDay: '2027-12-31', returns: [], renews: other.agreementId },
    });
    await world.ask('chief', 'sign', {
      params: { id: other.id, agreementId: next.id },
      body: { version: 1, signedOn: '2026-12-28' },
    });
    expect(await world.partners.remindRenewals()).toBe(0);
    expect(agreementId).not.toBe(other.agreementId);
  });
});

describe('the agreement on paper', () => {
  it('is the same bytes each time, and nobody is named in it', async () => {
    const { id, agreementId } = await makePartner(world, '骑胜甲');
    const make = () => world.partners.document(world.as('chief'), { id, agreementId });
    const [one, two] = [await make(), await make()];
    expect(Buffer.compare(one.bytes, two.bytes)).toBe(0);
    expect([one.name, Buffer.from(one.bytes).subarray(0, 5).toString()]).toEqual([
      '合伙协议-骑胜甲-2026-01-01.pdf',
      '%PDF-',
    ]);
    await refused(world.partners.document(world.as('stranger'), { id, agreementId }), 'not_found');
  });
});
