/** One row of a table as a facility, or what is wrong with it. */
import { uuidV7 } from '#kit/ids.ts';
import { plainCell } from '#server/files/csv-text.ts';
import {
  wrongRow,
  type CoordinateSystem,
  type CsvFile,
  type CsvRow,
  type FieldTable,
  type LiveTerritory,
  type WrongRow,
} from '#server/modules/grids/index.ts';
import { facilityClasses, type FacilityClass } from './dictionary.ts';
import { readHours } from './hours-text.ts';
import { readDay, readPlace, readWhole } from './import-cell-texts.ts';
import type { OpenSpan } from './rules-hours.ts';
import type { FacilityRow } from './store.ts';

export const facilityFields = {
  code: ['编号', '设施编号', '代码', 'id'],
  class: ['类别', '设施类别', '类型', 'class_code'],
  name: ['名称', '设施名称'],
  lon: ['lng', 'longitude', 'x', '经度'],
  lat: ['latitude', 'y', '纬度'],
  address: ['地址', '位置'],
  capacity: ['规模', '容量', '床位', '学位'],
  floor_m2: ['建筑面积', '面积', 'area_m2'],
  hours: ['开放时间', '营业时间', 'opening_hours'],
  step_free: ['无障碍', '无台阶', 'wheelchair'],
  opened_on: ['开放日期', '启用日期'],
  closed_on: ['停用日期'],
  checked_on: ['核对日期'],
  note: ['备注', '说明'],
} as const satisfies FieldTable;

export interface Reading {
  territory: LiveTerritory;
  crs: CoordinateSystem;
  mapped: CsvFile['mapped'];
  nowMs: number;
}

const yes = ['yes', 'y', 'true', '1', '是', '有'];
const no = ['no', 'n', 'false', '0', '否', '无'];

/** By code, Chinese or English name; 菜市场 finds 菜市场(生鲜超市). */
function classNamed(text: string): FacilityClass | undefined {
  const all = [...facilityClasses().values()];
  const plain = (word: string): string => word.replace(/[（(].*$/, '').trim();
  return (
    all.find(({ code, name, nameEn }) => [code, name, nameEn].includes(text)) ??
    all.find(({ name }) => text !== '' && plain(name) === plain(text))
  );
}

/** A cell that is empty takes nothing away; a file without such a column neither. */
export function readFacility(reading: Reading, row: CsvRow, old: FacilityRow | undefined): FacilityRow | WrongRow {
  const named = readNamed(row);
  if ('expected' in named) return named;
  const placed = readPlace(reading.territory, row, reading.crs);
  if ('expected' in placed) return placed;
  const sizes = readSizes(row, old);
  if ('expected' in sizes) return sizes;
  const days = readDays(row, old);
  if ('expected' in days) return days;
  const open = readOpen(row, old);
  if ('expected' in open) return open;
  const text = (field: 'address' | 'note', max: number): string =>
    row.get(field) === '' ? (old?.[field] ?? '') : plainCell(row.get(field)).slice(0, max);
  return {
    id: old?.id ?? uuidV7(reading.nowMs),
    ...named,
    ...placed,
    ...sizes,
    ...days,
    ...open,
    address: text('address', 200),
    note: text('note', 500),
    source: old?.source ?? 'import',
    sourceRef: old?.sourceRef ?? '',
    version: (old?.version ?? 0) + 1,
  };
}

function readNamed(row: CsvRow): Pick<FacilityRow, 'code' | 'name' | 'classCode'> | WrongRow {
  const [code, name] = [plainCell(row.get('code')), plainCell(row.get('name'))];
  const found = classNamed(row.get('class'));
  if (!/^[A-Za-z0-9_.:-]{1,60}$/.test(code))
    return wrongRow(row.line, 'code', 'up to 60 letters, digits, dots, dashes', code);
  if (name === '' || name.length > 120 || /\p{Cc}/u.test(name))
    return wrongRow(row.line, 'name', 'a name of 1 to 120 characters', name);
  if (found === undefined)
    return wrongRow(
      row.line,
      'class',
      `a class of the list, such as ${[...facilityClasses().keys()].slice(0, 4).join(', ')}`,
      row.get('class'),
    );
  return { code, name, classCode: found.code };
}

function readSizes(row: CsvRow, old: FacilityRow | undefined): Pick<FacilityRow, 'capacity' | 'floorM2'> | WrongRow {
  const capacity =
    row.get('capacity') === '' ? (old?.capacity ?? null) : readWhole(row, 'capacity', { least: 1, most: 1_000_000 });
  if (capacity !== null && typeof capacity === 'object') return capacity;
  const floorM2 =
    row.get('floor_m2') === '' ? (old?.floorM2 ?? null) : readWhole(row, 'floor_m2', { least: 1, most: 10_000_000 });
  return floorM2 !== null && typeof floorM2 === 'object' ? floorM2 : { capacity, floorM2 };
}

function readDays(
  row: CsvRow,
  old: FacilityRow | undefined,
): Pick<FacilityRow, 'openedOn' | 'closedOn' | 'checkedOn'> | WrongRow {
  const [opened, closed, checked] = (['opened_on', 'closed_on', 'checked_on'] as const).map((field) =>
    readDay(row, field),
  );
  for (const day of [opened, closed, checked]) if (day !== null && typeof day === 'object') return day;
  const openedOn = (opened as string | null) ?? old?.openedOn ?? null;
  const closedOn = (closed as string | null) ?? old?.closedOn ?? null;
  if (openedOn !== null && closedOn !== null && closedOn < openedOn)
    return wrongRow(row.line, 'closed_on', `a day from ${openedOn} on`, closedOn);
  return { openedOn, closedOn, checkedOn: (checked as string | null) ?? old?.checkedOn ?? null };
}

function readOpen(row: CsvRow, old: FacilityRow | undefined): Pick<FacilityRow, 'hours' | 'stepFree'> | WrongRow {
  const hours: OpenSpan[] | null | undefined =
    row.get('hours') === '' ? (old?.hours ?? null) : readHours(row.get('hours'));
  if (hours === undefined)
    return wrongRow(
      row.line,
      'hours',
      'hours like "1-5 08:00-18:00; 6,7 09:00-12:00", "24/7", or nothing',
      row.get('hours'),
    );
  const step = row.get('step_free').toLowerCase();
  if (step !== '' && !yes.includes(step) && !no.includes(step))
    return wrongRow(row.line, 'step_free', 'yes, no, or nothing', step);
  return { hours, stepFree: step === '' ? (old?.stepFree ?? null) : yes.includes(step) };
}
