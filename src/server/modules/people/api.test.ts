import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Permission } from '#contract/route.ts';
import { fixedClock } from '#kit/clock.ts';
import { isAppError, type AppError, type ErrorCode } from '#kit/errors.ts';
import { systemScope } from '#server/db/scope.ts';
import { systemActor, type Actor } from '#server/modules/identity/index.ts';
import {
  actorWith,
  asOwner,
  buildTown,
  city,
  district,
  east,
  west,
  type Town,
} from '#server/modules/grids/town.fixture.ts';
import { createVault } from '#server/vault/vault.ts';
import { createPeople, type People } from './index.ts';

let town: Town;
let people: People;
const vault = createVault([randomBytes(32)]);
beforeAll(async () => {
  town = await buildTown();
  const { database, territory } = town;
  people = createPeople({ database, territory, vault, clock: fixedClock(Date.UTC(2026, 5, 1)) });
});
afterAll(() => town.close());

const op = () => ({ opId: randomUUID() });
/** Somebody with these words over an area, known to the database because hands are kept by account. */
async function worker(permissions: Permission[], area: string | null) {
  const actor = actorWith(permissions, area);
  await asOwner(town.url, async (tx) => {
    const id = actor.accountId ?? '';
    await tx.db.insertInto('account').values({ id, login: id, display_name: '样员' }).execute();
  });
  return actor;
}
const both: Permission[] = ['care.read', 'care.edit'];
/** On duty in both communities; care.read over the district alone would be a look into the register from above. */
const duty = (permissions: Permission[]): Actor => {
  const [here, there] = [actorWith(permissions, west), actorWith(permissions, east)];
  return { ...here, grants: [...here.grants, ...there.grants] };
};
const clerk = duty(both);
const wish = {
  name: '样老太',
  phone: '138 0000 1234',
  idNumber: '11010519491231002X',
  address: '样街1号',
  addressDetail: '2单元5-3',
  contact: '女儿 13900005678',
  guardian: null,
  health: '心脏支架',
  birthYear: null,
  tags: ['elder_alone', 'oxygen'],
  lon: 104.0020004,
  lat: 30.002,
  responsibleId: null,
};
const add = (fields: Record<string, unknown> = {}, actor = clerk) =>
  people.handlers.create({ params: {}, query: {}, body: { ...op(), ...wish, idNumber: null, ...fields } }, { actor });
const list = (actor: Actor, query: Record<string, unknown> = {}) =>
  people.handlers.list({ params: {}, query: { limit: 50, ...query }, body: {} }, { actor });

async function refusal(work: Promise<unknown>, code: ErrorCode): Promise<AppError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isAppError(error, code)) throw new Error(`Expected a refusal "${code}", got ${String(error)}`);
  return error;
}

/** Everything the database holds about care, operations and the ledger, as text. */
const dump = () =>
  town.database.read(systemScope, async ({ db }) => {
    const rows = await Promise.all([
      db.selectFrom('care_person').selectAll().execute(),
      db.selectFrom('op').selectAll().execute(),
      db.selectFrom('ledger_entry').selectAll().execute(),
    ]);
    return JSON.stringify(rows, (_key, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    );
  });

describe('people in care', () => {
  test('are kept sealed, shown masked, opened for a purpose that the ledger keeps', async () => {
    const { person } = await add({ idNumber: wish.idNumber });
    expect(person).toMatchObject({
      name: '样**',
      phone: '138****1234',
      idNumber: '1****************X',
      birthYear: 1949,
      colour: 'red',
      exact: true,
      address: '样街1号',
      hasAddressDetail: true,
      areaCode: `${west}001`,
      lon: 104.002,
      mayEdit: true,
    });
    const params = { id: person.id };
    const body = { ...op(), purpose: '上门排查前核对' };
    expect(await people.handlers.reveal({ params, query: {}, body }, { actor: clerk })).toEqual({
      id: person.id,
      name: '样老太',
      phone: '138 0000 1234',
      idNumber: '11010519491231002X',
      addressDetail: '2单元5-3',
      contact: '女儿 13900005678',
      guardian: null,
      health: '心脏支架',
      birthYear: 1949,
    });
    expect(await town.ledgerLines('care.reveal')).toMatchObject([
      { subject_id: person.id, district, op_id: body.opId, data: { areaCode: `${west}001` } },
    ]);
    const everything = await dump();
    for (const secret of [
      '样老太',
      '0000 1234',
      '11010519491231002X',
      '单元5-3',
      '13900005678',
      '心脏支架',
      '上门排查',
    ])
      expect(everything).not.toContain(secret);
  });

  test('are seen with care.read over their area, or by whoever answers for them', async () => {
    const answering = await worker(['care.read'], null);
    const { person } = await add({ lon: 104.015, responsibleId: answering.accountId });
    const get = (actor: Actor) => people.handlers.get({ params: { id: person.id }, query: {}, body: {} }, { actor });
    expect((await get(actorWith(['care.read'], east))).mayEdit).toBe(false);
    expect((await get(answering)).id).toBe(person.id);
    expect((await list(answering)).items.map(({ id }) => id)).toEqual([person.id]);
    const foreign = await refusal(get(actorWith(['care.read'], west)), 'not_found');
    await refusal(get(actorWith(['grids.read'], city)), 'not_found');
    const reveal = { params: { id: person.id }, query: {}, body: { ...op(), purpose: '只是看看' } };
    const shut = await refusal(people.handlers.reveal(reveal, { actor: actorWith(['care.read'], west) }), 'not_found');
    expect(shut.message).toBe(foreign.message);
    expect((await town.ledgerLines('care.reveal')).filter((line) => line['subject_id'] === person.id)).toEqual([]);
  });

  test('near a position: masked, exact distance, nearest first', async () => {
    await add({ name: '甲一', lon: 104.008, lat: 30.0085 });
    await add({ name: '乙二', lon: 104.008, lat: 30.0081 });
    await add({ name: '丙三', lon: 104.008, lat: 30.009 });
    const near = (actor: Actor, radiusM = 100) => people.listCareNear(actor, { lon: 104.008, lat: 30.008, radiusM });
    const found = await near(systemActor);
    expect(found.map(({ name }) => name)).toEqual(['乙*', '甲*']);
    expect(found[0]?.distanceM).toBeCloseTo(11.12, 1);
    expect(Object.keys(found[0] ?? {}).toSorted()).toEqual(
      ['id', 'name', 'tags', 'colour', 'address', 'areaCode', 'distanceM', 'lon', 'lat', 'exact'].toSorted(),
    );
    expect(await near(actorWith(['care.read'], west))).toHaveLength(2);
    expect(await near(actorWith(['care.read'], east))).toEqual([]);
    expect(await near(actorWith(['event.read'], city))).toEqual([]);
    await refusal(near(systemActor, 2001), 'bad_input');
  });

  test('are found by exact name or number, by tag and area, page by page', async () => {
    const found = async (query: Record<string, unknown>) => (await list(clerk, query)).items.length;
    const exactly = async (q: string, actor = clerk) =>
      (await people.handlers.find({ params: {}, query: {}, body: { q } }, { actor })).items.length;
    expect(await exactly(' 甲 一')).toBe(1);
    expect(await exactly('甲')).toBe(0);
    expect(await exactly('+86 138-0000-1234')).toBe(5);
    expect(await exactly('+86 138-0000-1234', actorWith(['care.read'], east))).toBe(1);
    expect(await exactly('--')).toBe(0);
    expect(await found({ tags: ['child'] })).toBe(0);
    expect(await found({ tags: ['child', 'oxygen'] })).toBe(5);
    expect(await found({ area: east })).toBe(1);
    const first = await list(clerk, { limit: 3 });
    const second = await list(clerk, { limit: 3, cursor: first.next });
    expect([first.items.length, second.items.length, second.next, second.total]).toEqual([3, 2, null, 5]);
    await refusal(list(clerk, { cursor: 'nonsense' }), 'bad_input');
  });

  test('are filtered by how urgent their most urgent tag is, alone and with tags', async () => {
    const all = (await list(clerk, { limit: 200 })).items;
    for (const colour of ['red', 'orange', 'yellow', 'blue'] as const) {
      const found = (await list(clerk, { limit: 200, colour })).items;
      expect(found.map(({ id }) => id)).toEqual(all.filter((row) => row.colour === colour).map(({ id }) => id));
    }
    const both = all.filter((row) => row.colour === 'red' && row.tags.includes('oxygen')).map(({ id }) => id);
    expect((await list(clerk, { colour: 'red', tags: ['oxygen'] })).items.map(({ id }) => id)).toEqual(both);
    expect((await list(clerk, { colour: 'blue', tags: ['oxygen'] })).items).toEqual([]);
  });

  test('are changed where one may, by the version seen; what is not given stays', async () => {
    const { person } = await add({ name: '丁四' });
    const params = { id: person.id };
    const edit = (body: object, actor = clerk) =>
      people.handlers.edit({ params, query: {}, body: { ...op(), version: 1, ...body } }, { actor });
    await refusal(edit({ tags: ['child'] }, actorWith(['care.read'], west)), 'not_allowed');
    await refusal(edit({ tags: ['dragon'] }), 'bad_input');
    await refusal(edit({ lon: 104.015 }, actorWith(both, west)), 'not_allowed');
    await refusal(edit({ idNumber: '123' }), 'bad_input');
    await refusal(edit({ idNumber: wish.idNumber }), 'already_exists');
    const changed = await edit({ tags: ['child'], contact: null });
    expect(changed.person).toMatchObject({ name: '丁*', tags: ['child'], hasContact: false, hasAddressDetail: true });
    expect((await town.ledgerLines('care.edit'))[0]?.['data']).toMatchObject({ changed: ['contact', 'tags'] });
    await refusal(edit({ tags: ['child'] }), 'version_conflict');
    await refusal(add({ idNumber: wish.idNumber }), 'already_exists');
    const retire = { ...op(), version: 2, reason: '迁出' };
    await people.handlers.retire({ params, query: {}, body: retire }, { actor: clerk });
    const gone = await people.handlers.find({ params: {}, query: {}, body: { q: '丁四' } }, { actor: clerk });
    expect(gone.items).toEqual([]);
    await refusal(edit({ version: 3 }), 'not_found');
  });

  test('the second net: the database itself shows nothing outside the scope', async () => {
    const seen = await town.database.read(
      { seeAll: false, areas: [`${west}004`], units: [], accountId: null },
      async ({ db }) => db.selectFrom('care_person').select('path').execute(),
    );
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.every(({ path }) => path.includes(`${west}004`))).toBe(true);
    const blind = await town.database.read({ seeAll: false, areas: [], units: [], accountId: null }, async ({ db }) =>
      db.selectFrom('care_person').select('id').execute(),
    );
    expect(blind).toEqual([]);
  });
});

describe('after the areas changed', () => {
  test('people go where their home now lies, with a line that names nobody; a merged area keeps nobody', async () => {
    const grid = `${west}001`;
    const { person } = await add({ name: '样移居', lon: 104.001, lat: 30.002 });
    const byHand = await add({ name: '样托管', lon: 104.001, lat: 30.002, areaCode: `${west}002` });
    await people.followAreas();
    const areaOf = async (id: string) =>
      (await people.handlers.get({ params: { id }, query: {}, body: {} }, { actor: clerk })).areaCode;
    const version = (code: string) => town.territory.maps().areas.get(code)?.version ?? 0;
    const line: [number, number][] = [[104.002, 29.999], [104.002, 30.006]]; // prettier-ignore
    const split = { ...op(), version: version(grid), line, names: [], codes: [], dryRun: false };
    const { areas } = await town.grids.handlers.splitArea(
      { params: { code: grid }, query: {}, body: split },
      town.admin,
    );
    const fresh = areas.map(({ code }) => code).find((code) => code !== grid) ?? '';
    expect(town.territory.locate(104.001, 30.002)?.code).toBe(fresh);
    expect(await people.followAreas()).toBeGreaterThan(0);
    expect([await areaOf(person.id), await areaOf(byHand.person.id)]).toEqual([fresh, `${west}002`]);
    expect(await people.followAreas()).toBe(0);
    const both = [grid, fresh].map((code) => ({ code, version: version(code) }));
    const merge = { ...op(), areas: both, into: grid, dryRun: false };
    await town.grids.handlers.mergeAreas({ params: {}, query: {}, body: merge }, town.admin);
    // A program that begins only now finds whoever still lies under the retired code.
    const { database, territory } = town;
    const begun = createPeople({ database, territory, vault, clock: fixedClock(Date.UTC(2026, 5, 2)) });
    expect(await begun.followAreas()).toBeGreaterThan(0);
    expect(await areaOf(person.id)).toBe(grid);
    const lines = (await town.ledgerLines('care.move')).filter(({ subject_id: id }) => id === person.id);
    expect(lines.map(({ data }) => data)).toEqual([{ from: grid, to: fresh }, { from: fresh, to: grid }]); // prettier-ignore
  });
});
