import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { publicRoutes } from '#contract/public.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { addressOf, call } from './call.ts';
import { isPassing, OfflineError, ProblemError } from './problem.ts';
import { publicApi } from './public-api.ts';
import { setCsrfToken } from './session.ts';

const asked: { address: string; init: RequestInit }[] = [];
let answer: (init: RequestInit) => Promise<Response>;

beforeEach(() => {
  asked.length = 0;
  answer = async () => Response.json({ items: [] });
  vi.stubGlobal('fetch', (address: string, init: RequestInit) => {
    asked.push({ address, init });
    return answer(init);
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  setCsrfToken(null);
});

const headersOf = (index = 0): Headers => new Headers(asked[index]?.init.headers);
const problem = (status: number, body: object): Response =>
  Response.json(body, { status, headers: { 'content-type': 'application/problem+json' } });

test('the light routes say what the contract says', () => {
  const light = Object.entries(publicApi).map(([name, { method, path }]) => [name, method, path]);
  const full = Object.entries(publicRoutes).map(([name, { method, path }]) => [name, method, path]);
  expect(light).toEqual(full);
});

test('params fill the path, absent query values stay out, lists are joined', () => {
  expect(addressOf('/api/public/receipts/:secret', { secret: 'a/b' })).toBe('/api/public/receipts/a%2Fb');
  expect(addressOf('/api/events', {}, { status: ['filed', 'handling'], q: '', tier: undefined, limit: 50 })).toBe(
    '/api/events?status=filed%2Chandling&limit=50',
  );
  expect(() => addressOf('/api/events/:id')).toThrow('needs the param "id"');
});

test('a question carries the language and no token; a change carries both', async () => {
  languageChoice.set('en');
  setCsrfToken('token-1');
  await call(publicApi.places, { query: { q: '村' } });
  await call(publicApi.urge, { params: { secret: 's'.repeat(24) }, body: { opId: crypto.randomUUID() } });
  languageChoice.set('zh');
  expect(headersOf(0).get('accept-language')).toBe('en');
  expect(headersOf(0).get('x-csrf-token')).toBeNull();
  expect(headersOf(1).get('x-csrf-token')).toBe('token-1');
  expect(headersOf(1).get('content-type')).toBe('application/json');
});

test('a problem document becomes a ProblemError with its code, data and record', async () => {
  answer = async () =>
    problem(409, { code: 'reopen_too_late', status: 409, detail: 'Too late.', requestId: 'r-1', data: { until: 'x' } });
  const failure = await call(publicApi.categories, {}).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ProblemError);
  expect(failure).toMatchObject({ code: 'reopen_too_late', status: 409, requestId: 'r-1', data: { until: 'x' } });
  expect(isPassing(failure)).toBe(false);
});

test('a proxy that answers with a page of its own becomes the nearest code', async () => {
  answer = async () => new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'content-type': 'text/html' } });
  const failure = await call(publicApi.categories, {}).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'internal', status: 502 });
  expect(isPassing(failure)).toBe(true);
});

test('no network is an OfflineError', async () => {
  answer = async () => {
    throw new TypeError('Failed to fetch');
  };
  await expect(call(publicApi.categories, {})).rejects.toMatchObject({ name: 'OfflineError', reason: 'network' });
});

test('silence beyond the limit is an OfflineError of its own kind; an abort of the caller is not', async () => {
  answer = (init) =>
    new Promise((_, reject) =>
      init.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))),
    );
  await expect(call(publicApi.categories, {}, { timeoutMs: 20 })).rejects.toMatchObject({ reason: 'timeout' });
  const stop = new AbortController();
  const running = call(publicApi.categories, {}, { signal: stop.signal });
  stop.abort();
  const failure = await running.catch((error: unknown) => error);
  expect(failure).not.toBeInstanceOf(OfflineError);
});

test('a public page sends no session of somebody signed in beside it; the desk does', async () => {
  await call(publicApi.categories, {});
  setCsrfToken('token');
  await call(publicApi.categories, {});
  expect(asked.map(({ init }) => init.credentials)).toEqual(['omit', 'same-origin']);
});
