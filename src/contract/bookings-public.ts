import * as z from 'zod';
import {
  areaWord,
  bookingOutcomes,
  bookingStates,
  day,
  offerView,
  phone,
  recorded,
  slotView,
  stationRef,
  unmetKinds,
  unmetTimes,
  word,
} from './bookings-views.ts';
import { isoTime, lat, lon, none, opId, uuid, words, type Route } from './route.ts';

/** What a resident does without signing in. The secret of the link is the permission; a number alone opens nothing. */

const id = z.object({ id: uuid });
const secret = z.object({ secret: z.string().min(20).max(100) });
const read = { method: 'GET', permission: 'public', params: none, query: none, body: none, perMinute: 120 } as const;
const act = {
  method: 'POST',
  permission: 'public',
  params: secret,
  query: none,
  response: recorded,
  perMinute: 20,
} as const;

export const bookingPublicRoutes = {
  offers: {
    ...read,
    path: '/api/public/bookings/offers',
    summary: '可以预约的服务与最近的空位',
    query: z.object({ station: z.string().max(40).optional(), area: word.optional() }),
    response: z.object({
      areas: z.array(areaWord.extend({ offers: z.number().int() })),
      items: z.array(
        offerView
          .omit({ weekly: true, capacity: true, firstDay: true, lastDay: true })
          .extend({ nextAt: isoTime.nullable().describe('最近的空位；两周内没有为空') }),
      ),
    }),
  },
  slots: {
    ...read,
    params: id,
    path: '/api/public/bookings/offers/:id/slots',
    summary: '一项服务两周内的时段与余额',
    response: z.object({
      days: z.array(z.object({ day, slots: z.array(slotView) })).describe('只有开办的日子'),
    }),
  },
  book: {
    ...act,
    params: none,
    path: '/api/public/bookings',
    summary: '预约：只要手机号',
    body: z.object({ opId, offerId: uuid, startsAt: isoTime, phone, name: words(20).default('') }),
    response: z.object({ code: z.string(), path: z.string() }),
    perMinute: 10,
  },
  view: {
    ...read,
    params: secret,
    path: '/api/public/bookings/by-link/:secret',
    summary: '自己的一个预约',
    response: z.object({
      code: z.string(),
      state: z.enum(bookingStates),
      cancelledBy: z.enum(['resident', 'station']).nullable(),
      offer: offerView.pick({
        id: true,
        title: true,
        titleEn: true,
        area: true,
        areaName: true,
        areaNameEn: true,
        provider: true,
        providerEn: true,
        way: true,
        bring: true,
        bringEn: true,
        languages: true,
      }),
      station: stationRef.extend({ address: z.string(), phone: z.string(), lon, lat }),
      startsAt: isoTime,
      endsAt: isoTime,
      away: z.string().nullable().describe('提供方这时不来：原因；请改期'),
      soon: z.boolean().describe('明天或今天'),
      mayChange: z.boolean(),
      mayCancel: z.boolean(),
      mayRate: z.boolean(),
      outcome: z.enum(bookingOutcomes).nullable(),
      eventNumber: z.string().nullable(),
      rating: z.number().int().nullable(),
      others: z
        .array(z.object({ id: uuid, title: z.string(), titleEn: z.string(), station: stationRef, nextAt: isoTime }))
        .describe('提供方不来时，同一门类的其他去处'),
    }),
  },
  calendar: {
    ...read,
    params: secret,
    path: '/api/public/bookings/by-link/:secret/calendar',
    summary: '加入日历（iCalendar，RFC 5545）',
    response: z.unknown(),
    raw: 'download',
  },
  cancel: {
    ...act,
    path: '/api/public/bookings/by-link/:secret/cancel',
    summary: '取消自己的预约',
    body: z.object({ opId }),
  },
  move: {
    ...act,
    path: '/api/public/bookings/by-link/:secret/move',
    summary: '给自己的预约改期',
    body: z.object({ opId, startsAt: isoTime }),
  },
  rate: {
    ...act,
    path: '/api/public/bookings/by-link/:secret/rate',
    summary: '评价：一到五分与几句话',
    body: z.object({ opId, rating: z.number().int().min(1).max(5), words: words(300).default('') }),
  },
  unmet: {
    ...act,
    params: none,
    path: '/api/public/bookings/unmet',
    summary: '没有我要的：说要什么、什么时候；想要回音的留手机号',
    body: z.object({
      opId,
      station: z.string().max(40),
      kind: z.enum(unmetKinds),
      area: word.nullable().default(null),
      offerId: uuid.optional(),
      what: words(100, 2),
      wanted: z.enum(unmetTimes).default('any'),
      phone: phone.nullable().default(null),
    }),
    response: z.object({ ok: z.literal(true) }),
    perMinute: 10,
  },
  full: {
    ...act,
    params: id,
    path: '/api/public/bookings/offers/:id/full',
    summary: '打开了一个已约满的日子：只计数',
    body: z.object({ day }),
    response: z.object({ ok: z.literal(true) }),
    perMinute: 30,
  },
} as const satisfies Record<string, Route>;
