import * as z from 'zod';
import {
  areaWord,
  awayView,
  bookingOutcomes,
  bookingStates,
  bookingView,
  day,
  offerFigures,
  offerView,
  offerWish,
  phone,
  recorded,
  ruleWord,
  shortCode,
  slotView,
  unmetKinds,
  unmetTimes,
  unmetView,
  word,
} from './bookings-views.ts';
import { isoTime, none, opId, page, uuid, words, type Route } from './route.ts';

/** 七务一全 at the desk and at the counter. */

const id = z.object({ id: uuid });
const read = { method: 'GET', permission: 'station.read', params: none, query: none, body: none } as const;
const work = { method: 'POST', permission: 'station.work', params: none, query: none, response: recorded } as const;
const manage = { ...work, permission: 'station.manage' } as const;
/** A number or a name is wanted of nobody who stands at the counter. */
const person = { phone: phone.nullable().default(null), name: words(20).default('') };
const made = recorded.extend({ id: uuid, code: z.string(), path: z.string().describe('预约人自己的页面') });
const version = z.number().int().optional();
/** When it happened, where the tablet had no network then. */
const happened = isoTime.optional();

export const bookingRoutes = {
  words: {
    ...read,
    permission: 'signed_in',
    path: '/api/bookings/words',
    summary: '七务一全门类、限额、目录样例',
    response: z.object({
      areas: z.array(areaWord),
      rules: z.array(ruleWord),
      examples: z.array(offerWish.omit({ firstDay: true, lastDay: true }).extend({ code: z.string() })),
    }),
  },
  offers: {
    ...read,
    path: '/api/offers',
    summary: '服务目录：可以看到的各站服务',
    query: z.object({ station: uuid.optional(), ended: z.stringbool().default(false) }),
    response: z.object({
      items: z.array(
        offerView.extend({
          providerUnitId: uuid.nullable(),
          providerPartnerId: uuid.nullable(),
          providerWords: z.string(),
          endedAt: isoTime.nullable(),
          mayManage: z.boolean(),
          away: z.array(awayView).describe('今后提供方不来的时间'),
          upcoming: z.number().int().describe('今后已约的人数'),
          version: z.number().int(),
        }),
      ),
      stations: z.array(z.object({ id: uuid, code: z.string(), name: z.string(), mayManage: z.boolean() })),
    }),
  },
  providers: {
    ...read,
    permission: 'station.manage',
    path: '/api/offers/providers',
    summary: '可以选作提供方的单位与合伙人',
    query: z.object({ station: uuid }),
    response: z.object({
      units: z.array(z.object({ id: uuid, name: z.string() })),
      partners: z.array(z.object({ id: uuid, name: z.string() })),
    }),
  },
  addOffer: {
    ...manage,
    path: '/api/offers',
    summary: '增加一项服务',
    body: z.object({ opId, stationId: uuid, offer: offerWish }),
    response: recorded.extend({ id: uuid }),
  },
  editOffer: {
    ...manage,
    params: id,
    path: '/api/offers/:id',
    summary: '修改一项服务；已约的时间不变',
    body: z.object({ opId, version: z.number().int(), offer: offerWish }),
    response: recorded.extend({ outside: z.number().int().describe('不再落在新时间里的预约数，请逐个联系') }),
  },
  endOffer: {
    ...manage,
    params: id,
    path: '/api/offers/:id/end',
    summary: '停办一项服务；已约的仍办',
    body: z.object({ opId }),
  },
  preview: {
    ...read,
    permission: 'station.manage',
    method: 'POST',
    path: '/api/offers/preview',
    summary: '按填写的内容预览一周的时段（不保存）',
    body: z.object({ stationId: uuid, offer: offerWish, from: day }),
    response: z.object({ days: z.array(z.object({ day, open: z.boolean(), slots: z.array(slotView) })) }),
  },
  slots: {
    ...read,
    params: id,
    path: '/api/offers/:id/slots',
    summary: '一项服务的时段与余额',
    query: z.object({ from: day.optional(), days: z.coerce.number().int().min(1).max(31).default(14) }),
    response: z.object({ days: z.array(z.object({ day, slots: z.array(slotView) })) }),
  },
  away: {
    ...work,
    params: id,
    path: '/api/offers/:id/away',
    summary: '提供方不来：这段时间不再可约，已约的人在自己页面上看到并可改期',
    body: z.object({ opId, startsAt: isoTime, endsAt: isoTime, reason: words(100, 2) }),
    response: recorded.extend({ id: uuid, told: z.number().int().describe('受影响的预约数') }),
  },
  back: {
    ...work,
    params: id,
    path: '/api/offers/away/:id/withdraw',
    summary: '撤回“提供方不来”',
    body: z.object({ opId }),
  },
  day: {
    ...read,
    path: '/api/bookings/day',
    summary: '一个驿站一天的预约',
    query: z.object({ station: uuid, day: day.optional() }),
    response: z.object({
      day,
      items: z.array(bookingView),
      offers: z.array(
        offerView
          .pick({ id: true, title: true, titleEn: true, area: true, walkIn: true, provider: true, way: true })
          .extend({ today: z.array(slotView), away: z.array(awayView) }),
      ),
      walkInMinutes: z.number().int().describe('服务时间前后多少分钟内可即来即办'),
      at: isoTime,
    }),
  },
  today: {
    ...read,
    path: '/api/bookings/today',
    summary: '今天各站的预约数',
    response: z.object({
      items: z.array(
        z.object({
          stationId: uuid,
          code: z.string(),
          name: z.string(),
          booked: z.number().int(),
          waiting: z.number().int().describe('还没到的'),
          arrived: z.number().int().describe('到了还没办的'),
          late: z.number().int().describe('过时未到、还没记的'),
        }),
      ),
    }),
  },
  list: {
    ...read,
    path: '/api/bookings',
    summary: '预约明细：数字背后的每一条',
    query: z.object({
      offer: uuid.optional(),
      station: uuid.optional(),
      state: z.enum(bookingStates).optional(),
      outcome: z.enum(bookingOutcomes).optional(),
      walkIn: z.stringbool().optional().describe('只要即来即办的，或只要约好的；空为都要'),
      from: day.optional(),
      until: day.optional(),
      ...page,
    }),
    response: z.object({ items: z.array(bookingView), next: z.string().nullable() }),
  },
  find: {
    ...work,
    path: '/api/bookings/find',
    summary: '在驿站凭预约号或手机号找预约（丢了链接的人）',
    body: z.object({ stationId: uuid, code: shortCode.optional(), phone: phone.optional() }),
    response: z.object({ items: z.array(bookingView) }),
  },
  book: {
    ...work,
    permission: 'station.read',
    path: '/api/bookings',
    summary: '代为预约：柜台或电话',
    body: z.object({
      opId,
      offerId: uuid,
      startsAt: isoTime,
      channel: z.enum(['counter', 'phone']),
      phone,
      name: person.name,
    }),
    response: made,
  },
  walkIn: {
    ...work,
    path: '/api/bookings/walk-in',
    summary: '即来即办：不约而来，两下登记；手机号可不留',
    body: z.object({ opId, at: happened, offerId: uuid, ...person }),
    response: made,
  },
  arrive: {
    ...work,
    params: id,
    path: '/api/bookings/:id/arrive',
    summary: '到了',
    body: z.object({ opId, at: happened, version }),
  },
  serve: {
    ...work,
    params: id,
    path: '/api/bookings/:id/serve',
    summary: '办了：解决、转办（同时生成事件）、需再来、未解决（须写原因）',
    body: z.object({
      opId,
      at: happened,
      version,
      outcome: z.enum(bookingOutcomes),
      note: words(300).default(''),
      event: z.object({ categoryCode: z.string().max(20), description: words(2000, 4) }).optional(),
    }),
    response: recorded.extend({ eventId: uuid.nullable(), eventNumber: z.string().nullable() }),
  },
  noShow: {
    ...work,
    params: id,
    path: '/api/bookings/:id/no-show',
    summary: '记为未到；不影响以后预约',
    body: z.object({ opId, at: happened, version }),
  },
  cancel: {
    ...work,
    permission: 'station.read',
    params: id,
    path: '/api/bookings/:id/cancel',
    summary: '应本人要求取消',
    body: z.object({ opId, version }),
  },
  move: {
    ...work,
    permission: 'station.read',
    params: id,
    path: '/api/bookings/:id/move',
    summary: '应本人要求改期',
    body: z.object({ opId, version, startsAt: isoTime }),
  },
  link: {
    ...work,
    params: id,
    path: '/api/bookings/:id/link',
    summary: '再给一次本人页面的链接（留痕）',
    body: z.object({ opId }),
    response: recorded.extend({ path: z.string() }),
  },
  phone: {
    ...work,
    params: id,
    path: '/api/bookings/:id/phone',
    summary: '查看手机号与姓名（留痕）',
    body: z.object({ opId }),
    response: z.object({ phone: z.string().nullable(), name: z.string().nullable(), ledgerId: uuid }),
  },
  figures: {
    ...read,
    path: '/api/bookings/figures',
    summary: '各项服务的约、办、未到、等待天数与评价',
    query: z.object({ station: uuid.optional(), from: day.optional(), until: day.optional() }),
    response: z.object({ from: day, until: day, leastRatings: z.number().int(), items: z.array(offerFigures) }),
  },
  unmet: {
    ...read,
    path: '/api/bookings/unmet',
    summary: '没有我要的：说法相近的合并计数',
    query: z.object({
      station: uuid.optional(),
      area: word.optional(),
      answered: z.stringbool().default(false),
      from: day.optional(),
    }),
    response: z.object({ items: z.array(unmetView), from: day }),
  },
  unmetPhones: {
    ...work,
    permission: 'station.manage',
    params: id,
    path: '/api/bookings/unmet/:id/phones',
    summary: '查看等回音的手机号（留痕）',
    body: z.object({ opId }),
    response: recorded.extend({ phones: z.array(z.string()) }),
  },
  noteUnmet: {
    ...work,
    path: '/api/bookings/unmet',
    summary: '在驿站替人登记“没有我要的”',
    body: z.object({
      opId,
      stationId: uuid,
      kind: z.enum(unmetKinds),
      area: word.nullable().default(null),
      what: words(100, 2),
      wanted: z.enum(unmetTimes).default('any'),
      phone: phone.nullable().default(null),
    }),
    response: recorded.extend({ id: uuid }),
  },
  answerUnmet: {
    ...manage,
    params: id,
    path: '/api/bookings/unmet/:id/answer',
    summary: '答复一条需求（连同并入的）；留下的手机号随即删除',
    body: z.object({ opId, answer: words(300, 2) }),
    response: recorded.extend({ answered: z.number().int() }),
  },
} as const satisfies Record<string, Route>;
