import * as z from 'zod';
import { areaCode, isoTime, lat, lon, uuid } from './route.ts';

// ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export const facilitySources = ['desk', 'import', 'osm', 'station', 'project'] as const;
export const missingFacts = ['hours', 'capacity', 'step_free', 'checked'] as const;
export const facilityFormats = ['csv', 'geojson'] as const;
export const idleStates = ['idle', 'reserved', 'used', 'withdrawn'] as const;
export const idleConditions = ['ready', 'repair', 'rebuild', 'unsafe'] as const;
export const idleFormats = ['xlsx', 'docx'] as const;
export const certainties = ['verified', 'likely', 'known', 'draft'] as const;

export const classCode = z.string().regex(/^[a-z0-9_]{1,40}$/);
const dictionaryWord = z.object({
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  certainty: z.enum(certainties),
  source: z.string(),
  sourceEn: z.string(),
});

/** Hours on some days of the week, Shanghai time; `to` not after `from` is the next morning. */
export const openSpan = z.object({
  days: z.array(z.number().int().min(1).max(7)).min(1).max(7).describe('1 周一 … 7 周日'),
  from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  to: z
    .string()
    .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/)
    .describe('不晚于 from 表示次日'),
});

// ── facilities ──────────────────────────────────────────────────────────────────────────────────────────────────────

export const facilityClassView = dictionaryWord.extend({
  family: z.string(),
  level: z.union([z.literal(5), z.literal(10), z.literal(15)]).describe('属于几分钟生活圈'),
  capacityUnit: z.enum(['', 'places', 'meals', 'beds']),
  minFloorM2: z.number().int().nullable(),
  group: z.string().describe('为谁而设（need-groups.csv）'),
  kind: z.enum(['public', 'market', 'mixed']),
});

const mark = z.object({
  id: uuid,
  name: z.string(),
  classCode: z.string(),
  lon,
  lat,
  openNow: z.boolean().nullable().describe('开放时间不明为空'),
});

export const facilityMark = mark;

export const facilityRow = mark.extend({
  code: z.string(),
  areaCode,
  areaName: z.string(),
  address: z.string(),
  capacity: z.number().int().nullable(),
  hours: z.array(openSpan).nullable(),
  stepFree: z.boolean().nullable(),
  openedOn: z.iso.date().nullable(),
  closedOn: z.iso.date().nullable().describe('从这天起不再有'),
  checkedOn: z.iso.date().nullable().describe('最近一次到现场核对'),
  source: z.enum(facilitySources),
  missing: z.array(z.enum(missingFacts)),
});

export const facilityDetail = facilityRow.extend({
  floorM2: z.number().int().nullable(),
  note: z.string(),
  stationCode: z.string().nullable().describe('随驿站更新的：驿站编号'),
  projectId: uuid.nullable().describe('由项目建成的'),
  version: z.number().int(),
  mayEdit: z.boolean(),
});

export const historyLine = z.object({
  id: uuid,
  at: isoTime,
  action: z.string(),
  byName: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
  words: z.record(z.string(), z.unknown()).nullable(),
});

// ── standards ───────────────────────────────────────────────────────────────────────────────────────────────────────

const values = z.object({
  walkMin: z.number().int().describe('步行分钟'),
  radiusM: z.number().int().nullable(),
  perPeople: z.number().int().nullable(),
});

export const ownStandard = z.object({
  areaCode,
  areaName: z.string(),
  version: z.number().int(),
  walkMin: z.number().int().nullable().describe('空为按规范'),
  radiusM: z.number().int().nullable(),
  perPeople: z.number().int().nullable(),
  reason: z.string(),
  at: isoTime,
  byName: z.string().nullable(),
});

export const standardRow = facilityClassView.extend({
  norm: values,
  inForce: values,
  own: ownStandard.nullable().describe('正在起作用的本地规定；空为按规范'),
  version: z.number().int().describe('本区域自己的规定改过几次'),
});

// ── population ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** A number of people; null: too few to be shown to this viewer. */
const few = z.number().int().nullable();

export const populationSum = z.object({
  areaCode,
  areaName: z.string(),
  cells: z.number().int(),
  people: few,
  elders: few,
  children: few,
});

export const populationCell = z.object({ code: z.string(), lon, lat, people: few, elders: few, children: few });

// ── idle resources ──────────────────────────────────────────────────────────────────────────────────────────────────

export const idleRow = z.object({
  id: uuid,
  code: z.string(),
  name: z.string(),
  areaCode,
  areaName: z.string(),
  lon,
  lat,
  address: z.string(),
  areaM2: z.number().int(),
  owner: z.string(),
  ownerKind: z.string(),
  condition: z.enum(idleConditions),
  uses: z.array(z.string()),
  freeFrom: z.iso.date().nullable(),
  state: z.enum(idleStates),
  photos: z.number().int(),
});

export const idleDetail = idleRow.omit({ photos: true }).extend({
  reservedFor: uuid.nullable().describe('留给或用于哪个项目'),
  note: z.string(),
  photos: z.array(z.object({ id: uuid, alt: z.string(), width: z.number().int(), height: z.number().int() })),
  version: z.number().int(),
  mayEdit: z.boolean(),
});
