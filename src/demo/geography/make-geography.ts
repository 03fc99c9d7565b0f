/**
 * The geography of the demo town: areas that tile, a base map, places, buildings with residents. Everything follows from
 * the seed; the same seed gives the same bytes. Names and codes of places are real, outlines and residents are invented.
 */
import { buildAreaIndex } from '#engine/territory/area-index.ts';
import type { AreaGeometry, PolygonRings } from '#engine/territory/geometry.ts';
import { representativePoint } from '#engine/territory/inside.ts';
import { seededRandom } from '#kit/random.ts';
import type { Tier } from '#kit/tiers.ts';
import { drawBaseMap, freeRoadLines, parkShapes, polygon } from './base-map.ts';
import type { BaseMap } from './base-map.ts';
import { cutStreet } from './blocks.ts';
import type { Block, FaceArea } from './blocks.ts';
import { denseStyle, fillBlock, microStyle, plainStyle, settle } from './buildings.ts';
import type { BuildingKind, DrawnBuilding } from './buildings.ts';
import { collection } from './geojson.ts';
import type { Face, Mesh } from './mesh.ts';
import { city, districts } from './names.ts';
import { parks } from './drawing.ts';
import { bent, distanceToLine, ringArea, toPosition } from './plane.ts';
import { drawPlaces } from './places.ts';
import type { DrawnPlace } from './places.ts';
import { planStreets } from './streets.ts';
import type { MeshRoad, StreetFace } from './streets.ts';

export interface DemoArea {
  code: string;
  name: string;
  tier: Tier;
  parentCode: string | null;
  geometry: AreaGeometry;
  residents: number;
  households: number;
}

export interface DemoPlace extends DrawnPlace {
  /** Smallest area that holds the place; null for a place across the river. */
  areaCode: string | null;
}

export interface DemoBuilding {
  /** Community (or street) code and a number of five digits within it. */
  id: string;
  /** Smallest area: micro-grid, grid, or the street where there are no grids. */
  areaCode: string;
  address: string;
  kind: BuildingKind;
  floors: number;
  households: number;
  residents: number;
  lon: number;
  lat: number;
}

export interface Geography {
  areas: DemoArea[];
  baseMap: BaseMap;
  places: DemoPlace[];
  buildings: DemoBuilding[];
}

/** Residents per km² where only the street is drawn. */
const plainDensity = 27_000;

export function makeGeography(seed: number): Geography {
  const rng = seededRandom(seed);
  const { mesh, districtFaces, streets, roads } = planStreets();
  const cut = streets.map((street) => ({ street, ...cutStreet(mesh, rng, street, roads) }));
  nameSecondaryRoads(mesh, roads);
  const built = cut.flatMap(({ street, blocks }) => buildStreet(mesh, rng, street, blocks));
  const residents = sumUpwards(built.map(({ building }) => building));
  const areas = [
    ...topAreas(mesh, districtFaces, streets),
    ...cut.flatMap(({ areas: faces }) => faces.map((face) => areaOf(mesh, face))),
  ].map((area): DemoArea => ({ ...area, ...(residents.get(area.code) ?? { residents: 0, households: 0 }) }));
  const buildings = collection(
    built.map(({ building, drawn }) => polygon(drawn.corners, { id: building.id, floors: drawn.floors })),
  );
  return {
    areas,
    baseMap: { ...drawBaseMap(mesh, roads), buildings },
    places: placesIn(areas),
    buildings: built.map(({ building }) => building),
  };
}

type BareArea = Omit<DemoArea, 'residents' | 'households'>;

function topAreas(mesh: Mesh, faces: { yuzhong: Face; jiangbei: Face }, streets: StreetFace[]): BareArea[] {
  const [yuzhong, jiangbei] = [ringsOf(mesh, faces.yuzhong), ringsOf(mesh, faces.jiangbei)];
  const inCity = { tier: 'district' as const, parentCode: city.code };
  return [
    { ...city, tier: 'city', parentCode: null, geometry: { type: 'MultiPolygon', coordinates: [yuzhong, jiangbei] } },
    { ...districts.yuzhong, ...inCity, geometry: { type: 'Polygon', coordinates: yuzhong } },
    { ...districts.jiangbei, ...inCity, geometry: { type: 'Polygon', coordinates: jiangbei } },
    ...streets.map(({ code, name, districtCode, face }) =>
      areaOf(mesh, { code, name, tier: 'street', parentCode: districtCode, face }),
    ),
  ];
}

function areaOf(mesh: Mesh, { code, name, tier, parentCode, face }: FaceArea): BareArea {
  return { code, name, tier, parentCode, geometry: { type: 'Polygon', coordinates: ringsOf(mesh, face) } };
}

function ringsOf(mesh: Mesh, face: Face): PolygonRings {
  const ring = mesh.shape(face).map((corner) => toPosition(bent(corner)));
  return [[...ring, ...ring.slice(0, 1)]];
}

/** Cuts between communities have no name yet: the one by the little garden is 健康路, the others take invented names. */
function nameSecondaryRoads(mesh: Mesh, roads: MeshRoad[]): void {
  const names = ['桂园路', '铁坡路', '归元路', '人和街', '望江路', '石梯街', '兴隆街', '下洪学路', '字水路', '青砖街', '临崖路', '来福路', '半坡路', '东井路', '码头街', '长滩路', '花园路', '梧桐路', '文华路', '同福路', '松林路', '吊脚街', '白桥路', '高梯路', '老泉路']; // prettier-ignore
  const unnamed = roads.filter((road) => road.class === 'secondary');
  const garden = parks.find(({ name }) => name.startsWith('健康路'))?.centre ?? [0, 0];
  const away = ({ line }: MeshRoad) => distanceToLine(garden, line.map((corner) => mesh.at(corner))); // prettier-ignore
  unnamed.sort((a, b) => away(a) - away(b));
  unnamed.forEach((road, k) => {
    road.name = k === 0 ? '健康路' : (names[(k - 1) % names.length] ?? '');
  });
}

interface Built {
  building: DemoBuilding;
  drawn: DrawnBuilding;
}

function buildStreet(mesh: Mesh, rng: () => number, street: StreetFace, blocks: Block[]): Built[] {
  const open = { shapes: parkShapes().map(({ shape }) => shape), roads: freeRoadLines() };
  const raised = blocks.flatMap((block) => {
    const style = street.detail === undefined ? plainStyle : block.areaCode.length > 15 ? microStyle : denseStyle;
    const shape = mesh.shape(block.face).map(bent);
    return fillBlock(rng, shape, style, open).map((drawn) => ({ block, drawn }));
  });
  const streetM2 = ringArea(mesh.shape(street.face));
  const residents = street.detail?.residents ?? Math.round((streetM2 / 1e6) * plainDensity);
  const homes = settle(raised.map(({ drawn }) => drawn), residents); // prettier-ignore
  const numbers = new Map<string, number>();
  return raised.map(({ block, drawn }, k): Built => {
    const community = block.areaCode.slice(0, 12);
    const number = (numbers.get(community) ?? 0) + 1;
    numbers.set(community, number);
    const [lon, lat] = toPosition(drawn.centre);
    const { households, residents: own } = homes[k] ?? { households: 0, residents: 0 };
    const id = `${community}-${String(number).padStart(5, '0')}`;
    const address = `${block.locality}${number}号`;
    const { kind, floors } = drawn;
    return {
      drawn,
      building: { id, areaCode: block.areaCode, address, kind, floors, households, residents: own, lon, lat },
    };
  });
}

type Population = Pick<DemoArea, 'residents' | 'households'>;

/** Residents of every area: its own buildings and those of all areas below (codes are prefixes of codes below). */
function sumUpwards(buildings: readonly DemoBuilding[]): Map<string, Population> {
  const sums = new Map<string, Population>();
  for (const { areaCode, residents, households } of buildings) {
    const above = [6, 9, 12, 15]
      .filter((length) => length < areaCode.length)
      .map((length) => areaCode.slice(0, length));
    for (const code of [city.code, ...above, areaCode]) {
      const sum = sums.get(code) ?? { residents: 0, households: 0 };
      sums.set(code, { residents: sum.residents + residents, households: sum.households + households });
    }
  }
  return sums;
}

function placesIn(areas: readonly DemoArea[]): DemoPlace[] {
  const index = buildAreaIndex(areas.map(({ code, tier, geometry }) => ({ code, tier, rings: geometry })));
  const offices = areas
    .filter(({ tier }) => tier === 'community')
    .map(({ code, name, geometry }): DrawnPlace => {
      const [lon, lat] = representativePoint(geometry);
      const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6;
      return {
        id: `office-${code}`,
        name: `${name}居委会`,
        kind: 'community_office',
        lon: round(lon),
        lat: round(lat),
      };
    });
  return [...drawPlaces(), ...offices].map((place) => {
    const found = areas[index.locate(place.lon, place.lat)];
    return { ...place, areaCode: found?.code ?? null };
  });
}
