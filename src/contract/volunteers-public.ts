import * as z from 'zod';
import { signedHead, inclusionView } from './ledger.ts';
import { isoTime, none, opId, uuid, words, type Route } from './route.ts';
import { attendanceView, certificateView, day, hoursRow, hoursShown, places, wordView } from './volunteers-views.ts';

/** What volunteers do without an account: the secret of their link is the permission, and opens this one person's page only. */

const secret = z.object({ secret: z.string().min(20).max(100) });
const withId = secret.extend({ id: uuid });
const done = z.object({ at: isoTime, ledgerId: uuid });
const openShift = z.object({
  id: uuid,
  post: z.string(),
  day,
  startsAt: isoTime,
  endsAt: isoTime,
  left: z.number().int().describe('还有几个位置'),
  wanted: z.boolean().describe('还缺人'),
});

/** A public POST behind the link; the body carries an opId besides. */
function act<const P extends Route['path'], A extends z.ZodType, B extends z.ZodRawShape, R extends z.ZodType>(
  path: P,
  summary: string,
  made: { params: A; body: B; response: R },
) {
  const { params, body, response } = made;
  return {
    method: 'POST',
    path,
    permission: 'public',
    summary,
    params,
    query: none,
    body: z.object({ opId, ...body }),
    response,
    perMinute: 30,
  } as const satisfies Route;
}

export const volunteerPublicRoutes = {
  shifts: {
    method: 'GET',
    path: '/api/public/stations/:code/shifts',
    permission: 'public',
    summary: '一座驿站近两周还缺人的班',
    params: z.object({ code: z.string().regex(/^[a-z0-9-]{2,40}$/) }),
    query: none,
    body: none,
    response: z.object({ posts: z.array(wordView), items: z.array(openShift), consent: z.string() }),
    perMinute: 120,
  },
  register: act('/api/public/stations/:code/volunteers', '登记为志愿者（姓名、电话、本人同意），可同时报一个班', {
    params: z.object({ code: z.string().regex(/^[a-z0-9-]{2,40}$/) }),
    body: {
      name: words(20, 1),
      phone: z.string().regex(/^\+?[0-9][0-9 -]{5,18}$/),
      consent: z.literal(true),
      shiftId: uuid.optional(),
    },
    response: z.object({ path: z.string().describe('本人的专用链接') }),
  }),
  view: {
    method: 'GET',
    path: '/api/public/volunteers/:secret',
    permission: 'public',
    summary: '志愿者自己的页面：我的班、时长、证明',
    params: secret,
    query: none,
    body: none,
    response: z.object({
      name: z.string(),
      since: day,
      known: z.boolean().describe('已由站长当面确认过'),
      station: z.object({ code: z.string(), name: z.string(), nameEn: z.string() }),
      posts: z.array(wordView),
      today: day,
      coming: z.array(
        z.object({
          id: uuid,
          post: z.string(),
          stationName: z.string(),
          stationNameEn: z.string(),
          address: z.string(),
          startsAt: isoTime,
          endsAt: isoTime,
          place: z.enum(places),
          swapAsked: z.boolean(),
        }),
      ),
      swaps: z
        .array(openShift.omit({ left: true, wanted: true }).extend({ stationName: z.string() }))
        .describe('别人找人替的班'),
      hours: hoursShown,
      minutes: z.number().int(),
      rows: z.array(hoursRow),
      records: z.array(
        z.object({
          id: uuid,
          post: z.string(),
          stationName: z.string(),
          startsAt: isoTime,
          endsAt: isoTime,
          attendance: attendanceView,
          corrected: z.string().nullable().describe('更正过：原因'),
          request: z
            .object({ state: z.enum(['asked', 'corrected', 'kept']), dueDay: day, answer: z.string() })
            .nullable(),
        }),
      ),
      issuers: z.array(z.object({ unitId: uuid, name: z.string(), firstDay: day, lastDay: day, hours: hoursShown })),
      certificates: z.array(certificateView),
      calendarPath: z.string(),
    }),
    perMinute: 120,
  },
  signUp: act('/api/public/volunteers/:secret/sign-ups', '报一个班', {
    params: secret,
    body: { shiftId: uuid },
    response: done,
  }),
  withdraw: act('/api/public/volunteers/:secret/sign-ups/:id/withdraw', '不来了（开始之前）', {
    params: withId,
    body: {},
    response: done,
  }),
  askSwap: act('/api/public/volunteers/:secret/sign-ups/:id/swap', '找人替班；off 为真则不找了', {
    params: withId,
    body: { off: z.boolean().default(false) },
    response: done,
  }),
  takeSwap: act('/api/public/volunteers/:secret/swaps/:id/take', '我来替', {
    params: withId,
    body: {},
    response: done,
  }),
  request: act('/api/public/volunteers/:secret/sign-ups/:id/request', '这条记录不对，申请更正', {
    params: withId,
    body: { said: words(300, 2) },
    response: done,
  }),
  certify: act('/api/public/volunteers/:secret/certificates', '开具我的服务证明', {
    params: secret,
    body: { unitId: uuid, from: day, until: day },
    response: done.extend({ id: uuid, number: z.string() }),
  }),
  certificate: {
    method: 'GET',
    path: '/api/public/volunteers/:secret/certificates/:id/file',
    permission: 'public',
    summary: '我的服务证明（PDF）',
    params: withId,
    query: none,
    body: none,
    response: z.unknown(),
    raw: 'download',
    perMinute: 20,
  },
  calendar: {
    method: 'GET',
    path: '/api/public/volunteer-calendar/:secret',
    permission: 'public',
    summary: '我的班（iCalendar 订阅，班前一天提醒）',
    params: z.object({ secret: z.string().min(20).max(104) }),
    query: none,
    body: none,
    response: z.unknown(),
    raw: 'download',
    perMinute: 60,
  },
  renew: act('/api/public/volunteers/:secret/renew', '换一个新链接，旧链接作废', {
    params: secret,
    body: {},
    response: z.object({ path: z.string() }),
  }),
  erase: act('/api/public/volunteers/:secret/erase', '删除我：姓名、电话、证明内容删除，未到的班取消', {
    params: secret,
    body: {},
    response: done,
  }),
  check: {
    method: 'GET',
    path: '/api/public/certificates/:number',
    permission: 'public',
    summary: '查验服务证明：真，已撤销，或查无此号',
    params: z.object({ number: z.string().min(8).max(40) }),
    query: none,
    body: none,
    response: z.object({
      verdict: z.enum(['genuine', 'withdrawn', 'broken']).describe('broken：所存内容与流水不符'),
      number: z.string(),
      holder: z.string().describe('姓名只显示首字；本人要求删除后为空'),
      issuer: z.string(),
      fromDay: day,
      untilDay: day,
      hours: hoursShown,
      rows: z.array(hoursRow),
      posts: z.array(wordView),
      issuedAt: isoTime,
      noticeUntil: day,
      withdrawnAt: isoTime.nullable(),
      withdrawnWhy: z.string().nullable(),
      fingerprint: z.string().describe('证明全文的 SHA-256，与流水所记一致'),
      ledgerId: uuid,
      proof: z.object({ head: signedHead, inclusion: inclusionView }).nullable().describe('尚未进入签名树头时为空'),
    }),
    perMinute: 60,
  },
  notices: {
    method: 'GET',
    path: '/api/public/stations/:code/certificates',
    permission: 'public',
    summary: '公示中的服务证明（姓名只显示首字）',
    params: z.object({ code: z.string().regex(/^[a-z0-9-]{2,40}$/) }),
    query: none,
    body: none,
    response: z.object({
      items: z.array(
        z.object({ number: z.string(), holder: z.string(), issuer: z.string(), hours: hoursShown, noticeUntil: day }),
      ),
    }),
    perMinute: 60,
  },
} as const satisfies Record<string, Route>;
