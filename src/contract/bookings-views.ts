import * as z from 'zod';
import { areaCode, isoTime, uuid, words } from './route.ts';

/** Words and views that the staff's and the residents' side of 七务一全 share. */

export const offerWays = ['place', 'phone', 'video'] as const;
export type OfferWay = (typeof offerWays)[number];
export const bookingStates = ['booked', 'arrived', 'served', 'no_show', 'cancelled', 'lapsed'] as const;
export type BookingState = (typeof bookingStates)[number];
export const bookingOutcomes = ['solved', 'transferred', 'again', 'unsolved'] as const;
export type BookingOutcome = (typeof bookingOutcomes)[number];
export const bookingChannels = ['web', 'counter', 'phone', 'walk_in'] as const;
export type BookingChannel = (typeof bookingChannels)[number];
export const unmetKinds = ['none_free', 'no_such', 'other_hour'] as const;
export type UnmetKind = (typeof unmetKinds)[number];
export const unmetTimes = ['any', 'weekday_day', 'weekday_evening', 'weekend'] as const;
export type UnmetTime = (typeof unmetTimes)[number];

export const day = z.iso.date();
/** Written into bodies only, never into an address. */
export const phone = z
  .string()
  .trim()
  .regex(/^[0-9+\- ]{3,20}$/);
export const word = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);
/** What is said at the counter, however it is typed. */
export const shortCode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9]{4,6}$/);
export const recorded = z.object({ at: isoTime, ledgerId: uuid });

/** One opening in the week; an end past midnight counts on from 1440. */
export const weeklyHours = z.object({
  weekday: z.number().int().min(1).max(7).describe('1 为周一'),
  fromMinute: z.number().int().min(0).max(1439),
  untilMinute: z.number().int().min(1).max(2160).describe('当日零点起的分钟数，过零点则大于 1440'),
});
export type WeeklyHours = z.output<typeof weeklyHours>;

export const offerWish = z.object({
  area: word.describe('七务一全的门类'),
  title: words(40, 2),
  titleEn: words(80).default(''),
  providerUnitId: uuid.nullable().default(null),
  providerPartnerId: uuid.nullable().default(null),
  providerWords: words(60).default(''),
  way: z.enum(offerWays),
  weekly: z.array(weeklyHours).min(1).max(28),
  slotMinutes: z.number().int().min(5).max(480),
  capacity: z.number().int().min(1).max(200),
  walkIn: z.boolean(),
  bring: z.array(words(60, 1)).max(12).default([]),
  bringEn: z.array(words(120, 1)).max(12).default([]),
  forWhom: words(60).default(''),
  forWhomEn: words(120).default(''),
  languages: z
    .array(z.string().regex(/^[a-z]{2,8}$/))
    .min(1)
    .max(8)
    .default(['zh']),
  firstDay: day,
  lastDay: day.nullable().default(null),
});
export type OfferWish = z.output<typeof offerWish>;

export const stationRef = z.object({ id: uuid, code: z.string(), name: z.string(), nameEn: z.string() });

/** What everybody may know of an offer. */
export const offerView = offerWish.omit({ providerUnitId: true, providerPartnerId: true, providerWords: true }).extend({
  id: uuid,
  station: stationRef,
  areaName: z.string(),
  areaNameEn: z.string(),
  provider: z.string().describe('由谁提供'),
  providerEn: z.string(),
});

export const slotView = z.object({
  startsAt: isoTime,
  endsAt: isoTime,
  capacity: z.number().int(),
  left: z.number().int().min(0),
});

export const awayView = z.object({ id: uuid, startsAt: isoTime, endsAt: isoTime, reason: z.string() });

export const areaWord = z.object({
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  hint: z.string(),
  hintEn: z.string(),
});
export const ruleWord = z.object({ code: z.string(), name: z.string(), nameEn: z.string(), value: z.number() });

/** One booking as the station sees it: number and name masked until asked for. */
export const bookingView = z.object({
  id: uuid,
  code: z.string(),
  offerId: uuid,
  title: z.string(),
  titleEn: z.string(),
  area: z.string(),
  station: stationRef,
  startsAt: isoTime,
  endsAt: isoTime,
  state: z.enum(bookingStates),
  cancelledBy: z.enum(['resident', 'station']).nullable(),
  channel: z.enum(bookingChannels),
  phone: z.string().nullable().describe('打码；已删除或未留为空'),
  name: z.string().nullable().describe('只显示姓'),
  outcome: z.enum(bookingOutcomes).nullable(),
  note: z.string(),
  eventId: uuid.nullable(),
  rating: z.number().int().nullable(),
  ratingWords: z.string(),
  bookedAt: isoTime,
  seated: z.boolean().describe('占用名额；人满后的即来即办不占'),
  away: z.string().nullable().describe('提供方这时不来：原因'),
  noShowFrom: isoTime.describe('此后可记为未到'),
  version: z.number().int(),
});

export const offerFigures = z.object({
  offerId: uuid,
  title: z.string(),
  titleEn: z.string(),
  station: stationRef,
  booked: z.number().int(),
  served: z.number().int(),
  solved: z.number().int(),
  noShow: z.number().int(),
  cancelled: z.number().int(),
  walkIn: z.number().int(),
  waitDays: z.number().nullable().describe('从预约到办理的中位天数；没有已办为空'),
  waitOf: z.number().int().describe('其中 n'),
  rating: z.number().nullable().describe('平均分；少于规定条数不算'),
  ratings: z.number().int(),
  fullLooks: z.number().int().describe('打开已约满日期的次数'),
});

export const unmetView = z.object({
  id: uuid,
  what: z.string(),
  area: z.string().nullable(),
  station: stationRef.nullable(),
  areaCode,
  areaName: z.string(),
  count: z.number().int().describe('说法相近的合为一条'),
  kinds: z.array(z.object({ kind: z.enum(unmetKinds), count: z.number().int() })),
  times: z.array(z.object({ time: z.enum(unmetTimes), count: z.number().int() })),
  others: z.array(z.string()).describe('并入的其他说法'),
  waiting: z.number().int().describe('留了手机号等回音的'),
  firstAt: isoTime,
  lastAt: isoTime,
  answeredAt: isoTime.nullable(),
  answer: z.string(),
});
