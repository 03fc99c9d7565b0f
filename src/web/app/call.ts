import type { ClientInput, ClientOutput, Route } from '#contract/route.ts';
import { language } from '#web/i18n/language.ts';
import { takeAnswer } from './answer.ts';
import { OfflineError, ProblemError, toProblem } from './problem.ts';
import { csrfToken } from './session.ts';

/**
 * Method and path of a route, remembering the route's types but not its Zod schemas: what a light page carries.
 * A full `Route` from the contract is accepted everywhere a `RouteRef` is.
 */
export interface RouteRef<R extends Route> {
  readonly method: R['method'];
  readonly path: R['path'];
  /** Only a type: never set. */
  readonly route?: R;
}
/** A whole contract as light references; the compiler refuses any method or path that differs from the contract. */
export type RouteRefs<C extends Record<string, Route>> = { readonly [K in keyof C]: RouteRef<C[K]> };

type Callable = Pick<Route, 'method' | 'path'>;
type RouteOf<T extends Callable> = T extends Route
  ? T
  : T extends { readonly route?: infer R }
    ? Extract<R, Route>
    : never;
type Part<K extends string, V> = {} extends V ? { [P in K]?: V } : { [P in K]: V };
type Defined<I, K extends keyof I> = Exclude<I[K], undefined>;
/** Params, query and body; those with required members are themselves required. */
export type CallInput<R extends Route> = Part<'params', Defined<ClientInput<R>, 'params'>> &
  Part<'query', Defined<ClientInput<R>, 'query'>> &
  Part<'body', Defined<ClientInput<R>, 'body'>>;

export interface CallOptions {
  signal?: AbortSignal;
  /** Milliseconds until the request counts as lost; default 20,000. */
  timeoutMs?: number;
}

/**
 * Calls a route of the contract and answers its parsed JSON.
 * Throws `ProblemError` when the server refuses, `OfflineError` when no answer came (no network, or the time is over),
 * and the signal's own reason when the caller aborted.
 */
export async function call<T extends Callable>(
  route: T,
  input: CallInput<RouteOf<T>>,
  options: CallOptions = {},
): Promise<ClientOutput<RouteOf<T>>> {
  const parts = input as { params?: object; query?: object; body?: unknown };
  const headers: Record<string, string> = {};
  if (route.method !== 'GET') headers['content-type'] = 'application/json';
  const body = route.method === 'GET' ? undefined : JSON.stringify(parts.body ?? {});
  const address = addressOf(route.path, parts.params, parts.query);
  const given = route.method === 'GET' ? takeAnswer(address) : undefined;
  if (given !== undefined) return JSON.parse(given) as ClientOutput<RouteOf<T>>;
  const answer = await send(address, { method: route.method, headers, body }, options);
  return (await answer.json()) as ClientOutput<RouteOf<T>>;
}

/** The same manners for requests that are not JSON (uploads): language, CSRF, time limit, problems as errors. */
export async function send(
  address: string,
  init: RequestInit & { method: string },
  options: CallOptions = {},
): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('accept-language', language() === 'zh' ? 'zh-CN' : 'en');
  const token = csrfToken();
  if (token !== null && init.method !== 'GET') headers.set('x-csrf-token', token);
  const limit = withLimit(options);
  let answer: Response;
  try {
    answer = await fetch(address, {
      ...init,
      headers,
      signal: limit.signal,
      credentials: credentialsFor(address, token),
    });
  } catch (cause) {
    if (options.signal?.aborted === true) throw cause;
    throw new OfflineError(limit.signal.aborted ? 'timeout' : 'network', cause);
  } finally {
    limit.end();
  }
  if (!answer.ok) throw new ProblemError(await toProblem(answer));
  return answer;
}

/** The caller's signal and the time limit as one (AbortSignal.any is too young for older phones). */
function withLimit(options: CallOptions): { signal: AbortSignal; end: () => void } {
  const controller = new AbortController();
  const stop = (): void => controller.abort(options.signal?.reason);
  const timer = setTimeout(() => controller.abort(), options.timeoutMs ?? 20_000);
  options.signal?.addEventListener('abort', stop);
  if (options.signal?.aborted === true) stop();
  return {
    signal: controller.signal,
    end: () => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', stop);
    },
  };
}

/**
 * `/api/public/receipts/:secret` + params + query → address. Undefined and null query values are left out, lists are
 * joined by commas (the contract's `listOf`). Throws RangeError when a param is missing.
 */
export function addressOf(path: string, params: object = {}, query: object = {}): string {
  const values = params as Record<string, unknown>;
  const filled = path.replace(/:([A-Za-z]+)/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new RangeError(`The path ${path} needs the param "${name}".`);
    return encodeURIComponent(String(value));
  });
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query as Record<string, unknown>)) {
    if (value === undefined || value === null || value === '') continue;
    search.set(key, Array.isArray(value) ? value.join(',') : String(value));
  }
  const text = search.toString();
  return text === '' ? filled : `${filled}?${text}`;
}

/** Who opens a public page in a browser where somebody is signed in to the desk is still the public. */
function credentialsFor(address: string, token: string | null): RequestCredentials {
  return token === null && address.startsWith('/api/public/') ? 'omit' : 'same-origin';
}
