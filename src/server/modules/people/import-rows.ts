/** Rows of a table of people → what would be registered. No database; the same rows always give the same complaints. */
import { careRoutes } from '#contract/care.ts';
import type { CareRowProblem } from '#contract/care-words.ts';
import {
  convert,
  pointWithin,
  type Area,
  type CoordinateSystem,
  type CsvRow,
  type FieldTable,
  type LiveTerritory,
} from '#server/modules/grids/index.ts';
import { isIdNumber } from './rules.ts';
import type { CareWish } from './commands.ts';
import { careTags } from './tags.ts';

/** Usual headers of tables of people in care; the first of each is that of the template. */
export const careImportFields = {
  name: ['姓名', '名字'],
  phone: ['电话', '联系电话', '手机', '手机号'],
  id_number: ['身份证号', '身份证', '证件号码', '公民身份号码'],
  tags: ['类别', '标签', '人员类别', '关爱类别'],
  address: ['地址', '住址', '现住址', '楼栋'],
  door: ['门牌', '房号', '单元楼层门牌'],
  contact: ['紧急联系人', '联系人'],
  guardian: ['监护人'],
  health: ['健康备注', '健康状况'],
  birth_year: ['出生年份', '出生年'],
  area: ['网格', '网格代码', '区划代码', '所属网格', '社区'],
  lon: ['经度', 'lng', 'longitude'],
  lat: ['纬度', 'latitude'],
  responsible: ['责任人账号', '责任人'],
} as const satisfies FieldTable;
export type CareImportField = keyof typeof careImportFields;
export const careImportRequired: readonly CareImportField[] = ['name', 'tags'];

export interface CareRowWrong {
  line: number;
  problem: CareRowProblem;
  length: number;
}
export interface CareRowRead {
  line: number;
  wish: Omit<CareWish, 'areaCode'>;
  area: Area;
}

/** A complaint about a cell: where it stands and how long it is, never what it says. */
export function wrongCell(line: number, problem: CareRowProblem, text: string): CareRowWrong {
  return { line, problem, length: [...text].length };
}

const shape = careRoutes.create.body.omit({ opId: true, areaCode: true });
const columnOf: Readonly<Record<string, CareImportField>> = {
  idNumber: 'id_number',
  addressDetail: 'door',
  birthYear: 'birth_year',
  areaCode: 'area',
  responsibleId: 'responsible',
};

export interface RowReader {
  territory: LiveTerritory;
  crs: CoordinateSystem;
  /** Logins that the file names, of people in service. */
  accounts: ReadonlyMap<string, string>;
}

/** Makes a reader that knows areas by code and, where only one bears it, by name. */
export function createRowReader({ territory, crs, accounts }: RowReader): (row: CsvRow) => CareRowRead | CareRowWrong {
  const tags = new Map(
    [...careTags().values()].filter(({ restricted }) => !restricted).flatMap(({ code, name }) => [[code, code], [name, code]]),
  ); // prettier-ignore
  const areas = areasByWord(territory);

  return (row) => {
    const { line } = row;
    const word = row.get('area');
    const area = word === '' ? undefined : areas.get(word);
    if (word !== '' && area === undefined) return wrongCell(line, 'area', word);
    const place = placeOf(territory, row, crs, area);
    if ('problem' in place) return place;
    const login = row.get('responsible');
    const responsibleId = login === '' ? null : accounts.get(login);
    if (responsibleId === undefined) return wrongCell(line, 'responsible', login);
    const idNumber = row.get('id_number').normalize('NFKC').replace(/\s/g, '').toUpperCase();
    if (idNumber !== '' && !isIdNumber(idNumber)) return wrongCell(line, 'idNumber', row.get('id_number'));
    const names = row.get('tags').split(/[、,，;；/|\s]+/).filter((name) => name !== ''); // prettier-ignore
    const codes = names.map((name) => tags.get(name));
    const text = (field: CareImportField) => row.get(field) || null;
    const read = shape.safeParse({
      name: row.get('name'),
      phone: text('phone'),
      idNumber: idNumber || null,
      address: row.get('address'),
      addressDetail: text('door'),
      contact: text('contact'),
      guardian: text('guardian'),
      health: text('health'),
      birthYear: row.get('birth_year') === '' ? null : Number(row.get('birth_year')),
      tags: codes.includes(undefined) ? [] : [...new Set(codes)],
      lon: place.lon,
      lat: place.lat,
      responsibleId,
    });
    if (read.success) return { line, wish: read.data, area: place.area };
    const field = String(read.error.issues[0]?.path[0] ?? 'name') as CareRowProblem;
    return wrongCell(line, field, row.get(columnOf[field] ?? field));
  };
}

function areasByWord(territory: LiveTerritory): ReadonlyMap<string, Area> {
  const live = [...territory.maps().areas.values()].filter(({ retiredAt }) => retiredAt === null);
  const named = Map.groupBy(live, ({ name }) => name);
  const words = new Map<string, Area>();
  for (const [name, [only, ...others]] of named) if (only !== undefined && others.length === 0) words.set(name, only);
  for (const area of live) words.set(area.code, area);
  return words;
}

interface Place {
  lon: number;
  lat: number;
  area: Area;
}

/** Where the file gives no position, the middle of the named area stands for it until somebody has been there. */
function placeOf(
  territory: LiveTerritory,
  row: CsvRow,
  crs: CoordinateSystem,
  named: Area | undefined,
): Place | CareRowWrong {
  const [lonText, latText] = [row.get('lon'), row.get('lat')];
  if (lonText === '' && latText === '') {
    const point = named === undefined ? null : pointWithin(territory, named.code);
    if (named === undefined || point === null) return wrongCell(row.line, 'place', '');
    return { lon: point[0], lat: point[1], area: named };
  }
  const [x, y] = [lonText, latText].map((text) => (text === '' ? Number.NaN : Number(text)));
  if (x === undefined || !(Math.abs(x) <= 180)) return wrongCell(row.line, 'lon', lonText);
  if (y === undefined || !(Math.abs(y) <= 90)) return wrongCell(row.line, 'lat', latText);
  const [lon, lat] = convert([x, y], crs) as [number, number];
  const area = named ?? territory.locate(lon, lat);
  return area === undefined ? wrongCell(row.line, 'place', `${lonText}${latText}`) : { lon, lat, area };
}
