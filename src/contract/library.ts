import * as z from 'zod';
import { clockKinds, evidenceKinds } from './events-words.ts';
import { areaCode, isoTime, none, opId, words, type Route } from './route.ts';
import { deskTiers } from '#kit/tiers.ts';

const code = z.string().regex(/^[A-Za-z0-9._-]{1,20}$/);
const roleCode = z.string().regex(/^[a-z][a-z0-9_]{1,40}$/);
const day = z.iso.date();

export const limitView = z.object({ kind: z.enum(clockKinds), amount: z.number().min(0).max(1_000_000) });
/** Steps without a limit take the default of the priority. */
export const limitsView = z.object({
  receive: limitView.optional(),
  verify: limitView.optional(),
  file: limitView.optional(),
  dispatch: limitView.optional(),
  accept: limitView.optional(),
  handle: limitView.optional(),
  check: limitView.optional(),
});

export const categoryView = z.object({
  code,
  parentCode: code.nullable(),
  name: words(40, 1),
  nameEn: words(80),
  publicReport: z.boolean(),
  icon: z.string().max(30).nullable(),
  sort: z.number().int(),
  retired: z.boolean(),
});

/** Routing by area: here another duty leads, and others help. */
const areaLead = z.object({ areaCode, leadRole: roleCode, assistRoles: z.array(roleCode).max(20) });

/** One line of the level library: which tier must take it, who leads and helps, how fast, what shows it is done. */
export const ruleView = z.object({
  categoryCode: code,
  tier: z.enum(deskTiers),
  leadRole: roleCode,
  assistRoles: z.array(roleCode).max(20),
  priority: z.number().int().min(0).max(4),
  limits: limitsView,
  evidence: z.enum(evidenceKinds),
  planCode: code.nullable(),
  areas: z.array(areaLead).max(200).default([]).describe('个别区域另有主办的，以最小的区域为准'),
});

export const ruleChanges = z.array(ruleView).min(1).max(500);

export const segments = z.array(z.tuple([z.number().int().min(0).max(1440), z.number().int().min(0).max(1440)])).max(6);
export const calendarDayView = z.object({
  date: day,
  kind: z.enum(['work', 'rest', 'half']),
  name: words(40),
  segments: segments.nullable(),
});
export const calendarView = z.object({
  offsetMinutes: z.number().int(),
  weekly: z.array(segments).length(7).describe('周一至周日的工作时段（当日分钟数）'),
  coverageFrom: day,
  coverageUntil: day,
  days: z.array(calendarDayView),
  /** Null while the calendar reaches far enough. */
  warning: z
    .object({ state: z.enum(['before_start', 'ends_soon', 'ended']), coverageUntil: day, daysLeft: z.number().int() })
    .nullable(),
});

const done = z.object({ version: z.number().int(), at: isoTime, ledgerId: z.uuid() });

export const libraryRoutes = {
  list: {
    method: 'GET',
    path: '/api/library',
    permission: 'library.read',
    summary: '分级分类库：类别、规则、版本',
    params: none,
    query: none,
    body: none,
    response: z.object({
      version: z.number().int(),
      categories: z.array(categoryView),
      rules: z.array(ruleView),
      versions: z.array(
        z.object({
          version: z.number().int(),
          note: z.string(),
          publishedAt: isoTime,
          publishedBy: z.string().nullable(),
        }),
      ),
    }),
  },
  publish: {
    method: 'POST',
    path: '/api/library/publish',
    permission: 'library.edit',
    summary: '发布分级分类库新版本：以当前版本为底，替换所列规则',
    params: none,
    query: none,
    body: z.object({
      opId,
      baseVersion: z.number().int().describe('修改时看到的版本'),
      note: words(500, 2),
      changes: ruleChanges,
    }),
    response: done,
  },
  saveCategory: {
    method: 'POST',
    path: '/api/library/categories',
    permission: 'library.edit',
    summary: '新增、改名、停用或恢复一个类别（编码不变）',
    params: none,
    query: none,
    body: categoryView.extend({
      opId,
      nameEn: words(80).default(''),
      icon: z.string().max(30).nullable().default(null),
      retired: z.boolean().default(false),
    }),
    response: done,
  },
  calendar: {
    method: 'GET',
    path: '/api/calendar',
    permission: 'library.read',
    summary: '工作日历：每周工时、节假日与调休、覆盖期及到期提醒',
    params: none,
    query: none,
    body: none,
    response: calendarView,
  },
  saveCalendar: {
    method: 'POST',
    path: '/api/calendar',
    permission: 'calendar.edit',
    summary: '修改工作日历：增改或删除若干日，或更改每周工时、覆盖期；已在计时的时限随之重算',
    params: none,
    query: none,
    body: z.object({
      opId,
      days: z.array(calendarDayView).max(400).default([]),
      removeDays: z.array(day).max(400).default([]),
      weekly: z.array(segments).length(7).optional(),
      coverageFrom: day.optional(),
      coverageUntil: day.optional(),
    }),
    response: done.extend({ retimed: z.number().int().describe('重算的时限数') }),
  },
} as const satisfies Record<string, Route>;
