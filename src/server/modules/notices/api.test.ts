import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { webhookTypes } from '#contract/notices-words.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { ChannelError } from './channel.ts';
import { createNoticesWorld, type NoticesWorld } from './world.fixture.ts';

let world: NoticesWorld;
beforeAll(async () => {
  world = await createNoticesWorld();
});
afterAll(() => world.close());
afterEach(async () => {
  for (const channel of Object.values(world.channel)) Object.assign(channel, { sent: [], fail: null, hold: false });
  await world.owner.query('delete from delivery; delete from notice; delete from notice_bucket');
  world.clock.advance(3_600_000);
});

const nothing = { params: {}, query: {}, body: {} };
const op = () => ({ opId: randomUUID() });
const path = ['a:500000', 'a:500103', 'a:500103004'];
const unread = async (actor: Actor) => (await world.notices.handlers.unread(nothing, { actor })).count;
const inbox = (actor: Actor, query: { unread?: boolean; limit?: number; cursor?: string } = {}) =>
  world.notices.handlers.inbox({ params: {}, query: { limit: 50, unread: false, ...query }, body: {} }, { actor });
const settle = async (actor: Actor, wish: object) => {
  const { version } = await world.notices.handlers.settings(nothing, { actor });
  const body = { ...op(), version, channels: {}, quiet: null, email: null, phone: null, ...wish };
  return world.notices.handlers.saveSettings({ params: {}, query: {}, body }, { actor });
};
const alarm = (data: object = {}) =>
  world.line('alarm.raise', {
    data: { alarmId: randomUUID(), kind: 'smoke', priority: 0, deviceCode: 'CW-1', ...data },
    audience: path,
  });
const queue = (query: object = {}) =>
  world.notices.adminHandlers.queue({ params: {}, query: { limit: 50, ...query }, body: {} }, world.admin);
const addChannel = (wish: object = {}) =>
  world.notices.adminHandlers.saveChannel(
    {
      params: {},
      query: {},
      body: {
        ...op(),
        kind: 'wecom',
        name: '值守群',
        url: 'https://qyapi.example.org/send?key=very-secret',
        secret: '',
        areaCode: null,
        minPriority: 1,
        enabled: true,
        ...wish,
      },
    },
    world.admin,
  );
const retireChannel = (id: string) =>
  world.notices.adminHandlers.retireChannel({ params: { id }, query: {}, body: { ...op(), version: 1 } }, world.admin);

describe('the inbox', () => {
  it('a task reaches those who handle in the unit, and nobody else; reading makes the count go down', async () => {
    const { as, unit } = world;
    await world.line('event.dispatch', {
      data: { number: 'E-1', leadUnitId: unit.bureau, assistUnitIds: [unit.power] },
      audience: [...path, `u:${unit.bureau}`, `u:${unit.power}`],
    });
    await world.turn();
    expect(
      await Promise.all([as.bureauHandler, as.bureauLead, as.powerHandler, as.chief, as.telecomHandler].map(unread)),
    ).toEqual([1, 1, 1, 0, 0]);
    const { items } = await inbox(as.bureauHandler);
    expect(items[0]).toMatchObject({
      kind: 'task',
      action: 'event.dispatch',
      facts: { number: 'E-1', areaName: '两江街道' },
      readAt: null,
    });
    const id = items[0]?.id ?? '';
    const read = (actor: Actor, body: { ids?: string[]; until?: string }) =>
      world.notices.handlers.markRead({ params: {}, query: {}, body }, { actor });
    expect(await read(as.bureauLead, { ids: [id] })).toMatchObject({ count: 1 }); // not theirs: nothing happens
    expect(await read(as.bureauHandler, { ids: [id] })).toMatchObject({ count: 0 });
    expect((await inbox(as.bureauHandler, { unread: true })).items).toEqual([]);
    expect(await read(as.bureauLead, { until: new Date(world.clock.now()).toISOString() })).toMatchObject({ count: 0 });
  });

  it('a file of people in care is told to whoever may decide over its area but the asker; the decision to the asker', async () => {
    const { as, unit } = world;
    const leaders = [as.volunteer, as.telecomHandler, as.northIntake];
    const at = ['500103004001', '500103004', '500103005'];
    for (const [k, { accountId }] of leaders.entries())
      await world.owner.query(
        "insert into appointment (id, account_id, unit_id, area_code, role, since) values ($1, $2, $3, $4, 'secretary', '2026-01-01')",
        [randomUUID(), accountId, unit.east, at[k]],
      );
    const before = await Promise.all(leaders.map(unread));
    const told = async () => (await Promise.all(leaders.map(unread))).map((n, k) => n - (before[k] ?? 0));
    const data = { number: 'G-1', areaCode: '500103004001' };
    const [asker, decider] = leaders.map(({ accountId }) => accountId ?? '');
    await world.line('care.export_ask', {
      data,
      audience: [...path.filter((one) => one.startsWith('a:')), 'a:500103004001'],
      actorId: asker ?? '',
    });
    await world.turn();
    expect(await told()).toEqual([0, 1, 0]);
    await world.line('care.export_approve', { data, audience: [`p:${asker}`], actorId: decider ?? '' });
    await world.turn();
    expect(await told()).toEqual([1, 1, 0]);
    const [notice] = (await inbox(as.volunteer)).items;
    expect(notice).toMatchObject({ kind: 'task', facts: { number: 'G-1', areaName: '东村社区' } });
  });

  it('pages; whoever did it is not told of it', async () => {
    const { as } = world;
    for (const k of [1, 2, 3])
      await world.line('alarm.raise', {
        data: { priority: 0, deviceCode: `D-${k}` },
        audience: path,
        actorId: as.intake.accountId ?? '',
      });
    await world.turn();
    expect(await unread(as.intake)).toBe(0);
    const first = await inbox(as.chief, { limit: 2 });
    const second = await inbox(as.chief, { limit: 2, cursor: first.nextCursor ?? '' });
    expect(
      [...first.items, ...second.items].map(({ facts }) => facts.deviceCode ?? '').toSorted((a, b) => (a < b ? -1 : 1)),
    ).toEqual(['D-1', 'D-2', 'D-3']);
    expect(second.nextCursor).toBeNull();
    await expect(inbox(as.chief, { cursor: 'x' })).rejects.toMatchObject({ code: 'bad_input' });
  });
});

describe('people meant by themselves', () => {
  it('are told whatever they hold, others of the unit are not', async () => {
    const { postHandler: post, bureauLead: lead } = world.as;
    await world.line('force.cover', { data: { coverId: post.accountId, firstDay: '2026-06-20' }, audience: path });
    await world.turn();
    expect([await unread(post), await unread(lead)]).toEqual([1, 0]);
    const { items } = await inbox(post);
    expect(items[0]).toMatchObject({ kind: 'duty', action: 'force.cover', facts: { day: '2026-06-20' } });
  });
});

describe('once', () => {
  it('a process that dies half-way leaves nothing; the next one tells each line once', async () => {
    await alarm();
    await alarm();
    let asked = 0;
    const dying = world.another({
      holdersOf: async () => {
        asked += 1;
        if (asked === 2) throw new Error('killed');
        return [{ id: world.as.chief.accountId ?? '', locale: 'zh-CN' }];
      },
    });
    await expect(dying.advance()).rejects.toThrow('killed');
    expect(await unread(world.as.chief)).toBe(0);
    await Promise.all([world.notices.advance(), world.another().advance(), world.another().advance()]);
    await world.notices.advance();
    expect(await unread(world.as.chief)).toBe(2);
  });

  it('a message whose sender died is sent again, with the same id', async () => {
    const channel = await addChannel();
    await alarm();
    await world.notices.advance();
    world.channel.wecom.hold = true;
    const lost = world.another().deliver('people');
    await expect.poll(() => world.channel.wecom.sent.length).toBe(1);
    world.channel.wecom.hold = false;
    await world.notices.deliver('people');
    expect(world.channel.wecom.sent).toHaveLength(1); // still leased
    world.clock.advance(121_000);
    await world.notices.deliver('people');
    const [first, second] = world.channel.wecom.sent;
    expect(second?.message.id).toBe(first?.message.id);
    expect((await queue()).counts).toMatchObject({ sent: 1, waiting: 0 });
    void lost;
    await retireChannel(channel.id);
  });
});

describe('groups', () => {
  it('get alarms of their area, merged and no faster than the provider allows, without any personal data', async () => {
    const here = await addChannel({ areaCode: '500103004' });
    const elsewhere = await addChannel({ areaCode: '500103005', name: '北山群' });
    for (let k = 0; k < 12; k++)
      await world.line('alarm.raise', {
        data: { priority: 1, deviceCode: `CW-${k}`, reporter: '张三', phone: '13800000000' },
        words: { note: '张三家里冒烟' },
        audience: path,
        actorId: world.as.gridWorker.accountId ?? '',
      });
    await world.turn();
    const { sent } = world.channel.wecom;
    expect(sent.map(({ message }) => message.title)).toEqual(['5 条告警', '5 条告警']);
    expect(sent[0]?.address).toMatchObject({ url: 'https://qyapi.example.org/send?key=very-secret' });
    expect(JSON.stringify(sent.map(({ message }) => message))).not.toMatch(/张三|138|gridWorker/);
    await world.turn();
    expect(sent).toHaveLength(2); // the bucket is empty
    world.clock.advance(30_000);
    await world.turn();
    expect(sent.at(-1)?.message.title).toBe('2 条告警');
    expect((await queue({ target: elsewhere.id })).items).toEqual([]);
    for (const { id } of [here, elsewhere]) await retireChannel(id);
  });

  it('keys are sealed and never shown; an inner address is refused; retiring forgets it', async () => {
    const { id } = await addChannel();
    const { items } = await world.notices.adminHandlers.channels(nothing, world.admin);
    expect(items.find((one) => one.id === id)).toMatchObject({ host: 'qyapi.example.org', name: '值守群' });
    const { rows } = await world.owner.query<{ text: string }>(
      "select (select coalesce(string_agg(encode(address, 'escape'), ''), '') from notice_channel) || (select string_agg(data::text, '') from ledger_entry) || (select string_agg(response::text, '') from op) as text",
    );
    expect(rows[0]?.text).not.toContain('very-secret');
    expect(rows[0]?.text).not.toMatch(/whsec_/);
    await expect(addChannel({ url: 'http://inner.example/' })).rejects.toMatchObject({ code: 'bad_input' });
    await expect(addChannel({ kind: 'dingtalk', secret: '' })).rejects.toMatchObject({ code: 'bad_input' });
    const test = await world.notices.adminHandlers.testChannel({ params: { id }, query: {}, body: op() }, world.admin);
    await world.turn();
    expect(world.channel.wecom.sent[0]?.message.title).toBe('这是一条测试消息');
    expect((await queue()).items[0]).toMatchObject({ id: test.deliveryId, state: 'sent', target: '值守群' });
    const edit = { ...op(), version: 1, name: '新名', areaCode: null, minPriority: 0, enabled: false };
    await world.notices.adminHandlers.editChannel({ params: { id }, query: {}, body: edit }, world.admin);
    await expect(
      world.notices.adminHandlers.editChannel({ params: { id }, query: {}, body: { ...edit, ...op() } }, world.admin),
    ).rejects.toMatchObject({ code: 'version_conflict' });
    await world.notices.adminHandlers.retireChannel(
      { params: { id }, query: {}, body: { ...op(), version: 2 } },
      world.admin,
    );
    const kept = await world.owner.query('select address from notice_channel where id = $1', [id]);
    expect(kept.rows[0]).toEqual({ address: null });
  });
});

describe('one’s own settings', () => {
  it('choose channels; quiet hours hold back what may wait, and nothing else', async () => {
    const { chief } = world.as;
    const asked = { email: 'chief@example.org', channels: { alarm: ['email'] }, quiet: { from: 0, until: 1439 } };
    expect(await settle(chief, asked)).toMatchObject({
      email: 'chief@example.org',
      version: 1,
      available: ['web_push', 'email'],
    });
    await alarm({ priority: 1 });
    await world.turn();
    expect(world.channel.email.sent).toEqual([]);
    const [held] = (await queue({ channel: 'email' })).items;
    expect(Date.parse(held?.nextAt ?? '')).toBeGreaterThan(world.clock.now());
    await alarm({ priority: 0 });
    await world.turn();
    expect(world.channel.email.sent.map(({ address }) => address)).toEqual([{ to: 'chief@example.org' }]);
    const stale = { ...op(), version: 0, channels: {}, quiet: null, email: null, phone: null };
    await expect(
      world.notices.handlers.saveSettings({ params: {}, query: {}, body: stale }, { actor: chief }),
    ).rejects.toMatchObject({ code: 'version_conflict' });
    const { rows } = await world.owner.query<{ text: string }>(
      "select (select string_agg(encode(email, 'escape'), '') from notice_setting) || (select string_agg(data::text, '') from ledger_entry) as text",
    );
    expect(rows[0]?.text).not.toContain('chief@example.org');
    await settle(chief, {});
  });

  it('the second channel takes every way there is; whom it cannot reach is shown', async () => {
    const gateway = await addChannel({ kind: 'sms', secret: 'a-secret-word', name: '短信' });
    await settle(world.as.chief, { email: 'chief@example.org', phone: '13800000000', quiet: { from: 0, until: 1439 } });
    await world.line('alarm.second_channel', { data: { priority: 0, deviceCode: 'CW-1' }, audience: path });
    await world.turn();
    expect(world.channel.sms.sent.map(({ address }) => address['phone'])).toEqual(['13800000000']);
    expect(world.channel.email.sent).toHaveLength(1);
    const lost = (await queue({ states: ['suppressed'] })).items;
    expect(lost.map(({ target }) => target)).toContain('dispatcher');
    expect(lost[0]?.lastError).toBe('no_address');
    await settle(world.as.chief, {});
    await retireChannel(gateway.id);
  });

  it('a browser gets messages until it says goodbye', async () => {
    const { chief } = world.as;
    const keys = { p256dh: 'B'.repeat(87), auth: 'a'.repeat(22) };
    const push = (endpoint: string, actor = chief) =>
      world.notices.handlers.addPush({ params: {}, query: {}, body: { endpoint, keys } }, { actor });
    expect(await push('https://push.example.org/1')).toEqual({ pushCount: 1 });
    expect(await push('https://push.example.org/1')).toEqual({ pushCount: 1 });
    await expect(push('https://inner.example.org/1')).rejects.toMatchObject({ code: 'bad_input' });
    await alarm();
    await world.turn();
    expect(world.channel.web_push.sent[0]).toMatchObject({
      address: { endpoint: 'https://push.example.org/1', ...keys },
    });
    expect(await push('https://push.example.org/1', world.as.intake)).toEqual({ pushCount: 1 }); // somebody else signed in there
    expect((await world.notices.handlers.settings(nothing, { actor: chief })).pushCount).toBe(0);
    world.channel.web_push.fail = new ChannelError('HTTP 410', { gone: true });
    await alarm();
    await world.turn();
    expect((await world.notices.handlers.settings(nothing, { actor: world.as.intake })).pushCount).toBe(0);
  });
});

describe('webhooks', () => {
  const add = (wish: object = {}) =>
    world.notices.webhookHandlers.addEndpoint(
      {
        params: {},
        query: {},
        body: {
          ...op(),
          name: '上级平台',
          url: 'https://hooks.example.org/huangge',
          types: ['alarm.raise'],
          areaCode: null,
          ...wish,
        },
      },
      world.admin,
    );
  const retire = async (id: string) => {
    const { items } = await world.notices.webhookHandlers.endpoints(nothing, world.admin);
    const version = items.find((one) => one.id === id)?.version ?? 0;
    await world.notices.webhookHandlers.retireEndpoint(
      { params: { id }, query: {}, body: { ...op(), version } },
      world.admin,
    );
  };

  it('tell what was asked for, where it was asked for, by named facts; the secret is shown once', async () => {
    const made = await add({ areaCode: '500103004' });
    expect(made.secret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/);
    await alarm({ note: '张三', reporterId: 'person' });
    await world.line('alarm.raise', { data: { priority: 0 }, audience: ['a:500000', 'a:500103', 'a:500103005'] });
    await world.line('alarm.clear', { audience: path });
    await world.turn();
    const [sent, ...more] = world.channel.webhook.sent;
    expect(more).toEqual([]);
    expect(sent?.address).toEqual({ url: 'https://hooks.example.org/huangge', secret: made.secret });
    const body = JSON.parse(sent?.message.payload ?? '') as { type: string; data: Record<string, unknown> };
    expect(body).toMatchObject({ type: 'alarm.raise', data: { deviceCode: 'CW-1', kind: 'smoke', subject: 'alarm' } });
    expect(Object.keys(body.data)).not.toContain('note');
    const listed = JSON.stringify(await world.notices.webhookHandlers.endpoints(nothing, world.admin));
    expect(listed).not.toContain('whsec_');
    const renewed = await world.notices.webhookHandlers.renewSecret(
      { params: { id: made.id }, query: {}, body: { ...op(), version: 1 } },
      world.admin,
    );
    await world.notices.webhookHandlers.testEndpoint({ params: { id: made.id }, query: {}, body: op() }, world.admin);
    await world.turn();
    expect(world.channel.webhook.sent.at(-1)?.address).toMatchObject({
      secret: renewed.secret,
      oldSecret: made.secret,
    });
    await expect(add({ url: 'http://inner.example/' })).rejects.toMatchObject({ code: 'bad_input' });
    await expect(add({ areaCode: '999999' })).rejects.toMatchObject({ code: 'bad_input' });
    await retire(made.id);
  });

  it('repeats with one opId give one endpoint and the same secret', async () => {
    const body = { ...op(), name: '甲', url: 'https://a.example.org/', types: [...webhookTypes], areaCode: null };
    const [first, second] = await Promise.all(
      [1, 2].map(() => world.notices.webhookHandlers.addEndpoint({ params: {}, query: {}, body }, world.admin)),
    );
    expect(second).toEqual(first);
    await retire(first?.id ?? '');
  });

  it('a failing endpoint is tried again, its letters die, can be replayed; after five days it is switched off and the administrator told', async () => {
    const made = await add();
    await alarm();
    world.channel.webhook.fail = new ChannelError('HTTP 500');
    await world.turn();
    expect((await queue()).items[0]).toMatchObject({ state: 'failed', tries: 1, lastError: 'HTTP 500' });
    world.channel.webhook.fail = null;
    world.clock.advance(5_000);
    await world.turn();
    expect((await queue()).items[0]).toMatchObject({ state: 'sent', tries: 2 });
    world.channel.webhook.fail = new ChannelError('HTTP 400', { permanent: true });
    await alarm();
    await world.turn();
    const [dead] = (await queue({ states: ['dead'] })).items;
    world.channel.webhook.fail = null;
    await world.notices.adminHandlers.replay(
      { params: {}, query: {}, body: { ...op(), ids: [dead?.id ?? ''] } },
      world.admin,
    );
    await world.turn();
    expect(world.channel.webhook.sent.at(-1)?.message.id).toBe(dead?.id);
    await expect(
      world.notices.adminHandlers.replay(
        { params: {}, query: {}, body: { ...op(), ids: [dead?.id ?? ''] } },
        world.admin,
      ),
    ).rejects.toMatchObject({ code: 'not_found' });

    world.channel.webhook.fail = new ChannelError('HTTP 503');
    await alarm();
    await world.turn();
    world.clock.advance(5 * 86_400_000);
    await world.turn();
    const { items } = await world.notices.webhookHandlers.endpoints(nothing, world.admin);
    expect(items.find(({ id }) => id === made.id)).toMatchObject({
      status: 'disabled',
      disabledReason: 'failing',
      lastError: 'HTTP 503',
    });
    await expect
      .poll(async () => {
        await world.notices.advance();
        return unread(world.admin.actor);
      })
      .toBe(1);
    const edit = {
      ...op(),
      version: 2,
      name: '上级平台',
      url: 'https://hooks.example.org/huangge',
      types: ['alarm.raise' as const],
      areaCode: null,
      status: 'active' as const,
    };
    await world.notices.webhookHandlers.editEndpoint({ params: { id: made.id }, query: {}, body: edit }, world.admin);
    world.channel.webhook.fail = null;
    expect(
      await world.notices.adminHandlers.replay(
        { params: {}, query: {}, body: { ...op(), target: made.id } },
        world.admin,
      ),
    ).toMatchObject({ count: 1 });
    await world.turn();
    expect((await queue({ target: made.id })).counts).toMatchObject({ dead: 0, suppressed: 0 });
    await retire(made.id);
  });
});

describe('the broom', () => {
  it('sweeps old notices and what was sent; dead letters stay longer', async () => {
    await alarm();
    await world.turn();
    await world.owner.query(
      "insert into delivery (id, kind, action, priority, subject_type, subject_id, facts, at, channel, target_id, state, created_at) select gen_random_uuid(), 'alarm', 'alarm.raise', 1, 'alarm', 'x', '{}', $1, 'wecom', gen_random_uuid(), s, $1 from unnest(array['sent', 'dead']) s",
      [new Date(world.clock.now())],
    );
    world.clock.advance(91 * 86_400_000);
    await world.notices.sweep();
    expect(await unread(world.as.chief)).toBe(0);
    expect((await queue()).items.map(({ state }) => state)).toEqual(['dead']);
  });
});
