/** Cuts the land into districts and streets along the drawn borders. */
import { borders, land, mainRoads, ridge } from './drawing.ts';
import type { Cut, Face } from './mesh.ts';
import { Mesh } from './mesh.ts';
import type { Xy } from './plane.ts';
import { chaoTianMen, huaXinJie, liangLuKou, plainStreets } from './names.ts';
import type { DetailedStreet } from './names.ts';

export type RoadClass = 'trunk' | 'secondary' | 'lane' | 'path';

/** A road that lies on a cut of the mesh. */
export interface MeshRoad {
  class: RoadClass;
  name: string;
  line: number[];
}

export interface StreetFace {
  code: string;
  name: string;
  districtCode: string;
  face: Face;
  /** Pieces between the main roads. */
  pieces: Face[];
  detail: DetailedStreet | undefined;
}

export interface StreetPlan {
  mesh: Mesh;
  districtFaces: { yuzhong: Face; jiangbei: Face };
  streets: StreetFace[];
  roads: MeshRoad[];
}

/** The ridge road changes its name where it enters another street. */
const ridgeNames: Record<string, string> = {
  '500103012': '长江一路',
  '500103014': '长江一路',
  '500103004': '中山二路',
  '500103001': '中山一路',
  '500103003': '民族路',
  '500103010': '新华路',
};

export function planStreets(): StreetPlan {
  const mesh = new Mesh();
  const roads: MeshRoad[] = [];
  const divide = (face: Face, line: readonly Xy[], name?: string): [Face, Face] => {
    const cut = cutOrFail(mesh, face, line);
    if (name !== undefined) roads.push({ class: 'trunk', name, line: cut.line });
    return cut.faces;
  };
  const yuzhong = yuzhongStreets(mesh, divide);
  const jiangbei = jiangbeiStreets(mesh, divide);
  const streets = [...yuzhong.streets, ...jiangbei.streets];
  for (const street of streets) street.pieces = cutByMainRoads(mesh, street, roads);
  return { mesh, districtFaces: { yuzhong: yuzhong.face, jiangbei: jiangbei.face }, streets, roads };
}

function cutOrFail(mesh: Mesh, face: Face, line: readonly Xy[]): Cut {
  const cut = mesh.cut(face, line);
  if (cut === undefined) throw new Error(`A border drawn from ${String(line[0])} does not cross its area.`);
  return cut;
}

type Divide = (face: Face, line: readonly Xy[], name?: string) => [left: Face, right: Face];
type Named = { code: string; name: string } | DetailedStreet;

function streetFace(districtCode: string, face: Face, named: Named): StreetFace {
  const detail = 'communities' in named ? named : undefined;
  return { code: named.code, name: named.name, districtCode, face, pieces: [], detail };
}

/** Lines run north → south or west → east, so "left" is east or north. */
function yuzhongStreets(mesh: Mesh, divide: Divide): { face: Face; streets: StreetFace[] } {
  const [face] = divide(mesh.addFace(land.yuzhong), borders.yuzhongWest);
  const [east, west] = divide(face, borders.westPart, '鹅岭正街');
  const [huaLongQiao, southWest] = divide(west, borders.huaLongQiao);
  const [daPing, shiYouLu] = divide(southWest, borders.shiYouLu, '石油路');
  const [chaoTian, rest] = divide(east, borders.chaoTianMen, '打铜街');
  const [jieFangBei, middle] = divide(rest, borders.jieFangBei, '凯旋路');
  const [north, belowNorth] = divide(middle, borders.northRoad, '北区路');
  const [belt, south] = divide(belowNorth, borders.southRoad, '南区路');
  const [daXiGou, shangQingSi] = divide(north, borders.shangQingSi, '中山四路');
  const [nanJiMen, caiYuanBa] = divide(south, borders.nanJiMen);
  const [qiXingGang, liangLu] = divide(belt, borders.qiXingGang, '枇杷山后街');
  const plain = { qiXingGang, jieFangBei, shangQingSi, caiYuanBa, nanJiMen, daXiGou, daPing, huaLongQiao, shiYouLu };
  const streets = Object.entries(plain).map(([key, part]) =>
    streetFace('500103', part, plainStreets[key as keyof typeof plain]),
  );
  return {
    face,
    streets: [streetFace('500103', liangLu, liangLuKou), streetFace('500103', chaoTian, chaoTianMen), ...streets],
  };
}

/** Here lines run south → north or west → east, so "left" is west or north. */
function jiangbeiStreets(mesh: Mesh, divide: Divide): { face: Face; streets: StreetFace[] } {
  const [, eastOfWest] = divide(mesh.addFace(land.jiangbei), borders.jiangbeiWest);
  const [inner] = divide(eastOfWest, borders.jiangbeiEast);
  const [, face] = divide(inner, borders.jiangbeiNorth);
  const [daShiBa, rest] = divide(face, borders.daShiBa, '大石坝路');
  const [middle, jiangBeiCheng] = divide(rest, borders.jiangBeiCheng, '江北城西大街');
  const [guanYinQiao, south] = divide(middle, borders.guanYinQiao, '建新东路');
  const [huaXin, wuLiDian] = divide(south, borders.wuLiDian, '华新街');
  const plain = { daShiBa, jiangBeiCheng, guanYinQiao, wuLiDian };
  const streets = Object.entries(plain).map(([key, part]) =>
    streetFace('500105', part, plainStreets[key as keyof typeof plain]),
  );
  return { face, streets: [streetFace('500105', huaXin, huaXinJie), ...streets] };
}

/** Main roads and, after them, whatever the ridge road crosses; each cuts the piece it runs through. */
function cutByMainRoads(mesh: Mesh, street: StreetFace, roads: MeshRoad[]): Face[] {
  const lines: [name: string, line: readonly Xy[]][] = [
    [ridgeNames[street.code] ?? '', ridge],
    ['中山三路', mainRoads.zhongShanSanLu],
    ['菜园路', mainRoads.caiYuanLu],
    ['黄花园路', mainRoads.huangHuaYuanLu],
    ['石板坡路', mainRoads.shiBanPoLu],
    ['沧白路', mainRoads.cangBaiLu],
    ['陕西路', mainRoads.shaanXiLu],
    ['建新南路', mainRoads.jianXinLu],
    ['五江路', mainRoads.wuJiangLu],
    ['大剧院路', mainRoads.daJuYuanLu],
  ];
  let pieces = [street.face];
  for (const [name, line] of lines) {
    if (name === '') continue;
    pieces = pieces.flatMap((piece) => {
      const cut = mesh.cut(piece, line);
      if (cut === undefined || cut.line.length < 5) return [piece];
      roads.push({ class: 'trunk', name, line: cut.line });
      return cut.faces;
    });
  }
  return pieces;
}
