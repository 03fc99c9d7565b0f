/** The layers of the demo's own vector base map: no tiles, no outside service. */
import { bridges, freeRoads, hills, metroLines, parks, shoals } from './drawing.ts';
import { collection, feature } from './geojson.ts';
import type { Feature, FeatureCollection, Position } from './geojson.ts';
import type { Mesh } from './mesh.ts';
import { bent, densified, distance, isInRing, pairsOf, smooth, toPosition } from './plane.ts';
import type { Xy } from './plane.ts';
import { contours, heightAt, riverShapes } from './relief.ts';
import type { MeshRoad } from './streets.ts';

export const baseLayers = [
  'rivers',
  'shoals',
  'contours',
  'parks',
  'buildings',
  'roads',
  'stairs',
  'bridges',
  'metroLines',
  'metroStations',
  'labels',
] as const;
export type BaseLayer = (typeof baseLayers)[number];
export type BaseMap = Record<BaseLayer, FeatureCollection>;

/** All layers but the buildings, which the caller adds. */
export function drawBaseMap(mesh: Mesh, roads: readonly MeshRoad[]): Omit<BaseMap, 'buildings'> {
  const { streets, stairs } = roadFeatures(mesh, roads);
  return {
    rivers: collection(riverShapes().map(({ name, shape }) => polygon(shape.map(bent), { name }))),
    contours: collection(
      contours(20).map(({ height, line }) => lineString(line, { height, index: height % 100 === 0 })),
    ),
    shoals: collection(ovals(shoals).map(({ name, shape }) => polygon(shape, { name }))),
    parks: collection(parkShapes().map(({ name, shape }) => polygon(shape, { name }))),
    roads: collection(streets),
    stairs: collection([...stairs, ...namedStairs()]),
    bridges: collection(bridges.map(({ name, line }) => lineString(bentLine(line), { name }))),
    metroLines: collection(metroLines.map(metroLine)),
    metroStations: collection(stations()),
    labels: collection(labels()),
  };
}

export function polygon(ring: readonly Xy[], properties: Feature['properties']): Feature {
  const positions = ring.map(toPosition);
  const [first] = positions;
  return feature({ type: 'Polygon', coordinates: [first === undefined ? [] : [...positions, first]] }, properties);
}

function lineString(line: readonly Xy[], properties: Feature['properties']): Feature {
  return feature({ type: 'LineString', coordinates: line.map(toPosition) }, properties);
}

function point(at: Xy, properties: Feature['properties']): Feature {
  const coordinates: Position = toPosition(bent(at));
  return feature({ type: 'Point', coordinates }, properties);
}

interface Oval {
  name: string;
  centre: readonly [number, number];
  size: readonly [number, number];
  turn: number;
}

interface NamedShape {
  name: string;
  shape: Xy[];
}

/** Parks after bending. */
export function parkShapes(): NamedShape[] {
  return ovals(parks);
}

/** Ovals with an uneven edge, after bending. */
function ovals(drawn: readonly Oval[]): NamedShape[] {
  return drawn.map(({ name, centre: [x, y], size: [a, b], turn }) => {
    const [c, s] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
    const count = a > 60 ? 36 : 14;
    const shape = Array.from({ length: count }, (_, k): Xy => {
      const angle = (k / count) * 2 * Math.PI;
      const uneven = 1 + 0.11 * Math.sin(3 * angle + x) + 0.07 * Math.sin(5 * angle + y);
      const [u, v] = [a * uneven * Math.cos(angle), b * uneven * Math.sin(angle)];
      return bent([x + u * c - v * s, y + u * s + v * c]);
    });
    return { name, shape };
  });
}

/** Roads that bound no area, after bending; buildings keep clear of them. */
export function freeRoadLines(): Xy[][] {
  return freeRoads.map(({ line }) => line.map(bent));
}

/** Lanes steeper than this (rise over run) are stairs, and so are lanes through parks. */
const stairSlope = 0.2;

function roadFeatures(mesh: Mesh, roads: readonly MeshRoad[]): { streets: Feature[]; stairs: Feature[] } {
  const streets = freeRoads.map(({ name, class: kind, line }) => lineString(line.map(bent), { class: kind, name }));
  const stairs: Feature[] = [];
  const green = parkShapes();
  for (const road of roads) {
    const flat = mesh.lineCorners(road.line).map((corner) => mesh.at(corner));
    const line = flat.map(bent);
    if (
      road.class === 'path' ||
      (road.class === 'lane' && (steepness(flat) > stairSlope || crossesPark(green, line)))
    ) {
      stairs.push(lineString(line, { name: road.name }));
    } else {
      streets.push(lineString(line, { class: road.class, name: road.name }));
    }
  }
  return { streets, stairs };
}

function crossesPark(green: readonly NamedShape[], line: readonly Xy[]): boolean {
  return green.some(({ shape }) => line.some((corner) => isInRing(shape, corner)));
}

function steepness(line: readonly Xy[]): number {
  const length = pairsOf(line).reduce((sum, [a, b]) => sum + distance(a, b), 0);
  const climb = pairsOf(line).reduce((sum, [a, b]) => sum + Math.abs(heightAt(a) - heightAt(b)), 0);
  return climb / Math.max(1, length);
}

/** Long flights known by name. */
function namedStairs(): Feature[] {
  const flights: { name: string; line: Xy[] }[] = [
    { name: '山城第三步道', line: [[-210, -300], [-40, -262], [150, -300], [380, -250], [560, -330], [760, -290]] }, // prettier-ignore
    { name: '重庆村梯道', line: [[-560, 20], [-590, 120], [-560, 210], [-610, 300]] }, // prettier-ignore
    { name: '十八梯', line: [[1480, -330], [1500, -200], [1470, -90], [1490, 40]] }, // prettier-ignore
  ];
  return flights.map(({ name, line }) => lineString(smooth(line, 25).map(bent), { name }));
}

function bentLine(line: readonly Xy[]): Xy[] {
  return densified([...line], 60).map(bent);
}

function metroLine({ name, colour, stops }: (typeof metroLines)[number]): Feature {
  const line = smooth(stops.map(({ at }): Xy => at), 70).map(bent); // prettier-ignore
  return lineString(line, { name, colour });
}

function stations(): Feature[] {
  const seen = new Map<string, Feature>();
  for (const { stops, name: line } of metroLines) {
    for (const { name, at } of stops) {
      const known = seen.get(name);
      if (known === undefined) seen.set(name, point(at, { name, lines: line }));
      else known.properties['lines'] = `${String(known.properties['lines'])},${line}`;
    }
  }
  return [...seen.values()];
}

function labels(): Feature[] {
  const rivers: [name: string, at: Xy][] = [['嘉陵江', [-1350, 720]], ['嘉陵江', [1350, 1060]], ['长江', [-1500, -1880]], ['长江', [1900, -700]], ['长江', [3900, 1900]]]; // prettier-ignore
  return [
    ...rivers.map(([name, at]) => point(at, { name, kind: 'river' })),
    ...hills.map(({ name, at }) => point(at, { name, kind: 'hill', height: Math.round(heightAt(at)) })),
    ...parks.map(({ name, centre: [x, y] }) => point([x, y], { name, kind: 'park' })),
  ];
}
