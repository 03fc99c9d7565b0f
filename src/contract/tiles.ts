import * as z from 'zod';
import { tiers } from '#kit/tiers.ts';
import { none, type Route } from './route.ts';

/** The deepest tile there is: below it the map draws the same one larger. */
export const deepestTile = 18;

const params = z.object({
  z: z.coerce.number().int().min(0).max(deepestTile),
  x: z.coerce.number().int().min(0),
  y: z.coerce.number().int().min(0),
});
const tile = { method: 'GET', params, query: none, body: none, response: z.unknown(), raw: 'download' } as const;

/** Vector tiles (MVT 2) of large layers, by scope; raw, with an ETag: server/http/tiles.ts. */
export const tileRoutes = {
  areas: {
    ...tile,
    path: '/api/tiles/areas/:z/:x/:y.mvt',
    permission: 'grids.read',
    summary: '区划轮廓的矢量瓦片；不给层级则随缩放级别',
    query: z.object({ tier: z.enum(tiers).optional() }),
  },
  riskPoints: {
    ...tile,
    path: '/api/tiles/risk-points/:z/:x/:y.mvt',
    permission: 'grids.read',
    summary: '在册风险点的矢量瓦片，缩小时聚合；各人只见自己的',
  },
  events: {
    ...tile,
    path: '/api/tiles/events/:z/:x/:y.mvt',
    permission: 'event.read',
    summary: '未结事件的矢量瓦片，缩小时聚合；各人只见自己的',
  },
} as const satisfies Record<string, Route>;
