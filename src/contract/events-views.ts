import * as z from 'zod';
import { isoTime, lat, lon, uuid } from './route.ts';
import {
  attachmentKinds,
  channels,
  clockKinds,
  clockSteps,
  eventStatuses,
  taskStatuses,
  verbs,
} from './events-words.ts';
import { deskTiers } from '#kit/tiers.ts';

export const unitRef = z.object({ id: uuid, name: z.string(), nameEn: z.string(), kind: z.string() });

/** A row of the queue. */
export const eventRow = z.object({
  id: uuid,
  number: z.string(),
  title: z.string(),
  categoryCode: z.string(),
  priority: z.number().int(),
  channel: z.enum(channels),
  status: z.enum(eventStatuses),
  tier: z.enum(deskTiers),
  ownerUnit: unitRef,
  district: z.string(),
  street: z.string().nullable(),
  community: z.string().nullable(),
  grid: z.string().nullable(),
  lon: lon.nullable(),
  lat: lat.nullable(),
  placeWords: z.string(),
  outside: z.boolean(),
  reportedAt: isoTime,
  dueAt: isoTime.nullable(),
  clockStartedAt: isoTime.nullable().describe('dueAt 所属时限的起点'),
  late: z.boolean(),
  supervised: z.boolean(),
  urges: z.number().int(),
  reportCount: z.number().int(),
  version: z.number().int(),
});

export const taskView = z.object({
  id: uuid,
  unit: unitRef,
  part: z.enum(['lead', 'assist']),
  status: z.enum(taskStatuses),
  binding: z.boolean(),
  instruction: z.string(),
  assignee: z.string().nullable(),
  offeredAt: isoTime,
  acceptedAt: isoTime.nullable(),
  onSiteAt: isoTime.nullable(),
  doneAt: isoTime.nullable(),
  dueAt: isoTime.nullable(),
  result: z.string(),
  reason: z.string(),
  mine: z.boolean(),
});

export const clockView = z.object({
  step: z.enum(clockSteps),
  kind: z.enum(clockKinds),
  amount: z.number(),
  extra: z.number(),
  taskId: uuid.nullable(),
  startedAt: isoTime,
  dueAt: isoTime.nullable(),
  stoppedAt: isoTime.nullable(),
  late: z.boolean(),
  certain: z.boolean(),
  paused: z.boolean(),
  pauses: z.array(z.object({ from: isoTime, to: isoTime.nullable(), reason: z.string() })),
});

export const attachmentView = z.object({
  id: uuid,
  kind: z.enum(attachmentKinds),
  taskId: uuid.nullable(),
  mime: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  bytes: z.number().int(),
  createdAt: isoTime,
  public: z.boolean(),
});

/** One line of the timeline: straight from the ledger. */
export const timelineLine = z.object({
  id: uuid,
  seq: z.number().int().nullable(),
  at: isoTime,
  verb: z.enum(verbs),
  actorName: z.string().nullable(),
  actorUnit: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
  words: z.record(z.string(), z.unknown()),
});

export const extensionView = z.object({
  id: uuid,
  taskId: uuid,
  amount: z.number(),
  kind: z.enum(clockKinds),
  reason: z.string(),
  status: z.enum(['asked', 'granted', 'refused']),
  askedAt: isoTime,
});

export const callView = z.object({
  id: uuid,
  number: z.string(),
  calledAt: isoTime,
  incidentNumber: z.string(),
  note: z.string(),
});

export const eventDetail = eventRow.extend({
  description: z.string(),
  verifiedAt: isoTime.nullable(),
  filedAt: isoTime.nullable(),
  closedAt: isoTime.nullable(),
  reviewAt: isoTime.nullable(),
  returns: z.number().int(),
  reworks: z.number().int(),
  reopens: z.number().int(),
  rating: z.number().int().nullable(),
  mergedInto: z.object({ id: uuid, number: z.string() }).nullable(),
  mergedHere: z.array(z.object({ id: uuid, number: z.string(), title: z.string() })),
  rule: z.object({
    tier: z.string(),
    leadRole: z.string(),
    assistRoles: z.array(z.string()),
    evidence: z.string(),
    version: z.number().int(),
  }),
  tasks: z.array(taskView),
  clocks: z.array(clockView),
  attachments: z.array(attachmentView),
  extensions: z.array(extensionView),
  calls: z.array(callView),
  timeline: z.array(timelineLine),
  /** Verbs this viewer may use now, so that a screen never offers what would be refused. */
  allowed: z.array(z.object({ verb: z.enum(verbs), taskId: uuid.nullable() })),
});

/** What every command answers. */
export const commandResult = z.object({
  id: uuid,
  number: z.string(),
  status: z.enum(eventStatuses),
  version: z.number().int(),
  at: isoTime,
  /** Ledger line that records it: the sync receipt of the field app. */
  ledgerId: uuid,
});

export const reportResult = commandResult.extend({
  /** Secret for the receipt link; shown to the reporter only. */
  receiptSecret: z.string(),
  outside: z.boolean(),
  areaName: z.string(),
});
