import * as z from 'zod';
import { areaCode, isoTime, lat, lon, uuid } from './route.ts';

// ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** cover: as many people as can be within the limit; median: the least walking in all; centre: the farthest comes nearer. */
export const planningGoals = ['cover', 'median', 'centre'] as const;
/** draft: may still be changed; answered: reckoned; decided: somebody decided on it; set_aside: not followed up. */
export const scenarioStates = ['draft', 'answered', 'decided', 'set_aside'] as const;
/** 立项 建设 验收 开放, in this order. */
export const projectStages = ['approval', 'building', 'acceptance', 'opening'] as const;
/** The stage it is in; open: people use it; stopped: given up, with a reason. */
export const projectStates = [...projectStages, 'open', 'stopped'] as const;
/** idle: of the idle ledger; point: put on the map by hand; street: a place every so many metres along the streets. */
export const candidateKinds = ['idle', 'point', 'street'] as const;

/** Whether an idle room can become one of the class, or what stands against it; anywhere: a place along a street. */
export const candidateFits = ['fits', 'use_unsaid', 'too_small', 'other_use', 'unsafe', 'anywhere'] as const;

export const dictionaryCode = z.string().regex(/^[a-z][a-z0-9_]{0,40}$/);
export const candidateKey = z.string().regex(/^[A-Za-z0-9:_-]{1,60}$/);
const count = z.number().int().min(0);
const yuan = z.number().int().min(0).max(10_000_000_000);

export const openingHours = z
  .array(
    z.object({
      days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
      from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
      to: z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/),
    }),
  )
  .max(14);

/** A weekday (1 Monday … 7 Sunday) and a minute of its day: only what is open then counts. */
export const moment = z.object({
  weekday: z.number().int().min(1).max(7),
  minute: z.number().int().min(0).max(1439),
});

export const groupCounts = z.object({ people: count, elders: count, children: count });

export const candidateView = z.object({
  key: candidateKey,
  kind: z.enum(candidateKinds),
  idleId: uuid.nullable(),
  name: z.string().min(1).max(120),
  lon,
  lat,
  address: z.string().max(200),
  floorM2: z.number().int().min(1).nullable(),
  capacity: z.number().int().min(1).nullable(),
  costYuan: yuan.nullable().describe('空：没有估价'),
});

/** Who reaches a facility of the class, before or after. */
export const reachFigures = z.object({
  within: groupCounts.describe('限时内走得到的人口'),
  beyond: groupCounts.describe('超出计算范围、走不到的人口'),
  meanS: z.number().nullable().describe('平均步行秒数；走不到的按计算范围计'),
  farthestS: z.number().nullable().describe('走得到的人里最远的步行秒数'),
  gini: z.number().nullable().describe('步行时间的基尼系数，0 最均等'),
  palma: z.number().nullable().describe('步行最久的十分之一人与最短的十分之四人之比'),
});

export const choiceFigures = z.object({
  chosen: z.array(candidateKey),
  total: groupCounts.describe('区域内的人口'),
  before: reachFigures,
  after: reachFigures,
  newly: groupCounts.describe('新增走得到的人口'),
  costYuan: yuan.nullable().describe('所选地点的费用之和；有一处没有估价则为空'),
  each: z
    .array(z.object({ key: candidateKey, newly: groupCounts, serves: count }))
    .describe('每一处各自由它最近、因它新增走得到的人口'),
});

/** What the engine found, with what it proved. Numbers only; the screen says them in words. */
export const proofView = z.object({
  goal: z.enum(planningGoals),
  better: z.enum(['more', 'less']).describe('目标值越大越好，还是越小越好'),
  objective: z.number().describe('本方案的目标值：cover 加权人数；median 加权人·秒；centre 秒'),
  bound: z.number().describe('任何选法都不会比它更好'),
  gap: z.number().min(0).describe('本方案与界的相对差距，0 为已证明最优'),
  proven: z.boolean(),
  runnerUp: z
    .object({
      chosen: z.array(candidateKey),
      objective: z.number(),
      costYuan: z.number().nullable(),
      proven: z.boolean(),
    })
    .nullable()
    .describe('至少换掉一处的选法里最好的'),
  method: z.enum(['nothing', 'every-choice', 'prices', 'programme']),
  candidates: count,
  choices: z.number().nullable().describe('一共有多少种选法；太多时为空'),
  nodes: count,
  seconds: z.number(),
});

const accountName = z.string().nullable().describe('经办人的姓名');

export const scenarioRow = z.object({
  id: uuid,
  title: z.string(),
  areaCode,
  areaName: z.string(),
  classCode: dictionaryCode,
  profile: dictionaryCode,
  limitMin: z.number().int(),
  goal: z.enum(planningGoals),
  choose: z.number().int().nullable(),
  budgetYuan: yuan.nullable(),
  weighting: dictionaryCode,
  state: z.enum(scenarioStates),
  candidates: count,
  chosen: z.array(z.string()).nullable().describe('算出的地点名称；未算为空'),
  newly: groupCounts.nullable(),
  afterWithin: groupCounts.nullable(),
  meanS: z.number().nullable(),
  farthestS: z.number().nullable(),
  gini: z.number().nullable(),
  costYuan: yuan.nullable(),
  proven: z.boolean().nullable(),
  gap: z.number().nullable(),
  madeBy: accountName,
  createdAt: isoTime,
  answeredAt: isoTime.nullable(),
});

export const choiceView = z.object({
  id: uuid,
  title: z.string(),
  figures: choiceFigures,
  madeBy: accountName,
  createdAt: isoTime,
});

export const decisionView = z.object({
  id: uuid,
  scenarioId: uuid,
  choiceId: uuid.nullable(),
  chosen: z.array(candidateView),
  figures: choiceFigures,
  answerHash: z.string(),
  compared: z.array(z.object({ id: uuid, title: z.string() })),
  reason: z.string(),
  minutesNo: z.string(),
  decidedBy: accountName,
  decidedAt: isoTime,
  superseded: z.boolean().describe('后来另有决定'),
  projects: z.array(z.object({ id: uuid, name: z.string(), state: z.enum(projectStates) })),
});

export const scenarioView = z.object({
  ...scenarioRow.omit({ candidates: true }).shape,
  demandId: uuid.nullable(),
  moment: moment.nullable(),
  candidates: z.array(candidateView),
  reason: z.string(),
  note: z.string(),
  answer: z
    .object({
      proof: proofView,
      figures: choiceFigures,
      hash: z.string(),
      networkVersion: z.string(),
      codeVersion: z.string(),
      facilities: count,
      cells: count,
      runId: uuid.nullable(),
      answeredAt: isoTime,
    })
    .nullable(),
  choices: z.array(choiceView),
  decisions: z.array(decisionView),
  work: z
    .object({ share: z.number().min(0).max(1), bestObjective: z.number().nullable(), bound: z.number().nullable() })
    .nullable()
    .describe('正在计算'),
  failure: z.string().nullable().describe('上次计算没有成功的错误代码'),
  mayPlan: z.boolean(),
  mayDecide: z.boolean().describe('有决策权，且不是提出方案的人'),
  version: z.number().int(),
});

/** One place where people live, as the two maps draw it. */
export const scenarioCell = z.object({
  lon,
  lat,
  areaCode: z.string(),
  people: count.nullable().describe('空：少于 5 人，不单独显示'),
  elders: count.nullable(),
  children: count.nullable(),
  beforeS: z.number().nullable().describe('现在最近一处的步行秒数；空：走不到'),
  afterS: z.number().nullable(),
});

/** One area of those cells added up: the twin of the maps in words. */
export const scenarioArea = z.object({
  code: z.string(),
  name: z.string(),
  people: count,
  before: count.describe('现在限时内走不到的人口'),
  after: count.describe('建成后限时内走不到的人口'),
});

export const stageView = z.object({
  id: uuid,
  stage: z.enum(projectStages),
  plannedOn: z.iso.date().nullable(),
  doneOn: z.iso.date().nullable(),
  lateDays: z.number().int().nullable().describe('比计划晚的天数；空：没有晚'),
  note: z.string(),
  photos: z.array(z.object({ id: uuid, width: z.number().int(), height: z.number().int() })),
});

export const remeasureView = z.object({
  id: uuid,
  runBefore: uuid,
  runAfter: uuid,
  hashAfter: z.string(),
  predicted: groupCounts,
  found: z.object({
    newly: groupCounts.describe('开放前走不到、开放后走得到的人口'),
    lost: groupCounts.describe('开放前走得到、开放后走不到的人口'),
    byThis: groupCounts.describe('其中由本设施带来的'),
    population: z.number().int().describe('同一范围人口的增减'),
    networkChanged: z.boolean(),
    standardsChanged: z.boolean(),
    otherOpened: count.describe('同类设施同期新开的'),
    otherClosed: count,
    limitMin: z.number(),
  }),
  measuredAt: isoTime,
});

export const projectRow = z.object({
  id: uuid,
  name: z.string(),
  classCode: dictionaryCode,
  areaCode: z.string(),
  areaName: z.string(),
  lon,
  lat,
  state: z.enum(projectStates),
  stages: z.array(stageView),
  lateDays: z.number().int().nullable(),
  predicted: groupCounts,
  found: groupCounts.nullable().describe('最近一次再测的新增走得到人口'),
  budgetYuan: yuan.nullable(),
  openedOn: z.iso.date().nullable(),
});

export const projectView = z.object({
  ...projectRow.omit({ found: true }).shape,
  decisionId: uuid,
  scenarioId: uuid,
  scenarioTitle: z.string(),
  minutesNo: z.string(),
  decidedAt: isoTime,
  servedCode: areaCode,
  servedName: z.string(),
  idleResourceId: uuid.nullable(),
  demandId: uuid.nullable(),
  facilityId: uuid.nullable(),
  address: z.string(),
  hours: openingHours.nullable(),
  services: z.string(),
  capacity: z.number().int().nullable(),
  floorM2: z.number().int().nullable(),
  limitMin: z.number().int(),
  profile: dictionaryCode,
  predictedHash: z.string(),
  runBefore: uuid.nullable(),
  reason: z.string(),
  remeasures: z.array(remeasureView),
  mayPlan: z.boolean(),
  version: z.number().int(),
});
