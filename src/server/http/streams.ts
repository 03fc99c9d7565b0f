import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Input, Route } from '#contract/route.ts';
import type { Ctx } from './context.ts';
import { enter, limitOf, type MountOptions } from './mount.ts';

/** Streams text pieces as a file to keep. The first piece is made before anything is sent, so a refusal is still an answer. */
export function mountDownload<R extends Route>(
  app: FastifyInstance,
  route: R,
  file: { name: string; type: string } | ((query: Input<R>['query']) => { name: string; type: string }),
  pieces: (query: Input<R>['query'], ctx: Ctx) => AsyncGenerator<string, void>,
  options: MountOptions,
): void {
  app.get(route.path, { config: limitOf(route) }, async (request, reply) => {
    const ctx = await enter(request, reply, route, options);
    const query = route.query.parse(request.query) as Input<R>['query'];
    const { name, type } = typeof file === 'function' ? file(query) : file;
    const stream = pieces(query, ctx);
    const first = await stream.next();
    async function* all(): AsyncGenerator<string, void> {
      if (first.done !== true) yield first.value;
      yield* stream;
    }
    return reply
      .header('content-type', type)
      .header('content-disposition', `attachment; filename="${name}"`)
      .header('cache-control', 'no-store')
      .send(Readable.from(all()));
  });
}

/** Serves a file made for this caller; its name may hold any characters. */
export function mountFile<R extends Route>(
  app: FastifyInstance,
  route: R,
  make: (
    input: Pick<Input<R>, 'params' | 'query'>,
    ctx: Ctx,
  ) => Promise<{ name: string; type: string; bytes: Uint8Array }>,
  options: MountOptions,
): void {
  app.get(route.path, { config: limitOf(route) }, async (request, reply) => {
    const ctx = await enter(request, reply, route, options);
    const input = {
      params: route.params.parse(request.params) as Input<R>['params'],
      query: route.query.parse(request.query) as Input<R>['query'],
    };
    const { name, type, bytes } = await make(input, ctx);
    return reply
      .header('content-type', type)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
      .header('cache-control', 'no-store')
      .send(Buffer.from(bytes));
  });
}

/** Where a redirect goes, and the cookies that go with it. */
export interface HttpRedirect {
  redirectTo: string;
  cookies: readonly {
    name: string;
    value: string;
    maxAgeS: number;
    path: '/';
    httpOnly: true;
    secure: boolean;
    sameSite: 'lax';
  }[];
}

/** Serves a redirect: the module says where to, and with which cookies. */
export function mountRedirect(
  app: FastifyInstance,
  route: Route,
  decide: (request: FastifyRequest, reply: FastifyReply) => Promise<HttpRedirect>,
): void {
  app.get(route.path, { config: limitOf(route) }, async (request, reply) => {
    const { redirectTo, cookies } = await decide(request, reply);
    for (const { name, value, maxAgeS, ...rest } of cookies) {
      reply.setCookie(name, value, { ...rest, maxAge: maxAgeS });
    }
    return reply.header('cache-control', 'no-store').redirect(redirectTo, 303);
  });
}
