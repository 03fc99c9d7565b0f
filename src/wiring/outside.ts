import { mountOgc } from '#server/http/ogc.ts';
import { mountTiles } from '#server/http/tiles.ts';
import type { Facilities } from '#server/modules/facilities/index.ts';
import { createOgc, createTiles } from '#server/modules/integrations/index.ts';
import type { Sequencer } from '#server/modules/ledger/index.ts';
import type { Stations } from '#server/modules/stations/index.ts';
import type { Joined, Parts } from './parts.ts';

/** Joins what other programs and the map itself read of the ground: OGC API – Features, vector tiles. */
export async function joinOutside(
  parts: Parts,
  { stations, facilities }: { stations: Pick<Stations, 'features'>; facilities: Pick<Facilities, 'features'> },
): Promise<Joined> {
  const { app, config, clock, doors, territory, grids, events, sequencer } = parts;
  const features = { grids: grids.features, events: events.features, territory };
  await mountOgc(
    app,
    createOgc({
      ...features,
      stations: stations.features,
      facilities: facilities.features,
      clock,
      publicUrl: config.publicUrl,
    }),
    doors,
  );
  const versions = await followVersions(sequencer);
  mountTiles(app, createTiles({ ...features, versionOf: (layer) => versions.of(layer) }), doors);
  return { stop: async () => versions.stop() };
}

/** The newest ledger line that changed a layer: the same number in every process that has heard of it. */
async function followVersions(sequencer: Sequencer) {
  const from = await sequencer.lastSeq();
  const newest = { event: from, risk_point: from };
  const stop = sequencer.subscribe((lines) => {
    for (const { seq, subjectType } of lines)
      if (subjectType === 'event' || subjectType === 'risk_point') newest[subjectType] = seq;
      // An outline that moves takes its events and points with it; an import is one line about many.
      else if (subjectType.startsWith('area') || subjectType.startsWith('risk')) newest.event = newest.risk_point = seq;
  });
  return { stop, of: (layer: 'risk-points' | 'events') => (layer === 'events' ? newest.event : newest.risk_point) };
}
