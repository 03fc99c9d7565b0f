import { perDegree } from './network.ts';
import { findIn, Growing, missing, unique, type OsmSource } from './osm-ways.ts';
import type { Tags } from './walkable.ts';

/** Something of OpenStreetMap that stands at a place: a node, or the middle of a way's corners. */
export interface OsmPlace {
  /** Such as node/123 or way/456. */
  ref: string;
  lon: number;
  lat: number;
  tags: Tags;
}

/**
 * Everything with tags that `wants` accepts, nodes first, then ways, each in the order of the file. Relations are not read. Two
 * readings; memory grows with what is wanted.
 */
export function readOsmPlaces(source: OsmSource, wants: (tags: Tags) => boolean): OsmPlace[] {
  const ways: { id: number; refs: number[]; tags: Tags }[] = [];
  const ids = new Growing(Float64Array);
  source.eachWay((refs, tags, id) => {
    if (!wants(tags)) return;
    // The first corner of a closed way is not counted twice.
    const corners = refs.length > 1 && refs[0] === refs.at(-1) ? refs.slice(1) : [...refs];
    ways.push({ id, refs: corners, tags });
    for (const ref of corners) ids.push(ref);
  });
  const known = unique(ids.taken());
  const lon = new Int32Array(known.length).fill(missing);
  const lat = new Int32Array(known.length);
  const places: OsmPlace[] = [];
  source.eachNode((id, x, y, tags) => {
    if (tags !== null && wants(tags)) places.push({ ref: `node/${id}`, lon: x / perDegree, lat: y / perDegree, tags });
    const k = findIn(known, id);
    if (k < 0) return;
    lon[k] = x;
    lat[k] = y;
  });
  for (const { id, refs, tags } of ways) {
    const corners = refs.map((ref) => findIn(known, ref)).filter((k) => lon[k] !== missing);
    if (corners.length === 0) continue;
    const mean = (of: Int32Array): number => corners.reduce((sum, k) => sum + (of[k] as number), 0) / corners.length;
    places.push({
      ref: `way/${id}`,
      lon: Math.round(mean(lon)) / perDegree,
      lat: Math.round(mean(lat)) / perDegree,
      tags,
    });
  }
  return places;
}
