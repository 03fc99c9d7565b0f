import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isAppError, type ErrorCode } from '#kit/errors.ts';
import { street } from '../grids/town.fixture.ts';
import { buildSupplies, wednesday, type Site, type World } from './world.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await buildSupplies();
});
afterAll(() => world.close());
beforeEach(() => world.clock.set(wednesday));
afterEach(async () => {
  for (const { quantity, moved } of await world.sums()) expect(quantity).toBe(moved);
});

const day = 86_400_000;
async function refused(work: Promise<unknown>, code: ErrorCode): Promise<void> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isAppError(error, code)) throw new Error(`Expected a refusal "${code}", got ${String(error)}`);
}
const head = (site: Site) => world.actor('station_head', { unit: world.unitId[site] });
const counter = (site: Site) => world.actor('volunteer', { unit: world.unitId[site] });
const chief = () => world.actor('duty_chief', { unit: randomUUID(), area: street });
const at = (site: Site) => ({ params: { id: world.stationId[site] } });
const itemAt = async (site: Site, itemCode: string) => {
  const { items } = await world.ask(head(site), 'stock', at(site));
  const found = items.find((one) => one.itemCode === itemCode);
  if (found === undefined) throw new Error(`No ${itemCode} in the stock of ${site}.`);
  return found;
};
const line = (itemCode: string, quantity: number, expiresOn: string | null = null, number = '') => ({
  itemCode,
  quantity,
  expiresOn,
  number,
});

describe('who may', () => {
  it('a foreign station looks absent, to read and to change; a street sees its own', async () => {
    await refused(world.ask(head('far'), 'stock', at('gate')), 'not_found');
    await refused(world.ask(chief(), 'stock', at('far')), 'not_found');
    await refused(
      world.ask(counter('bridge'), 'receive', { ...at('gate'), body: { source: 'street', lines: [line('water', 1)] } }),
      'not_found',
    );
    await refused(
      world.ask(head('bridge'), 'setLevel', { ...at('gate'), body: { itemCode: 'water', minimum: 1, version: 0 } }),
      'not_found',
    );
    const { stationId, mayManage, others } = await world.ask(chief(), 'stock', { params: { id: 'gate' } });
    expect([stationId, mayManage]).toEqual([world.stationId.gate, true]);
    expect(others.map(({ id }) => id)).toEqual([world.stationId.bridge]);
    expect(await world.ask(counter('gate'), 'stock', at('gate'))).toMatchObject({
      mayWork: true,
      mayManage: false,
      others: [],
    });
    const seen = await world.ask(head('gate'), 'attention');
    expect(new Set(seen.items.map(({ stationCode }) => stationCode))).toEqual(new Set(['gate']));
  });
});

describe('receiving and counting', () => {
  it('takes in a donation with a receipt, tells the partner’s delivery, and is one act however often it is sent', async () => {
    const body = {
      opId: randomUUID(),
      source: 'donation',
      partnerId: world.partnerId,
      lines: [line('water', 48, '2027-05-01', 'W-7'), line('rendan', 12, '2027-01-31', 'R1')],
    };
    const first = await world.ask(counter('gate'), 'receive', { ...at('gate'), body });
    expect(await world.ask(counter('gate'), 'receive', { ...at('gate'), body })).toEqual(first);
    expect((await itemAt('gate', 'water')).usable).toBe(48);
    const receipt = await world.ask(head('gate'), 'receipt', { params: { id: first.id } });
    expect(receipt).toMatchObject({ number: first.number, source: 'donation', partnerName: '山泉' });
    expect(receipt.lines.map(({ itemCode, quantity }) => [itemCode, quantity])).toEqual([
      ['rendan', 12],
      ['water', 48],
    ]);
    const deliveries = await world.rows(
      sql<{ quantity: number }>`select quantity from partner_delivery where source_id = ${first.id}`,
    );
    expect(deliveries.map(({ quantity }) => Number(quantity))).toEqual([60]);
    await refused(world.ask(head('far'), 'receipt', { params: { id: first.id } }), 'not_found');
    const pdf = await world.supplies.receiptFile(head('gate'), first.id);
    expect([pdf.name, Buffer.from(pdf.bytes).subarray(0, 5).toString()]).toEqual([`${first.number}.pdf`, '%PDF-']);
  });

  it('keeps a private giver sealed, shortened in lists, out of the ledger', async () => {
    const { id } = await world.ask(counter('gate'), 'receive', {
      ...at('gate'),
      body: { source: 'donation', donor: '何善芳', lines: [line('towel', 5)] },
    });
    const { items } = await world.ask(head('gate'), 'receipts', at('gate'));
    expect(items.find((one) => one.id === id)?.donor).toBe('何**');
    expect((await world.ask(head('gate'), 'receipt', { params: { id } })).donor).toBe('何善芳');
    const [stored] = await world.rows(sql<{ donor: Buffer }>`select donor from supply_receipt where id = ${id}`);
    expect(stored?.donor.toString('utf8')).not.toContain('何善芳');
    expect(JSON.stringify(await world.ledgerLines('supply.receive'))).not.toContain('何');
  });

  it('refuses medicine without a date, what has expired already, and a giver of what was bought', async () => {
    const receive = (lines: object[], more: object = {}) =>
      world.ask(counter('gate'), 'receive', { ...at('gate'), body: { source: 'purchase', lines, ...more } });
    await refused(receive([line('huoxiang', 5)]), 'bad_input');
    await refused(receive([line('huoxiang', 5, '2026-06-02')]), 'bad_input');
    await refused(receive([line('cup', 5, '2027-06-02')]), 'bad_input');
    await refused(receive([line('water', 5)], { partnerId: world.partnerId }), 'bad_input');
    await refused(receive([line('gold', 5)]), 'bad_input');
    expect((await receive([line('huoxiang', 5, '2026-06-03')])).number).toMatch(/^WZ20260603-\d{6}$/);
  });

  it('a count corrects by what the eyes found against what the screen said, whatever came and went meanwhile', async () => {
    const batchId = await world.stock('gate', { itemCode: 'mask', quantity: 100 });
    await world.system((tx) =>
      world.supplies.takeOut(tx, {
        stationId: world.stationId.gate,
        atMs: wednesday,
        serviceId: randomUUID(),
        items: [{ itemCode: 'mask', quantity: 10 }],
      }),
    );
    const counted = { itemCode: 'mask', batchId, counted: 97, expected: 100 };
    expect(
      await world.ask(counter('gate'), 'count', { ...at('gate'), body: { lines: [counted], reason: 'missing' } }),
    ).toMatchObject({
      changed: 1,
      difference: -3,
    });
    expect((await itemAt('gate', 'mask')).usable).toBe(87);
    await world.ask(counter('gate'), 'count', {
      ...at('gate'),
      body: { lines: [{ itemCode: 'mask', batchId, counted: 0 }], reason: 'missing' },
    });
    expect((await itemAt('gate', 'mask')).usable).toBe(0);
    const found = { itemCode: 'sanitiser', counted: 3, expiresOn: '2027-01-01' };
    await world.ask(counter('gate'), 'count', { ...at('gate'), body: { lines: [found], reason: 'found' } });
    expect((await itemAt('gate', 'sanitiser')).usable).toBe(3);
    await refused(
      world.ask(counter('gate'), 'count', { ...at('gate'), body: { lines: [counted], reason: 'expired' } }),
      'bad_input',
    );
    await refused(
      world.ask(counter('bridge'), 'count', { ...at('bridge'), body: { lines: [counted], reason: 'missing' } }),
      'not_found',
    );
  });
});

describe('restock', () => {
  it('is asked for once while too little is there, told to station and street, and ends with the receipt', async () => {
    await world.ask(head('bridge'), 'setLevel', {
      ...at('bridge'),
      body: { itemCode: 'ice_pack', minimum: 6, place: '冰箱', version: 0 },
    });
    expect(await itemAt('bridge', 'ice_pack')).toMatchObject({
      low: true,
      place: '冰箱',
      levelVersion: 1,
      restockSince: expect.any(String),
    });
    await refused(
      world.ask(head('bridge'), 'setLevel', {
        ...at('bridge'),
        body: { itemCode: 'ice_pack', minimum: 9, version: 0 },
      }),
      'version_conflict',
    );
    const told = await world.ledgerLines('supply.restock');
    expect(told.at(-1)?.['audience']).toEqual([`u:${world.unitId.bridge}`, `a:${street}`]);
    expect((await world.ask(chief(), 'attention')).items).toContainEqual(
      expect.objectContaining({ kind: 'low', stationCode: 'bridge', itemCode: 'ice_pack', quantity: 0, minimum: 6 }),
    );
    await world.ask(counter('bridge'), 'receive', {
      ...at('bridge'),
      body: { source: 'street', lines: [line('ice_pack', 5)] },
    });
    expect((await itemAt('bridge', 'ice_pack')).restockSince).not.toBeNull();
    await world.ask(counter('bridge'), 'receive', {
      ...at('bridge'),
      body: { source: 'street', lines: [line('ice_pack', 1)] },
    });
    expect(await itemAt('bridge', 'ice_pack')).toMatchObject({ low: false, usable: 6, restockSince: null });
    expect((await world.ledgerLines('supply.restocked')).at(-1)?.['data']).toMatchObject({ itemCodes: ['ice_pack'] });
  });
});

describe('expiry', () => {
  it('is told once before and once after the day; what expired is blocked, thrown away, never given out', async () => {
    const batchId = await world.stock('far', { itemCode: 'ors', quantity: 30, number: 'L9', expiresOn: '2026-06-20' });
    const lines = async () =>
      (await world.ledgerLines('supply.expire')).filter(({ audience }) =>
        (audience as string[]).includes(`u:${world.unitId.far}`),
      );
    await world.supplies.followDays();
    await world.supplies.followDays();
    expect((await lines()).map(({ data }) => data)).toMatchObject([{ what: 'soon', count: 1 }]);
    const early = world.ask(head('far'), 'writeOff', {
      ...at('far'),
      body: { batchId, quantity: 30, reason: 'expired' },
    });
    await refused(early, 'bad_input');

    world.clock.set(Date.parse('2026-06-21T00:00:00+08:00'));
    await world.supplies.followDays();
    expect((await lines()).map(({ data }) => (data as { what: string }).what)).toEqual(['soon', 'over']);
    expect(await itemAt('far', 'ors')).toMatchObject({
      usable: 0,
      blocked: 30,
      low: true,
      restockSince: expect.any(String),
    });
    const { taken, short } = await world.system((tx) =>
      world.supplies.takeOut(tx, {
        stationId: world.stationId.far,
        atMs: world.clock.now(),
        serviceId: randomUUID(),
        items: [{ itemCode: 'ors', quantity: 1 }],
      }),
    );
    expect([taken, short]).toEqual([[], [{ itemCode: 'ors', quantity: 1 }]]);
    await refused(
      world.ask(counter('far'), 'writeOff', { ...at('gate'), body: { batchId, quantity: 30, reason: 'expired' } }),
      'not_found',
    );
    await refused(
      world.ask(head('far'), 'writeOff', { ...at('far'), body: { batchId, quantity: 31, reason: 'expired' } }),
      'bad_input',
    );
    await world.ask(head('far'), 'writeOff', { ...at('far'), body: { batchId, quantity: 30, reason: 'expired' } });
    expect(await itemAt('far', 'ors')).toMatchObject({ usable: 0, blocked: 0, batches: [] });
  });
});

describe('transfer and recall', () => {
  it('carries number and date to the other station, all or nothing, within the district', async () => {
    await world.stock('gate', { itemCode: 'plaster', quantity: 3, number: 'P1', expiresOn: '2026-09-01' });
    await world.stock('gate', { itemCode: 'plaster', quantity: 9, number: 'P2', expiresOn: '2026-08-01' });
    const send = (toStationId: string, quantity: number) =>
      world.ask(head('gate'), 'transfer', { ...at('gate'), body: { toStationId, itemCode: 'plaster', quantity } });
    await refused(send(world.stationId.bridge, 13), 'bad_input');
    await refused(send(world.stationId.far, 1), 'not_found');
    await send(world.stationId.bridge, 10);
    expect(
      (await itemAt('bridge', 'plaster')).batches.map(({ number, expiresOn, quantity }) => [
        number,
        expiresOn,
        quantity,
      ]),
    ).toEqual([
      ['P2', '2026-08-01', 9],
      ['P1', '2026-09-01', 1],
    ]);
    expect((await itemAt('gate', 'plaster')).usable).toBe(2);
    const { items } = await world.ask(head('bridge'), 'movements', at('bridge'));
    expect(items.filter(({ kind }) => kind === 'arrive').map(({ otherStation }) => otherStation)).toEqual([
      'gate',
      'gate',
    ]);
  });

  it('calls a lot back wherever the actor answers for it, and lifts that', async () => {
    const query = { item: 'plaster', number: 'P2' };
    expect(
      (await world.ask(chief(), 'lots', { query })).items.map(({ stationName, quantity }) => [stationName, quantity]),
    ).toEqual([['bridge', 9]]);
    const body = { itemCode: 'plaster', number: 'P2', reason: '厂家通知召回' };
    expect(await world.ask(head('far'), 'recall', { body })).toMatchObject({ stations: 0, ledgerId: null });
    const done = await world.ask(chief(), 'recall', { body });
    expect(done).toMatchObject({ quantity: 9 });
    expect(await itemAt('bridge', 'plaster')).toMatchObject({ usable: 1, blocked: 9 });
    const give = (quantity: number) =>
      world.system((tx) =>
        world.supplies.takeOut(tx, {
          stationId: world.stationId.bridge,
          atMs: wednesday,
          serviceId: randomUUID(),
          items: [{ itemCode: 'plaster', quantity }],
        }),
      );
    expect(await give(5)).toMatchObject({ taken: [{ quantity: 1 }], short: [{ quantity: 4 }] });
    await world.ask(chief(), 'recall', { body: { ...body, on: false } });
    expect((await itemAt('bridge', 'plaster')).usable).toBe(9);
  });
});

describe('loans', () => {
  const lend = (site: Site, body: object = {}) =>
    world.ask(counter(site), 'lend', { ...at(site), body: { itemCode: 'umbrella', ...body } });
  const bring = (site: Site, body: object = {}) =>
    world.ask(counter(site), 'giveBack', { ...at(site), body: { itemCode: 'umbrella', ...body } });

  it('go out in one act and come back anywhere: the umbrella lies where it was brought', async () => {
    await world.stock('gate', { itemCode: 'umbrella', quantity: 3 });
    const { id, left, dueAt } = await lend('gate');
    expect([left, Date.parse(dueAt) - wednesday]).toEqual([2, 3 * day]);
    expect(await bring('bridge')).toMatchObject({ loanId: id, here: 1 });
    expect((await itemAt('gate', 'umbrella')).usable).toBe(2);
    const { items } = await world.ask(head('gate'), 'loans', { ...at('gate'), query: { state: 'ended' } });
    expect(items).toMatchObject([{ id, state: 'returned', endedWhere: 'bridge' }]);
    // Nobody knows of a loan: what is brought is taken in all the same.
    expect(await bring('bridge')).toMatchObject({ loanId: null, here: 2 });
  });

  it('keep a telephone only with consent, masked, found again by it, and forget it on return', async () => {
    await refused(lend('gate', { phone: '13912345678' }), 'bad_input');
    const { id } = await lend('gate', { phone: '139 1234 5678', consent: true });
    await lend('gate');
    const { items } = await world.ask(counter('gate'), 'loans', at('gate'));
    expect(new Set(items.map(({ phone }) => phone))).toEqual(new Set(['139****5678', null]));
    expect(await world.ask(counter('gate'), 'loanPhone', { params: { id } })).toMatchObject({ phone: '13912345678' });
    await refused(world.ask(counter('bridge'), 'loanPhone', { params: { id } }), 'not_found');
    expect(await bring('bridge', { phone: '13912345678' })).toMatchObject({ loanId: id });
    const [row] = await world.rows(sql<{ phone: Buffer | null }>`select phone from loan where id = ${id}`);
    expect(row?.phone).toBeNull();
    await refused(world.ask(counter('gate'), 'loanPhone', { params: { id } }), 'not_found');
    expect(
      JSON.stringify([await world.ledgerLines('loan.lend'), await world.ledgerLines('loan.return')]),
    ).not.toContain('5678');
    await bring('gate');
  });

  it('by label: the right loan ends; a label lent again was brought back unseen', async () => {
    await world.stock('gate', { itemCode: 'wheelchair', quantity: 2 });
    const label = { itemCode: 'wheelchair', numbers: ['lw-01', 'LW-02'] };
    await world.ask(head('gate'), 'addThings', { ...at('gate'), body: label });
    await refused(
      world.ask(head('bridge'), 'addThings', { ...at('bridge'), body: { ...label, numbers: ['LW-02', 'LW-03'] } }),
      'already_exists',
    );
    const chair = { itemCode: 'wheelchair', number: 'LW-01' };
    const first = await lend('gate', chair);
    await refused(lend('gate', { number: 'LW-01' }), 'bad_input');
    await refused(lend('gate', { ...chair, number: 'LW-99' }), 'not_found');
    const second = await lend('gate', chair);
    expect(second.left).toBe(1);
    expect(await bring('bridge', { ...chair, number: 'lw-01' })).toMatchObject({ loanId: second.id, here: 1 });
    const { items } = await world.ask(head('bridge'), 'things', at('bridge'));
    expect(items).toMatchObject([{ number: 'LW-01', state: 'in' }]);
    // Whoever finds it reads the label.
    const label1 = { params: { number: 'lw-01' } };
    expect(await world.ask(head('far'), 'thing', label1)).toEqual({
      number: 'LW-01',
      itemCode: 'wheelchair',
      itemName: '轮椅',
      itemNameEn: expect.any(String),
    });
    await refused(world.ask(head('far'), 'thing', { params: { number: 'LW-77' } }), 'not_found');
    const [ended] = await world.rows(sql<{ state: string }>`select state from loan where id = ${first.id}`);
    expect(ended?.state).toBe('returned');
  });

  it('never fail because stock says there is none: what was handed over is a fact', async () => {
    const lent = await lend('far');
    expect(lent.left).toBe(0);
    expect(await bring('far', { loanId: lent.id })).toMatchObject({ loanId: lent.id, here: 1 });
    await refused(bring('far', { loanId: lent.id }), 'transition_not_allowed');
  });

  it('are told to the station once when long overdue, and given up without blame', async () => {
    const { id } = await lend('gate', { at: '2026-06-02T10:00:00+08:00' });
    const told = async () => (await world.ledgerLines('loan.overdue')).length;
    await world.supplies.followDays();
    expect(await told()).toBe(0);
    world.clock.set(wednesday + 3 * day);
    await world.supplies.followDays();
    await world.supplies.followDays();
    expect(await told()).toBe(1);
    expect((await world.ask(head('gate'), 'attention')).items).toContainEqual(
      expect.objectContaining({ kind: 'overdue', itemCode: 'umbrella', quantity: 1 }),
    );
    const end = (version: number) =>
      world.ask(head('gate'), 'endLoan', { params: { id }, body: { state: 'lost', version } });
    await refused(end(1), 'transition_not_allowed');
    world.clock.set(wednesday + 40 * day);
    await refused(end(7), 'version_conflict');
    await end(1);
    const { kinds } = await world.ask(head('gate'), 'loans', at('gate'));
    expect(kinds.find(({ itemCode }) => itemCode === 'umbrella')).toMatchObject({ out: 0, overdue: 0 });
  });

  it('a damaged thing does not go back on the shelf', async () => {
    await world.stock('gate', { itemCode: 'umbrella', quantity: 2 });
    const before = (await itemAt('gate', 'umbrella')).usable;
    const { id } = await lend('gate');
    expect(await bring('gate', { loanId: id, damaged: true })).toMatchObject({ loanId: id, here: before - 1 });
  });
});

describe('files', () => {
  it('the workbook of a month is a workbook, and only of one’s own station', async () => {
    const { name, bytes } = await world.supplies.exportFile(head('gate'), 'gate', '2026-06');
    expect(name).toBe('gate-物资-2026-06.xlsx');
    expect(Buffer.from(bytes).subarray(0, 2).toString()).toBe('PK');
    await refused(world.supplies.exportFile(head('far'), 'gate', '2026-06'), 'not_found');
  });
});
