import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '#kit/errors.ts';
import { mountWecom } from '#server/http/wecom.ts';
import { createServer } from '#server/http/server.ts';
import { createOutgoing, type Outgoing } from '#server/net/guarded-fetch.ts';
import { createVault } from '#server/vault/vault.ts';
import { createEventsWorld, startMs, type World } from '#test/helpers/events-world.ts';
import type { GroupPort } from './parts.ts';
import { createWecomBridge, type Wecom } from './wecom.ts';
import {
  appMessage,
  asJson,
  asXml,
  makeAesKey,
  sealBytes,
  sealCall,
  startWecom,
  type WecomServer,
} from './wecom.fixture.ts';

type Received = Parameters<GroupPort['receiveMessage']>[0];

let world: World;
let fake: WecomServer;
let outgoing: Outgoing;
let app: FastifyInstance;
let wecom: Wecom;
let secrets: Record<string, Record<string, string>>;
let received: Received[];
let refuses: (message: Received) => boolean = () => false;
const [appGroup, robotGroup] = [randomUUID(), randomUUID()];
const sender = { token: 'callback-token', aesKey: makeAesKey(), receiver: 'ww1234567890abcdef' };
const robot = { token: 'robot-token', aesKey: makeAesKey(), receiver: '' };
const photo = Buffer.from('ffd8ffe0-any-bytes');

beforeAll(async () => {
  world = await createEventsWorld();
  fake = await startWecom();
  outgoing = createOutgoing({ allow: ['127.0.0.1'] });
  for (const id of [appGroup, robotGroup])
    await world.owner.query(
      `insert into online_group (id, code, name, kind, platform, district, areas, link_hash, created_at, updated_at)
       values ($1, $2::text, $2::text, 'grid', 'wecom', '500103', '{500103}', sha256($2::text::bytea), now(), now())`,
      [id, `G${id.slice(0, 8)}`],
    );
  wecom = createWecomBridge({
    database: world.database,
    vault: createVault([new Uint8Array(32).fill(7)]),
    clock: world.clock,
    outgoing,
    groups: {
      secretsOf: async (groupId) => secrets[groupId],
      receiveMessage: async (message) => {
        if (refuses(message)) throw new AppError('upload_refused', 'No image.');
        if (!received.some((one) => one.sourceRef === message.sourceRef)) received.push(message);
      },
    },
    log: (error) => {
      throw error;
    },
  });
  app = await createServer({ logLevel: 'silent', trustProxy: [], secure: false });
  await mountWecom(app, wecom);
});
afterAll(async () => {
  await app.close();
  await outgoing.close();
  await fake.close();
  await world.close();
});
beforeEach(async () => {
  world.clock.set(startMs);
  received = [];
  refuses = () => false;
  fake.mediaDown = false;
  fake.robotVerdict = 0;
  const common = { apiUrl: fake.url, robotUrl: `${fake.url}/cgi-bin/webhook/send?key=k` };
  secrets = {
    [appGroup]: {
      ...common,
      way: 'app',
      corpId: fake.corpId,
      agentId: '1000002',
      appSecret: fake.secret,
      ...keysOf(sender),
    },
    [robotGroup]: { ...common, way: 'robot', chatId: 'chat-1', ...keysOf(robot) },
  };
  await world.owner.query('delete from wecom_letter');
  await world.owner.query('delete from wecom_state');
});
const keysOf = ({ token, aesKey }: { token: string; aesKey: string }) => ({ token, aesKey });

async function push(message: string, { to = appGroup, from = sender, asBody = asXml } = {}) {
  const { sealed, query } = sealCall(from, message, world.clock.now());
  return post(to, query, asBody(sealed));
}
async function post(to: string, query: Record<string, string>, payload: Buffer) {
  const answer = await app.inject({
    method: 'POST',
    url: `/api/wecom/${to}?${new URLSearchParams(query).toString()}`,
    headers: { 'content-type': 'text/xml' },
    payload,
  });
  return { status: answer.statusCode, text: answer.body };
}
const taken = { status: 200, text: 'success' };
async function faultOf(group: string): Promise<string | undefined> {
  const { rows } = await world.owner.query<{ last_fault: string }>(
    'select last_fault from wecom_state where group_id = $1',
    [group],
  );
  return rows[0]?.last_fault;
}

describe('the address', () => {
  it('is verified by answering what was sealed, for the application and for the robot', async () => {
    for (const [group, from] of [
      [appGroup, sender],
      [robotGroup, robot],
    ] as const) {
      const { sealed, query } = sealCall(from, '1616140317555161061', world.clock.now());
      const url = `/api/wecom/${group}?${new URLSearchParams({ ...query, echostr: sealed }).toString()}`;
      const answer = await app.inject({ method: 'GET', url });
      expect([answer.statusCode, answer.body]).toEqual([200, '1616140317555161061']);
    }
  });

  it('says the same to everybody who is not WeCom, and tells why only inside', async () => {
    const { sealed, query } = sealCall(sender, 'x', world.clock.now());
    const stranger = await post(randomUUID(), query, asXml(sealed));
    const wrong = await post(appGroup, { ...query, nonce: '1' }, asXml(sealed));
    const old = sealCall(sender, 'x', world.clock.now() - 3_600_000);
    for (const answer of [
      stranger,
      wrong,
      await post(appGroup, old.query, asXml(old.sealed)),
      await post('x', query, asXml(sealed)),
    ])
      expect([answer.status, JSON.parse(answer.text)['detail']]).toEqual([404, 'There is nothing here.']);
    expect(await faultOf(appGroup)).toBe('signature');
    world.clock.advance(11_000);
    expect((await push('x', { from: { ...sender, receiver: 'another' } })).status).toBe(404);
    expect(await faultOf(appGroup)).toBe('receiver');
    world.clock.advance(11_000);
    const evil = Buffer.from(
      '<!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><Encrypt>&a;</Encrypt></xml>',
    );
    expect((await post(appGroup, query, evil)).status).toBe(404);
    expect(await faultOf(appGroup)).toBe('content');
    expect((await post(appGroup, query, Buffer.alloc(70_000, 'x'))).status).toBe(413);
    delete secrets[appGroup];
    expect((await push(appMessage('text', '<Content>a</Content>'))).status).toBe(404);
  });
});

describe('messages in', () => {
  it('a text reaches the group once, however often it is sent', async () => {
    const message = appMessage('text', '<Content><![CDATA[井盖坏了]]></Content>', { id: '77' });
    for (let time = 0; time < 3; time++) expect(await push(message)).toEqual(taken);
    expect(await wecom.readDue()).toBe(1);
    expect(await push(message)).toEqual(taken);
    expect(await wecom.readDue()).toBe(0);
    expect(received).toEqual([
      {
        groupId: appGroup,
        authorName: 'lisi',
        authorKey: 'lisi',
        text: '井盖坏了',
        photos: [],
        at: new Date(1_781_488_800_000),
        sourceRef: '77',
      },
    ]);
    const { rows } = await world.owner.query('select body, done_at is not null as done from wecom_letter');
    expect(rows).toEqual([{ body: null, done: true }]);
  });

  it('what waits to be read is sealed', async () => {
    await push(appMessage('text', '<Content><![CDATA[secret words]]></Content>'));
    const { rows } = await world.owner.query<{ body: Buffer }>('select body from wecom_letter');
    expect(rows[0]?.body.includes('secret')).toBe(false);
  });

  it('events are taken and forgotten', async () => {
    expect(await push(appMessage('event', '<Event>enter_agent</Event>'))).toEqual(taken);
    expect(await wecom.readDue()).toBe(0);
  });

  it('a photo is fetched with one token for many, a new one when WeCom says so', async () => {
    fake.media.set('M1', photo);
    const given = fake.tokensGiven;
    for (const id of ['1', '2']) await push(appMessage('image', '<MediaId>M1</MediaId>', { id }));
    expect(await wecom.readDue()).toBe(2);
    expect(fake.tokensGiven).toBe(given + 1);
    fake.revokeToken();
    await push(appMessage('image', '<MediaId>M1</MediaId>', { id: '3' }));
    expect(await wecom.readDue()).toBe(1);
    expect(fake.tokensGiven).toBe(given + 2);
    expect(received.map(({ photos }) => photos)).toEqual([[photo], [photo], [photo]]);
  });

  it('a photo that is not given is asked for again; in the end the message comes without it', async () => {
    fake.media.set('M1', photo);
    fake.mediaDown = true;
    await push(appMessage('image', '<MediaId>M1</MediaId>', { id: '5' }));
    expect(await wecom.readDue()).toBe(0);
    expect(await faultOf(appGroup)).toBe('media');
    fake.mediaDown = false;
    expect(await wecom.readDue()).toBe(0);
    world.clock.advance(5_000);
    expect(await wecom.readDue()).toBe(1);
    expect(received.at(-1)).toMatchObject({ sourceRef: '5', photos: [photo] });
    expect(await faultOf(appGroup)).toBe('');

    fake.mediaDown = true;
    await push(appMessage('image', '<MediaId>M1</MediaId>', { id: '6' }));
    for (let time = 0; time < 6; time++) {
      await wecom.readDue();
      world.clock.advance(600_000);
    }
    expect(received.at(-1)).toMatchObject({
      sourceRef: '6',
      photos: [],
      text: expect.stringContaining('照片未能取回'),
    });
    expect(await faultOf(appGroup)).toBe('media');
  });

  it('a photo that is none does not stop the words', async () => {
    fake.media.set('M2', Buffer.from('no image'));
    refuses = ({ photos }) => photos.length > 0;
    await push(appMessage('image', '<MediaId>M2</MediaId>', { id: '8' }));
    expect(await wecom.readDue()).toBe(1);
    expect(received.at(-1)).toMatchObject({ sourceRef: '8', photos: [] });
  });

  it('a robot: only its own chat, photos sealed under its key', async () => {
    fake.media.set('/file', sealBytes(robot.aesKey, photo));
    const said = (chatid: string, msgid: string) =>
      JSON.stringify({
        msgid,
        chatid,
        chattype: 'group',
        from: { userid: 'wang' },
        msgtype: 'mixed',
        mixed: {
          msg_item: [
            { msgtype: 'text', text: { content: '@小网格 楼道堆物' } },
            { msgtype: 'image', image: { url: `${fake.url}/file` } },
          ],
        },
      });
    const way = { to: robotGroup, from: robot, asBody: asJson };
    expect(await push(said('chat-1', 'a'), way)).toEqual(taken);
    expect((await push(said('chat-2', 'b'), way)).status).toBe(404);
    expect(await wecom.readDue()).toBe(1);
    expect(received).toMatchObject([{ groupId: robotGroup, text: '楼道堆物', photos: [photo], authorName: 'wang' }]);
  });

  it('addresses inside our own network are not asked', async () => {
    const inside = {
      msgid: 'z',
      chatid: 'chat-1',
      from: { userid: 'w' },
      msgtype: 'image',
      image: { url: 'http://10.0.0.1/' },
    };
    await push(JSON.stringify(inside), { to: robotGroup, from: robot, asBody: asJson });
    expect(await wecom.readDue()).toBe(0);
    expect(await faultOf(robotGroup)).toBe('media');
  });

  it('what was read is forgotten after a week', async () => {
    await push(appMessage('text', '<Content>a</Content>'));
    await wecom.readDue();
    world.clock.advance(8 * 86_400_000);
    await wecom.sweep();
    expect((await world.owner.query('select 1 from wecom_letter')).rowCount).toBe(0);
  });
});

describe('messages out', () => {
  it('are said by the robot of the group, cut to what it takes', async () => {
    await wecom.say(secrets[appGroup] ?? {}, '通知'.repeat(1000));
    const { key, body } = fake.said.at(-1) ?? { key: '', body: {} };
    const { msgtype, text } = body as { msgtype: string; text: { content: string } };
    expect([key, msgtype, Buffer.byteLength(text.content) <= 2048]).toEqual(['k', 'text', true]);
  });

  it('say whether another try makes sense', async () => {
    fake.robotVerdict = 45009;
    await expect(wecom.say(secrets[appGroup] ?? {}, 'x')).rejects.toMatchObject({
      permanent: false,
      retryAfterMs: 60_000,
    });
    fake.robotVerdict = 93000;
    await expect(wecom.say(secrets[appGroup] ?? {}, 'x')).rejects.toMatchObject({ permanent: true });
    await expect(wecom.say({}, 'x')).rejects.toMatchObject({ permanent: true });
  });
});
