import * as z from 'zod';
import { areaCode, isoTime, lat, lon, uuid } from './route.ts';

/** What is wrong: none as far as was measured; one, but too far; too little room; shut when needed; run down; with steps. */
export const problemKinds = [
  'missing',
  'too_far',
  'too_small',
  'closed_when_needed',
  'poor_condition',
  'not_accessible',
] as const;
export type ProblemKind = (typeof problemKinds)[number];

export const problemStates = ['open', 'planned', 'solved', 'declined'] as const;
export type ProblemState = (typeof problemStates)[number];

export const demandStates = ['open', 'planned', 'met', 'declined'] as const;
export type DemandState = (typeof demandStates)[number];

export const classCode = z.string().regex(/^[a-z][a-z0-9_]{0,40}$/);
const count = z.number().int().min(0);
/** Null: fewer than may be shown. */
const heads = { people: count.nullable(), elders: count.nullable(), children: count.nullable() };
/** Numbers as a person wrote them. */
export const givenHeads = z.object({ people: count, elders: count, children: count });

/** What rows of both lists share. */
const listed = {
  id: uuid,
  classCode,
  areaCode,
  areaName: z.string(),
  lon,
  lat,
  ...heads,
  corrected: z.boolean().describe('人数经人工更正'),
  now: z.object(heads).nullable().describe('更正以后重新编制得出的数，与更正时看到的不同；没有变化为空'),
  nearestS: count.nullable().describe('他们走到最近一处的秒数（按人口的中位数）；量程内没有为空'),
  voices: count,
  needs: count,
  note: z.string(),
  reason: z.string(),
  editedAt: isoTime.nullable(),
  runId: uuid.nullable(),
  producedAt: isoTime.nullable(),
  goneAt: isoTime.nullable().describe('此后重新编制不再出现'),
  version: z.number().int(),
  mayEdit: z.boolean(),
};

export const problemRow = z.object({
  ...listed,
  kind: z.enum(problemKinds),
  facility: z.object({ id: uuid, name: z.string() }).nullable(),
  measure: z
    .object({ found: z.number(), wanted: z.number(), unit: z.enum(['m2', 'people', 'minutes', 'clock']) })
    .nullable()
    .describe('现有与应有：平方米、服务人数、分钟，或应开门的时刻（当日第几分钟，found 为星期）'),
  state: z.enum(problemStates),
});

export const demandRow = z.object({
  ...listed,
  floorM2: count.nullable().describe('建议面积，按类别的下限'),
  idle: z.object({ id: uuid, code: z.string(), name: z.string() }).nullable().describe('拟用的闲置资源'),
  projectId: uuid.nullable(),
  state: z.enum(demandStates),
});

export const needLine = z.object({
  id: uuid,
  title: z.string(),
  groupCode: z.string(),
  voices: count,
  people: count.nullable(),
  state: z.string(),
});

/** Homes a row is about. */
export const cellLine = z.object({
  areaCode,
  areaName: z.string(),
  lon,
  lat,
  ...heads,
  seconds: count.nullable(),
});

export const runLine = z.object({
  id: uuid,
  hash: z.string(),
  network: z.string(),
  profile: z.string(),
  day: z.iso.date(),
  codeVersion: z.string(),
  finishedAt: isoTime,
});

export const historyLine = z.object({
  at: isoTime,
  action: z.string(),
  byName: z.string().nullable().describe('没有查看人员的权限，或由系统所为，则为空'),
  reason: z.string(),
  data: z.record(z.string(), z.unknown()),
});

/** Where a row comes from. */
export const sources = {
  run: runLine.nullable(),
  limitMin: z.number().nullable().describe('测算时的标准：步行几分钟'),
  cells: z.array(cellLine),
  moreCells: count,
  needList: z.array(needLine),
  history: z.array(historyLine),
};

/** An idle room as an answer to a demand. */
export const matchView = z.object({
  id: uuid,
  code: z.string(),
  name: z.string(),
  address: z.string(),
  areaName: z.string(),
  lon,
  lat,
  areaM2: count,
  ownerKind: z.string(),
  condition: z.string(),
  use: z.enum(['named', 'unsaid']).describe('用途已写明，或尚未写明'),
  largeEnough: z.boolean().nullable().describe('类别没有面积下限的为空'),
  newly: z.object(heads).describe('测算范围内新增走得到的人口'),
  here: z.object(heads).describe('其中本社区的'),
  joined: z.boolean().describe('离路不太远，可以测算'),
});
