import { createECDH, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fixedClock } from '#kit/clock.ts';
import { createOutgoing } from '#server/net/guarded-fetch.ts';
import { ChannelError, type Address, type Channel, type Message } from '#server/modules/notices/index.ts';
import { createDingtalk, signDingtalk } from './dingtalk.ts';
import { createEmail } from './email.ts';
import { fakeHttp, fakeSmtp, type FakeProvider, type Mood, type Received } from './providers.fixture.ts';
import { cutBytes } from './send.ts';
import { createSms, signSms } from './sms.ts';
import { createWebPush, makeVapidKeys } from './web-push.ts';
import { createWebhook } from './webhook.ts';
import { createWecom } from './wecom.ts';

const outgoing = createOutgoing({ allow: ['127.0.0.1'] });
const clock = fixedClock(Date.now());
const secret = `whsec_${randomBytes(24).toString('base64')}`;
const oldSecret = `whsec_${randomBytes(24).toString('base64')}`;

const message: Message = {
  id: '0198c0de-0000-7000-8000-00000000abcd',
  priority: 1,
  title: '2 条告警',
  lines: ['设备告警：CW-1（两江街道），请到值守台确认', '设备告警：CW-2（两江街道），请到值守台确认'],
  url: 'https://huangge.example.org/desk/alarms',
  atMs: clock.now(),
  payload: '{"type":"alarm.raise","data":{}}',
};

const browser = createECDH('prime256v1');
browser.generateKeys();
const auth = randomBytes(16);
const ece = createRequire(createRequire(import.meta.url).resolve('web-push'))('http_ece') as {
  decrypt(body: Buffer, options: object): Buffer;
};

const plain = { takes: { status: 200 }, busy: { status: 503 }, refuses: { status: 400 } };
const robot = (busy: number) => ({
  takes: { status: 200, body: '{"errcode":0,"errmsg":"ok"}' },
  busy: { status: 200, body: JSON.stringify({ errcode: busy, errmsg: 'too fast' }) },
  refuses: { status: 200, body: '{"errcode":93000,"errmsg":"invalid"}' },
});

interface Subject {
  channel: Channel;
  provider: FakeProvider;
  address: Address;
  /** What must be true of what the provider got. */
  verify(got: Received): void;
}

const makers: Record<string, () => Promise<Subject>> = {
  async web_push() {
    const provider = await fakeHttp({ ...plain, takes: { status: 201 } });
    const address = {
      endpoint: `http://127.0.0.1:${provider.port}/push/abc`,
      p256dh: browser.getPublicKey('base64url'),
      auth: auth.toString('base64url'),
    };
    return {
      channel: createWebPush(outgoing, makeVapidKeys(), 'mailto:huangge@localhost'),
      provider,
      address,
      verify({ headers, body }) {
        expect(headers).toMatchObject({ urgency: 'high', topic: message.id.replaceAll('-', ''), ttl: '14400' });
        expect(headers['authorization']).toMatch(/^vapid t=.+, k=/);
        const text = ece.decrypt(body, {
          version: 'aes128gcm',
          privateKey: browser,
          authSecret: auth.toString('base64url'),
        });
        expect(JSON.parse(text.toString())).toMatchObject({ id: message.id, title: message.title, urgent: true });
      },
    };
  },
  async email() {
    const provider = await fakeSmtp();
    return {
      channel: createEmail({ url: `smtp://127.0.0.1:${provider.port}`, from: 'huangge@example.org' }),
      provider,
      address: { to: 'duty@example.org' },
      verify({ body }) {
        const text = body.toString();
        expect(text).toContain(`Message-ID: <${message.id}@huangge>`);
        expect(text).toContain('To: duty@example.org');
      },
    };
  },
  async sms() {
    const provider = await fakeHttp(plain);
    return {
      channel: createSms(outgoing, clock),
      provider,
      address: { url: `http://127.0.0.1:${provider.port}/sms`, secret: 'a-secret-word', phone: '+8613800000000' },
      verify({ headers, body }) {
        const at = String(headers['x-huangge-timestamp']);
        expect(headers['x-huangge-signature']).toBe(signSms('a-secret-word', at, body.toString()));
        expect(headers['idempotency-key']).toBe(message.id);
        expect(JSON.parse(body.toString())).toMatchObject({ id: message.id, phone: '+8613800000000' });
      },
    };
  },
  async wecom() {
    const provider = await fakeHttp(robot(45009));
    return {
      channel: createWecom(outgoing),
      provider,
      address: { url: `http://127.0.0.1:${provider.port}/cgi-bin/webhook/send?key=k` },
      verify({ url, body }) {
        expect(url).toBe('/cgi-bin/webhook/send?key=k');
        const { msgtype, markdown } = JSON.parse(body.toString()) as { msgtype: string; markdown: { content: string } };
        expect(msgtype).toBe('markdown');
        expect(markdown.content).toMatch(/^\*\*2 条告警\*\*\n> .*CW-1.*\n> .*CW-2.*\n\[查看\]\(https:/);
      },
    };
  },
  async dingtalk() {
    const provider = await fakeHttp(robot(130101));
    return {
      channel: createDingtalk(outgoing, clock),
      provider,
      address: { url: `http://127.0.0.1:${provider.port}/robot/send?access_token=t`, secret: 'SEC-word' },
      verify({ url, body }) {
        const query = new URL(url, 'http://x').searchParams;
        expect(query.get('access_token')).toBe('t');
        expect(query.get('sign')).toBe(signDingtalk('SEC-word', query.get('timestamp') ?? ''));
        expect(JSON.parse(body.toString())).toMatchObject({ msgtype: 'markdown', markdown: { title: '2 条告警' } });
      },
    };
  },
  async webhook() {
    const provider = await fakeHttp(plain);
    return {
      channel: createWebhook(outgoing, clock),
      provider,
      address: { url: `http://127.0.0.1:${provider.port}/hook`, secret, oldSecret },
      verify({ headers, body }) {
        const sent = headers as Record<string, string>;
        for (const one of [secret, oldSecret])
          expect(new Webhook(one).verify(body, sent)).toMatchObject({ type: 'alarm.raise' });
        expect(sent['webhook-id']).toBe(message.id);
        expect(() => new Webhook(secret).verify(`${body.toString()} `, sent)).toThrow('signature');
      },
    };
  },
};

afterAll(() => outgoing.close());

describe.each(Object.keys(makers))('channel %s', (name) => {
  let subject: Subject;
  beforeAll(async () => {
    const make = makers[name];
    if (make === undefined) throw new Error(name);
    subject = await make();
  });
  afterEach(() => {
    subject.provider.mood = 'takes';
    subject.provider.received.length = 0;
  });
  afterAll(async () => {
    if ('close' in subject.channel) (subject.channel as { close(): void }).close();
    await subject.provider.close();
  });
  const failure = async (mood: Mood): Promise<ChannelError> => {
    subject.provider.mood = mood;
    const error = await subject.channel.send(subject.address, message).catch((reason: unknown) => reason);
    if (!(error instanceof ChannelError)) throw new Error(`Expected a ChannelError, found ${String(error)}`);
    return error;
  };

  it('hands over the message as its provider expects it, with an id that names repeats', async () => {
    expect(subject.channel.name).toBe(name);
    await subject.channel.send(subject.address, message);
    const [got] = subject.provider.received;
    if (got === undefined) throw new Error('nothing arrived');
    subject.verify(got);
  });

  it('a busy or silent provider is worth another attempt', async () => {
    expect((await failure('busy')).permanent).toBe(false);
    expect((await failure('silent')).permanent).toBe(false);
  });

  it('a refusal is final, and the reason holds no address, key or word of the message', async () => {
    const error = await failure('refuses');
    expect(error.permanent).toBe(true);
    for (const part of [...Object.values(subject.address), ...message.lines, message.title])
      expect(error.message).not.toContain(part);
  });
});

describe('what channels have in common', () => {
  it('an inner address is refused for good, a redirect is no delivery', async () => {
    const strict = createOutgoing();
    const wecom = createWecom(strict);
    await expect(wecom.send({ url: 'http://127.0.0.1/x' }, message)).rejects.toMatchObject({
      permanent: true,
      message: 'address_refused',
    });
    await strict.close();
    const moved = await fakeHttp({ ...plain, takes: { status: 302, headers: { location: 'http://127.0.0.1:1/' } } });
    const send = createSms(outgoing, clock).send(
      { url: `http://127.0.0.1:${moved.port}/`, secret: 's', phone: '1' },
      message,
    );
    await expect(send).rejects.toMatchObject({ permanent: true, message: 'HTTP 302' });
    await moved.close();
  });

  it('410 says goodbye, Retry-After is heeded', async () => {
    const gone = await fakeHttp({
      takes: { status: 410 },
      busy: { status: 429, headers: { 'retry-after': '120' } },
      refuses: { status: 404 },
    });
    const hook = createWebhook(outgoing, clock);
    const address = { url: `http://127.0.0.1:${gone.port}/`, secret };
    await expect(hook.send(address, message)).rejects.toMatchObject({ gone: true, permanent: true });
    gone.mood = 'busy';
    await expect(hook.send(address, message)).rejects.toMatchObject({ permanent: false, retryAfterMs: 120_000 });
    await gone.close();
  });

  it('long text is cut between characters', () => {
    expect(cutBytes('告警'.repeat(10), 100)).toBe('告警'.repeat(10));
    const cut = cutBytes('告警'.repeat(10), 20);
    expect(cut).toBe('告警告警告…');
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(20);
  });
});
