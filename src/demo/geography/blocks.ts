/** Cuts streets into communities, grids and micro-grids; streets without grids into unnamed blocks. */
import { randomInt } from '#kit/random.ts';
import type { Rng } from '#kit/random.ts';
import type { Tier } from '#kit/tiers.ts';
import type { Face, Mesh } from './mesh.ts';
import { withMicroGrids } from './names.ts';
import type { DetailedStreet } from './names.ts';
import { apportion, partition } from './partition.ts';
import { distance, isInRing, ringArea, ringCentre } from './plane.ts';
import type { Xy } from './plane.ts';
import type { MeshRoad, RoadClass, StreetFace } from './streets.ts';

export interface FaceArea {
  code: string;
  name: string;
  tier: Tier;
  parentCode: string;
  face: Face;
}

/** The smallest faces: where buildings stand. */
export interface Block {
  areaCode: string;
  face: Face;
  /** Stem for the names of lanes and addresses. */
  locality: string;
}

/** Communities that must lie where the stories need them (plane metres before bending). */
const anchors: Record<string, Xy> = {
  '500103004010': [-520, 120],
  '500103004003': [40, -110],
  '500103004002': [60, 120],
  '500103004011': [-950, 120],
  '500103004013': [-760, -230],
  '500103004014': [-280, -240],
  '500103010006': [2950, 330],
  '500103010007': [3000, 1050],
  '500105001001': [-500, 1430],
  '500105001003': [-340, 1450],
};

/** Grids of their own kind (专属网格), by the place they hold. */
export const exclusiveGrids: readonly { name: string; kind: 'market' | 'hospital' | 'station'; at: Xy }[] = [
  { name: '健康路医院', kind: 'hospital', at: [-790, 40] },
  { name: '两路口轨道站', kind: 'station', at: [-300, -100] },
  { name: '朝天门批发市场', kind: 'market', at: [2700, 960] },
  { name: '朝天门客运码头', kind: 'station', at: [3010, 1180] },
  { name: '华新街轨道站', kind: 'station', at: [-480, 1530] },
];

export function cutStreet(
  mesh: Mesh,
  rng: Rng,
  street: StreetFace,
  roads: MeshRoad[],
): { areas: FaceArea[]; blocks: Block[] } {
  return street.detail === undefined
    ? { areas: [], blocks: plainBlocks(mesh, rng, street, roads) }
    : detailedBlocks(mesh, rng, street, street.detail, roads);
}

const plainBlockM2 = 52_000;

function plainBlocks(mesh: Mesh, rng: Rng, street: StreetFace, roads: MeshRoad[]): Block[] {
  const locality = street.name.replace(/街道$/, '');
  return street.pieces.flatMap((piece) => {
    const count = Math.max(1, Math.round(ringArea(mesh.shape(piece)) / plainBlockM2));
    const weights = Array.from({ length: count }, () => randomInt(rng, 7, 13));
    const { faces, cuts } = partition(mesh, rng, piece, weights);
    for (const { line } of cuts) roads.push({ class: 'lane', name: `${locality}支路`, line });
    return faces.map((face): Block => ({ areaCode: street.code, face, locality }));
  });
}

function detailedBlocks(
  mesh: Mesh,
  rng: Rng,
  street: StreetFace,
  detail: DetailedStreet,
  roads: MeshRoad[],
): { areas: FaceArea[]; blocks: Block[] } {
  const communityFaces = cutCommunities(mesh, rng, street, detail, roads);
  const areas: FaceArea[] = [];
  const blocks: Block[] = [];
  const named = nameFaces(mesh, street.code, detail, communityFaces);
  for (const { code, name, face, grids } of named) {
    areas.push({ code, name, tier: 'community', parentCode: street.code, face });
    const locality = name.replace(/社区$/, '');
    const { faces, cuts } = partition(
      mesh,
      rng,
      face,
      Array.from({ length: grids }, () => randomInt(rng, 9, 11)),
    );
    cuts.forEach(({ line }, k) => roads.push({ class: 'lane', name: `${locality}${k + 1}巷`, line }));
    for (const grid of numberGrids(mesh, code, locality, faces)) {
      areas.push(grid);
      const micro = withMicroGrids.has(code) && !isExclusive(grid.code) ? cutMicro(mesh, rng, grid, roads) : [];
      areas.push(...micro);
      const smallest = micro.length > 0 ? micro : [grid];
      blocks.push(...smallest.map((area): Block => ({ areaCode: area.code, face: area.face, locality })));
    }
  }
  return { areas, blocks };
}

interface CommunityFace {
  face: Face;
  grids: number;
}

function cutCommunities(
  mesh: Mesh,
  rng: Rng,
  street: StreetFace,
  detail: DetailedStreet,
  roads: MeshRoad[],
): CommunityFace[] {
  const sizes = street.pieces.map((piece) => ringArea(mesh.shape(piece)));
  const counts = apportion(detail.communities.length, sizes, 1);
  const grids = apportion(detail.grids, sizes, 1);
  return street.pieces.flatMap((piece, k) => {
    const weights = apportion(grids[k] ?? 1, Array.from({ length: counts[k] ?? 1 }, () => 1), 1); // prettier-ignore
    const { faces, cuts } = partition(mesh, rng, piece, weights);
    for (const { line } of cuts) roads.push({ class: 'secondary', name: '', line });
    return faces.map((face, n): CommunityFace => ({ face, grids: weights[n] ?? 1 }));
  });
}

/** First the communities with an anchor, then the rest in reading order. */
function nameFaces(mesh: Mesh, streetCode: string, detail: DetailedStreet, faces: CommunityFace[]) {
  const left = inReadingOrder(mesh, faces, ({ face }) => face);
  const named: (CommunityFace & { code: string; name: string })[] = [];
  const rest: [code: string, name: string][] = [];
  for (const [digits, name] of detail.communities) {
    const code = streetCode + digits;
    const anchor = anchors[code];
    const place = anchor === undefined ? -1 : nearest(mesh, left, anchor);
    const [found] = place < 0 ? [] : left.splice(place, 1);
    if (found === undefined) rest.push([code, name]);
    else named.push({ ...found, code, name });
  }
  rest.forEach(([code, name], k) => {
    const found = left[k];
    if (found !== undefined) named.push({ ...found, code, name });
  });
  return named.sort((a, b) => (a.code < b.code ? -1 : 1));
}

function nearest(mesh: Mesh, faces: CommunityFace[], point: Xy): number {
  const inside = faces.findIndex(({ face }) => isInRing(mesh.shape(face), point));
  if (inside >= 0) return inside;
  const distances = faces.map(({ face }) => distance(ringCentre(mesh.shape(face)), point));
  return distances.indexOf(Math.min(...distances));
}

const readingRowM = 110;

/** North to south in rows, each row west to east: the order in which grids are numbered. */
function inReadingOrder<T>(mesh: Mesh, items: readonly T[], faceOf: (item: T) => Face): T[] {
  const placed = items.map((item) => ({ item, centre: ringCentre(mesh.shape(faceOf(item))) }));
  const row = ([, y]: Xy) => Math.floor(-y / readingRowM);
  placed.sort((a, b) => row(a.centre) - row(b.centre) || a.centre[0] - b.centre[0]);
  return placed.map(({ item }) => item);
}

function isExclusive(gridCode: string): boolean {
  return gridCode.at(12) === '9';
}

function numberGrids(mesh: Mesh, communityCode: string, locality: string, faces: Face[]): FaceArea[] {
  let ordinary = 0;
  let exclusive = 900;
  return inReadingOrder(mesh, faces, (face) => face).map((face): FaceArea => {
    const shape = mesh.shape(face);
    const special = exclusiveGrids.find(({ at }) => isInRing(shape, at));
    const sequence = special === undefined ? (ordinary += 1) : (exclusive += 1);
    const code = communityCode + String(sequence).padStart(3, '0');
    const name = special === undefined ? `${locality}第${ordinary}网格` : `${special.name}专属网格`;
    return { code, name, tier: 'grid', parentCode: communityCode, face };
  });
}

function cutMicro(mesh: Mesh, rng: Rng, grid: FaceArea, roads: MeshRoad[]): FaceArea[] {
  const count = randomInt(rng, 2, 3);
  const { faces, cuts } = partition(mesh, rng, grid.face, Array.from({ length: count }, () => 1)); // prettier-ignore
  for (const { line } of cuts) roads.push({ class: 'path' satisfies RoadClass, name: '', line });
  return inReadingOrder(mesh, faces, (face) => face).map((face, k): FaceArea => {
    const suffix = String(k + 1).padStart(2, '0');
    return {
      code: grid.code + suffix,
      name: `${grid.name}${suffix}微网格`,
      tier: 'micro_grid',
      parentCode: grid.code,
      face,
    };
  });
}
