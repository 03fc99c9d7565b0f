import type { FastifyInstance } from 'fastify';
import type { Route } from '#contract/route.ts';
import { tileRoutes } from '#contract/tiles.ts';
import type { Tiles, TileLayer } from '#server/modules/integrations/index.ts';
import { isFresh } from './geojson.ts';
import { enter, limitOf, type MountOptions } from './mount.ts';

const layers = { areas: 'areas', riskPoints: 'risk-points', events: 'events' } as const satisfies Record<
  keyof typeof tileRoutes,
  TileLayer
>;

/** Vector tiles with an ETag: 304 for whoever has them already. They are gzip as they are kept. */
export function mountTiles(app: FastifyInstance, tiles: Tiles, options: MountOptions): void {
  for (const name of Object.keys(layers) as (keyof typeof layers)[]) {
    const route: Route = tileRoutes[name];
    app.get(route.path, { config: limitOf(route) }, async (request, reply) => {
      const { actor } = await enter(request, reply, route, options);
      const at = tileRoutes[name].params.parse(request.params);
      const { tier } = tileRoutes.areas.query.parse(request.query);
      const tile = tiles.find(layers[name], actor, at, tier);
      reply.header('etag', tile.etag).header('cache-control', 'private, max-age=0, must-revalidate');
      if (isFresh(request.headers['if-none-match'], tile.etag)) return reply.code(304).send();
      const body = await tile.body();
      return reply
        .header('content-type', 'application/vnd.mapbox-vector-tile')
        .header('content-encoding', 'gzip')
        .send(body);
    });
  }
}
