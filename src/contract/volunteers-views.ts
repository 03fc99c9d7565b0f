import * as z from 'zod';
import { isoTime, uuid } from './route.ts';

export const places = ['open', 'partner'] as const;
export const signUpStates = ['signed', 'withdrawn', 'swapped', 'cancelled'] as const;
export const presences = ['came', 'absent'] as const;
export type Place = (typeof places)[number];
export type SignUpState = (typeof signUpStates)[number];
export type Presence = (typeof presences)[number];

export const day = z.iso.date();
export const word = z.string().regex(/^[a-z_]{1,40}$/);
export const wordView = z.object({ code: z.string(), name: z.string(), nameEn: z.string() });
/** Whole minutes; hours are rounded down to the step of the rules where people read them. */
export const minutesWorked = z.number().int().min(0);
export const hoursShown = z.number().min(0).describe('小时：由分钟向下取整到规定的单位');

/** What was recorded of one place on a shift. Late and early are told from the times, beyond the grace of the rules. */
export const attendanceView = z.object({
  arrivedAt: isoTime.nullable(),
  leftAt: isoTime.nullable(),
  presence: z.enum(presences).nullable(),
  minutes: minutesWorked.nullable(),
  late: z.boolean(),
  early: z.boolean(),
  confirmedAt: isoTime.nullable(),
});

export const personMark = z.object({
  volunteerId: uuid,
  name: z.string().describe('姓名只显示首字'),
  phoneTail: z.string().describe('电话末四位'),
});

export const signUpView = personMark.extend({
  id: uuid,
  place: z.enum(places),
  first: z.boolean().describe('还没有到过岗：请核对本人'),
  own: z.boolean().describe('您本人：须由别人确认'),
  swapAsked: z.boolean(),
  attendance: attendanceView,
  version: z.number().int(),
});

export const shiftView = z.object({
  id: uuid,
  stationId: uuid,
  post: z.string(),
  day,
  startsAt: isoTime,
  endsAt: isoTime,
  needed: z.number().int(),
  most: z.number().int(),
  partner: z.object({ id: uuid, name: z.string(), nameEn: z.string() }).nullable(),
  partnerPlaces: z.number().int(),
  openTaken: z.number().int(),
  partnerTaken: z.number().int(),
  missing: z.number().int().describe('还缺几人'),
  state: z.enum(['open', 'cancelled']),
  version: z.number().int(),
  /** Only for those who work at the station. */
  signUps: z.array(signUpView),
});

export const patternView = z.object({
  post: word,
  weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7),
  startMinute: z.number().int().min(0).max(1439),
  minutes: z.number().int().min(30).max(720),
  needed: z.number().int().min(1).max(50),
  most: z.number().int().min(1).max(50),
  partnerId: uuid.nullable().default(null),
  partnerPlaces: z.number().int().min(0).max(50).default(0),
});

export const certificateView = z.object({
  id: uuid,
  number: z.string(),
  issuer: z.string(),
  fromDay: day,
  untilDay: day,
  hours: hoursShown,
  issuedAt: isoTime,
  noticeUntil: day,
  withdrawn: z.boolean(),
});

export const hoursRow = z.object({
  post: z.string(),
  stationName: z.string(),
  times: z.number().int(),
  minutes: minutesWorked,
  hours: hoursShown,
});

export const requestView = personMark.extend({
  id: uuid,
  signUpId: uuid,
  said: z.string(),
  askedAt: isoTime,
  dueDay: day,
  post: z.string(),
  startsAt: isoTime,
  endsAt: isoTime,
  attendance: attendanceView,
  signUpVersion: z.number().int(),
});
