import * as z from 'zod';
import { areaCode, isoTime, none, opId, uuid, words, type Route } from './route.ts';
import { openVisitStates, visitMethods, visitOutcomes, visitReasons, visitTiers } from './visits-words.ts';
import { visitForm } from './visits.ts';

// ── views ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** One try of the past: that it was, how it went, by which post. What was said is opened apart. */
export const pastVisit = z.object({
  id: uuid,
  at: isoTime,
  method: z.enum(visitMethods),
  outcome: z.enum(visitOutcomes),
  reason: z.enum(visitReasons),
  tier: z.enum(visitTiers),
  rung: z.number().int().min(0).max(3),
  late: z.boolean(),
  changed: z.array(visitForm.keyof()).describe('有变化的项；内容须写明用途才打开'),
  hasNote: z.boolean(),
  photos: z.number().int(),
  byRole: z.string().nullable().describe('走访人当时的岗位'),
  byName: z.string().nullable().describe('看得到当地人员的人才有'),
  eventId: uuid.nullable(),
});

const openedVisit = z.object({
  id: uuid,
  note: z.string(),
  changes: visitForm.partial(),
  photos: z.array(z.object({ id: uuid, width: z.number().int(), height: z.number().int() })),
});

/** Somebody told to have moved or died: no visits until the register is settled. Masked. */
export const heldPerson = z.object({
  personId: uuid,
  name: z.string().describe('隐名'),
  address: z.string(),
  areaCode,
  areaName: z.string(),
  tags: z.array(z.string()),
  outcome: z.enum(['moved_away', 'died']),
  heldAt: isoTime,
  careVersion: z.number().int().describe('档案的版本，撤出名册时要用'),
  mayRetire: z.boolean(),
});

/** A visit that waits too long, by category and grid only. */
export const waitingVisit = z.object({
  id: uuid,
  areaCode,
  areaName: z.string().describe('所在网格'),
  tags: z.array(z.string()),
  tier: z.enum(visitTiers),
  state: z.enum(openVisitStates),
  rung: z.number().int().min(0).max(3),
  nextTryAt: isoTime.nullable(),
  stepLate: z.boolean().describe('下一步已过时'),
  dueAt: isoTime,
  late: z.boolean(),
  workerName: z.string().nullable().describe('看得到当地人员的人才有'),
  eventId: uuid.nullable(),
});

// ── routes ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const byPerson = z.object({ id: uuid });

export const visitPastRoutes = {
  past: {
    method: 'GET',
    path: '/api/care/:id/visits',
    permission: 'care.read',
    summary: '一位重点关爱人员的往次走访，由近到远；说了什么须另行打开',
    params: byPerson,
    query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) }),
    body: none,
    response: z.object({
      mayOpen: z.boolean().describe('负有职责的人才能打开备注、变化和照片'),
      total: z.number().int(),
      items: z.array(pastVisit),
    }),
  },
  open: {
    method: 'POST',
    path: '/api/care/:id/visits/open',
    permission: 'care.read',
    summary: '打开往次走访的备注、变化和照片；须写明用途，每次都记入流水。照片当日可看',
    params: byPerson,
    query: none,
    body: z.object({ opId, purpose: words(200, 4), limit: z.number().int().min(1).max(100).default(20) }),
    response: z.object({ items: z.array(openedVisit) }),
  },
  photo: {
    method: 'GET',
    path: '/api/visits/:id/photos/:photoId',
    permission: 'care.read',
    summary: '走访照片：负有职责、且当日已写明用途打开或正要走访的人',
    params: z.object({ id: uuid.describe('那次走访'), photoId: uuid }),
    query: z.object({ size: z.enum(['full', 'thumb']).default('full') }),
    body: none,
    response: z.unknown(),
    raw: 'download',
  },
  held: {
    method: 'GET',
    path: '/api/visits/held',
    permission: 'visit.plan',
    summary: '已报搬离或去世、待核实登记的人，隐名，等得最久的在前，至多 200 人',
    params: none,
    query: none,
    body: none,
    response: z.object({ total: z.number().int(), items: z.array(heldPerson) }),
  },
  resume: {
    method: 'POST',
    path: '/api/visits/held/:id/resume',
    permission: 'visit.plan',
    summary: '搬离或去世是误报：恢复走访',
    params: byPerson,
    query: none,
    body: z.object({ opId, reason: words(200).default('') }),
    response: z.object({ id: uuid, at: isoTime, ledgerId: uuid }),
  },
  waiting: {
    method: 'GET',
    path: '/api/visits/waiting',
    permission: 'care.glance',
    summary: '无人应答或已逾期的走访：只有类别、网格和步骤，至多 200 条',
    params: none,
    query: none,
    body: none,
    response: z.object({
      noAnswer: z.number().int(),
      late: z.number().int(),
      items: z.array(waitingVisit),
    }),
  },
} as const satisfies Record<string, Route>;
