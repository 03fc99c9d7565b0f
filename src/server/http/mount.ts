import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Handlers, Route } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { holds } from '#server/modules/identity/index.ts';
import { cookieJar, localeOf, memberKeyOf, plainCookie, sessionCookie, type Ctx, type Identify } from './context.ts';

export interface MountOptions {
  identify: Identify;
  /** True when the program is reached over TLS: cookies become __Host- and Secure. */
  secure: boolean;
}

/** Requests per minute and address that the contract allows a route; without a number there is no limit. */
export function limitOf(route: Route) {
  return {
    rateLimit: route.perMinute === undefined ? (false as const) : { max: route.perMinute, timeWindow: 60_000 },
  };
}

/** The routes of a contract that speak JSON; raw ones are served by their own few lines. */
export type JsonRoutes<C extends Record<string, Route>> = {
  [K in keyof C as C[K] extends { raw: string } ? never : K]: C[K];
};

/** Hangs every route of a contract on the server: identify → permission → parse → handler → strip to the promise. */
export function mount<C extends Record<string, Route>>(
  app: FastifyInstance,
  contract: C,
  handlers: Handlers<JsonRoutes<C>, Ctx>,
  options: MountOptions,
): void {
  for (const name of Object.keys(contract) as (keyof C & string)[]) {
    const route: Route | undefined = contract[name];
    if (route === undefined || route.raw !== undefined) continue;
    const handler = (handlers as unknown as Record<string, (input: unknown, ctx: Ctx) => Promise<unknown>>)[name];
    if (handler === undefined)
      throw new Error(`The contract promises ${route.method} ${route.path}, but no handler "${name}" was given.`);
    app.route({
      method: route.method,
      url: route.path,
      bodyLimit: route.bodyBytes,
      config: limitOf(route),
      preParsing: atTheDoor(route, options),
      handler: async (request, reply) => {
        const ctx = ctxOf(request);
        const input = {
          params: route.params.parse(request.params),
          query: route.query.parse(request.query),
          body: route.method === 'GET' ? {} : route.body.parse(request.body ?? {}),
        };
        const answer = await handler(input, ctx);
        reply.header('cache-control', 'no-store');
        return route.response.parse(answer);
      },
    });
  }
}

const entered = new WeakMap<FastifyRequest, Ctx>();

/** Asks at the door, before the body is read: whoever may not come in makes the program hold nothing of it. */
export function atTheDoor(route: Pick<Route, 'permission' | 'method'>, options: MountOptions) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    entered.set(request, await enter(request, reply, route, options));
  };
}

/** Whom `atTheDoor` let in. */
export function ctxOf(request: FastifyRequest): Ctx {
  const ctx = entered.get(request);
  if (ctx === undefined) throw new Error('A route asks who called, but nobody was asked at the door.');
  return ctx;
}

/** Who calls, may they come in, did the call come from our own page? Shared with the raw routes (files, live). */
export async function enter(
  request: FastifyRequest,
  reply: FastifyReply,
  route: Pick<Route, 'permission' | 'method'>,
  options: MountOptions,
): Promise<Ctx> {
  const sessionToken = request.cookies[options.secure ? sessionCookie : plainCookie] ?? null;
  const authorization = request.headers.authorization ?? '';
  const bearer = authorization.startsWith('Bearer ') ? authorization.slice(7) : null;
  const { actor, session, expired } = await options.identify({ sessionToken, bearer });
  const ctx: Ctx = {
    actor,
    session,
    requestId: request.id,
    ip: request.ip,
    userAgent: request.headers['user-agent'] ?? '',
    cookies: cookieJar(reply, options.secure),
    memberKey: memberKeyOf(request),
    locale: localeOf(request),
  };
  if (session !== null && route.method !== 'GET') refuseForeignPages(request, session.csrfToken);
  if (route.permission === 'public') return ctx;
  if (actor.kind === 'anonymous') {
    throw expired
      ? new AppError('session_expired', 'The session has ended. Sign in again; what you typed is kept on the page.')
      : new AppError('not_signed_in', 'This needs a signed-in account. Sign in and repeat.');
  }
  if (route.permission !== 'signed_in' && !holds(actor, route.permission)) {
    throw new AppError(
      'not_allowed',
      `None of your appointments carries "${route.permission}". Ask your system administrator.`,
    );
  }
  return ctx;
}

function refuseForeignPages(request: FastifyRequest, expected: string): void {
  if (request.headers['x-csrf-token'] !== expected) {
    throw new AppError(
      'csrf_refused',
      'Expected the header x-csrf-token with the value given at sign-in. Reload the page and repeat.',
    );
  }
}
