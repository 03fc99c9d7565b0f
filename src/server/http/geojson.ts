import type { FastifyInstance } from 'fastify';
import type { Input, Route } from '#contract/route.ts';
import type { Document } from '#server/modules/grids/index.ts';
import { enter, limitOf, type MountOptions } from './mount.ts';

type Documents<C extends Record<string, Route>> = { [K in keyof C]: (input: Input<C[K]>) => Promise<Document> };

/** Routes that answer a whole GeoJSON document with an ETag: 304 for whoever has it already, sent on without parsing. */
export function mountDocuments<C extends Record<string, Route>>(
  app: FastifyInstance,
  contract: C,
  documents: Documents<C>,
  options: MountOptions,
): void {
  for (const name of Object.keys(contract) as (keyof C & string)[]) {
    const route: Route | undefined = contract[name];
    const find = documents[name] as (input: unknown) => Promise<Document>;
    if (route === undefined) continue;
    app.get(route.path, { config: limitOf(route) }, async (request, reply) => {
      await enter(request, reply, route, options);
      const document = await find({
        params: route.params.parse(request.params),
        query: route.query.parse(request.query),
        body: {},
      });
      reply.header('etag', document.etag);
      reply.header(
        'cache-control',
        `${document.public ? 'public' : 'private'}, max-age=${document.maxAgeS}, must-revalidate`,
      );
      if (isFresh(request.headers['if-none-match'], document.etag)) return reply.code(304).send();
      return reply.header('content-type', 'application/geo+json; charset=utf-8').send(await document.body());
    });
  }
}

/** Compression may weaken the tag on its way; for a GET the weak comparison is the right one (RFC 9110 §13.1.2). */
export function isFresh(header: string | undefined, etag: string): boolean {
  const plain = (tag: string): string => tag.trim().replace(/^W\//, '');
  return header !== undefined && header.split(/,(?=\s*(?:W\/)?")/).some((tag) => plain(tag) === plain(etag));
}
