import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGroupsWorld, grid, type GroupsWorld } from './world.fixture.ts';

let world: GroupsWorld;
beforeAll(async () => {
  world = await createGroupsWorld();
});
afterAll(() => world.close());

const home = (id: string, memberKey: string) =>
  world.groups.memberHandlers.home({ params: { id }, query: {}, body: {} }, { memberKey });

/** A category residents may report, whatever the dictionary holds. */
async function categoryCode(): Promise<string> {
  const { items } = await world.events.publicHandlers.categories({ params: {}, query: {}, body: {} }, {});
  const leaf = items.find(({ code }) => !items.some(({ parentCode }) => parentCode === code));
  return leaf?.code ?? '';
}

async function make(
  groupId: string,
  messageId: string,
  wish: { followEventId?: string } = {},
  actor = world.as.gridWorker,
) {
  const body = {
    opId: randomUUID(),
    categoryCode: await categoryCode(),
    description: '楼道灯坏了，晚上看不见',
    placeWords: '金银湾小区',
    lon: 106.505,
    lat: 29.505,
    ...wish,
  };
  return world.groups.handlers.toEvent({ params: { id: groupId, messageId }, query: {}, body }, { actor });
}

describe('the form it begins with', () => {
  test('holds author, photos, a guess at the place and nothing of the number', async () => {
    const { id, secret } = await world.group();
    const key = await world.join(secret, { name: '二单元小李', phone: '13900001234' });
    const { claim } = await world.upload('#00aa00');
    const messageId = await world.say(id, key, '金银湾小区门口路灯不亮了', [claim]);
    const draft = await world.groups.handlers.draft(
      { params: { id, messageId }, query: {}, body: {} },
      { actor: world.as.gridWorker },
    );
    expect(draft).toMatchObject({ author: '二单元小李', hasPhone: true, event: null, photos: [{ id: claim.id }] });
    expect(draft.places[0]).toMatchObject({ name: '金银湾小区', score: 1 });
    expect(draft.categories.some(({ name }) => name.includes('路灯'))).toBe(true);
    expect(JSON.stringify(draft)).not.toContain('13900001234');
  });
});

describe('one act', () => {
  test('carries author, number and the very photo over, on channel group, and shows the receipt to its author alone', async () => {
    const { id, secret } = await world.group();
    const [author, reader] = [
      await world.join(secret, { name: '小李', phone: '13900005678' }),
      await world.join(secret),
    ];
    const { claim, bytes } = await world.upload('#aa00aa');
    const messageId = await world.say(id, author, '楼道灯坏了', [claim]);
    const made = await make(id, messageId);
    expect(made).toMatchObject({ already: false });
    const { rows } = await world.owner.query(
      'select e.channel, a.id as photo, a.storage_key as key from event e join attachment a on a.event_id = e.id where e.id = $1',
      [made.eventId],
    );
    expect(rows).toMatchObject([{ channel: 'group', photo: claim.id }]);
    const file = await world.files.find(`${String(rows[0]?.key)}.jpg`);
    expect(file === undefined ? null : await buffer(file.stream())).toEqual(bytes);

    const [mine, theirs] = [await home(id, author), await home(id, reader)];
    const own = mine.messages.find((one) => one.id === messageId);
    expect(own?.event).toMatchObject({ number: made.number });
    const receipt = await world.events.publicHandlers.receipt(
      { params: { secret: own?.receiptSecret ?? '' }, query: {}, body: {} },
      {},
    );
    expect(receipt).toMatchObject({ number: made.number, photos: [{ id: claim.id }] });
    expect(theirs.messages.find((one) => one.id === messageId)).toMatchObject({ receiptSecret: null });
    expect(theirs.messages.find((one) => one.aboutId === messageId)?.text).toContain(made.number);
  });

  test('twenty who press at once make one event', async () => {
    const { id, secret } = await world.group();
    const messageId = await world.say(id, await world.join(secret), '水管爆了');
    const actors = [world.as.gridWorker, world.as.secretary, world.as.intake, world.as.dispatcher, world.as.chief];
    const answers = await Promise.all(Array.from({ length: 20 }, (_, k) => make(id, messageId, {}, actors[k % 5])));
    expect(new Set(answers.map(({ eventId }) => eventId)).size).toBe(1);
    expect(answers.filter(({ already }) => !already)).toHaveLength(1);
    const { rows } = await world.owner.query(
      `select count(*)::int as n from event_reporter where kind = 'group' and source_ref = $1`,
      [`group:${messageId}`],
    );
    expect(rows[0]).toEqual({ n: 1 });
    const told = await world.owner.query('select count(*)::int as n from group_message where about_id = $1', [
      messageId,
    ]);
    expect(told.rows[0]).toEqual({ n: 1 });
  });

  test('a duplicate near by is offered by the events themselves, and joined instead of made anew', async () => {
    const { id, secret } = await world.group();
    const keys = [await world.join(secret), await world.join(secret)];
    const first = await make(id, await world.say(id, keys[0] ?? '', '灯坏了'));
    const similar = await world.events.handlers.similar(
      { params: {}, query: { categoryCode: await categoryCode(), lon: 106.505, lat: 29.505 }, body: {} },
      { actor: world.as.gridWorker } as never,
    );
    expect(similar.items.map((one) => one.id)).toContain(first.eventId);
    const { claim } = await world.upload('#0000ff');
    const second = await make(id, await world.say(id, keys[1] ?? '', '我家门口灯也坏了', [claim]), {
      followEventId: first.eventId,
    });
    expect(second).toMatchObject({ eventId: first.eventId, number: first.number, already: false });
    const { rows } = await world.owner.query('select report_count from event where id = $1', [first.eventId]);
    expect(rows).toEqual([{ report_count: 2 }]);
    const receipts = (await home(id, keys[1] ?? '')).messages.find((one) => one.mine)?.receiptSecret;
    expect(receipts).toEqual(expect.any(String));
  });

  test('nobody makes an event of a message of a group they do not see, or of a hidden one', async () => {
    const { id, secret } = await world.group();
    const messageId = await world.say(id, await world.join(secret), '某事');
    await expect(make(id, messageId, {}, world.as.northIntake)).rejects.toMatchObject({ code: 'not_found' });
    await world.groups.handlers.hide(
      { params: { id, messageId }, query: {}, body: { opId: randomUUID(), reason: '不当' } },
      { actor: world.as.gridWorker },
    );
    await expect(make(id, messageId)).rejects.toMatchObject({ code: 'transition_not_allowed' });
  });

  test('the group is told when it is filed and when it ends, once each, without handlers’ names', async () => {
    const { id, secret } = await world.group();
    const key = await world.join(secret);
    const messageId = await world.say(id, key, '井盖不见了');
    const { eventId, number } = await make(id, messageId);
    const stand = (status: string) =>
      world.owner.query('update event set status = $2 where id = $1', [eventId, status]);
    for (const status of ['filed', 'handling', 'closed']) {
      await stand(status);
      await Promise.all([world.groups.jobs.followEvents(), world.groups.jobs.followEvents()]);
    }
    const seen = await home(id, key);
    const told = seen.messages.filter((one) => one.kind === 'status').map(({ text }) => text);
    expect(told.toSorted()).toEqual(
      [
        `事项 ${number}：已登记，等待受理。`,
        `事项 ${number}：已立案，将派人处理。`,
        `事项 ${number}：已办结。`,
      ].toSorted(),
    );
    expect(seen.messages.find((one) => one.id === messageId)?.event).toEqual({ number, status: 'closed' });
  });
});

describe('another platform', () => {
  test('the same message is heard once, its photos kept, its author by name; answers go out', async () => {
    const { id } = await world.group({ platform: 'wecom', name: '企业微信群' });
    await world.groups.setBridge(world.as.gridWorker, {
      opId: randomUUID(),
      groupId: id,
      kind: 'wecom',
      target: 'chat-1',
      secrets: { key: 'canary-secret' },
      enabled: true,
    });
    const { bytes } = await world.upload('#123456');
    const incoming = {
      groupId: id,
      authorName: '外部小张',
      authorKey: 'ext-1',
      text: '电梯停了',
      photos: [bytes, Buffer.from('no photo')],
      at: new Date(world.clock.now()),
      sourceRef: 'msg-1',
    };
    const heard = await Promise.all([1, 2, 3].map(() => world.groups.receiveMessage(incoming)));
    expect(new Set(heard.map(({ messageId }) => messageId)).size).toBe(1);
    expect(heard.filter(({ isNew }) => isNew)).toHaveLength(1);
    const { items } = await world.groups.handlers.messages(
      { params: { id }, query: { limit: 50 }, body: {} },
      { actor: world.as.gridWorker },
    );
    expect(items).toMatchObject([{ author: '外部小张', text: '电梯停了', photos: [{ width: 40 }] }]);
    await make(id, heard[0]?.messageId ?? '');
    await world.groups.jobs.sendOutgoing();
    await world.groups.jobs.sendOutgoing();
    expect(world.sent).toMatchObject([{ groupId: id, target: 'chat-1', secrets: { key: 'canary-secret' } }]);
    const { rows } = await world.owner.query(
      `select count(*)::int as n from ledger_entry e left join ledger_private p on p.entry_id = e.id where e.data::text || coalesce(p.body::text, '') like '%canary-secret%'`,
    );
    expect(rows[0]).toEqual({ n: 0 });
  });

  test('an outside group counts by the headcount somebody confirmed', async () => {
    const { id } = await world.group({ platform: 'other', name: '业主微信群' });
    const { group } = await world.groups.handlers.headcount(
      { params: { id }, query: {}, body: { opId: randomUUID(), version: 1, count: 120, on: '2026-06-01' } },
      { actor: world.as.gridWorker },
    );
    expect(group).toMatchObject({ members: 120, headcountOn: '2026-06-01' });
    const counted = await world.groups.membersByGrid(['500103004']);
    expect(counted.get(grid)).toMatchObject({ residents: 600 });
  });
});
