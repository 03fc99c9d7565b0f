import { mountOgc } from '#server/http/ogc.ts';
import { createOgc } from '#server/modules/integrations/index.ts';
import type { Joined, Parts } from './parts.ts';

/** Joins what other programs read of the map: OGC API – Features. */
export async function joinOutside({ app, config, clock, doors, territory, grids, events }: Parts): Promise<Joined> {
  const { publicUrl } = config;
  const features = { grids: grids.features, events: events.features };
  await mountOgc(app, createOgc({ ...features, territory, clock, publicUrl }), doors);
  return {};
}
