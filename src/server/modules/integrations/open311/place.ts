import type { OpenData } from '#server/modules/events/index.ts';
import type { Area, Territory } from '#server/modules/grids/index.ts';

/** Where words point to: a place we know by name, else an area. */
export interface FoundAddress {
  lon: number | null;
  lat: number | null;
  areaCode: string | undefined;
}

/**
 * Looks an address up: the whole of it, then its pieces from the most specific on, among the named places; else the
 * smallest area it names; else the desk of the whole installation. So an address nobody knows is never lost: its words
 * stay with the event and the desk places it by hand.
 */
export async function findAddress(
  words: string,
  from: { places: OpenData['places']; territory: Territory },
): Promise<FoundAddress> {
  for (const piece of piecesOf(words)) {
    const found = await from.places(piece);
    const same = found.filter((place) => place.name.toLowerCase() === piece.toLowerCase());
    // Several places of one name, or names that merely contain the words, would be a guess.
    const only = same.length === 1 ? same[0] : same.length === 0 && found.length === 1 ? found[0] : undefined;
    if (only !== undefined) return { lon: only.lon, lat: only.lat, areaCode: undefined };
  }
  return { lon: null, lat: null, areaCode: findNamedArea(words, from.territory).code };
}

function piecesOf(words: string): string[] {
  const pieces = words.split(/[,，、;；\n]/).map((piece) => piece.trim());
  return [...new Set([words.trim(), ...pieces])].filter((piece) => piece.length >= 2 && piece.length <= 60).slice(0, 5);
}

/** The area of which the words name most (itself and those above it); the deepest they agree on when several tie. */
export function findNamedArea(words: string, territory: Territory): Area {
  const districts = territory.children(territory.city().code).filter((area) => area.tier === 'district');
  // An installation for one district has one desk for everything it cannot place.
  let best: Area = (districts.length === 1 ? districts[0] : undefined) ?? territory.city();
  let bestScore = 0;
  const open: { area: Area; score: number }[] = [{ area: territory.city(), score: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const area of territory.children(next.area.code)) {
      const named = area.tier !== 'micro_grid' && area.name.length >= 2 && words.includes(area.name);
      const score = next.score + (named ? 1 : 0);
      if (named && score > bestScore) [best, bestScore] = [area, score];
      else if (named && score === bestScore) best = sharedArea(territory, best, area);
      open.push({ area, score });
    }
  }
  return best;
}

function sharedArea(territory: Territory, a: Area, b: Area): Area {
  const shared = a.path.filter((code) => b.path.includes(code)).at(-1);
  return (shared === undefined ? undefined : territory.area(shared)) ?? territory.city();
}
