import { createPlaceFinder, type KnownPlace, type PlaceFinder } from '#engine/text/places.ts';
import { systemScope } from '#server/db/scope.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';
import type { TextParts } from './parts.ts';

const askAgainMs = 10 * 60_000;
/** Grids are numbers to the public, cities and districts everywhere: neither tells a place. */
const told: readonly string[] = ['street', 'community'];

/** Finds the names of the area tree and of the places entered for the search; read again every ten minutes. */
export function createGazetteer({ database, clock, territory, events }: TextParts): () => Promise<PlaceFinder> {
  let held: PlaceFinder | undefined;
  let askedMs = -Infinity;
  return async () => {
    if (held !== undefined && Math.abs(clock.now() - askedMs) < askAgainMs) return held;
    askedMs = clock.now();
    const places = await database.read(systemScope, (tx) => events.placeNames(tx));
    const entered = places.map(({ name, areaCode, lon, lat }): KnownPlace => {
      const path = areaCode === null ? [] : (territory.area(areaCode)?.path ?? []);
      return { name, aliases: [], kind: 'place', areaCode, path, lon, lat };
    });
    held = createPlaceFinder([...areasOf(territory, territory.city().code), ...entered]);
    return held;
  };
}

function areasOf(territory: LiveTerritory, code: string): KnownPlace[] {
  return territory.children(code).flatMap((area) => {
    const own = told.includes(area.tier) ? [toPlace(area)] : [];
    return area.tier === 'community' ? own : [...own, ...areasOf(territory, area.code)];
  });
}

function toPlace({ name, code, path }: { name: string; code: string; path: readonly string[] }): KnownPlace {
  const plain = name.replace(/(?:居民|村民)委员会$/u, '');
  const short = plain.replace(/(?:社区|街道|村|镇)$/u, '');
  const aliases = [...new Set([plain, ...(short.length >= 3 ? [short] : [])])].filter((one) => one !== name);
  return { name, aliases, kind: 'area', areaCode: code, path, lon: null, lat: null };
}
