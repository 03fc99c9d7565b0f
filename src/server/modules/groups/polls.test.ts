import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGroupsWorld, grid, secondGrid, type GroupsWorld } from './world.fixture.ts';

let world: GroupsWorld;
beforeAll(async () => {
  world = await createGroupsWorld();
});
afterAll(() => world.close());

const minutes = 60_000;
const as = () => ({ actor: world.as.gridWorker });
const home = (id: string, memberKey: string) =>
  world.groups.memberHandlers.home({ params: { id }, query: {}, body: {} }, { memberKey });

async function poll(groupId: string, wish: { quorumOf?: 'members' | 'households'; quorumPercent?: number } = {}) {
  const until = new Date(world.clock.now() + 60 * minutes).toISOString();
  const body = { opId: randomUUID(), question: '要不要装电动车棚？', note: '', options: ['要', '不要'], until };
  const rest = { quorumOf: 'none' as const, quorumPercent: 0, ...wish };
  return (
    await world.groups.handlers.openPoll({ params: { id: groupId }, query: {}, body: { ...body, ...rest } }, as())
  ).id;
}

function vote(id: string, pollId: string, memberKey: string, choice: number) {
  const body = { opId: randomUUID(), choice };
  return world.groups.memberHandlers.vote({ params: { id, pollId }, query: {}, body }, { memberKey });
}

test('one vote a member, however often and however quickly; it may be changed until the end', async () => {
  const { id, secret } = await world.group();
  const keys = [await world.join(secret), await world.join(secret), await world.join(secret)];
  const pollId = await poll(id, { quorumOf: 'members', quorumPercent: 50 });
  await Promise.all(Array.from({ length: 10 }, () => vote(id, pollId, keys[0] ?? '', 1)));
  await vote(id, pollId, keys[0] ?? '', 0);
  await vote(id, pollId, keys[1] ?? '', 1);
  expect((await home(id, keys[0] ?? '')).polls).toMatchObject([{ voters: 2, needed: 2, myChoice: 0, result: null }]);
  await expect(vote(id, pollId, 'x'.repeat(32), 0)).rejects.toMatchObject({ code: 'not_found' });
  await expect(vote(id, pollId, keys[2] ?? '', 2)).rejects.toMatchObject({ code: 'bad_input' });

  const body = { opId: randomUUID(), minutes: '到场三人，同意建棚。' };
  await world.groups.handlers.closePoll({ params: { id, pollId }, query: {}, body }, as());
  await expect(vote(id, pollId, keys[2] ?? '', 1)).rejects.toMatchObject({ code: 'transition_not_allowed' });
  const frozen = { counts: [1, 1], voters: 2, base: 3, needed: 2, reached: true };
  expect((await home(id, keys[2] ?? '')).polls).toMatchObject([{ result: frozen, minutes: body.minutes }]);
  const { rows } = await world.owner.query(
    `select data from ledger_entry where action = 'group.close_poll' and subject_id = $1`,
    [pollId],
  );
  expect(rows).toMatchObject([{ data: frozen }]);
  const votes = await world.owner.query('select count(*)::int as n from group_vote where poll_id = $1', [pollId]);
  expect(votes.rows[0]).toEqual({ n: 0 });
});

test('views under a poll are read there, answered there, and leave other questions unanswered', async () => {
  const { id, secret } = await world.group();
  const key = await world.join(secret);
  const pollId = await poll(id);
  await world.say(id, key, '楼道灯坏了');
  const body = { opId: randomUUID(), text: '离楼远些', pollId, attachments: [] };
  await world.groups.memberHandlers.say({ params: { id }, query: {}, body }, { memberKey: key });
  world.clock.advance(1000);
  const answer = { opId: randomUUID(), text: '量了场地再答复', pollId, attachments: [] };
  await world.groups.handlers.say({ params: { id }, query: {}, body: answer }, as());
  const under = { params: { id }, query: { poll: pollId, limit: 50 }, body: {} };
  const said = await world.groups.handlers.messages(under, as());
  expect(said.items.map(({ text }) => text)).toEqual(['离楼远些', '量了场地再答复']);
  const seen = await world.groups.memberHandlers.home(
    { params: { id }, query: { poll: pollId }, body: {} },
    { memberKey: key },
  );
  expect(seen.messages.map(({ text }) => text)).toEqual(['离楼远些', '量了场地再答复']);
  expect((await home(id, key)).polls).toMatchObject([{ comments: 2 }]);
  const all = await world.groups.handlers.messages({ params: { id }, query: { limit: 50 }, body: {} }, as());
  expect(all.items.filter(({ waiting }) => waiting).map(({ text }) => text)).toEqual(['楼道灯坏了']);
  const foreign = { opId: randomUUID(), text: '别的群', pollId: randomUUID(), attachments: [] };
  await expect(world.groups.handlers.say({ params: { id }, query: {}, body: foreign }, as())).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('closes by itself when its time is over, once; members who left meanwhile do not count', async () => {
  const { id, secret } = await world.group();
  const [stays, goes] = [await world.join(secret), await world.join(secret)];
  const pollId = await poll(id, { quorumOf: 'households', quorumPercent: 1 });
  await vote(id, pollId, stays, 0);
  await vote(id, pollId, goes, 1);
  await world.groups.memberHandlers.leave(
    { params: { id }, query: {}, body: { opId: randomUUID() } },
    { memberKey: goes },
  );
  world.clock.advance(61 * minutes);
  await Promise.all([world.groups.jobs.closeDuePolls(), world.groups.jobs.closeDuePolls()]);
  const { items } = await world.groups.handlers.polls({ params: { id }, query: {}, body: {} }, as());
  expect(items).toMatchObject([{ result: { counts: [1, 0], voters: 1, base: 200, needed: 2, reached: false } }]);
  const decided = await world.groups.listPolls(world.as.gridWorker, {});
  expect(decided.items.find((one) => one.id === pollId)).toMatchObject({ gridCodes: [grid] });
});

test('a notice to many groups is one act, all or none; readers are counted and not named', async () => {
  const [one, two] = [await world.group(), await world.group()];
  const key = await world.join(one.secret);
  await world.join(two.secret);
  const foreign = await world.groups.handlers.create(
    {
      params: {},
      query: {},
      body: {
        opId: randomUUID(),
        name: '西村群',
        kind: 'building',
        platform: 'in_app',
        about: '',
        gridCodes: [secondGrid],
      },
    },
    { actor: world.as.chief },
  );
  const body = { opId: randomUUID(), title: '停水', text: '明早八点到十点停水', confirm: true, pinned: true };
  await expect(
    world.groups.handlers.announce(
      { params: {}, query: {}, body: { ...body, groupIds: [one.id, foreign.group.id] } },
      as(),
    ),
  ).rejects.toMatchObject({ code: 'not_found' });
  const said = { ...body, opId: randomUUID(), groupIds: [one.id, two.id] };
  const { id: noticeId, groups } = await world.groups.handlers.announce({ params: {}, query: {}, body: said }, as());
  expect(groups).toBe(2);
  for (const confirm of [false, true, false])
    await world.groups.memberHandlers.read(
      { params: { id: one.id, noticeId }, query: {}, body: { confirm } },
      { memberKey: key },
    );
  const { items } = await world.groups.handlers.notices({ params: {}, query: { limit: 50 }, body: {} }, as());
  expect(items[0]).toMatchObject({ id: noticeId, groups: 2, members: 2, read: 1, confirmed: 1 });
  expect((await home(one.id, key)).notices).toMatchObject([{ id: noticeId, read: true, confirmed: true }]);
});

test('people are counted once: by number, by browser, in the grid of the group they joined first', async () => {
  const [one, two] = [await world.group(), await world.group()];
  const before = (await world.groups.membersByGrid([grid])).get(grid)?.members ?? 0;
  const key = await world.join(one.secret, { phone: '13611112222' });
  await world.join(two.secret, { key });
  await world.join(two.secret, { phone: '+86 136-1111-2222' });
  await world.join(two.secret, { phone: '13633334444' });
  const after = await world.groups.membersByGrid(['500103004']);
  expect(after.get(grid)).toEqual({ members: before + 2, residents: 600 });
  expect(after.get(secondGrid)).toEqual({ members: 0, residents: 400 });
});

test('messages are kept no longer than the rule says', async () => {
  const { id, secret } = await world.group();
  const key = await world.join(secret);
  const { claim } = await world.upload('#ff8800');
  await world.say(id, key, '一年前的话', [claim]);
  world.clock.advance(366 * 24 * 60 * minutes);
  expect(await world.groups.jobs.forgetOld()).toBeGreaterThan(0);
  expect((await home(id, key)).messages).toMatchObject([{ text: '', erased: true, photos: [] }]);
});
