import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGroupsWorld, grid, secondGrid, type GroupsWorld } from './world.fixture.ts';

let world: GroupsWorld;
beforeAll(async () => {
  world = await createGroupsWorld();
});
afterAll(() => world.close());

const nothing = { params: {}, query: {} };
const list = (actor: GroupsWorld['as'][keyof GroupsWorld['as']]) =>
  world.groups.handlers.list({ params: {}, query: { limit: 300 }, body: {} }, { actor });
const home = (id: string, memberKey: string | null, query: { rev?: number; before?: string } = {}) =>
  world.groups.memberHandlers.home({ params: { id }, query, body: {} }, { memberKey });
const leave = (id: string, memberKey: string) =>
  world.groups.memberHandlers.leave({ params: { id }, query: {}, body: { opId: randomUUID() } }, { memberKey });

describe('joining by link', () => {
  test('a resident sees what the group is, joins without an account, and is a member from then on', async () => {
    const { id, secret } = await world.group();
    const before = await world.groups.memberHandlers.invitation(
      { params: { secret }, query: {}, body: {} },
      { memberKey: null },
    );
    expect(before).toMatchObject({ name: '东村一格群', keptBy: '东村居委会', members: 0, memberOf: null });
    const key = await world.join(secret, { name: '阿强', phone: '138 0000 1111' });
    expect((await home(id, key)).me).toEqual({ name: '阿强', hasPhone: true });
    const after = await world.groups.memberHandlers.invitation(
      { params: { secret }, query: {}, body: {} },
      { memberKey: key },
    );
    expect(after).toMatchObject({ members: 1, memberOf: id });
  });

  test('one browser is one membership, and may be in many groups', async () => {
    const [one, two] = [await world.group(), await world.group()];
    const key = await world.join(one.secret);
    await expect(world.join(one.secret, { key })).rejects.toMatchObject({ code: 'already_exists' });
    expect(await world.join(two.secret, { key })).toBe(key);
    const mine = await world.groups.memberHandlers.mine({ ...nothing, body: {} }, { memberKey: key });
    expect(mine.items.map(({ id }) => id).toSorted()).toEqual([one.id, two.id].toSorted());
  });

  test('a lost answer repeated gives the same key, and one member', async () => {
    const { id, secret } = await world.group();
    const input = { params: { secret }, query: {}, body: { opId: randomUUID(), name: '甲' } };
    const twice = await Promise.all([1, 2].map(() => world.groups.memberHandlers.join(input, { memberKey: null })));
    expect(twice[0]).toEqual(twice[1]);
    expect((await home(id, twice[0]?.memberKey ?? '')).group?.members).toBe(1);
  });

  test('a renewed link ends the old one; members stay', async () => {
    const { id, secret } = await world.group();
    const key = await world.join(secret);
    const { group } = await world.groups.handlers.renewLink(
      { params: { id }, query: {}, body: { opId: randomUUID(), version: 1 } },
      { actor: world.as.gridWorker },
    );
    expect(group.linkSecret).not.toBe(secret);
    await expect(world.join(secret)).rejects.toMatchObject({ code: 'not_found' });
    expect((await home(id, key)).group?.members).toBe(1);
    await world.join(group.linkSecret ?? '');
  });

  test('outsiders, and members of another group, see nothing at all', async () => {
    const [one, two] = [await world.group(), await world.group()];
    const stranger = await world.join(two.secret);
    for (const key of [null, stranger, 'x'.repeat(32)])
      await expect(home(one.id, key)).rejects.toMatchObject({ code: 'not_found' });
    await expect(world.say(one.id, stranger, '你好')).rejects.toMatchObject({ code: 'not_found' });
  });

  test('at most ten messages in ten minutes', async () => {
    const { id, secret } = await world.group();
    const key = await world.join(secret);
    for (let k = 0; k < 10; k++) await world.say(id, key, `第 ${k} 句`);
    await expect(world.say(id, key, '第十一句')).rejects.toMatchObject({ code: 'too_many_requests' });
  });
});

describe('leaving', () => {
  test('in one tap name, number, words, photos and the place in the count are gone; the group sees that something was said', async () => {
    const { id, secret } = await world.group();
    const [key, other] = [
      await world.join(secret, { name: '离开的人', phone: '13800002222' }),
      await world.join(secret),
    ];
    const { claim } = await world.upload('#335577');
    await world.say(id, key, '我家在三楼', [claim]);
    await leave(id, key);
    const seen = await home(id, other);
    expect(seen.messages).toMatchObject([{ text: '', author: '', erased: true, photos: [] }]);
    expect(seen.group?.members).toBe(1);
    const { rows } = await world.owner.query(
      `select (select count(*)::int from group_person where phone is not null and phone_index = any (select phone_index from group_person group by phone_index having count(*) > 1)) as twice,
        (select count(*)::int from attachment where id = $1 and subject_id is not null) as kept`,
      [claim.id],
    );
    expect(rows[0]).toEqual({ twice: 0, kept: 0 });
    await expect(home(id, key)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('what staff see', () => {
  test('groups of their own grids only, linked N:M: a group of two grids is seen from both sides', async () => {
    const { id, secret } = await world.group();
    const names = async (actor: Parameters<typeof list>[0]) => (await list(actor)).items.map((row) => row.id);
    expect(await names(world.as.otherGridWorker)).not.toContain(id);
    const { group } = await world.groups.handlers.link(
      { params: { id }, query: {}, body: { opId: randomUUID(), version: 1, gridCodes: [grid, secondGrid] } },
      { actor: world.as.chief },
    );
    expect(group.grids.map(({ code }) => code)).toEqual([grid, secondGrid]);
    expect(group.residents).toBe(1000);
    expect(await names(world.as.otherGridWorker)).toContain(id);
    expect(await names(world.as.gridWorker)).toContain(id);
    expect(await names(world.as.northIntake)).not.toContain(id);
    const key = await world.join(secret, { gridCode: secondGrid });
    await world.say(id, key, '晚上太吵了');
    await world.groups.handlers.link(
      { params: { id }, query: {}, body: { opId: randomUUID(), version: 2, gridCodes: [grid] } },
      { actor: world.as.chief },
    );
    const { rows } = await world.owner.query('select grid_code from group_member where group_id = $1', [id]);
    expect(rows).toEqual([{ grid_code: grid }]);
  });

  test('row-level security holds where a query forgets the scope', async () => {
    const { id } = await world.group();
    const foreign = { seeAll: false, areas: ['500103005'], units: [], accountId: world.as.northIntake.accountId };
    for (const table of ['online_group', 'group_grid', 'group_member', 'group_message', 'group_poll'] as const) {
      const rows = await world.database.read(foreign, (tx) => tx.db.selectFrom(table).selectAll().execute());
      expect(rows, table).toEqual([]);
    }
    await expect(
      world.groups.handlers.get({ params: { id }, query: {}, body: {} }, { actor: world.as.northIntake }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  test('nobody links a group to a grid that is not theirs to manage', async () => {
    const { id } = await world.group();
    const body = { opId: randomUUID(), version: 1, gridCodes: [grid, secondGrid] };
    await expect(
      world.groups.handlers.link({ params: { id }, query: {}, body }, { actor: world.as.gridWorker }),
    ).rejects.toMatchObject({ code: 'not_allowed' });
  });

  test('unanswered messages put a group first; an answer settles them', async () => {
    const { id, secret } = await world.group({ name: '等回话群' });
    await world.say(id, await world.join(secret), '楼道灯坏了');
    const { items } = await list(world.as.gridWorker);
    const firstQuiet = items.findIndex(({ waiting }) => waiting === 0);
    expect(items.find((one) => one.id === id)).toMatchObject({ waiting: 1 });
    expect(items.slice(firstQuiet).every(({ waiting }) => waiting === 0)).toBe(true);
    world.clock.advance(1000);
    await world.groups.handlers.say(
      { params: { id }, query: {}, body: { opId: randomUUID(), text: '马上去看', attachments: [] } },
      { actor: world.as.gridWorker },
    );
    const row = (await list(world.as.gridWorker)).items.find((one) => one.id === id);
    expect(row).toMatchObject({ waiting: 0, lastWords: '马上去看', members: 1 });
  });

  test('a hidden message is sent to no member, nor its photo; its reason stays with staff', async () => {
    const { id, secret } = await world.group();
    const [author, reader] = [await world.join(secret), await world.join(secret)];
    const { claim } = await world.upload('#aa2211');
    const messageId = await world.say(id, author, '谁谁谁的身份证', [claim]);
    await world.groups.handlers.hide(
      { params: { id, messageId }, query: {}, body: { opId: randomUUID(), reason: '含他人信息' } },
      { actor: world.as.gridWorker },
    );
    expect((await home(id, reader)).messages).toMatchObject([{ hidden: true, text: '', photos: [] }]);
    expect(await world.groups.findMemberPhoto({ memberKey: reader }, { id, photoId: claim.id })).toBeUndefined();
    const seen = await world.groups.handlers.messages(
      { params: { id }, query: { limit: 50 }, body: {} },
      { actor: world.as.gridWorker },
    );
    expect(seen.items).toMatchObject([{ hidden: true, hiddenReason: '含他人信息', text: '谁谁谁的身份证' }]);
  });

  test('a member sees the very bytes that were sent, a stranger none', async () => {
    const { id, secret } = await world.group();
    const [author, reader] = [await world.join(secret), await world.join(secret)];
    const { claim, bytes } = await world.upload('#1144aa');
    await world.say(id, author, '', [claim]);
    const found = await world.groups.findMemberPhoto({ memberKey: reader }, { id, photoId: claim.id });
    const file = await world.files.find(`${found?.storageKey ?? ''}.jpg`);
    expect(file === undefined ? null : await buffer(file.stream())).toEqual(bytes);
    await expect(world.groups.findMemberPhoto({ memberKey: null }, { id, photoId: claim.id })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('light polling', () => {
  test('asks with the last rev and is told only that nothing changed, until something does', async () => {
    const { id, secret } = await world.group();
    const key = await world.join(secret);
    const { rev } = await home(id, key);
    expect((await home(id, key, { rev })).group).toBeNull();
    await world.say(id, key, '有人吗');
    expect((await home(id, key, { rev })).messages).toHaveLength(1);
  });
});
