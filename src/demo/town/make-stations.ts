/** 小红伞 of the demo: twelve stations, each a unit of its own with a head and a counter, and thirteen partners. */
import { codePath } from '#engine/territory/area-code.ts';
import { seededRandom, type Rng } from '#kit/random.ts';
import type { Geography } from '../geography/make-geography.ts';
import { seededId } from '../ids.ts';
import type { DemoPerson } from './make-people.ts';
import type { DemoUnit } from './make-units.ts';
import { makeName } from './person-names.ts';

export interface DemoStation {
  id: string;
  code: string;
  unitId: string;
  name: string;
  nameEn: string;
  areaCode: string;
  path: string[];
  lon: number;
  lat: number;
  address: string;
  phone: string;
  openedOn: string;
}

export interface DemoPartner {
  id: string;
  code: string;
  name: string;
  nameEn: string;
  /** Code of db/data/partner-kinds.csv. */
  kind: string;
  areaCode: string;
  path: string[];
}

export interface Stations {
  stations: DemoStation[];
  partners: DemoPartner[];
  units: DemoUnit[];
  people: DemoPerson[];
}

type Sited = readonly [code: string, placeId: string, name: string, nameEn: string, openedOn: string];

/** Where they stand: beside places everybody knows. */
const sited: readonly Sited[] = [
  ['chaotianmen', 'station-chaotianmen', '朝天门小红伞驿站', 'Chaotianmen Station', '2023-03-05'],
  ['lianglukou', 'station-lianglukou', '两路口小红伞驿站', 'Lianglukou Station', '2023-03-05'],
  ['huaxinjie', 'station-huaxinjie', '华新街小红伞驿站', 'Huaxinjie Station', '2023-06-01'],
  ['jiankanglu', 'garden-jiankanglu', '健康路小红伞驿站', 'Jiankanglu Station', '2023-09-15'],
  ['guojicun', 'clinic-guojicun', '国际村小红伞驿站', 'Guojicun Station', '2023-09-15'],
  ['guihuayuan', 'school-guihuayuan', '桂花园小红伞驿站', 'Guihuayuan Station', '2024-03-05'],
  ['wangjiapo', 'market-wangjiapo', '王家坡小红伞驿站', 'Wangjiapo Station', '2024-03-05'],
  ['pipashan', 'school-pipashan', '枇杷山小红伞驿站', 'Pipashan Station', '2024-05-01'],
  ['chongqingcun', 'old-building-chongqingcun', '重庆村小红伞驿站', 'Chongqingcun Station', '2024-05-01'],
  ['shanxilu', 'market-shanxilu', '陕西路小红伞驿站', 'Shanxilu Station', '2024-07-01'],
  ['erfuya', 'school-erfuya', '二府衙小红伞驿站', 'Erfuya Station', '2024-07-01'],
  ['qiaobei', 'square-qiaobei', '桥北小红伞驿站', 'Qiaobei Station', '2024-10-01'],
];

/** The station of the third story, and who works there. */
const shortLogins: ReadonlyMap<string, string> = new Map([
  ['chaotianmen station_head', 'zhanzhang'],
  ['chaotianmen volunteer', 'zhiyuan'],
]);

const yuzhongStreet = '500103004';
const partnersOf: readonly (readonly [code: string, name: string, nameEn: string, kind: string, area: string])[] = [
  ['jianmin-pharmacy', '渝健民大药房', 'Yujianmin Pharmacy', 'pharmacy', yuzhongStreet],
  ['qingquan-water', '山泉清饮水公司', 'Shanquan Drinking Water', 'shop', yuzhongStreet],
  ['riverside-hospital', '江岸社区医院', 'Riverside Community Hospital', 'hospital', yuzhongStreet],
  ['huangge-law', '黄桷法律服务所', 'Huangjue Legal Service', 'law_firm', yuzhongStreet],
  ['liangjiang-bank', '两江便民银行', 'Liangjiang Neighbourhood Bank', 'bank', yuzhongStreet],
  ['shancheng-telecom', '山城通信营业部', 'Shancheng Telecom Shop', 'operator', yuzhongStreet],
  ['tiposhang-property', '梯坡上物业', 'Tiposhang Property Services', 'property', yuzhongStreet],
  ['qisheng-express', '骑胜快送', 'Qisheng Couriers', 'logistics', yuzhongStreet],
  ['nanshan-college', '南山职业学院志愿者协会', 'Nanshan College Volunteers', 'school', yuzhongStreet],
  ['wharf-noodles', '码头面馆', 'Wharf Noodles', 'catering', '500103010'],
  ['chaotian-travel', '朝天旅行社', 'Chaotian Travel', 'shop', '500103010'],
  ['heart-social-work', '同心社会工作服务中心', 'Tongxin Social Work Centre', 'social_org', yuzhongStreet],
  ['huaxin-market', '华新农贸市场商会', 'Huaxin Market Guild', 'guild', '500105001'],
];

export function makeStations(
  seed: number,
  { areas, places }: Pick<Geography, 'areas' | 'places'>,
  organisation: readonly DemoUnit[],
  sinceMs: number,
): Stations {
  const rng = seededRandom(seed);
  const made: Stations = { stations: [], partners: [], units: [], people: [] };
  const taken = new Set<string>();
  for (const site of sited) {
    const place = places.find(({ id }) => id === site[1]);
    if (place === undefined || place.areaCode === null)
      throw new Error(`No area holds the place ${site[1]} of a demo station.`);
    const street = organisation.find(({ code }) => code === `${place.areaCode?.slice(0, 9)}-centre`);
    const unit = unitOf(rng, site, { street, sort: organisation.length + made.units.length, sinceMs });
    made.units.push(unit);
    made.stations.push(stationOf(rng, site, place as Placed, unit));
    for (const role of ['station_head', 'volunteer'] as const)
      made.people.push(personOf(rng, taken, unit, { role, code: site[0], order: made.people.length, sinceMs }));
  }
  made.partners = partnersOf.map(([code, name, nameEn, kind, areaCode], k) => {
    if (!areas.some((area) => area.code === areaCode)) throw new Error(`No area ${areaCode} for a demo partner.`);
    return { id: seededId(rng, sinceMs, k), code, name, nameEn, kind, areaCode, path: codePath(areaCode) };
  });
  return made;
}

interface Beside {
  street: DemoUnit | undefined;
  sort: number;
  sinceMs: number;
}

function unitOf(rng: Rng, [code, , name, nameEn]: Sited, { street, sort, sinceMs }: Beside): DemoUnit {
  if (street === undefined) throw new Error(`The demo station ${code} stands in no street with a centre.`);
  return {
    id: seededId(rng, sinceMs, sort),
    code: `station-${code}`,
    kind: 'station',
    roleCode: 'station',
    name,
    nameEn,
    tier: 'street',
    areaCode: street.areaCode,
    parentId: street.id,
    boardCode: null,
    phone: `023-5551${String(1000 + sort)}`,
    sort,
  };
}

interface Placed {
  name: string;
  areaCode: string;
  lon: number;
  lat: number;
}

function stationOf(rng: Rng, [code, , name, nameEn, openedOn]: Sited, place: Placed, unit: DemoUnit): DemoStation {
  return {
    id: seededId(rng, Date.parse(openedOn)),
    code,
    unitId: unit.id,
    name,
    nameEn,
    areaCode: place.areaCode,
    path: codePath(place.areaCode),
    lon: place.lon,
    lat: place.lat,
    address: place.name === name ? name.replace('小红伞驿站', '') : `${place.name}旁`,
    phone: unit.phone ?? '',
    openedOn,
  };
}

interface Position {
  role: 'station_head' | 'volunteer';
  code: string;
  order: number;
  sinceMs: number;
}

function personOf(rng: Rng, taken: Set<string>, unit: DemoUnit, { role, code, order, sinceMs }: Position): DemoPerson {
  return {
    id: seededId(rng, sinceMs, order),
    login: shortLogins.get(`${code} ${role}`) ?? `station.${code}.${role === 'station_head' ? 1 : 2}`,
    displayName: makeName(rng, taken),
    adminKind: null,
    appointment: { id: seededId(rng, sinceMs, order), unitId: unit.id, areaCode: null, role, isPrimary: true },
  };
}
