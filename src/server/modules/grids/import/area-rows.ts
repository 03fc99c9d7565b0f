/** Rows of an area table → areas. Pure: the same rows always give the same areas and the same complaints. */
import { decodeAreaCode } from '#engine/territory/area-code.ts';
import { isAppError } from '#kit/errors.ts';
import type { Tier } from '#kit/tiers.ts';
import type { CsvRow, FieldTable } from './csv-rows.ts';
import { wrongRow, type WrongRow } from './wrong-rows.ts';

/** Usual headers of area tables. Wide tables name every level in each row, flat tables one area in each row. */
export const areaFields = {
  city_code: ['市代码', '城市代码', '市编码'],
  city: ['city_name', '市', '城市', '市名称'],
  district_code: ['area_code', 'county_code', '区县代码', '区代码', '县代码', '区县编码'],
  district: ['district_name', 'county', 'county_name', '区县', '区', '县', '区县名称'],
  street_code: ['town_code', 'subdistrict_code', '街道代码', '镇街代码', '乡镇代码', '街道编码', '乡镇街道代码'],
  street: [
    'street_name',
    'town',
    'town_name',
    'subdistrict',
    '街道',
    '镇街',
    '乡镇',
    '街道名称',
    '乡镇街道',
    '乡镇街道名称',
  ],
  community_code: ['village_code', '社区代码', '村代码', '村居代码', '社区编码'],
  community: ['community_name', 'village', 'village_name', '社区', '村', '村居', '社区名称', '村居名称'],
  grid_code: ['网格代码', '网格编码'],
  grid: ['grid_name', '网格', '网格名称'],
  code: ['代码', '编码', '区划代码', '行政区划代码', '统计用区划代码'],
  name: ['名称', '名字'],
  residents: ['population', '人口', '人口数', '居民数', '常住人口'],
  households: ['户数', '家庭数'],
} as const satisfies FieldTable;

const levels = [
  ['city', 'city_code', 'city'],
  ['district', 'district_code', 'district'],
  ['street', 'street_code', 'street'],
  ['community', 'community_code', 'community'],
  ['grid', 'grid_code', 'grid'],
] as const;

export interface AreaRow {
  code: string;
  tier: Tier;
  name: string;
  parentCode: string | null;
  /** Where it stood first. */
  line: number;
  residents: number | null;
  households: number | null;
}

export interface AreaTable {
  areas: Map<string, AreaRow>;
  wrong: WrongRow[];
}

/** Which levels the file names; ['code'] for a flat table with `code` and `name`. Empty: not an area table. */
export function levelsOf(mapped: Readonly<Record<string, string>>): string[] {
  const wide = levels.filter(([, code, name]) => mapped[code] !== undefined && mapped[name] !== undefined);
  if (wide.length > 0) return wide.map(([tier]) => tier);
  return mapped['code'] !== undefined && mapped['name'] !== undefined ? ['code'] : [];
}

/** A row counts wholly or not at all: one wrong cell, and nothing of the row is taken. */
export function toAreas(rows: readonly CsvRow[], named: readonly string[]): AreaTable {
  const table: AreaTable = { areas: new Map(), wrong: [] };
  const flat = named[0] === 'code';
  const chosen = levels.filter(([tier]) => named.includes(tier));
  for (const row of rows) {
    const wrong: WrongRow[] = [];
    const found = flat ? readFlat(row, wrong) : readWide(row, chosen, wrong);
    wrong.push(...found.flatMap((area) => contradiction(table.areas.get(area.code), area, row) ?? []));
    if (wrong.length > 0) table.wrong.push(...wrong.slice(0, 1));
    else for (const area of found) keep(table.areas, area);
  }
  return table;
}

function keep(areas: Map<string, AreaRow>, area: AreaRow): void {
  const before = areas.get(area.code);
  areas.set(
    area.code,
    before === undefined
      ? area
      : { ...before, residents: before.residents ?? area.residents, households: before.households ?? area.households },
  );
}

function contradiction(before: AreaRow | undefined, now: AreaRow, row: CsvRow): WrongRow | undefined {
  if (before === undefined || before.name === now.name) return undefined;
  return wrongRow(row.line, now.tier, `"${before.name}" for ${now.code}, as in line ${before.line}`, now.name);
}

function readFlat(row: CsvRow, wrong: WrongRow[]): AreaRow[] {
  const code = withoutPadding(row.get('code'));
  const area = readArea(row, undefined, code, row.get('name'), 'code', 'name', wrong);
  return area === undefined ? [] : [{ ...area, ...countsOf(row, wrong) }];
}

/** Statistics tables write every code with 12 digits: 500103004000 is street 500103004. */
function withoutPadding(code: string): string {
  let short = code;
  while ((short.length === 12 || short.length === 9) && short.endsWith('000')) short = short.slice(0, -3);
  return short;
}

function readWide(row: CsvRow, chosen: readonly (typeof levels)[number][], wrong: WrongRow[]): AreaRow[] {
  const found: AreaRow[] = [];
  for (const [tier, codeField, nameField] of chosen) {
    const [code, name] = [row.get(codeField), row.get(nameField)];
    if (code === '' && name === '' && found.length > 0) continue; // a street without communities, a community without grids
    const area = readArea(row, tier, tier === 'grid' ? code : withoutPadding(code), name, codeField, nameField, wrong);
    const above = found.at(-1);
    if (area !== undefined && above !== undefined && area.parentCode !== above.code) {
      wrong.push(wrongRow(row.line, codeField, `a code that begins with ${above.code}`, code));
    }
    if (area !== undefined) found.push(area);
  }
  const last = found.pop();
  return last === undefined ? found : [...found, { ...last, ...countsOf(row, wrong) }];
}

function readArea(
  row: CsvRow,
  tier: Tier | undefined,
  code: string,
  name: string,
  codeField: string,
  nameField: string,
  wrong: WrongRow[],
): AreaRow | undefined {
  if (!isName(name)) wrong.push(wrongRow(row.line, nameField, 'a name of 1 to 100 characters without quotes', name));
  try {
    const decoded = decodeAreaCode(code);
    if (tier === undefined || decoded.tier === tier) {
      return {
        code,
        tier: decoded.tier,
        name,
        parentCode: decoded.parentCode ?? null,
        line: row.line,
        residents: null,
        households: null,
      };
    }
    wrong.push(wrongRow(row.line, codeField, `the code of a ${tier}`, code));
  } catch (error) {
    if (!isAppError(error)) throw error;
    wrong.unshift(wrongRow(row.line, codeField, tier === undefined ? 'an area code' : `the code of a ${tier}`, code));
  }
  return undefined;
}

/** No control characters, line feeds or stray quotes, no marks that turn the direction of writing. */
export function isName(name: string): boolean {
  return name !== '' && name.length <= 100 && !/["\p{Cc}\u202a-\u202e\u2066-\u2069\ufffd]/u.test(name);
}

function countsOf(row: CsvRow, wrong: WrongRow[]): { residents: number | null; households: number | null } {
  const count = (field: string): number | null => {
    const text = row.get(field).replaceAll(',', '');
    if (text === '') return null;
    const value = Number(text);
    if (Number.isInteger(value) && value >= 0 && value <= 100_000_000) return value;
    wrong.push(wrongRow(row.line, field, 'a whole number from 0', text));
    return null;
  };
  return { residents: count('residents'), households: count('households') };
}
