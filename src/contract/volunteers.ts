import * as z from 'zod';
import { isoTime, none, opId, uuid, words, type Permission, type Route } from './route.ts';
import {
  attendanceView,
  certificateView,
  day,
  hoursRow,
  hoursShown,
  minutesWorked,
  patternView,
  personMark,
  places,
  presences,
  requestView,
  shiftView,
  signUpView,
  word,
  wordView,
} from './volunteers-views.ts';

const id = z.object({ id: uuid });
const version = z.number().int().min(1);
const done = z.object({ at: isoTime, ledgerId: uuid });
const count = z.number().int();
const phone = z.string().regex(/^\+?[0-9][0-9 -]{5,18}$/);
const stationMark = z.object({ id: uuid, code: z.string(), name: z.string(), nameEn: z.string() });
const placesOf = {
  needed: z.number().int().min(1).max(50),
  most: z.number().int().min(1).max(50),
  partnerId: uuid.nullable().default(null),
  partnerPlaces: z.number().int().min(0).max(50).default(0),
};
/** What is recorded of somebody's presence; both times are needed when they came. */
const presence = {
  presence: z.enum(presences),
  arrivedAt: isoTime.optional(),
  leftAt: isoTime.optional(),
};

/** A POST whose body carries an opId besides. */
function act<const P extends Route['path'], B extends z.ZodRawShape, R extends z.ZodType>(
  path: P,
  permission: Permission,
  summary: string,
  made: { body: B; response: R },
) {
  const { body, response } = made;
  return {
    method: 'POST',
    path,
    permission,
    summary,
    params: id,
    query: none,
    body: z.object({ opId, ...body }),
    response,
  } as const satisfies Route;
}

function read<const P extends Route['path'], A extends z.ZodType, Q extends z.ZodType, R extends z.ZodType>(
  path: P,
  permission: Permission,
  summary: string,
  made: { params: A; query: Q; response: R },
) {
  return { method: 'GET', path, permission, summary, body: none, ...made } as const satisfies Route;
}

export const volunteerRoutes = {
  words: read('/api/volunteers/words', 'station.read', '志愿服务岗位与规则', {
    params: none,
    query: none,
    response: z.object({ posts: z.array(wordView), rules: z.record(z.string(), z.number()) }),
  }),
  today: read('/api/volunteers/today', 'station.read', '今天各驿站在岗、缺人、待确认', {
    params: none,
    query: none,
    response: z.object({
      items: z.array(
        z.object({
          station: stationMark,
          on: count.describe('已到岗、未离岗'),
          wanted: count.describe('此刻应有几人'),
          missingToday: count,
          missingTomorrow: count,
          toConfirm: count.describe('班已结束、还没有确认到岗'),
        }),
      ),
    }),
  }),
  roster: read('/api/stations/:id/roster', 'station.read', '一座驿站一周的排班', {
    params: id,
    query: z.object({ from: day.optional() }),
    response: z.object({
      station: stationMark,
      today: day,
      days: z.array(
        z.object({
          day,
          open: z.array(z.object({ fromMinute: count, untilMinute: count })).describe('当天开放时段'),
        }),
      ),
      shifts: z.array(shiftView),
      partners: z.array(z.object({ id: uuid, name: z.string(), nameEn: z.string() })),
      mayManage: z.boolean(),
    }),
  }),
  patterns: read('/api/stations/:id/shift-patterns', 'station.read', '一座驿站每周的班', {
    params: id,
    query: none,
    response: z.object({ items: z.array(patternView) }),
  }),
  setPatterns: act('/api/stations/:id/shift-patterns', 'station.manage', '改每周的班（已排出的班不变）', {
    body: { items: z.array(patternView).max(40) },
    response: done,
  }),
  make: act('/api/stations/:id/shifts/make', 'station.manage', '按每周的班排出若干天：只排在开放时段内，已有的不重复', {
    body: { from: day, until: day },
    response: done.extend({
      made: count,
      kept: count.describe('原已排出'),
      outside: count.describe('不在开放时段内，没有排'),
    }),
  }),
  add: act('/api/stations/:id/shifts', 'station.manage', '加一个班', {
    body: {
      post: word,
      day,
      startMinute: z.number().int().min(0).max(1439),
      minutes: z.number().int().min(30).max(720),
      ...placesOf,
    },
    response: done.extend({ id: uuid }),
  }),
  edit: act('/api/shifts/:id', 'station.manage', '改一个班的人数与伙伴名额', {
    body: { version, ...placesOf },
    response: done,
  }),
  cancel: act('/api/shifts/:id/cancel', 'station.manage', '取消一个班（说明原因，已报名的一并取消）', {
    body: { version, reason: words(200, 2) },
    response: done,
  }),
  enter: act('/api/shifts/:id/sign-ups', 'station.manage', '替志愿者报名（伙伴名额由站长填入）', {
    body: { volunteerId: uuid, place: z.enum(places) },
    response: done.extend({ id: uuid }),
  }),
  withdraw: act('/api/sign-ups/:id/withdraw', 'station.manage', '撤下一个报名', {
    body: { reason: words(200, 2) },
    response: done,
  }),
  arrive: act('/api/sign-ups/:id/arrive', 'station.manage', '到岗（站长点）', { body: { version }, response: done }),
  confirm: act('/api/sign-ups/:id/confirm', 'station.manage', '离岗或班后确认：来了（实际起止）或没来', {
    body: { version, ...presence },
    response: done,
  }),
  correct: act('/api/sign-ups/:id/correct', 'station.manage', '更正已确认的记录（说明原因）', {
    body: { version, ...presence, reason: words(300, 2) },
    response: done,
  }),
  waiting: read('/api/stations/:id/attendance', 'station.work', '班已结束、等站长确认的报名', {
    params: id,
    query: none,
    response: z.object({
      items: z.array(signUpView.extend({ post: z.string(), day, startsAt: isoTime, endsAt: isoTime })),
    }),
  }),
  requests: read('/api/stations/:id/hours-requests', 'station.manage', '志愿者提出的更正申请', {
    params: id,
    query: none,
    response: z.object({ items: z.array(requestView) }),
  }),
  answerRequest: act('/api/hours-requests/:id/answer', 'station.manage', '答复更正申请：更正，或维持原记录并说明', {
    body: {
      answer: words(300, 2),
      correction: z.object({ version, ...presence }).optional(),
    },
    response: done,
  }),
  people: read('/api/stations/:id/volunteers', 'station.manage', '在这座驿站登记或报过名的志愿者', {
    params: id,
    query: none,
    response: z.object({
      items: z.array(
        personMark.extend({
          state: z.enum(['new', 'known']),
          since: day,
          sharedPhone: z.boolean().describe('另有人登记了同一电话'),
        }),
      ),
    }),
  }),
  person: read('/api/stations/:id/volunteers/:volunteerId', 'station.manage', '一位志愿者的服务记录与证明', {
    params: z.object({ id: uuid, volunteerId: uuid }),
    query: none,
    response: personMark.extend({
      since: day,
      version: count,
      minutes: minutesWorked,
      hours: hoursShown,
      rows: z.array(hoursRow),
      records: z.array(
        z.object({
          signUpId: uuid,
          post: z.string(),
          stationName: z.string(),
          startsAt: isoTime,
          endsAt: isoTime,
          attendance: attendanceView,
          version: count,
        }),
      ),
      certificates: z.array(certificateView),
    }),
  }),
  register: act('/api/stations/:id/volunteers', 'station.manage', '当面登记志愿者（姓名、电话、本人同意）', {
    body: { name: words(20, 1), phone, consent: z.literal(true), self: z.boolean().default(false) },
    response: done.extend({
      id: uuid,
      path: z.string().describe('本人的专用链接'),
      already: z.boolean().describe('原已登记'),
    }),
  }),
  link: act('/api/volunteers/:id/link', 'station.manage', '再告诉本人一次专用链接；renew 为真则旧链接作废', {
    body: { renew: z.boolean().default(false) },
    response: done.extend({ path: z.string() }),
  }),
  reveal: act('/api/volunteers/:id/reveal', 'station.manage', '看姓名与电话（说明用途，留痕）', {
    body: { purpose: words(100, 2) },
    response: done.extend({ name: z.string(), phone: z.string() }),
  }),
  hours: read('/api/stations/:id/volunteer-hours', 'station.read', '一座驿站的服务时长：按岗位，不列个人', {
    params: id,
    query: z.object({ from: day, until: day }),
    response: z.object({
      rows: z.array(z.object({ post: z.string(), times: count, minutes: minutesWorked, hours: hoursShown })),
      minutes: minutesWorked,
      hours: hoursShown,
    }),
  }),
  takeOut: act('/api/stations/:id/volunteer-exports', 'station.manage', '导出时长表前说明用途（留痕）', {
    body: { from: day, until: day, purpose: words(200, 4) },
    response: done.extend({ id: uuid }),
  }),
  file: {
    ...read('/api/volunteer-exports/:id/file', 'station.manage', '取走导出的时长表（本人，一小时内）', {
      params: id,
      query: none,
      response: z.unknown(),
    }),
    raw: 'download',
  },
  certify: act('/api/volunteers/:id/certificates', 'station.manage', '为志愿者开具服务证明', {
    body: { stationId: uuid, from: day, until: day },
    response: done.extend({ id: uuid, number: z.string() }),
  }),
  certificate: {
    ...read('/api/certificates/:id/file', 'station.manage', '证明的 PDF', {
      params: id,
      query: none,
      response: z.unknown(),
    }),
    raw: 'download',
  },
  withdrawCertificate: act('/api/certificates/:id/withdraw', 'station.manage', '撤销证明（说明原因，查验页随即显示）', {
    body: { reason: words(200, 2) },
    response: done,
  }),
} as const satisfies Record<string, Route>;
