import * as z from 'zod';
import { eventStatuses } from './events-words.ts';
import { areaCode, isoTime, lat, lon, uuid } from './route.ts';
import { widgetCodes, type WidgetCode } from './screens-layout.ts';

/** What each widget of a screen shows. Counts and public facts only: nobody's name, phone, address or words. */

const count = z.number().int().min(0);
const day = z.iso.date();
const priority = z.number().int().min(0).max(4);
const named = { name: z.string(), nameEn: z.string() };

export const placement = z.object({
  code: z.enum(widgetCodes),
  x: z.number().int(),
  y: z.number().int(),
  w: z.number().int(),
  h: z.number().int(),
});

const mapData = z.object({
  outline: z.unknown().nullable().describe('辖区轮廓，GeoJSON geometry'),
  events: z.array(z.object({ id: uuid, lon, lat, priority, late: z.boolean() })),
  truncated: z.boolean(),
  alarms: z.array(z.object({ id: uuid, lon, lat, priority, acknowledged: z.boolean() })),
  hotSpots: z.array(z.object({ lon, lat, radiusM: z.number().min(0), events: count })),
});

const todayData = z.object({
  day,
  reported: count,
  closed: count,
  open: count,
  late: count.describe('在办而已超时'),
  waiting: count.describe('在办而尚未有承办单位签收'),
  medianWaitMinutes: z.number().int().nullable().describe('今日签收的事件，从上报到签收的中位分钟数；没有则为空'),
  before: z.object({ reported: count, closed: count }).describe('昨日全天'),
  byHour: z
    .array(z.object({ from: isoTime, count }))
    .describe('近 24 小时各整点小时的上报数，最后一个是此刻所在的小时'),
});

const flowData = z.object({
  open: z.array(z.object({ status: z.enum(eventStatuses), count, late: count, oldestAt: isoTime.nullable() })),
});

const alarmData = z.object({
  active: count,
  unacknowledged: count,
  latest: z.array(
    z.object({
      id: uuid,
      kind: z.string(),
      priority,
      areaName: z.string(),
      raisedAt: isoTime,
      acknowledged: z.boolean(),
      active: z.boolean(),
    }),
  ),
});

const warningData = z.object({
  items: z.array(
    z.object({ id: uuid, kind: z.string(), colour: z.string(), headline: z.string(), endsAt: isoTime.nullable() }),
  ),
});

const indicatorData = z.object({
  from: day,
  to: day,
  items: z.array(
    z.object({
      code: z.string(),
      ...named,
      unit: z.enum(['percent', 'count']),
      value: z.number().nullable().describe('空：没有可算的'),
      numerator: count,
      denominator: count,
      grade: z.enum(['A', 'B', 'C', 'D', 'E']).nullable(),
      trend: z.array(z.number().nullable()),
      beside: z
        .array(
          z.object({ code: z.string(), ...named, unit: z.enum(['percent', 'minutes']), value: z.number().nullable() }),
        )
        .describe(
          '必须并列显示的：接近百分之百的比率旁边的返工、重开；unit 为 minutes 时是该步等候的中位数，code 为步骤',
        ),
    }),
  ),
});

const hotIssueData = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      events: count,
      openEvents: count,
      heat: z.number(),
      rising: z.boolean(),
    }),
  ),
});

const anomalyData = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      areaName: z.string(),
      what: z.string().describe('类别名称'),
      whatEn: z.string(),
      day,
      count,
      expected: z.number(),
      untilHour: z.number().int().describe('24 为全天；小于 24 为当天到该整点'),
    }),
  ),
});

const forecastData = z.object({
  past: z.array(z.object({ day, count })),
  next: z.array(z.object({ day, middle: z.number(), low: z.number(), high: z.number() })),
});

const dutyData = z.object({
  unitId: uuid,
  unitName: z.string(),
  shifts: z.array(z.object({ code: z.string(), ...named, endsAt: isoTime, onDuty: count, needed: count })),
});

const forceData = z.object({
  people: count,
  grids: count,
  missing: count.describe('有缺口的网格数'),
  roles: z.object({ leader: count, full_time: count, part_time: count, instructor: count, other: count }),
});

const stationData = z.object({ stations: count, open: count, persons: count, usual: z.number().nullable() });

const operationData = z.object({
  items: z.array(
    z.object({
      eventId: uuid,
      number: z.string(),
      priority,
      openedAt: isoTime,
      stepsDone: count,
      steps: count,
      tasksEnded: count,
      tasks: count,
    }),
  ),
});

const careData = z.object({
  day,
  least: z.number().int().describe('少于此数的区划不计入，见 hidden'),
  due: count,
  inTime: count,
  open: count.describe('到期而尚未走访'),
  hidden: count.describe('因人数太少未计入的区划数'),
});

const gapData = z.object({ problems: count, demands: count });

export const widgetData = {
  map: mapData,
  today: todayData,
  flow: flowData,
  alarms: alarmData,
  warnings: warningData,
  indicators: indicatorData,
  hot_issues: hotIssueData,
  anomalies: anomalyData,
  forecast: forecastData,
  duty: dutyData,
  force: forceData,
  stations: stationData,
  operations: operationData,
  care: careData,
  gaps: gapData,
} as const satisfies Record<WidgetCode, z.ZodType>;
export type WidgetData = { [K in WidgetCode]: z.output<(typeof widgetData)[K]> };

/** Null: it could not be told just now, or this installation has nothing to tell it from. */
const part = <T extends z.ZodType>(data: T) => z.object({ asOf: isoTime, data }).nullable().optional();

export const screenData = z.object({
  at: isoTime,
  area: z.object({ code: areaCode, name: z.string() }),
  widgets: z.object({
    map: part(mapData),
    today: part(todayData),
    flow: part(flowData),
    alarms: part(alarmData),
    warnings: part(warningData),
    indicators: part(indicatorData),
    hot_issues: part(hotIssueData),
    anomalies: part(anomalyData),
    forecast: part(forecastData),
    duty: part(dutyData),
    force: part(forceData),
    stations: part(stationData),
    operations: part(operationData),
    care: part(careData),
    gaps: part(gapData),
  }),
});

/** How a wall behaves; from db/data/screen-rules.csv. */
export const screenRules = z.object({
  dayFromMinute: z.number().int().describe('白天版式从零点后第几分钟起'),
  nightFromMinute: z.number().int(),
  staleS: z.number().int().describe('多少秒没有更新就标明'),
  slowStaleS: z.number().int().describe('变化慢的组件'),
  reloadMinute: z.number().int().describe('每天零点后第几分钟重新载入'),
});

export const screenLooks = ['auto', 'night', 'day'] as const;

export const screenView = z.object({
  id: uuid,
  name: z.string(),
  areaCode,
  areaName: z.string(),
  look: z.enum(screenLooks),
  layout: z.array(placement),
  version: z.number().int(),
  changedAt: isoTime,
  links: count.describe('有效的大屏链接数'),
  mayEdit: z.boolean(),
});

export const kioskLinkView = z.object({
  id: uuid,
  name: z.string(),
  createdAt: isoTime,
  expiresAt: isoTime,
  revokedAt: isoTime.nullable(),
  seenAt: isoTime.nullable().describe('这块屏最近一次取数的时刻'),
});
