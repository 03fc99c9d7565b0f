import { randomUUID } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFacilitiesWorld, type FacilitiesWorld } from './facilities.fixture.ts';

let world: FacilitiesWorld;
beforeAll(async () => {
  world = await createFacilitiesWorld();
});
afterAll(() => world.close());

const room = {
  name: '旧粮店',
  lon: 106.505,
  lat: 29.505,
  areaM2: 230,
  owner: '渝中粮油资产公司',
  ownerKind: 'state',
  condition: 'repair',
  uses: ['fresh_market', 'canteen', 'fresh_market'],
};

describe('an idle room', () => {
  test('is kept by those whose area it lies in; a foreign one is absent', async () => {
    const { planner, streetPlanner, gridWorker } = world;
    const { idle } = await world.idleCreate(planner, room);
    expect(idle).toMatchObject({
      state: 'idle',
      uses: ['fresh_market', 'canteen'],
      areaName: '东村社区',
      mayEdit: true,
    });
    expect((await world.idleGet(gridWorker, idle.id)).mayEdit).toBe(false);
    await expect(world.idleGet(streetPlanner, idle.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(world.idleHistory(streetPlanner, idle.id)).rejects.toMatchObject({ code: 'not_found' });
    for (const [verb, wish] of [
      ['edit', { ...room, version: 1 }],
      ['withdraw', { version: 1, reason: '不再闲置' }],
      ['addPhoto', { photo: { id: randomUUID() }, alt: '门口' }],
    ] as const)
      await expect(world.idleAct(verb, streetPlanner, idle.id, wish)).rejects.toMatchObject({ code: 'not_found' });
    expect((await world.idleList(streetPlanner)).items).toEqual([]);
    await expect(world.idleCreate(streetPlanner, room)).rejects.toMatchObject({ code: 'not_allowed' });
    await expect(world.idleCreate(planner, { ...room, uses: ['casino'] })).rejects.toMatchObject({ code: 'bad_input' });
    await expect(world.idleCreate(planner, { ...room, ownerKind: 'king' })).rejects.toMatchObject({
      code: 'bad_input',
    });
  });

  test('changes with a version, is withdrawn with a reason and brought back', async () => {
    const { planner } = world;
    const { idle } = await world.idleCreate(planner, { ...room, name: '旧车间' });
    await world.idleAct('edit', planner, idle.id, { ...room, name: '旧车间', areaM2: 300, version: 1 });
    await expect(world.idleAct('edit', planner, idle.id, { ...room, version: 1 })).rejects.toMatchObject({
      code: 'version_conflict',
    });
    await expect(world.idleAct('bringBack', planner, idle.id, { version: 2, reason: '再放回' })).rejects.toMatchObject({
      code: 'in_use',
    });
    const gone = await world.idleAct('withdraw', planner, idle.id, { version: 2, reason: '业主自用' });
    expect(gone.idle.state).toBe('withdrawn');
    expect((await world.idleList(planner)).items.map(({ id }) => id)).not.toContain(idle.id);
    expect((await world.idleList(planner, { states: 'withdrawn' })).items.map(({ id }) => id)).toEqual([idle.id]);
    await world.idleAct('bringBack', planner, idle.id, { version: 3, reason: '又空出来了' });
    expect((await world.idleHistory(planner, idle.id)).items.map(({ action }) => action)).toEqual([
      'idle_resource.return',
      'idle_resource.withdraw',
      'idle_resource.edit',
      'idle_resource.create',
    ]);
    const [line] = (await world.lines('idle_resource.withdraw')).filter(({ data }) => data['code'] === idle.code);
    expect(line?.data).toEqual({ code: idle.code, areaCode: idle.areaCode, from: 'idle', to: 'withdrawn' });
  });

  test('is found by use, size, owner and condition, and the square metres add up', async () => {
    const { planner } = world;
    await world.idleCreate(planner, {
      ...room,
      name: '空地',
      lon: 106.565,
      lat: 29.565,
      areaM2: 900,
      ownerKind: 'street',
      condition: 'ready',
      uses: ['park'],
    });
    const names = async (query: Record<string, unknown>) =>
      (await world.idleList(planner, query)).items.map(({ name }) => name);
    expect(await names({ uses: 'park' })).toEqual(['空地']);
    expect(await names({ leastM2: '500' })).toEqual(['空地']);
    expect(await names({ owners: 'street' })).toEqual(['空地']);
    expect(await names({ conditions: 'ready' })).toEqual(['空地']);
    expect(await names({ area: '500103005' })).toEqual(['空地']);
    const all = await world.idleList(planner);
    expect(all.areaM2).toBe(all.items.reduce((sum, { areaM2 }) => sum + areaM2, 0));
  });

  test('shows pictures to those who see it and to nobody else', async () => {
    const { planner, streetPlanner, gridWorker, facilities, events } = world;
    const { idle } = await world.idleCreate(planner, { ...room, name: '有照片的屋' });
    const photo = {
      sha256: new Uint8Array(32),
      storedSha256: new Uint8Array(32),
      full: new Uint8Array(9),
      width: 4,
      height: 3,
    };
    const kept = (await events.photos.keep(planner, 'report', photo, 'photos/room')).id;
    const shown = await world.idleAct('addPhoto', planner, idle.id, { photo: { id: kept }, alt: '门口有三级台阶' });
    expect(shown.idle.photos).toMatchObject([{ id: kept, alt: '门口有三级台阶' }]);
    expect(await facilities.findIdlePhoto(gridWorker, { id: idle.id, photoId: kept })).toMatchObject({
      storageKey: expect.any(String),
    });
    expect(await facilities.findIdlePhoto(streetPlanner, { id: idle.id, photoId: kept })).toBeUndefined();
    await world.removePhoto(planner, idle.id, kept);
    expect(await facilities.findIdlePhoto(planner, { id: idle.id, photoId: kept })).toBeUndefined();
    await expect(world.removePhoto(planner, idle.id, kept)).rejects.toMatchObject({ code: 'not_found' });
  });
});

const textOf = (bytes: Uint8Array, file: RegExp): string =>
  Object.entries(unzipSync(bytes)).filter(([name]) => file.test(name)).map(([, part]) => strFromU8(part)).join('\n'); // prettier-ignore

describe('the ledger of idle rooms as a file', () => {
  const bookOf = async (actor: FacilitiesWorld['planner']) =>
    textOf((await world.facilities.idleFile(actor, { format: 'xlsx' })).bytes, /(sheet\d+|sharedStrings)\.xml$/);

  test('is a workbook whose figures are numbers, and a Word document, of what the reader sees', async () => {
    const { planner, streetPlanner, facilities } = world;
    const list = await world.idleList(planner);
    const book = await bookOf(planner);
    for (const words of [
      '旧粮店',
      '需修缮',
      '菜市场(生鲜超市)、社区食堂(助餐点)',
      `${list.areaM2} 平方米`,
      '<v>230</v>',
    ])
      expect(book).toContain(words);
    const paper = await facilities.idleFile(planner, { format: 'docx' });
    expect(paper.name).toBe('闲置资源账-2026-06-15.docx');
    const word = textOf(paper.bytes, /document\.xml$/);
    for (const words of ['闲置资源账', '旧粮店', '国有企业']) expect(word).toContain(words);
    expect(await bookOf(streetPlanner)).not.toContain('旧粮店');
    expect(await bookOf(streetPlanner)).toContain('空地');
  });
});
