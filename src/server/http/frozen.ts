import type { FastifyInstance } from 'fastify';
import type { Input, Route } from '#contract/route.ts';
import { isFresh } from './geojson.ts';
import { enter, limitOf, type MountOptions } from './mount.ts';

/** Bytes with a tag of their own; `immutable` where the address will never answer others, `name` where they are a file to keep. */
interface Frozen {
  type: string;
  etag: string;
  bytes: Uint8Array;
  immutable: boolean;
  name?: string;
}

/** Serves bytes that many ask for and that seldom change: 304 for whoever has them, and caches between may keep them. */
export function mountFrozen<R extends Route>(
  app: FastifyInstance,
  route: R,
  find: (input: Pick<Input<R>, 'params' | 'query'>) => Promise<Frozen>,
  options: MountOptions,
): void {
  app.get(route.path, { config: limitOf(route) }, async (request, reply) => {
    await enter(request, reply, route, options);
    const { type, etag, bytes, immutable, name } = await find({
      params: route.params.parse(request.params) as Input<R>['params'],
      query: route.query.parse(request.query) as Input<R>['query'],
    });
    reply
      .header('etag', etag)
      .header(
        'cache-control',
        immutable ? 'public, max-age=31536000, immutable' : 'public, max-age=60, must-revalidate',
      );
    if (isFresh(request.headers['if-none-match'], etag)) return reply.code(304).send();
    if (name !== undefined) reply.header('content-disposition', `attachment; filename="${name}"`);
    return reply.header('content-type', type).send(Buffer.from(bytes));
  });
}
