import * as z from 'zod';
import { areaCode, isoTime, lat, lon, uuid } from './route.ts';

// ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export const facilityStates = ['there', 'out_of_order', 'gone'] as const;
export const facilityGroups = ['need', 'comfort', 'help', 'access'] as const;
export const busyLevels = ['free', 'some', 'full'] as const;
export const openingReasons = ['usual', 'holiday', 'exception'] as const;
export type BusyLevel = (typeof busyLevels)[number];
export type FacilityState = (typeof facilityStates)[number];

export const stationCode = z.string().regex(/^[a-z0-9][a-z0-9-]{1,39}$/);
export const dictionaryCode = z.string().regex(/^[a-z0-9_-]{1,40}$/);

// ── views ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export const opening = z.object({
  from: isoTime,
  until: isoTime,
  why: z.enum(openingReasons),
  reason: z.string().describe('临时安排的说明'),
  reasonEn: z.string(),
  extended: z
    .object({
      warningKind: z.string(),
      warningName: z.string(),
      warningNameEn: z.string(),
      colour: z.string(),
      usualUntil: isoTime,
    })
    .nullable()
    .describe('因预警延长开放：哪种预警、平时几点关'),
});

const closing = z.object({ fromDay: z.iso.date(), toDay: z.iso.date(), reason: z.string(), reasonEn: z.string() });

export const facilityWord = z.object({
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  group: z.enum(facilityGroups),
  icon: z.string(),
  counts: z.boolean().describe('是否要记数量'),
  chip: z.number().int().nullable().describe('居民页上大按钮的次序；空为不在其中'),
});

export const languageWord = z.object({ code: z.string(), name: z.string(), nameEn: z.string() });

/** How long a way takes until the walking network knows it: line × detour ÷ speed. */
export const walkingEstimate = z.object({
  who: z.enum(['adult', 'elder']),
  detour: z.number().min(1),
  speedMps: z.number().positive(),
});

export const publicFacility = z.object({
  code: z.string(),
  state: z.enum(['there', 'out_of_order']),
  quantity: z.number().int().nullable(),
  note: z.string(),
  noteEn: z.string(),
});

const publicFacts = z.object({
  id: uuid,
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  areaCode,
  areaName: z.string().describe('所在社区；没有时为街道'),
  address: z.string(),
  addressEn: z.string(),
  lon,
  lat,
  phone: z.string(),
  busy: z
    .object({ level: z.enum(busyLevels), at: isoTime, lapsesAt: isoTime })
    .nullable()
    .describe('一小时内有人告知的才有'),
  openings: z.array(opening).describe('从现在起各段开放时间，手机离线时据此判断是否开放'),
  closings: z.array(closing).describe('这些天里的临时安排'),
  facilities: z.array(publicFacility),
});

export const publicStationRow = publicFacts;
export const publicStation = publicFacts.extend({
  directions: z.string(),
  directionsEn: z.string(),
  languages: z.array(languageWord),
  holidayHours: z.boolean(),
  hours: z.array(z.array(z.tuple([z.number().int(), z.number().int()]))),
  photos: z.array(
    z.object({ id: uuid, alt: z.string(), altEn: z.string(), width: z.number().int(), height: z.number().int() }),
  ),
});

export const stationStanding = z.object({
  open: z.boolean(),
  until: isoTime.nullable().describe('开放时：何时关；关闭时：下次何时开；空为两周内不变'),
  opening: opening.nullable(),
  closedFor: z.object({ reason: z.string(), reasonEn: z.string() }).nullable(),
});

export const stationRow = z.object({
  id: uuid,
  code: z.string(),
  unitId: uuid,
  name: z.string(),
  nameEn: z.string(),
  areaCode,
  areaName: z.string(),
  lon,
  lat,
  address: z.string(),
  addressEn: z.string(),
  standing: stationStanding,
  busy: publicFacts.shape.busy,
  facilities: z.array(z.string()).describe('可用的设施'),
  outOfOrder: z.array(z.string()).describe('有而不能用的'),
  closedOn: z.iso.date().nullable(),
});

export const stationException = z.object({
  id: uuid,
  fromDay: z.iso.date(),
  toDay: z.iso.date(),
  spans: z.array(z.tuple([z.number().int(), z.number().int()])),
  reason: z.string(),
  reasonEn: z.string(),
});

export const stationFacility = z.object({
  code: z.string(),
  state: z.enum(facilityStates),
  quantity: z.number().int().nullable(),
  note: z.string(),
  noteEn: z.string(),
  version: z.number().int(),
  changedAt: isoTime,
});

export const stationDetail = stationRow.omit({ facilities: true, outOfOrder: true }).extend({
  unitName: z.string(),
  phone: z.string(),
  directions: z.string(),
  directionsEn: z.string(),
  languages: z.array(z.string()),
  openedOn: z.iso.date(),
  hours: publicStation.shape.hours,
  holidayHours: z.boolean(),
  openings: z.array(opening).describe('今后两周'),
  exceptions: z.array(stationException).describe('还没过去的'),
  facilities: z.array(stationFacility),
  photos: publicStation.shape.photos,
  version: z.number().int(),
  mayManage: z.boolean(),
  mayWork: z.boolean(),
});

export const stationHistoryLine = z.object({
  id: uuid,
  at: isoTime,
  action: z.string(),
  byName: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
  words: z.record(z.string(), z.unknown()).nullable(),
});
