import * as z from 'zod';
import { areaCode, isoTime, uuid } from './route.ts';

/** SHA-256 in hexadecimal digits. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const dictionaryCode = z.string().regex(/^[a-z0-9_]{1,40}$/);
export const runStates = ['running', 'done', 'failed', 'cancelled'] as const;

/** At which weekday (1 Monday to 7 Sunday) and minute of the day only open facilities count; null: at any time. */
export const atTime = z.object({ weekday: z.number().int().min(1).max(7), minute: z.number().int().min(0).max(1439) });

/** Numbers of people. Null: too few to be shown. */
const heads = z.object({
  people: z.number().int().nullable(),
  elders: z.number().int().nullable(),
  children: z.number().int().nullable(),
});

export const networkView = z.object({
  version: sha256,
  name: z.string(),
  districts: z.array(areaCode),
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  stats: z.object({
    nodes: z.number().int(),
    edges: z.number().int(),
    lengthM: z.number(),
    stairsM: z.number(),
    offGroundM: z.number(),
    heightKnown: z.number().nullable().describe('知道高程的比例，0 至 1；没有高程为 null'),
    islandCount: z.number().int().nullable().describe('没有连上而舍去的部分；未报告为 null'),
    islandEdges: z.number().int().nullable(),
  }),
  source: z.string(),
  bytes: z.number().int(),
  createdAt: isoTime,
});

export const profileWord = z.object({
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  flatMs: z.number(),
  climbSecondsPerM: z.number(),
  takesSteps: z.boolean(),
  certain: z.boolean(),
});

export const classWord = z.object({
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  family: z.string(),
  level: z.number().int().describe('属于几分钟生活圈'),
  walkMin: z.number().describe('标准：步行几分钟以内'),
  group: z.string(),
  kind: z.string(),
  certainty: z.string(),
  source: z.string(),
});

export const runView = z.object({
  id: uuid,
  hash: sha256.describe('路网、人群、参数、设施、人口、标准和程序版本的摘要'),
  areaCode,
  areaName: z.string(),
  network: sha256,
  networkName: z.string(),
  profile: z.string(),
  day: z.iso.date().describe('按哪一天的设施'),
  at: atTime.nullable(),
  facilities: z.number().int(),
  cells: z.number().int(),
  codeVersion: z.string(),
  state: z.enum(runStates),
  progress: z.number().min(0).max(1).nullable().describe('在本进程里量到哪里；不知道为 null'),
  problem: z.string(),
  resultHash: sha256.nullable(),
  startedAt: isoTime,
  finishedAt: isoTime.nullable(),
});

const placeAside = z.object({
  code: z.string(),
  name: z.string(),
  classCode: z.string().nullable(),
  lon: z.number(),
  lat: z.number(),
});

export const runDetail = runView.extend({
  parameters: z.record(z.string(), z.unknown()),
  aside: z.object({
    facilities: z.array(placeAside).describe('离路太远、没有计入的设施'),
    cells: z.array(placeAside).describe('离路太远、没有计入的人口单元'),
    people: z.number().int(),
  }),
  shift: z
    .object({ share: z.number(), givenM: z.number(), movedM: z.number() })
    .nullable()
    .describe('设施普遍偏移，像是 GCJ-02 坐标当成了 WGS-84'),
  people: z.number().int(),
  elders: z.number().int(),
  children: z.number().int(),
  mayPlan: z.boolean(),
});

/** What the whole of a run says about one class. */
export const classFigures = z.object({
  classCode: z.string(),
  facilities: z.number().int().describe('计入的设施（到时间还开着的）'),
  closed: z.number().int().describe('这个时间不开的'),
  hoursUnknown: z.number().int().describe('不知道开放时间而仍计入的'),
  gini: z.number().nullable(),
  palma: z.number().nullable(),
  detour: z.number().nullable().describe('步行距离与直线距离之比，按人口的中位数'),
});

/** One cell: a building, or a grid in which cells of few people are put together. */
export const cellView = z.object({
  code: z.string(),
  merged: z.boolean(),
  areaCode,
  areaName: z.string(),
  lon: z.number(),
  lat: z.number(),
  people: z.number().int().nullable(),
  elders: z.number().int().nullable(),
  children: z.number().int().nullable(),
  seconds: z.number().int().nullable().describe('走到最近的一处；量程之内没有为 null'),
  back: z.number().int().nullable().describe('走回来'),
  facility: z.number().int().nullable().describe('最近的一处在 facilities 里的序号'),
});

export const facilityPoint = z.object({
  id: z.string(),
  name: z.string(),
  classCode: z.string(),
  lon: z.number(),
  lat: z.number(),
  counted: z.enum(['yes', 'closed', 'aside']),
});

export const areaHeads = heads.extend({ code: areaCode, name: z.string(), tier: z.string(), opens: z.boolean() });

/** Of an area and a class: how many people are within each limit. */
export const matrixCell = z.object({
  areaCode,
  classCode: z.string(),
  within: z.object({ five: heads, ten: heads, fifteen: heads, standard: heads }),
  medianS: z.number().int().nullable().describe('按人口的中位数'),
});

export const cellTime = z.object({
  classCode: z.string(),
  seconds: z.number().int().nullable(),
  back: z.number().int().nullable(),
  limitS: z.number().int(),
  facility: facilityPoint.nullable(),
  straightM: z.number().int().nullable(),
});

export const isochroneView = z.object({
  minutes: z.number(),
  geometry: z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(z.array(z.array(z.number())))) }),
});
