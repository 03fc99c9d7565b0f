import type { LonLatPoint, MapFeatures } from './layers.ts';

/** The middle of what is drawn, and a zoom at which it fills a pane of some 600 px; null before anything is. */
export function fitOf(features: MapFeatures['features']): { at: LonLatPoint; zoom: number } | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  const walk = (value: unknown): void => {
    if (!Array.isArray(value)) return;
    const [lon, lat] = value as unknown[];
    if (typeof lon === 'number' && typeof lat === 'number')
      [west, south, east, north] = [
        Math.min(west, lon),
        Math.min(south, lat),
        Math.max(east, lon),
        Math.max(north, lat),
      ];
    else value.forEach(walk);
  };
  for (const { geometry } of features) walk(geometry.coordinates);
  if (west > east) return null;
  const span = Math.max(east - west, (north - south) * 1.15, 0.001);
  return { at: { lon: (west + east) / 2, lat: (south + north) / 2 }, zoom: Math.log2((360 / span) * (520 / 512)) };
}
