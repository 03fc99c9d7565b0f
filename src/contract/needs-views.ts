import * as z from 'zod';
import { isoTime, lat, lon, uuid } from './route.ts';

/** Where a voice came from. */
export const needSources = ['hotline', 'meeting', 'visit', 'survey', 'event', 'booking', 'desk'] as const;
export type NeedSource = (typeof needSources)[number];

/** open: heard; listed: on the list of needs; planned: a project answers it; met; declined, with a reason; merged into another. */
export const needStates = ['open', 'listed', 'planned', 'met', 'declined', 'merged'] as const;
export type NeedState = (typeof needStates)[number];

/** How the class of a need is known: by whoever said it, by its words, by hand, not at all. */
export const classFroms = ['none', 'said', 'words', 'hand'] as const;
export type ClassFrom = (typeof classFroms)[number];

/** Why a voice stands with the others: the first; same class and community; same class and near; like words; put by hand. */
export const joinReasons = ['first', 'class', 'near', 'words', 'hand'] as const;
export type JoinReason = (typeof joinReasons)[number];

export const classCode = z.string().regex(/^[a-z][a-z0-9_]{0,40}$/);
export const groupCode = z.string().regex(/^[a-z][a-z0-9_]{0,20}$/);

const named = z.object({ code: z.string(), name: z.string(), nameEn: z.string() });

export const needWords = z.object({
  classes: z.array(named.extend({ group: groupCode, kind: z.string() })),
  groups: z.array(named),
  rules: z.array(named.extend({ value: z.number(), unit: z.string() })),
});

const count = z.number().int().min(0);
export const needRow = z.object({
  id: uuid,
  title: z.string(),
  classCode: classCode.nullable(),
  classFrom: z.enum(classFroms),
  groupCode,
  areaCode: z.string(),
  areaName: z.string(),
  lon: lon.nullable(),
  lat: lat.nullable(),
  voices: count,
  people: count,
  sources: z.array(z.object({ source: z.enum(needSources), voices: count })),
  state: z.enum(needStates),
  reason: z.string(),
  firstAt: isoTime,
  lastAt: isoTime,
  version: z.number().int(),
});

export const needVoice = z.object({
  id: uuid,
  source: z.enum(needSources),
  sourceRef: z.string(),
  saidAt: isoTime,
  text: z.string(),
  people: count,
  groupCode,
  classCode: classCode.nullable(),
  areaCode: z.string(),
  areaName: z.string(),
  lon: lon.nullable(),
  lat: lat.nullable(),
  joinedBy: z.enum(joinReasons),
  joinedDetail: z.number().int().nullable(),
  minutesNow: z.number().int().nullable(),
  /** Where its source is shown in this program; null where there is none, or it is not this reader's. */
  link: z.string().nullable(),
});

export const needDetail = needRow.extend({
  mergedInto: uuid.nullable(),
  groups: z.array(z.object({ groupCode, voices: count, people: count })),
  minutes: z.array(z.object({ upTo: z.number().int(), voices: count })).describe('居民问卷：现在步行多少分钟'),
  mayChange: z.boolean(),
  voiceList: z.array(needVoice),
  /** Others of the same class nearby, which could be the same. */
  near: z.array(
    z.object({
      id: uuid,
      title: z.string(),
      voices: count,
      people: count,
      state: z.enum(needStates),
      areaName: z.string(),
      version: z.number().int(),
    }),
  ),
});
