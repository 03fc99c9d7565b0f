/** Which of our areas a warning speaks of. Pure: the tree is given. */
import { meetingOf } from '#engine/territory/meets.ts';
import { geometryOf, type AreaGeometry, type PolygonRings, type Ring } from '#engine/territory/geometry.ts';
import { degreesFor } from '#kit/geo.ts';
import type { CapAlert, CapCircle, CapPair } from './cap.ts';

/** What is asked of the territory. */
export interface AreaTree {
  roots(): readonly TreeArea[];
  children(code: string): readonly TreeArea[];
  area(code: string): TreeArea | undefined;
}
export interface TreeArea {
  code: string;
  tier: string;
  path: readonly string[];
  geometry: AreaGeometry | null;
}

export interface Placing {
  /** Codes of the largest areas that are wholly touched, else of communities touched in part. */
  codes: string[];
  /** Everything the message draws, as one shape; null when it draws nothing. */
  shape: AreaGeometry | null;
}

/** Places a message by its shapes and geocodes together; `fallback` counts when it has neither. */
export function placeAlert(alert: CapAlert, tree: AreaTree, fallback: string | null): Placing {
  const areas = alert.info.flatMap(({ area }) => area);
  const parts: PolygonRings[] = [
    ...areas.flatMap(({ polygons }) =>
      polygons.map((ring): PolygonRings => [ring.map(([lon, lat]): [number, number] => [lon, lat])]),
    ),
    ...areas.flatMap(({ circles }) => circles.map((circle): PolygonRings => [ringAround(circle)])),
  ];
  const unique = [...new Map(parts.map((part) => [JSON.stringify(part), part])).values()];
  // A message with a shape in one language block and a code in another says the same twice: all of it counts.
  const drawn = unique.flatMap((part) => covered(tree, geometryOf([part])));
  const coded = areas.flatMap(({ geocodes }) => geocodes.flatMap((pair) => areasOfCode(pair, tree)));
  const found = [...drawn, ...coded];
  const nowhere = unique.length === 0 && areas.every(({ geocodes }) => divisionCodes(geocodes).length === 0);
  if (nowhere && fallback !== null && tree.area(fallback) !== undefined) found.push(fallback);
  return { codes: withoutInner(found, tree), shape: unique.length === 0 ? null : geometryOf(unique) };
}

/** 48 corners outside the circle, so that nothing of it is lost; at least 10 m. */
function ringAround({ centre, radiusKm }: CapCircle): Ring {
  const corners = 48;
  const metres = Math.max(10, radiusKm * 1000) / Math.cos(Math.PI / corners);
  const [lon, lat] = centre;
  const span = degreesFor(metres, Math.max(-85, Math.min(85, lat)));
  const ring = Array.from({ length: corners }, (_, k): [number, number] => {
    const angle = (2 * Math.PI * k) / corners;
    return [
      Math.max(-180, Math.min(180, lon + span.lon * Math.cos(angle))),
      Math.max(-90, Math.min(90, lat + span.lat * Math.sin(angle))),
    ];
  });
  const [first] = ring;
  return first === undefined ? ring : [...ring, first];
}

/** From the top down: an area wholly inside counts as itself, one touched in part as those of its parts that are. */
function covered(tree: AreaTree, shape: AreaGeometry): string[] {
  function look(area: TreeArea): string[] {
    const meeting = area.geometry === null ? 'meets' : meetingOf(area.geometry, shape);
    if (meeting === 'apart') return [];
    if (meeting === 'within') return [area.code];
    const children = area.tier === 'community' || area.tier === 'grid' ? [] : tree.children(area.code);
    const inner = children.flatMap(look);
    // Drawn, touched, and none of its parts is drawn: it counts itself.
    const undrawn = children.every(({ geometry }) => geometry === null);
    return inner.length > 0 || area.geometry === null ? inner : undrawn ? [area.code] : [];
  }
  return tree.roots().flatMap(look);
}

/** Names under which GB/T 2260 codes travel. SAME, FIPS6 and UGC have six digits too and mean something else. */
const divisionNames = /2260|gb|行政|区划|adcode|ad_code|area.?code|division|region.?code|city.?code|地区编码/i;
const foreignNames = /same|fips|ugc/i;

function divisionCodes(pairs: readonly CapPair[]): string[] {
  return pairs
    .filter(({ valueName }) => divisionNames.test(valueName) && !foreignNames.test(valueName))
    .map(({ value }) => value.trim())
    .filter((value) => /^\d{6,12}$/.test(value));
}

/**
 * 500103 is a district, 500103001000 the same street as 500103001, 510100 a city, 510000 a province: trailing noughts
 * say "all of it". Codes outside our tree give nothing.
 */
function areasOfCode(pair: CapPair, tree: AreaTree): string[] {
  return divisionCodes([pair]).flatMap((code) => {
    if (tree.area(code) !== undefined) return [code];
    const stem = code.length > 6 ? code.replace(/(000)+$/, '') : code.replace(/(00){1,2}$/, '');
    if (stem.length >= 6 && tree.area(stem) !== undefined) return [stem];
    return stem.length < 6 ? topmost(tree, stem) : [];
  });
}

/** The topmost areas whose code begins with the stem of a city or province. */
function topmost(tree: AreaTree, stem: string): string[] {
  const look = (area: TreeArea): string[] =>
    area.code.startsWith(stem) ? [area.code] : area.tier === 'city' ? tree.children(area.code).flatMap(look) : [];
  return tree.roots().flatMap(look);
}

function withoutInner(codes: readonly string[], tree: AreaTree): string[] {
  const all = new Set(codes);
  return [...all]
    .filter((code) => !(tree.area(code)?.path ?? []).some((above) => above !== code && all.has(above)))
    .toSorted();
}

const mostTold = 2_000;

/** Areas whose people are told: those named, all above them, and all below down to communities (grids when there is room). */
export function toldAreas(codes: readonly string[], tree: AreaTree): string[] {
  const above = codes.flatMap((code) => tree.area(code)?.path ?? []);
  const told = new Set([...above, ...codes]);
  let level: readonly string[] = codes;
  while (level.length > 0 && told.size < mostTold) {
    level = level.flatMap((code) => tree.children(code).map((child) => child.code));
    for (const code of level) if (told.size < mostTold) told.add(code);
  }
  return [...told];
}
