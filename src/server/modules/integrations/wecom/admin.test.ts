import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wecomRoutes } from '#contract/wecom.ts';
import { createOutgoing, type Outgoing } from '#server/net/guarded-fetch.ts';
import { createVault } from '#server/vault/vault.ts';
import { createGroupsWorld, type GroupsWorld } from '../../groups/world.fixture.ts';
import { wecomHandlers } from './admin.ts';
import { appMessage, asXml, makeAesKey, sealCall, startWecom, type WecomServer } from './wecom.fixture.ts';
import { createWecomBridge, type Wecom } from './wecom.ts';

let world: GroupsWorld;
let fake: WecomServer;
let outgoing: Outgoing;
let wecom: Wecom;
let admin: ReturnType<typeof wecomHandlers>;
let groupId: string;
const aesKey = makeAesKey();

beforeAll(async () => {
  world = await createGroupsWorld();
  fake = await startWecom();
  outgoing = createOutgoing({ allow: ['127.0.0.1'] });
  const { database, clock, groups } = world;
  const vault = createVault([new Uint8Array(32).fill(7)]);
  wecom = createWecomBridge({
    database,
    clock,
    vault,
    outgoing,
    groups: {
      secretsOf: async (id) => (await groups.bridgeOf({ groupId: id }))?.secrets,
      receiveMessage: (message) => groups.receiveMessage(message),
    },
    log: (error) => {
      throw error;
    },
  });
  admin = wecomHandlers({
    database,
    outgoing,
    wecom,
    publicUrl: 'https://huangge.example',
    groups: {
      listManaged: (actor) => groups.listManaged(actor, 'wecom'),
      bridgeOf: (id) => groups.bridgeOf({ groupId: id }),
      setBridge: groups.setBridge,
    },
  });
  groupId = (await world.group({ platform: 'wecom', name: '东村企微群' })).id;
  await world.group({ name: '自己的群' });
});
afterAll(async () => {
  await outgoing.close();
  await fake.close();
  await world.close();
});

type Body = Record<string, unknown>;
const whole = () => ({
  way: 'app',
  corpId: fake.corpId,
  agentId: '1000002',
  apiUrl: fake.url,
  enabled: true,
  token: 'callbackToken',
  aesKey,
  appSecret: fake.secret,
  robotUrl: `${fake.url}/cgi-bin/webhook/send?key=k`,
});
const save = (body: Body, who: keyof GroupsWorld['as'] = 'secretary') =>
  admin.save(
    { params: { id: groupId }, query: {}, body: wecomRoutes.save.body.parse({ opId: randomUUID(), ...body }) },
    { actor: world.as[who] },
  );
const list = async (who: keyof GroupsWorld['as'] = 'secretary') =>
  (await admin.bridges({ params: {}, query: {}, body: {} }, { actor: world.as[who] })).items;
const test = (who: keyof GroupsWorld['as'] = 'secretary') =>
  admin.test({ params: { id: groupId }, query: {}, body: { opId: randomUUID() } }, { actor: world.as[who] });

describe('a bridge', () => {
  it('is offered for groups on WeCom alone, to those who manage them', async () => {
    expect(await list()).toEqual([
      {
        groupId,
        code: expect.any(String),
        name: '东村企微群',
        callbackUrl: `https://huangge.example/api/wecom/${groupId}`,
        bridge: null,
      },
    ]);
    expect(await list('otherGridWorker')).toEqual([]);
    expect(await list('intake')).toEqual([]);
    await expect(test()).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is refused as long as something is missing or wrong, by the name of the field', async () => {
    for (const [wish, field] of [
      [{ aesKey: 'short' }, 'aesKey'],
      [{ token: 'no-hyphen' }, 'token'],
      [{ token: '' }, 'token'],
      [{ corpId: '' }, 'corpId'],
      [{ robotUrl: 'http://10.0.0.1/x' }, 'robotUrl'],
      [{ apiUrl: 'ftp://x/' }, 'apiUrl'],
    ] as const)
      await expect(save({ ...whole(), ...wish })).rejects.toMatchObject({ code: 'bad_input', detail: { field } });
    await expect(save(whole(), 'otherGridWorker')).rejects.toMatchObject({ code: 'not_found' });
    await expect(save(whole(), 'intake')).rejects.toMatchObject({ code: 'not_allowed' });
  });

  it('keeps its secrets sealed and to itself; what is not typed anew stays', async () => {
    await save(whole());
    const [item] = await list();
    expect(item?.bridge).toMatchObject({
      way: 'app',
      corpId: fake.corpId,
      kept: { token: true, aesKey: true, appSecret: true, robotUrl: true },
      lastAt: null,
      lastFault: null,
    });
    const shown = JSON.stringify(item);
    const { rows } = await world.owner.query<{ all: string }>(
      `select (select coalesce(jsonb_agg(l)::text, '') from ledger_entry l) || (select coalesce(jsonb_agg(o)::text, '') from op o)
         || (select coalesce(jsonb_agg(b)::text, '') from group_bridge b) as all`,
    );
    for (const secret of ['callbackToken', aesKey, fake.secret, 'webhook/send'])
      for (const text of [shown, rows[0]?.all ?? '']) expect(text).not.toContain(secret);
    await save({ way: 'app', corpId: fake.corpId, agentId: '1000003', apiUrl: fake.url, enabled: true });
    expect((await world.groups.bridgeOf({ groupId }))?.secrets).toMatchObject({ agentId: '1000003', aesKey });
  });

  it('can be tried', async () => {
    expect(await test()).toEqual({ robot: 'said', robotWords: '', app: 'fits' });
    expect(fake.said.at(-1)?.body).toMatchObject({ msgtype: 'text' });
    fake.robotVerdict = 93000;
    await save({ ...whole(), appSecret: 'wrong' });
    expect(await test()).toEqual({ robot: 'failed', robotWords: 'errcode 93000', app: 'failed' });
    fake.robotVerdict = 0;
    await save(whole());
  });

  it('brings what is said there into the group, with photos, once, and shows when', async () => {
    fake.media.set(
      'M1',
      await sharp({ create: { width: 40, height: 30, channels: 3, background: '#a33' } })
        .jpeg()
        .toBuffer(),
    );
    const sender = { token: 'callbackToken', aesKey, receiver: fake.corpId };
    const atS = Math.floor(world.clock.now() / 1000);
    for (const message of [
      appMessage('text', '<Content><![CDATA[三号楼井盖坏了]]></Content>', { id: '1', atS }),
      appMessage('image', '<MediaId>M1</MediaId>', { id: '2', atS }),
      appMessage('text', '<Content><![CDATA[三号楼井盖坏了]]></Content>', { id: '1', atS }),
    ]) {
      const { sealed, query } = sealCall(sender, message, world.clock.now());
      await wecom.receive(groupId, query, asXml(sealed));
    }
    expect(await wecom.readDue()).toBe(2);
    const { items } = await world.groups.handlers.messages(
      { params: { id: groupId }, query: { limit: 50 }, body: {} } as never,
      { actor: world.as.secretary },
    );
    const said = items.map(({ text, photos, author }) => ({ text, photos: photos.length, author }));
    expect(said.toSorted((a, b) => b.photos - a.photos)).toEqual([
      { text: '', photos: 1, author: 'lisi' },
      { text: '三号楼井盖坏了', photos: 0, author: 'lisi' },
    ]);
    expect((await list())[0]?.bridge).toMatchObject({ lastAt: expect.any(String), waiting: 0 });
  });
});
