/** Named places of the stories and of daily life. */
import { metroLines } from './drawing.ts';
import { bent, toPosition } from './plane.ts';
import type { Xy } from './plane.ts';
import { exclusiveGrids } from './blocks.ts';

export type PlaceKind =
  | 'tree'
  | 'old_building'
  | 'cable_well'
  | 'park'
  | 'partner_station'
  | 'metro_exit'
  | 'metro_station'
  | 'bridge_foot'
  | 'tool_room'
  | 'square'
  | 'school'
  | 'clinic'
  | 'market'
  | 'hospital'
  | 'station'
  | 'community_office';

export interface DrawnPlace {
  id: string;
  name: string;
  kind: PlaceKind;
  lon: number;
  lat: number;
}

const drawn: readonly [id: string, name: string, kind: PlaceKind, at: Xy][] = [
  ['tree-chongqingcun', '重庆村路边黄葛树', 'tree', [-407, 150]],
  ['old-building-chongqingcun', '重庆村30号老楼门口', 'old_building', [-418, 158]],
  ['garden-jiankanglu', '健康路1号小游园', 'park', [-742, 66]],
  ['cable-well-jiankanglu', '健康路1号小游园旁电缆井', 'cable_well', [-768, 50]],
  ['station-chaotianmen', '朝天门小红伞驿站', 'partner_station', [2985, 1130]],
  ['station-lianglukou', '两路口小红伞驿站', 'partner_station', [-290, -40]],
  ['station-huaxinjie', '华新街小红伞驿站', 'partner_station', [-300, 1620]],
  ['square-chaotianmen', '朝天门广场', 'square', [3040, 1270]],
  ['bridge-foot-qiaobei', '嘉陵江大桥北桥头', 'bridge_foot', [-440, 1425]],
  ['metro-exit-qiaobei', '华新街站2号出口', 'metro_exit', [-455, 1480]],
  ['tool-room-qiaobei', '桥下闲置工具房', 'tool_room', [-470, 1455]],
  ['square-qiaobei', '桥北小广场', 'square', [-540, 1500]],
  ['school-guihuayuan', '桂花园小学', 'school', [-950, 120]],
  ['clinic-guojicun', '国际村社区卫生服务站', 'clinic', [-760, -230]],
  ['market-wangjiapo', '王家坡菜市场', 'market', [-280, -240]],
  ['school-pipashan', '枇杷山小学', 'school', [60, 200]],
  ['market-shanxilu', '陕西路农贸市场', 'market', [2720, 330]],
  ['school-erfuya', '二府衙小学', 'school', [2400, 80]],
];

/** All places but the community offices, which stand wherever their community came to lie. */
export function drawPlaces(): DrawnPlace[] {
  const metro = new Map(metroLines.flatMap(({ stops }) => stops.map(({ name, at }): [string, Xy] => [name, at])));
  return [
    ...drawn.map(([id, name, kind, at]) => place(id, name, kind, at)),
    ...[...metro].map(([name, at], k) => place(`metro-${k + 1}`, `${name}轨道站`, 'metro_station', at)),
    ...exclusiveGrids.map(({ name, kind, at }, k) => place(`exclusive-${k + 1}`, name, kind, at)),
  ];
}

function place(id: string, name: string, kind: PlaceKind, at: Xy): DrawnPlace {
  const [lon, lat] = toPosition(bent(at));
  return { id, name, kind, lon, lat };
}
