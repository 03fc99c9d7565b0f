import type { FastifyInstance } from 'fastify';
import type { Input, Output, Route } from '#contract/route.ts';
import { bytesOf, keepBytes } from './bytes-body.ts';
import type { Ctx } from './context.ts';
import { atTheDoor, ctxOf, limitOf, type MountOptions } from './mount.ts';

/** A route whose body is the bytes of one file, as large as its contract allows; the answer is JSON. */
export function mountUpload<R extends Route>(
  app: FastifyInstance,
  route: R,
  options: MountOptions,
  take: (ctx: Ctx, query: Input<R>['query'], body: Uint8Array) => Promise<Output<R>>,
): void {
  void app.register(async (scope) => {
    keepBytes(scope, route.bodyBytes);
    scope.route({
      method: route.method,
      url: route.path,
      bodyLimit: route.bodyBytes,
      config: limitOf(route),
      preParsing: atTheDoor(route, options),
      handler: async (request, reply) => {
        const query = route.query.parse(request.query) as Input<R>['query'];
        const body = bytesOf(request);
        const answer = await take(ctxOf(request), query, body);
        reply.header('cache-control', 'no-store');
        return route.response.parse(answer);
      },
    });
  });
}
