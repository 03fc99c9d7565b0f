import * as z from 'zod';
import { areaCode, isoTime, uuid } from './route.ts';

// ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** 1 + 3 + N, in this order. */
export const forceRoles = ['leader', 'full_time', 'part_time', 'instructor', 'other'] as const;
export type ForceRole = (typeof forceRoles)[number];

export const leaveStates = ['asked', 'granted', 'refused', 'withdrawn'] as const;
/**
 * What is known of somebody now, in the order in which they are called: on a shift, said they are there, nothing said,
 * outside the hours they offered, said they are away, on leave.
 */
export const reachStates = ['on_shift', 'available', 'unsaid', 'off_hours', 'away', 'on_leave'] as const;
export type ReachState = (typeof reachStates)[number];
export const askStates = ['asked', 'accepted', 'declined', 'done', 'withdrawn'] as const;
export type AskState = (typeof askStates)[number];
export const memberStates = ['invited', 'active', 'left', 'revoked'] as const;

export const day = z.iso.date();
export const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
export const word = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);
export const minuteOfDay = z.number().int().min(0).max(1439);

export const dictionaryWord = z.object({
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  certain: z.boolean(),
});

// ── views ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const count = z.number().int();

/** The force of one grid. `missing`: roles of 1+3 nobody holds; `absent`: full-time workers on leave without cover. */
export const gridForce = z.object({
  areaCode,
  areaName: z.string(),
  communityCode: areaCode,
  communityName: z.string(),
  counts: z.object({
    leader: count,
    full_time: count,
    part_time: count,
    instructor: count,
    other: count,
  }),
  people: count.describe('不重复人数'),
  missing: z.array(z.enum(forceRoles)),
  uncovered: z.boolean().describe('专职网格员全部休假且无人顶岗'),
});

export const reachable = z.object({
  kind: z.enum(['account', 'member']),
  id: uuid,
  name: z.string(),
  roles: z.array(z.string()),
  areaCode,
  areaName: z.string(),
  unitName: z.string(),
  state: z.enum(reachStates),
  until: isoTime.nullable(),
  cover: z.string().nullable().describe('休假期间由谁顶岗'),
  offers: z.array(z.string()),
  channels: z.array(z.enum(['push', 'sms', 'phone'])),
  phone: z.string().nullable().describe('打码的电话'),
});

export const leaveView = z.object({
  id: uuid,
  person: z.object({ id: uuid, name: z.string(), roles: z.array(z.string()) }),
  unitName: z.string(),
  areaName: z.string(),
  firstDay: day,
  lastDay: day,
  reason: z.string().nullable().describe('只给本人和审批人'),
  cover: z.object({ id: uuid, name: z.string() }).nullable(),
  lent: count.describe('临时授予顶岗人的任命数'),
  state: z.enum(leaveStates),
  askedAt: isoTime,
  decidedAt: isoTime.nullable(),
  mayDecide: z.boolean(),
  version: count,
});

export const shiftView = z.object({
  id: uuid,
  unitId: uuid,
  unitName: z.string(),
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  day,
  startsAt: isoTime,
  endsAt: isoTime,
  person: z.object({ id: uuid, name: z.string() }),
});

export const patternView = z.object({
  code: word,
  name: z.string(),
  nameEn: z.string(),
  startMinute: minuteOfDay,
  minutes: z.number().int().min(30).max(1440),
  needed: z.number().int().min(0).max(50),
});

export const rosterView = z.object({
  unit: z.object({ id: uuid, name: z.string() }),
  month,
  today: day,
  patterns: z.array(patternView),
  people: z.array(z.object({ id: uuid, name: z.string(), roles: z.array(z.string()) })),
  shifts: z.array(shiftView),
  gaps: z.array(z.object({ day, code: z.string(), missing: count })),
  leaves: z.array(z.object({ personId: uuid, firstDay: day, lastDay: day })),
  swaps: z.array(z.object({ shiftId: uuid, to: z.string() })).describe('等对方答应的换班'),
  mayEdit: z.boolean(),
});

export const swapView = z.object({
  id: uuid,
  shift: shiftView,
  from: z.string(),
  to: z.string(),
  state: z.enum(['asked', 'agreed', 'refused']),
});

export const noteView = z.object({
  id: uuid,
  unitId: uuid,
  unitName: z.string(),
  day,
  code: z.string().nullable(),
  words: z.string(),
  events: z.array(z.object({ id: uuid, number: z.string() })),
  by: z.string(),
  own: z.boolean(),
  at: isoTime,
  readBy: z.array(z.object({ name: z.string(), at: isoTime })),
  read: z.boolean().describe('我已阅'),
});

const hours = {
  weekdays: z.array(z.number().int().min(1).max(7)).describe('1 是星期一'),
  fromMinute: minuteOfDay,
  untilMinute: minuteOfDay,
};

export const askView = z.object({
  id: uuid,
  memberId: uuid,
  words: z.string(),
  askedAt: isoTime,
  state: z.enum(askStates),
  answer: z.string(),
  answeredAt: isoTime.nullable(),
});

export const memberView = z.object({
  id: uuid,
  name: z.string().describe('打码的姓名'),
  areaCode,
  areaName: z.string(),
  offers: z.array(z.string()),
  ...hours,
  state: z.enum(memberStates),
  invitedAt: isoTime,
  asks: z.array(askView),
});

export const memberPage = z.object({
  name: z.string(),
  areaCode,
  areaName: z.string(),
  unitName: z.string(),
  offers: z.array(z.string()),
  ...hours,
  state: z.enum(['invited', 'active']),
  asks: z.array(askView.omit({ memberId: true })),
  words: z.array(dictionaryWord).describe('可以选择的帮忙项目'),
});
