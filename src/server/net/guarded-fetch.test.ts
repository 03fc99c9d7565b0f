import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { mayConnect, parseAllowed } from './address-rules.ts';
import { createOutgoing, OutgoingError, type Outgoing, type OutgoingOptions } from './guarded-fetch.ts';

let server: Server;
let port: number;
let asked: { url: string; method: string; headers: IncomingMessage['headers']; body: string }[] = [];

function answer(request: IncomingMessage, response: ServerResponse): void {
  const url = request.url ?? '';
  const to = /^\/to\/(\d{3})\/(.*)$/.exec(url);
  if (to !== null) response.writeHead(Number(to[1]), { location: decodeURIComponent(to[2] ?? '') }).end();
  else if (url === '/large') response.end(Buffer.alloc(5_000));
  else if (url !== '/silent') response.end('hello');
}

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      asked.push({ url: request.url ?? '', method: request.method ?? '', headers: request.headers, body });
      answer(request, response);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const open: Outgoing[] = [];
afterEach(async () => {
  asked = [];
  for (const one of open.splice(0)) await one.close();
});
function outgoing(options: OutgoingOptions = {}): Outgoing {
  const one = createOutgoing(options);
  open.push(one);
  return one;
}
const local = (path: string): string => `http://127.0.0.1:${port}${path}`;
const to = (status: number, target: string): string => local(`/to/${status}/${encodeURIComponent(target)}`);
const refusal = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'answered',
    (error: unknown) => (error instanceof OutgoingError ? error.reason : String(error)),
  );

describe('which addresses may be reached', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '169.254.169.254',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:a00:1',
    '64:ff9b::a00:1',
    '2002:7f00:1::',
    'fd00:ec2::254',
    'no address',
  ])('refuses %s', (address) => expect(mayConnect(address, [])).toBe(false));

  it.each(['1.1.1.1', '203.0.114.1', '2606:4700::1111'])('lets %s pass', (address) =>
    expect(mayConnect(address, [])).toBe(true),
  );

  it('lets pass what was allowed, and only that', () => {
    const allow = ['10.0.0.0/8', '192.168.7.9', 'fd00::/8'].map(parseAllowed);
    for (const good of ['10.200.0.1', '192.168.7.9', 'fd12::1', '::ffff:10.0.0.1'])
      expect(mayConnect(good, allow)).toBe(true);
    for (const bad of ['192.168.7.10', '127.0.0.1', 'fe80::1']) expect(mayConnect(bad, allow)).toBe(false);
    expect(() => parseAllowed('http://x/')).toThrow('Expected an address');
  });
});

describe('asking', () => {
  it('gets an answer from an allowed address, with body and headers', async () => {
    const got = await outgoing({ allow: ['127.0.0.1'] }).fetch(local('/x'), {
      method: 'POST',
      headers: { 'x-a': 'b' },
      body: 'words',
    });
    expect(got).toMatchObject({ status: 200, url: local('/x') });
    expect(got.body.toString()).toBe('hello');
    expect(asked[0]).toMatchObject({ method: 'POST', body: 'words' });
    expect(asked[0]?.headers['x-a']).toBe('b');
  });

  it.each([
    ['ftp://example.org/', 'url_refused'],
    ['nonsense', 'url_refused'],
    ['http://a:b@example.org/', 'url_refused'],
    ['http://example.org:22/', 'url_refused'],
    ['http://0x7f000001/', 'address_refused'],
    ['http://2130706433/', 'address_refused'],
    ['http://[::1]/', 'address_refused'],
    ['http://[::ffff:127.0.0.1]/', 'address_refused'],
    ['http://169.254.169.254/latest/meta-data', 'address_refused'],
  ])('refuses %s: %s', async (url, reason) => {
    expect(await refusal(outgoing().fetch(url))).toBe(reason);
    expect(await refusal(outgoing().check(url))).toBe(reason);
  });

  it('refuses high ports where it was told to', async () => {
    expect(await refusal(outgoing({ allow: ['127.0.0.1'], highPorts: false }).fetch(local('/')))).toBe('url_refused');
  });
});

describe('names', () => {
  const resolvesTo = (...turns: string[][]) => {
    let turn = 0;
    return async () =>
      (turns[Math.min(turn++, turns.length - 1)] ?? []).map((address) => ({
        address,
        family: address.includes(':') ? 6 : 4,
      }));
  };

  it('a name of an inner address is refused, also when it looked public a moment before', async () => {
    const way = outgoing({ resolve: resolvesTo(['1.1.1.1'], ['127.0.0.1']) });
    await way.check(`http://rebind.example:${port}/`);
    expect(await refusal(way.fetch(`http://rebind.example:${port}/`))).toBe('address_refused');
    expect(asked).toEqual([]);
  });

  it('of several addresses only permitted ones are connected to', async () => {
    const way = outgoing({ allow: ['127.0.0.1'], resolve: resolvesTo(['10.0.0.1', '127.0.0.1', '::1']) });
    expect((await way.fetch(`http://mixed.example:${port}/`)).status).toBe(200);
  });

  it('an allowed name may resolve to anything; an unknown one is unreachable', async () => {
    const way = outgoing({ allow: ['hooks.intranet'], resolve: resolvesTo(['127.0.0.1']) });
    expect((await way.fetch(`http://hooks.intranet:${port}/`)).status).toBe(200);
    expect(await refusal(way.check(`http://other.intranet:${port}/`))).toBe('address_refused');
    const lost = outgoing({ resolve: () => Promise.reject(new Error('ENOTFOUND')) });
    expect(await refusal(lost.fetch('http://nowhere.example/'))).toBe('unreachable');
  });
});

describe('redirects', () => {
  const allow = ['127.0.0.1'];

  it('are followed and judged anew', async () => {
    const way = outgoing({ allow });
    expect((await way.fetch(to(302, '/x'))).url).toBe(local('/x'));
    expect(await refusal(way.fetch(to(302, `http://127.0.0.2:${port}/x`)))).toBe('address_refused');
    expect(await refusal(way.fetch(to(302, 'file:///etc/passwd')))).toBe('url_refused');
  });

  it('come to an end', async () => {
    const way = outgoing({ allow });
    const thrice = to(302, to(302, to(302, '/x')));
    expect((await way.fetch(thrice)).status).toBe(200);
    expect(await refusal(way.fetch(to(302, thrice)))).toBe('too_many_redirects');
    expect((await way.fetch(to(302, '/x'), { maxRedirects: 0 })).status).toBe(302);
  });

  it('repeat a body only for 307 and 308, and keep secrets from strangers', async () => {
    const way = outgoing({ allow, resolve: async () => [{ address: '127.0.0.1', family: 4 }] });
    const sending = { method: 'POST', body: 'words', headers: { authorization: 'secret' } } as const;
    await way.fetch(to(307, '/a'), sending);
    await way.fetch(to(303, `http://stranger.example:${port}/b`), sending);
    expect(asked.find(({ url }) => url === '/a')).toMatchObject({ method: 'POST', body: 'words' });
    expect(asked.find(({ url }) => url === '/a')?.headers.authorization).toBe('secret');
    expect(asked.find(({ url }) => url === '/b')).toMatchObject({ method: 'GET', body: '' });
    expect(asked.find(({ url }) => url === '/b')?.headers.authorization).toBeUndefined();
  });
});

describe('limits', () => {
  const allow = ['127.0.0.1'];

  it('an answer that is too long is not read, one that does not come is not awaited', async () => {
    const way = outgoing({ allow });
    expect(await refusal(way.fetch(local('/large'), { maxBytes: 4_999 }))).toBe('too_large');
    expect((await way.fetch(local('/large'), { maxBytes: 5_000 })).body.length).toBe(5_000);
    expect(await refusal(way.fetch(local('/silent'), { timeoutMs: 150 }))).toBe('timed_out');
    expect(await refusal(outgoing({ allow }).fetch('http://127.0.0.1:1081/'))).toBe('unreachable');
  });
});
