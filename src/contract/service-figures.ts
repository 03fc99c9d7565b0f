import * as z from 'zod';
import { areaCode, isoTime, none, page, uuid, type Route } from './route.ts';

// ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export const figurePeriods = ['day', 'week', 'month', 'quarter', 'custom'] as const;
/** What visitors said of themselves; 'untold': they said nothing, and nobody has to. */
export const figureVisitors = ['resident', 'tourist', 'outdoor_worker', 'new_employment', 'other', 'untold'] as const;
export const reportFormats = ['docx', 'pdf', 'xlsx'] as const;

const day = z.iso.date();
const code = z.string().regex(/^[a-z][a-z0-9_]{0,40}$/);
const weatherCode = z
  .string()
  .regex(/^([a-z][a-z0-9_]{0,30}\.[a-z]{1,10}|none)$/)
  .describe('预警种类.颜色，如 heat.orange；none：当时没有预警');
const named = z.object({ code: z.string(), name: z.string(), nameEn: z.string() });
/** A number and the same number of the period before. */
const both = z.object({ now: z.number().int(), before: z.number().int() });

// ── which ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const which = {
  period: z.enum(figurePeriods).default('month'),
  day: day.optional().describe('期间里的任意一天；空：今天。custom 时为第一天'),
  to: day.optional().describe('仅 custom：最后一天'),
  station: uuid.optional(),
  area: areaCode.optional().describe('只算这个区域里的驿站'),
};
const span = z.object({
  from: day,
  to: day.describe('含；不晚于今天'),
  whole: z.boolean().describe('期间已经过完'),
  before: z.object({ from: day, to: day }).describe('用来比较的上一期，同样的天数'),
});

// ── views ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const counted = named.extend({ records: both, persons: both });

export const serviceFigures = z.object({
  span,
  stations: z.array(z.object({ id: uuid, code: z.string(), name: z.string(), nameEn: z.string() })),
  records: both.describe('服务记录条数'),
  persons: both.describe('服务人次'),
  activities: both.describe('已办活动场次'),
  byKind: z.array(counted),
  byStation: z.array(counted),
  byPartner: z.array(counted).describe('注明由合伙人提供的'),
  byWeather: z.array(counted),
  byActivityKind: z.array(named.extend({ activities: both })),
  visitors: z.object({
    told: z.number().int().nullable().describe('说了身份的人次；null：太少，不显示'),
    share: z.number().nullable().describe('说了身份的占比，0 到 1'),
    least: z.number().int().describe('少于此数的不显示'),
    items: z.array(
      z.object({
        code: z.enum(figureVisitors),
        persons: z.number().int().nullable(),
        before: z.number().int().nullable(),
      }),
    ),
  }),
  hours: z.array(z.array(z.number().int())).describe('七行：周一到周日；每行 24 个数：该钟点的人次'),
  days: z.array(z.number().int()).describe('七个数：期间里有几个周一……周日'),
  trend: z.object({
    step: z.enum(['day', 'month']),
    items: z.array(z.object({ from: day, to: day, persons: z.number().int() })),
  }),
});

const cell = z.object({
  weekday: z.number().int().min(0).max(6).describe('0 周一 … 6 周日'),
  hour: z.number().int().min(0).max(23),
  persons: z.number().describe('平均每次这个钟点的人次'),
  onDuty: z.number().describe('平均在岗志愿者'),
  needed: z.number().describe('平均排班需要的志愿者'),
});

export const demandMap = z.object({
  span,
  rosterDays: z.number().int().describe('期间里有排班的天数；0：没有可比的排班'),
  cells: z.array(cell),
  gaps: z
    .array(
      z.object({
        weekday: z.number().int(),
        fromHour: z.number().int(),
        toHour: z.number().int().describe('不含'),
        persons: z.number(),
        onDuty: z.number(),
      }),
    )
    .describe('来的人多、在岗的人少的时段：只是事实，不是安排'),
  rule: z.object({
    perVolunteer: z.number().describe('每名在岗者每小时超过多少人次才列出'),
    leastPersons: z.number().describe('平均不到这么多人次的时段不列'),
    certain: z.boolean(),
  }),
});

export const recordRow = z.object({
  id: uuid,
  at: isoTime,
  stationName: z.string(),
  stationNameEn: z.string(),
  kind: code,
  kindName: z.string(),
  kindNameEn: z.string(),
  persons: z.number().int(),
  weather: named.nullable(),
  partnerName: z.string().nullable(),
  activityId: uuid.nullable(),
  activityTitle: z.string().nullable(),
  serious: z.boolean(),
});

const todayRow = z.object({
  id: uuid,
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  persons: z.number().int(),
  usual: z.number().nullable().describe('前八个同一星期几到此刻为止的平均；不足四个时为空'),
});

export const serviceFigureRoutes = {
  get: {
    method: 'GET',
    path: '/api/service-figures',
    permission: 'station.read',
    summary: '一段时间里的服务：人次、记录、活动场次，按种类、钟点、天气、身份、驿站、合伙人，与上一期相比',
    params: none,
    query: z.object(which),
    body: none,
    response: serviceFigures,
  },
  demand: {
    method: 'GET',
    path: '/api/service-figures/demand',
    permission: 'station.read',
    summary: '一个驿站（或一片区域的驿站合计）各钟点的人次与在岗人数',
    params: none,
    query: z.object(which),
    body: none,
    response: demandMap,
  },
  records: {
    method: 'GET',
    path: '/api/service-figures/records',
    permission: 'station.read',
    summary: '一个数字由哪些服务记录相加而来',
    params: none,
    query: z.object({
      ...which,
      kind: code.optional(),
      visitor: z.enum(figureVisitors).optional(),
      weather: weatherCode.optional(),
      partner: uuid.optional(),
      activity: uuid.optional(),
      weekday: z.coerce.number().int().min(0).max(6).optional(),
      hour: z.coerce.number().int().min(0).max(23).optional(),
      ...page,
    }),
    body: none,
    response: z.object({
      span,
      items: z.array(recordRow),
      total: z.number().int().nullable(),
      persons: z.number().int().nullable(),
      few: z.boolean().describe('按身份找到的人太少：不列出'),
      next: z.string().nullable(),
    }),
  },
  today: {
    method: 'GET',
    path: '/api/service-figures/today',
    permission: 'station.read',
    summary: '今天到此刻的服务人次，与平常的这个星期几相比',
    params: none,
    query: none,
    body: none,
    response: z.object({
      at: isoTime,
      day,
      persons: z.number().int(),
      usual: z.number().nullable(),
      items: z.array(todayRow),
    }),
  },
  report: {
    method: 'GET',
    path: '/api/service-figures/report',
    permission: 'station.read',
    summary: '服务月报：一个驿站或一片区域，Word、PDF 或表格',
    params: none,
    query: z.object({
      month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
      station: uuid.optional(),
      area: areaCode.optional(),
      format: z.enum(reportFormats),
    }),
    body: none,
    response: z.unknown(),
    raw: 'download',
  },
} as const satisfies Record<string, Route>;
