import * as z from 'zod';
import { classCode, groupCode, needStates } from './needs-views.ts';
import { areaCode, isoTime, lat, lon, none, opId, words, type Route } from './route.ts';

const named = z.object({ code: z.string(), name: z.string(), nameEn: z.string() });
const byArea = z.object({ area: areaCode });

export const surveyPlace = z.object({
  area: z.object({ code: areaCode, name: z.string(), streetName: z.string() }),
  lon: lon.nullable().describe('社区中间的一点，地图从这里开始'),
  lat: lat.nullable(),
  tiles: z.array(named.extend({ hint: z.string(), hintEn: z.string() })),
  groups: z.array(named),
  roundM: z.number().describe('地图上的点取整到多少米'),
});

export const surveyNeed = z.object({
  classCode,
  name: z.string(),
  nameEn: z.string(),
  people: z.number().int(),
  state: z.enum(needStates),
  lastAt: isoTime,
});

export const surveyRoutes = {
  place: {
    method: 'GET',
    path: '/api/public/survey/:area',
    permission: 'public',
    summary: '一个社区的需求问卷：可选的设施和人群；不需登录',
    params: byArea,
    query: none,
    body: none,
    response: surveyPlace,
    perMinute: 120,
  },
  answer: {
    method: 'POST',
    path: '/api/public/survey/:area',
    permission: 'public',
    summary: '交一份问卷：附近缺什么、为谁、现在怎么去；不收姓名电话，文字里的个人信息会去掉',
    params: byArea,
    query: none,
    body: z.object({
      opId,
      classes: z.array(classCode).max(6),
      groupCode,
      minutes: z.number().int().min(0).max(600).nullable().default(null),
      lon: lon.nullable().default(null),
      lat: lat.nullable().default(null),
      words: words(200).default(''),
    }),
    response: z.object({ voices: z.number().int(), at: isoTime }),
    perMinute: 10,
  },
  needs: {
    method: 'GET',
    path: '/api/public/survey/:area/needs',
    permission: 'public',
    summary: '一个社区的居民需求和办理情况；人数太少的不显示',
    params: byArea,
    query: none,
    body: none,
    response: z.object({
      area: z.object({ code: areaCode, name: z.string(), streetName: z.string() }),
      items: z.array(surveyNeed),
      /** Said by fewer people than are shown. */
      fewer: z.number().int(),
      atLeast: z.number().int(),
    }),
    perMinute: 120,
  },
} as const satisfies Record<string, Route>;
