/** Idle rooms and land of the demo, invented but for the tool room under the bridge that story 4 is about. */
import { codePath } from '#engine/territory/area-code.ts';
import { pickOne, seededRandom } from '#kit/random.ts';
import { addDays, dayOf } from '#kit/shanghai-days.ts';
import type { IdleCondition, IdleRow } from '#server/modules/facilities/index.ts';
import type { DemoBuilding, Geography } from '../geography/make-geography.ts';
import { seededId } from '../ids.ts';
import { foundedMs } from './make-town.ts';

/** Area it lies in, what it is, square metres, whose, by whom, condition, what it may become, days until it is free. */
type Sketch = readonly [
  areaCode: string,
  name: string,
  areaM2: number,
  ownerKind: string,
  owner: string,
  condition: IdleCondition,
  uses: readonly string[],
  freeIn: number | null,
  note?: string,
];

const trade = ['fresh_market', 'supermarket', 'convenience'];
const care = ['elder_day_care', 'nursery', 'canteen'];

const sketches: readonly Sketch[] = [
  ['500105001003', '嘉陵社区旧办公用房', 180, 'community', '嘉陵社区居委会', 'ready', [...care, 'culture_station'], null],
  ['500105001015', '嘉和农机站旧库房', 620, 'state', '江州物资有限公司', 'repair', ['fresh_market', 'supermarket', 'fitness'], 90],
  ['500105001012', '香国寺轨道站配套用房', 340, 'metro', '两江轨道交通公司', 'ready', [...trade, 'express'], null],
  ['500105001011', '江湾城底层空置商铺', 260, 'private', '江湾置业有限公司', 'ready', [...trade, 'pharmacy', 'laundry'], 30],
  ['500105001005', '建新小区闲置锅炉房', 150, 'street', '华新街街道办事处', 'rebuild', ['community_service', 'culture_station', 'repair'], null],
  ['500105001007', '野水沟边空地', 900, 'street', '华新街街道办事处', 'ready', ['park', 'fitness', 'recycling'], null],
  ['500105001009', '东方家园旧托儿所', 410, 'bureau', '江北区机关事务中心', 'repair', ['nursery', 'elder_day_care', 'kindergarten'], 60],
  ['500105006', '观音桥旧影剧院附楼', 1_850, 'state', '江北文化资产公司', 'rebuild', ['culture_centre', 'culture_station', 'fitness'], 180],
  ['500105006', '观音桥老百货三层', 2_400, 'state', '江州商业资产公司', 'repair', ['supermarket', 'fresh_market', 'canteen'], null],
  ['500105002', '江北城学校旧宿舍', 1_200, 'school', '江北城职业中学', 'repair', ['elder_home', 'elder_day_care'], 120],
  ['500105002', '江北城桥下空间', 780, 'street', '江北城街道办事处', 'ready', ['fitness', 'fresh_market', 'recycling'], null],
  ['500105004', '大石坝老厂区食堂', 960, 'state', '大石机械有限公司', 'repair', ['canteen', 'fresh_market', 'culture_station'], null],
  ['500105007', '五里店闲置岗亭用房', 45, 'street', '五里店街道办事处', 'ready', ['express', 'convenience', 'public_toilet'], null],
  ['500103004011', '桂花园老幼儿园', 1_150, 'bureau', '渝中区机关事务中心', 'rebuild', ['kindergarten', 'nursery', 'elder_day_care'], 150],
  ['500103004014', '王家坡旧粮店', 230, 'state', '渝中粮油资产公司', 'ready', [...trade, 'canteen'], null],
  ['500103004013', '国际村地下车库闲置区', 520, 'private', '国际村物业公司', 'ready', ['fresh_market', 'express', 'recycling'], 45],
  ['500103004010', '重庆村旧居民活动室', 95, 'community', '重庆村社区居委会', 'unsafe', [], null, '屋面漏雨，鉴定为危房，先不能用'],
  ['500103004002', '中山二路机关旧食堂', 360, 'bureau', '渝中区机关事务中心', 'ready', ['canteen', 'elder_day_care', 'culture_station'], null],
  ['500103010006', '陕西路批发市场空铺', 480, 'private', '陕西路市场管理公司', 'ready', ['supermarket', 'convenience', 'hairdresser', 'pharmacy'], null],
  ['500103010011', '湖广会馆旁空地', 640, 'street', '朝天门街道办事处', 'ready', ['park', 'public_toilet', 'fitness'], null],
  ['500103010012', '巴县衙门旧车间', 1_050, 'state', '渝中工业资产公司', 'rebuild', ['health_centre', 'culture_centre', 'fitness'], 365],
  ['500103003', '解放碑负一层空铺', 700, 'private', '碑前商业管理公司', 'ready', ['supermarket', 'laundry', 'repair'], null],
  ['500103012', '大坪医院老门诊', 1_900, 'bureau', '渝中区卫生健康中心', 'repair', ['health_centre', 'elder_home'], 200],
  ['500103013', '化龙桥轨道出入口旁用房', 130, 'metro', '两江轨道交通公司', 'ready', ['convenience', 'breakfast', 'express'], null],
]; // prettier-ignore

const toolRoom = {
  placeId: 'tool-room-qiaobei',
  name: '桥下闲置工具房',
  address: '嘉陵江大桥北桥头桥下，华新街站2号出口旁',
  areaM2: 780,
  owner: '江北区市政设施所',
  note: '原为大桥养护工具房，2021年起停用；水电尚通，需做消防和排水。紧邻轨道站出口。',
} as const;

export function makeIdle(
  seed: number,
  { buildings, places }: Pick<Geography, 'buildings' | 'places'>,
  nowMs: number,
): IdleRow[] {
  const rng = seededRandom(seed);
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  const today = dayOf(nowMs);
  const rowOf = (
    own: Omit<IdleRow, 'id' | 'code' | 'path' | 'district' | 'state' | 'reservedFor' | 'version'>,
  ): IdleRow => {
    const district = own.areaCode.slice(0, 6);
    const count = (counts.get(district) ?? 0) + 1;
    counts.set(district, count);
    const code = `X${district}-${String(count).padStart(3, '0')}`;
    const fixed = { path: codePath(own.areaCode), district, state: 'idle' as const, reservedFor: null, version: 1 };
    return { id: seededId(rng, foundedMs, counts.size + count), code, ...own, ...fixed };
  };
  const place = places.find(({ id }) => id === toolRoom.placeId);
  if (place === undefined || place.areaCode === null) throw new Error(`The demo has no place ${toolRoom.placeId}.`);
  const { placeId: _place, ...room } = toolRoom;
  const { areaCode, lon, lat } = place;
  const first = { ...room, areaCode, lon, lat, ownerKind: 'bureau', condition: 'repair' as const };
  const rows = [
    rowOf({ ...first, uses: ['fresh_market', 'convenience', 'canteen', 'express', 'culture_station'], freeFrom: null }),
  ];
  for (const [area, name, areaM2, ownerKind, owner, condition, uses, freeIn, note = ''] of sketches) {
    const free = buildings.filter((one) => one.areaCode.startsWith(area) && !taken.has(one.id));
    if (free.length === 0) throw new Error(`The demo has no building in ${area}.`);
    const site: DemoBuilding = pickOne(rng, free);
    taken.add(site.id);
    const at = { areaCode: site.areaCode, lon: site.lon, lat: site.lat, address: site.address };
    const freeFrom = freeIn === null ? null : addDays(today, freeIn);
    rows.push(rowOf({ name, ...at, areaM2, owner, ownerKind, condition, uses: [...uses], freeFrom, note }));
  }
  return rows;
}
