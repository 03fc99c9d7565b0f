import * as z from 'zod';
import { eventStatuses } from './events-words.ts';
import { areaCode, isoTime, uuid } from './route.ts';

export const platforms = ['in_app', 'wecom', 'other'] as const;
export type Platform = (typeof platforms)[number];
export const messageKinds = ['member', 'staff', 'status'] as const;
export const quorumKinds = ['none', 'members', 'households'] as const;

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const gridRef = z.object({ code: areaCode, name: z.string() });

export const groupRow = z.object({
  id: uuid,
  code: z.string(),
  name: z.string(),
  kind: z.string(),
  platform: z.enum(platforms),
  grids: z.array(gridRef),
  /** Of an outside group: the headcount somebody confirmed. */
  members: z.number().int(),
  residents: z.number().int().describe('所联网格的常住人口合计'),
  lastAt: isoTime.nullable(),
  lastWords: z.string(),
  waiting: z.number().int().describe('还没有人回应的居民消息数'),
  ownerName: z.string().nullable(),
});

export const groupDetail = groupRow.extend({
  about: z.string(),
  ownerId: uuid.nullable(),
  headcountOn: day.nullable(),
  version: z.number().int(),
  retiredAt: isoTime.nullable(),
  createdAt: isoTime,
  /** May this viewer change it, announce, open polls? */
  mayManage: z.boolean(),
  /** Of the joining link; null for those who may not invite. */
  linkSecret: z.string().nullable(),
  bridge: z.object({ kind: z.literal('wecom'), enabled: z.boolean(), lastAt: isoTime.nullable() }).nullable(),
});

const eventMark = z.object({
  id: uuid,
  number: z.string(),
  status: z.enum(eventStatuses),
});
export const photoRef = z.object({ id: uuid, width: z.number().int(), height: z.number().int() });

export const groupMessage = z.object({
  id: uuid,
  kind: z.enum(messageKinds),
  /** A name of the member's own choice; of staff the unit they speak for. Empty when the author has left. */
  author: z.string(),
  hasPhone: z.boolean(),
  text: z.string(),
  photos: z.array(photoRef),
  pollId: uuid.nullable(),
  aboutId: uuid.nullable(),
  at: isoTime,
  waiting: z.boolean(),
  hidden: z.boolean(),
  hiddenReason: z.string(),
  erased: z.boolean(),
  event: eventMark.nullable(),
});

/** What the form of "make it an event" begins with. All of it is a guess that whoever sends it looks at. */
export const eventDraft = z.object({
  author: z.string(),
  hasPhone: z.boolean(),
  text: z.string(),
  photos: z.array(photoRef),
  places: z.array(
    z.object({ name: z.string(), areaName: z.string(), lon: z.number(), lat: z.number(), score: z.number() }),
  ),
  grids: z.array(gridRef),
  categories: z.array(z.object({ code: z.string(), name: z.string(), nameEn: z.string() })),
  /** Made an event already. */
  event: eventMark.nullable(),
});

export const groupNotice = z.object({
  id: uuid,
  title: z.string(),
  text: z.string(),
  confirm: z.boolean(),
  pinned: z.boolean(),
  at: isoTime,
  withdrawnAt: isoTime.nullable(),
  groups: z.number().int(),
  members: z.number().int(),
  read: z.number().int(),
  confirmed: z.number().int(),
});

/** Frozen when the poll closes. */
export const pollResult = z.object({
  counts: z.array(z.number().int()),
  voters: z.number().int(),
  /** Members, or households of the linked grids, when it closed. */
  base: z.number().int(),
  needed: z.number().int(),
  reached: z.boolean(),
});

export const groupPoll = z.object({
  id: uuid,
  groupId: uuid,
  question: z.string(),
  note: z.string(),
  options: z.array(z.string()),
  quorumOf: z.enum(quorumKinds),
  quorumPercent: z.number().int(),
  until: isoTime,
  createdAt: isoTime,
  closedAt: isoTime.nullable(),
  /** While open: voters so far, without what they chose. */
  voters: z.number().int(),
  needed: z.number().int(),
  comments: z.number().int(),
  result: pollResult.nullable(),
  minutes: z.string(),
  version: z.number().int(),
});
export { day };
