/** What a need says of its voices, reckoned from them and from nothing else. */

export interface SummedVoice {
  areaCode: string;
  /** Codes from the city down. */
  path: readonly string[];
  groupCode: string;
  people: number;
  lon: number | null;
  lat: number | null;
  saidMs: number;
}

export interface Sums {
  voices: number;
  people: number;
  groupCode: string;
  /** The community most of them name, or the coarser area. */
  areaCode: string;
  path: string[];
  lon: number | null;
  lat: number | null;
  firstMs: number;
  lastMs: number;
}

/** Community of a path, else its last area: grids come and go, and nobody's door is told. */
export function placeOf(path: readonly string[]): string {
  return path.find((code) => code.length === 12) ?? path.at(-1) ?? '';
}

/**
 * Sums over at least one voice. The group is the one for which at least `groupShare` (0–1) of the people were named, else
 * 'all'; the middle is the mean of the places that were told; the path holds every area any voice lies in, so that each of
 * their offices sees the need.
 */
export function sumVoices(voices: readonly SummedVoice[], groupShare: number): Sums {
  const people = voices.reduce((sum, one) => sum + one.people, 0);
  const points = voices.flatMap(({ lon, lat }) => (lon === null || lat === null ? [] : [[lon, lat] as const]));
  const mean = (k: 0 | 1): number | null =>
    points.length === 0 ? null : Number((points.reduce((sum, point) => sum + point[k], 0) / points.length).toFixed(6));
  const [group] = heaviest(voices, ({ groupCode }) => groupCode);
  const [place] = heaviest(voices, ({ path }) => placeOf(path));
  const times = voices.map(({ saidMs }) => saidMs);
  return {
    voices: voices.length,
    people,
    groupCode: group !== undefined && group.people >= groupShare * people ? group.key : 'all',
    areaCode: place?.key ?? '',
    path: [...new Set(voices.flatMap(({ path }) => path))].toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1)),
    lon: mean(0),
    lat: mean(1),
    firstMs: times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    lastMs: times.reduce((a, b) => Math.max(a, b), 0),
  };
}

/** Keys by the people behind them, most first; ties by key. */
function heaviest(voices: readonly SummedVoice[], keyOf: (one: SummedVoice) => string) {
  return [...Map.groupBy(voices, keyOf)]
    .map(([key, all]) => ({ key, people: all.reduce((sum, one) => sum + one.people, 0) }))
    .toSorted((a, b) => b.people - a.people || (a.key < b.key ? -1 : 1));
}
