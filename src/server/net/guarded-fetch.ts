import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, request, type Dispatcher } from 'undici';
import { isAllowedHost, mayConnect, parseAllowed, type Allowed } from './address-rules.ts';

/** Why an outgoing request ended without an answer. */
export type OutgoingReason =
  'url_refused' | 'address_refused' | 'unreachable' | 'timed_out' | 'too_large' | 'too_many_redirects';

/** No answer. `message` says what was expected and found; it holds host and reason, never the path or the body. */
export class OutgoingError extends Error {
  readonly reason: OutgoingReason;

  constructor(reason: OutgoingReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OutgoingError';
    this.reason = reason;
  }
}

export interface OutgoingRequest {
  /** Default GET. */
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD';
  /** Names in lower case. */
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Milliseconds for everything together, redirects and body included; default 10 000. */
  timeoutMs?: number;
  /** Largest body that is read; default 1 000 000 bytes. */
  maxBytes?: number;
  /** 0 … 3, default 3. */
  maxRedirects?: number;
}

export interface OutgoingAnswer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
  /** Where the answer came from, after redirects. */
  url: string;
}

/** The only way out to addresses that people gave us. */
export interface Outgoing {
  /**
   * Asks `url`. Any HTTP status is an answer; only 301, 302, 303, 307 and 308 are followed, each judged anew.
   * @throws OutgoingError when there is no answer or the address may not be asked.
   */
  fetch(url: string, options?: OutgoingRequest): Promise<OutgoingAnswer>;
  /**
   * Judges an address before it is stored; resolves its name.
   * @throws OutgoingError url_refused, address_refused or unreachable (no such name).
   */
  check(url: string): Promise<void>;
  close(): Promise<void>;
}

/** Resolves a name to all of its addresses; tests give their own. */
export type Resolve = (host: string) => Promise<LookupAddress[]>;

export interface OutgoingOptions {
  /** Entries of OUTGOING_ALLOW: addresses, networks, host names that may be reached although they are not public. */
  allow?: readonly string[];
  /** Ports from 1024 up beside 80 and 443; default true. */
  highPorts?: boolean;
  resolve?: Resolve;
  connectMs?: number;
}

const followed = new Set([301, 302, 303, 307, 308]);
const keptOnlyAtHome = ['authorization', 'cookie'];

/**
 * Opens the guarded way out. The address is judged where the connection is made: the name is resolved once, and the
 * very addresses that were judged are the ones connected to, so a name that changes its mind in between wins nothing.
 * No proxy variables are read.
 */
export function createOutgoing(options: OutgoingOptions = {}): Outgoing {
  const allow = (options.allow ?? []).map(parseAllowed);
  const resolve = options.resolve ?? resolveBySystem;
  const highPorts = options.highPorts ?? true;
  const agent = new Agent({
    connect: { lookup: guardedLookup(resolve, allow), timeout: options.connectMs ?? 5_000 },
    keepAliveTimeout: 4_000,
    pipelining: 1,
  });

  return {
    fetch: (url, wanted = {}) => follow(url, wanted, { agent, allow, highPorts }),
    async check(url) {
      const { hostname } = judgeUrl(url, allow, highPorts);
      if (isIP(bare(hostname)) === 0) await resolveGuarded(hostname, resolve, allow);
    },
    close: () => agent.destroy(),
  };
}

interface Way {
  agent: Agent;
  allow: readonly Allowed[];
  highPorts: boolean;
}

async function follow(start: string, wanted: OutgoingRequest, way: Way): Promise<OutgoingAnswer> {
  const signal = AbortSignal.timeout(wanted.timeoutMs ?? 10_000);
  const limit = Math.min(wanted.maxRedirects ?? 3, 3);
  let url = start;
  let sending = wanted;
  for (let hops = 0; ; hops++) {
    const target = judgeUrl(url, way.allow, way.highPorts);
    const answer = await ask(target, sending, way.agent, signal);
    const { location } = answer.headers;
    if (!followed.has(answer.status) || location === undefined || limit === 0) return answer;
    if (hops >= limit)
      throw new OutgoingError('too_many_redirects', `${target.host} sent us on more than ${limit} times.`);
    if (!URL.canParse(location, url))
      throw new OutgoingError('url_refused', `${target.host} sent us on to something that is no address.`);
    const next = new URL(location, url);
    sending = forNextHop(sending, answer.status, next.origin === target.origin);
    url = next.href;
  }
}

/** As browsers do: only 307 and 308 repeat a body; secrets stay with the one they were meant for. */
function forNextHop(sending: OutgoingRequest, status: number, sameOrigin: boolean): OutgoingRequest {
  const headers = Object.fromEntries(
    Object.entries(sending.headers ?? {}).filter(([name]) => sameOrigin || !keptOnlyAtHome.includes(name)),
  );
  if (status === 307 || status === 308 || sending.method === undefined || sending.method === 'HEAD')
    return { ...sending, headers };
  const { body: _body, ...rest } = sending;
  return { ...rest, method: 'GET', headers };
}

async function ask(target: URL, sending: OutgoingRequest, agent: Agent, signal: AbortSignal): Promise<OutgoingAnswer> {
  try {
    const answer = await request(target, {
      dispatcher: agent,
      method: sending.method ?? 'GET',
      headers: { 'user-agent': 'huangge', ...sending.headers },
      body: sending.body ?? null,
      signal,
    });
    const body = await readLimited(answer.body, sending.maxBytes ?? 1_000_000, target.host);
    return { status: answer.statusCode, headers: flat(answer.headers), body, url: target.href };
  } catch (error) {
    throw asOutgoing(error, target.host);
  }
}

async function readLimited(body: Dispatcher.ResponseData['body'], limit: number, host: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body) {
    const bytes = part as Buffer;
    size += bytes.length;
    if (size > limit) {
      body.destroy();
      throw new OutgoingError('too_large', `The answer of ${host} is longer than ${limit} bytes.`);
    }
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}

function asOutgoing(error: unknown, host: string): OutgoingError {
  if (error instanceof OutgoingError) return error;
  const { name = '', code = '' } = error as { name?: string; code?: string };
  if (name === 'TimeoutError' || code.includes('TIMEOUT'))
    return new OutgoingError('timed_out', `${host} did not answer in time.`, { cause: error });
  return new OutgoingError('unreachable', `${host} could not be reached${code === '' ? '' : ` (${code})`}.`, {
    cause: error,
  });
}

/** @throws OutgoingError url_refused, or address_refused when the host is an address that may not be reached. */
function judgeUrl(text: string, allow: readonly Allowed[], highPorts: boolean): URL {
  if (!URL.canParse(text)) throw new OutgoingError('url_refused', 'Expected an address such as https://example.org/x.');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new OutgoingError('url_refused', `Expected http or https, found ${url.protocol.slice(0, -1)}.`);
  if (url.username !== '' || url.password !== '')
    throw new OutgoingError('url_refused', 'An address may hold no user name or password.');
  const port = url.port === '' ? 443 : Number(url.port);
  if (port !== 80 && port !== 443 && !(highPorts && port >= 1024))
    throw new OutgoingError(
      'url_refused',
      `Expected port 80, 443${highPorts ? ' or 1024 and up' : ''}, found ${port}.`,
    );
  const host = bare(url.hostname);
  if (isIP(host) !== 0 && !mayConnect(host, allow)) throw refusedAddress(host);
  return url;
}

/** An IPv6 host stands in brackets in a URL. */
function bare(hostname: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}

function refusedAddress(host: string): OutgoingError {
  return new OutgoingError(
    'address_refused',
    `${host} is not an address of the public internet. If it should be reached, name it in OUTGOING_ALLOW.`,
  );
}

async function resolveGuarded(host: string, resolve: Resolve, allow: readonly Allowed[]): Promise<LookupAddress[]> {
  const found = await resolve(host).catch((error: unknown) => {
    throw new OutgoingError('unreachable', `There is no host ${host}.`, { cause: error });
  });
  const good = isAllowedHost(host, allow) ? found : found.filter(({ address }) => mayConnect(address, allow));
  if (good.length === 0) throw refusedAddress(host);
  return good;
}

function guardedLookup(resolve: Resolve, allow: readonly Allowed[]): LookupFunction {
  return (host, { all }, done) => {
    resolveGuarded(host, resolve, allow).then(
      (good) => {
        const [first] = good;
        if (all === true) done(null, good);
        else done(null, first?.address ?? '', first?.family);
      },
      (error: unknown) => done(error as NodeJS.ErrnoException, ''),
    );
  };
}

function resolveBySystem(host: string): Promise<LookupAddress[]> {
  return new Promise((good, bad) => {
    systemLookup(host, { all: true }, (error, addresses) => (error === null ? good(addresses) : bad(error)));
  });
}
