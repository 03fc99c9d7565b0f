/** A position in WGS-84 degrees: longitude first, as GeoJSON writes it. */
export type LonLat = readonly [lon: number, lat: number];

const earthRadiusM = 6_371_008.8; // mean radius R1 of IUGG

/** Great-circle distance in metres between two WGS-84 positions (haversine; error ≤ 0.5 % against the ellipsoid). */
export function distanceM(a: LonLat, b: LonLat): number {
  const rad = Math.PI / 180;
  const dLat = (b[1] - a[1]) * rad;
  const dLon = (b[0] - a[0]) * rad;
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a[1] * rad) * Math.cos(b[1] * rad) * Math.sin(dLon / 2) ** 2;
  return 2 * earthRadiusM * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Degrees of longitude and latitude that span `metres` at latitude `lat` (for search windows; good to 1 % below 60°). */
export function degreesFor(metres: number, lat: number): { lon: number; lat: number } {
  const perDegree = 111_320;
  return { lat: metres / perDegree, lon: metres / (perDegree * Math.cos((lat * Math.PI) / 180)) };
}
