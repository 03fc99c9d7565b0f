import * as z from 'zod';
import { isoTime, none, opId, page, uuid, words, type Route } from './route.ts';

// ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** planned: announced; held: it took place; cancelled: it will not, and the page says why. */
export const activityStates = ['planned', 'held', 'cancelled'] as const;

const day = z.iso.date();
const kind = z.string().regex(/^[a-z][a-z0-9_]{0,40}$/);
const kindWord = z.object({ code: kind, name: z.string(), nameEn: z.string(), minutes: z.number().int() });
const claims = z
  .array(z.object({ id: uuid, token: z.string().max(100).optional() }))
  .max(12)
  .default([]);

// ── views ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const announced = z.object({
  id: uuid,
  kind,
  kindName: z.string(),
  kindNameEn: z.string(),
  title: z.string(),
  about: z.string(),
  startsAt: isoTime,
  endsAt: isoTime,
  places: z.number().int().nullable().describe('名额；空：来者不限'),
  partnerName: z.string().nullable(),
  partnerNameEn: z.string().nullable(),
  state: z.enum(activityStates),
  reason: z.string().describe('取消的原因'),
});

export const activityView = announced.extend({
  stationId: uuid,
  stationCode: z.string(),
  stationName: z.string(),
  stationNameEn: z.string(),
  partnerId: uuid.nullable(),
  pledgeId: uuid.nullable(),
  persons: z.number().int().describe('到场人次：由服务记录相加，不另填'),
  photos: z.array(z.object({ id: uuid, width: z.number().int(), height: z.number().int() })),
  mayManage: z.boolean(),
  settledAt: isoTime.nullable(),
  version: z.number().int(),
});

const nearPartner = z.object({
  id: uuid,
  name: z.string(),
  nameEn: z.string(),
  pledges: z.array(
    z.object({ id: uuid, what: z.string(), whatEn: z.string(), quantity: z.number().int(), unit: z.string() }),
  ),
});

// ── bodies ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const wish = z.object({
  kind,
  title: words(60, 2),
  about: words(1000).default('').describe('对谁、带什么；不要写个人姓名和电话'),
  startsAt: isoTime,
  endsAt: isoTime,
  places: z.number().int().min(1).max(5000).nullable().default(null),
  partnerId: uuid.nullable().default(null),
  pledgeId: uuid.nullable().default(null).describe('合伙人的哪一项承诺由此兑现'),
});
const changed = z.object({ activity: activityView, at: isoTime, ledgerId: uuid });
const byId = z.object({ id: uuid });

export const activityRoutes = {
  kinds: {
    method: 'GET',
    path: '/api/activity-kinds',
    permission: 'station.read',
    summary: '活动的种类',
    params: none,
    query: none,
    body: none,
    response: z.object({ items: z.array(kindWord) }),
  },
  partners: {
    method: 'GET',
    path: '/api/activity-partners',
    permission: 'station.read',
    summary: '这一天在这个驿站有协议的合伙人，和他们的承诺',
    params: none,
    query: z.object({ station: uuid, day }),
    body: none,
    response: z.object({ items: z.array(nearPartner) }),
  },
  list: {
    method: 'GET',
    path: '/api/activities',
    permission: 'station.read',
    summary: '看得到的驿站的活动：未办的由近到远，其余由近到往前',
    params: none,
    query: z.object({
      station: uuid.optional(),
      state: z.enum(activityStates).optional(),
      partner: uuid.optional(),
      from: day.optional(),
      to: day.optional(),
      ...page,
    }),
    body: none,
    response: z.object({
      items: z.array(activityView),
      total: z.number().int(),
      next: z.string().nullable(),
    }),
  },
  get: {
    method: 'GET',
    path: '/api/activities/:id',
    permission: 'station.read',
    summary: '一场活动',
    params: byId,
    query: none,
    body: none,
    response: activityView,
  },
  plan: {
    method: 'POST',
    path: '/api/activities',
    permission: 'station.manage',
    summary: '安排并公布一场活动',
    params: none,
    query: none,
    body: wish.extend({ opId, stationId: uuid }),
    response: changed,
  },
  change: {
    method: 'PATCH',
    path: '/api/activities/:id',
    permission: 'station.manage',
    summary: '改一场还没办的活动',
    params: byId,
    query: none,
    body: wish.partial().extend({ opId, version: z.number().int() }),
    response: changed,
  },
  hold: {
    method: 'POST',
    path: '/api/activities/:id/hold',
    permission: 'station.manage',
    summary: '记下活动已办：尚未记的到场人次成为一条服务记录，合伙人的承诺由此兑现，照片留存',
    params: byId,
    query: none,
    body: z.object({
      opId,
      version: z.number().int(),
      persons: z.number().int().min(0).max(5000).describe('现场已逐个记过的不再算'),
      delivered: z.number().int().min(0).max(100_000).default(0).describe('合伙人兑现的数量；0：不记'),
      attachments: claims,
    }),
    response: changed,
  },
  cancel: {
    method: 'POST',
    path: '/api/activities/:id/cancel',
    permission: 'station.manage',
    summary: '取消一场活动，说明原因；公开页上照样说明',
    params: byId,
    query: none,
    body: z.object({ opId, version: z.number().int(), reason: words(200, 2) }),
    response: changed,
  },
  photo: {
    method: 'GET',
    path: '/api/activities/:id/photos/:photoId',
    permission: 'station.read',
    summary: '活动照片（看得到驿站的人）',
    params: z.object({ id: uuid, photoId: uuid }),
    query: z.object({ size: z.enum(['full', 'thumb']).default('full') }),
    body: none,
    response: z.unknown(),
    raw: 'download',
  },
} as const satisfies Record<string, Route>;

export const activityPublicRoutes = {
  coming: {
    method: 'GET',
    path: '/api/public/stations/:code/activities',
    permission: 'public',
    summary: '一个驿站今后三十天的活动，含已取消的及其原因；不需登录',
    params: z.object({ code: z.string().max(60) }),
    query: none,
    body: none,
    response: z.object({ items: z.array(announced) }),
    perMinute: 120,
  },
  calendar: {
    method: 'GET',
    path: '/api/public/activities/:file',
    permission: 'public',
    summary: '一场活动的日历文件（iCalendar）：<活动编号>.ics',
    params: z.object({ file: z.string().max(60) }),
    query: none,
    body: none,
    response: z.unknown(),
    raw: 'download',
    perMinute: 60,
  },
} as const satisfies Record<string, Route>;
