import { createCipheriv, createHash, randomBytes, randomInt } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * The other side, written from the published protocol alone: seals and signs calls, expects "success", gives tokens and
 * media, takes what a message robot says. Shares no code with the bridge.
 */
export interface WecomServer {
  url: string;
  corpId: string;
  secret: string;
  /** Photos by media id. */
  media: Map<string, Buffer>;
  said: { key: string; body: unknown }[];
  tokensGiven: number;
  /** The token given last is no longer good. */
  revokeToken(): void;
  /** What the next media requests answer instead. */
  mediaDown: boolean;
  robotVerdict: number;
  close(): Promise<void>;
}

export async function startWecom(): Promise<WecomServer> {
  let token = '';
  const server = createServer((request, response) => {
    void answer(request).then(({ type, body }) => response.writeHead(200, { 'content-type': type }).end(body));
  });
  const json = (value: unknown) => ({ type: 'application/json', body: JSON.stringify(value) });

  async function answer(request: IncomingMessage): Promise<{ type: string; body: string | Buffer }> {
    const url = new URL(request.url ?? '/', 'http://wecom');
    const asked = (name: string) => url.searchParams.get(name) ?? '';
    switch (url.pathname) {
      case '/cgi-bin/gettoken':
        if (asked('corpid') !== fake.corpId || asked('corpsecret') !== fake.secret)
          return json({ errcode: 40001, errmsg: 'invalid credential' });
        token = randomBytes(12).toString('hex');
        fake.tokensGiven++;
        return json({ errcode: 0, errmsg: 'ok', access_token: token, expires_in: 7200 });
      case '/cgi-bin/media/get': {
        if (fake.mediaDown) return json({ errcode: -1, errmsg: 'system busy' });
        if (asked('access_token') !== token) return json({ errcode: 42001, errmsg: 'access_token expired' });
        const found = fake.media.get(asked('media_id'));
        return found === undefined
          ? json({ errcode: 40007, errmsg: 'invalid media_id' })
          : { type: 'image/jpeg', body: found };
      }
      case '/cgi-bin/webhook/send': {
        const parts: Buffer[] = [];
        for await (const part of request) parts.push(part as Buffer);
        fake.said.push({ key: asked('key'), body: JSON.parse(Buffer.concat(parts).toString('utf8')) });
        return json({ errcode: fake.robotVerdict, errmsg: '' });
      }
      default: {
        const found = fake.media.get(url.pathname);
        return { type: 'application/octet-stream', body: found ?? '' };
      }
    }
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const fake: WecomServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    corpId: 'ww1234567890abcdef',
    secret: 'app-secret',
    media: new Map(),
    said: [],
    tokensGiven: 0,
    mediaDown: false,
    robotVerdict: 0,
    revokeToken() {
      token = 'another';
    },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
  return fake;
}

/** 43 Base64 characters, as the console of WeCom makes them. */
export function makeAesKey(): string {
  return randomBytes(32).toString('base64').slice(0, 43);
}

export function sealBytes(aesKey: string, content: Buffer): Buffer {
  const key = Buffer.from(`${aesKey}=`, 'base64');
  const count = 32 - (content.length % 32);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(content), cipher.update(Buffer.alloc(count, count)), cipher.final()]);
}

export interface Sender {
  token: string;
  aesKey: string;
  receiver: string;
}

/** The query and the ciphertext of a call that seals this message. */
export function sealCall({ token, aesKey, receiver }: Sender, message: string, nowMs: number) {
  const text = Buffer.from(message);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  const sealed = sealBytes(aesKey, Buffer.concat([randomBytes(16), length, text, Buffer.from(receiver)])).toString(
    'base64',
  );
  const timestamp = String(Math.floor(nowMs / 1000));
  const nonce = String(randomInt(1e9));
  const list = [token, timestamp, nonce, sealed];
  list.sort();
  const signature = createHash('sha1').update(list.join('')).digest('hex');
  return { sealed, query: { msg_signature: signature, timestamp, nonce } };
}

export const asXml = (sealed: string): Buffer =>
  Buffer.from(
    `<xml><ToUserName><![CDATA[ww]]></ToUserName><AgentID><![CDATA[1000002]]></AgentID><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`,
  );
export const asJson = (sealed: string): Buffer => Buffer.from(JSON.stringify({ encrypt: sealed }));

/** What an application is told of a message. */
export function appMessage(kind: string, inner: string, { id = '1', from = 'lisi', atS = 1_781_488_800 } = {}): string {
  return `<xml><ToUserName><![CDATA[ww]]></ToUserName><FromUserName><![CDATA[${from}]]></FromUserName><CreateTime>${atS}</CreateTime><MsgType><![CDATA[${kind}]]></MsgType>${inner}<MsgId>${id}</MsgId><AgentID>1000002</AgentID></xml>`;
}
