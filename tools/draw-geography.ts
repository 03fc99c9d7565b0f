/**
 * Draws the demo town as an SVG, to look at it. Run: node tools/draw-geography.ts out.svg [seed] [west,south,east,north]
 */
import { writeFileSync } from 'node:fs';
import type { Feature } from '../src/demo/geography/geojson.ts';
import { makeGeography } from '../src/demo/geography/make-geography.ts';
import type { AreaGeometry } from '#engine/territory/geometry.ts';
import { partsOf } from '#engine/territory/geometry.ts';
import { representativePoint } from '#engine/territory/inside.ts';

const [path = 'geography.svg', seed = '141', window = '106.5205,29.5415,106.5875,29.5865'] = process.argv.slice(2);
const [west = 0, south = 0, east = 1, north = 1] = window.split(',').map(Number);
const width = 1920;
const perLon = width / (east - west);
const perLat = perLon / Math.cos((((south + north) / 2) * Math.PI) / 180);
const height = Math.round((north - south) * perLat);
const metre = perLat / 110_859;

const { areas, baseMap, places } = makeGeography(Number(seed));

const at = ([lon, lat]: readonly number[]) =>
  `${(((lon ?? 0) - west) * perLon).toFixed(1)} ${((north - (lat ?? 0)) * perLat).toFixed(1)}`;
const pathOf = (line: readonly (readonly number[])[]) => `M${line.map(at).join('L')}`;
const outline = (geometry: AreaGeometry) => partsOf(geometry).flat().map(pathOf).join('');

function shape({ geometry }: Feature): string {
  if (geometry.type === 'Polygon') return geometry.coordinates.map((ring) => `${pathOf(ring)}Z`).join('');
  return geometry.type === 'LineString' ? pathOf(geometry.coordinates) : '';
}

const paths = (features: Feature[], style: string) => `<path d="${features.map(shape).join('')}" ${style}/>`;
const outlines = (tier: string, style: string) =>
  `<path d="${areas.filter((area) => area.tier === tier).map(({ geometry }) => outline(geometry)).join('')}" ${style}/>`; // prettier-ignore
const text = (lonLat: readonly number[], words: string, style: string) => {
  const [x, y] = at(lonLat).split(' ');
  return `<text x="${x}" y="${y}" ${style}>${words}</text>`;
};
const roads = (kind: string) => baseMap.roads.features.filter(({ properties }) => properties['class'] === kind);
const line = (colour: string, widthM: number, more = '') =>
  `fill="none" stroke="${colour}" stroke-width="${Math.max(0.5, widthM * metre).toFixed(2)}" stroke-linejoin="round" stroke-linecap="round" ${more}`;

const halo = 'paint-order="stroke" stroke="#fff" stroke-opacity="0.85" stroke-width="3" text-anchor="middle"';
const layers = [
  `<rect width="100%" height="100%" fill="#f3f1ea"/>`,
  outlines('district', 'fill="#faf8f2" stroke="none"'),
  paths(baseMap.contours.features.filter(({ properties }) => !properties['index']), line('#d9cdb4', 1.2)), // prettier-ignore
  paths(baseMap.contours.features.filter(({ properties }) => Boolean(properties['index'])), line('#cbb994', 2.2)), // prettier-ignore
  paths(baseMap.parks.features, 'fill="#cfe5c3" stroke="#a9cd98"'),
  paths(baseMap.rivers.features, 'fill="#a9cfe0"'),
  paths(baseMap.shoals.features, 'fill="#ece3cc"'),
  paths(baseMap.buildings.features, 'fill="#e3dccf" stroke="#cfc5b3" stroke-width="0.5"'),
  paths(roads('lane'), line('#ffffff', 6)),
  paths(roads('secondary'), line('#e0d3b8', 12)),
  paths(roads('secondary'), line('#ffffff', 9.5)),
  paths([...roads('trunk'), ...baseMap.bridges.features], line('#e2a94e', 20)),
  paths([...roads('trunk'), ...baseMap.bridges.features], line('#fbdc9a', 15)),
  paths(baseMap.stairs.features, line('#b08c6a', 3.5, 'stroke-dasharray="3 2.4"')),
  ...baseMap.metroLines.features.map((metro) => paths([metro], line(String(metro.properties['colour']), 5, 'opacity="0.55"'))), // prettier-ignore
  outlines('grid', line('#3a6ea5', 2.5, 'opacity="0.55"')),
  outlines('community', line('#24548c', 6, 'opacity="0.6"')),
  outlines('street', line('#7a3e8f', 9, 'opacity="0.6" stroke-dasharray="14 7"')),
  ...baseMap.labels.features.map(({ geometry, properties }) =>
    geometry.type === 'Point' && properties['kind'] !== 'park'
      ? text(geometry.coordinates, String(properties['name']), properties['kind'] === 'river' ? `font-size="24" fill="#3f7d99" text-anchor="middle" font-style="italic" letter-spacing="8"` : `font-size="13" fill="#6b5a35" ${halo}`) // prettier-ignore
      : '',
  ),
  ...areas.filter(({ tier }) => tier === 'community').map(({ name, geometry }) => text(representativePoint(geometry), name.replace('社区', ''), `font-size="13" fill="#24548c" ${halo}`)), // prettier-ignore
  ...areas.filter(({ tier }) => tier === 'street').map(({ name, geometry }) => text(representativePoint(geometry), name, `font-size="19" font-weight="bold" fill="#5f2c73" opacity="0.75" ${halo}`)), // prettier-ignore
  ...places
    .filter(({ kind }) => kind !== 'community_office')
    .map(({ lon, lat, name }) => `<circle cx="${at([lon, lat]).replace(' ', '" cy="')}" r="4" fill="#d0342c" stroke="#fff"/>${text([lon, lat + 5 / perLat], name, `font-size="9" fill="#8f1d17" ${halo}`)}`), // prettier-ignore
];

writeFileSync(
  path,
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="Noto Sans CJK SC, sans-serif">\n${layers.join('\n')}\n</svg>\n`,
);
console.log(`${path}: ${width} × ${height}`);
