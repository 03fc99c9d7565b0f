import * as z from 'zod';
import { ruleChanges, ruleView } from './library.ts';
import { areaCode, isoTime, none, opId, uuid, words, type Route } from './route.ts';

/** What would have been otherwise about an event; each number of a rehearsal opens the events that carry its mark. */
export const rehearsalMarks = [
  'moved', // 换了承办单位
  'fewer', // 少流转
  'more', // 多流转
  'late', // 变为超时
  'timely', // 变为按时
  'returned', // 可免退回
  'agrees', // 实际就是新规则所指的单位办结
  'disagrees', // 实际是旧规则所指的单位办结
] as const;
export type RehearsalMark = (typeof rehearsalMarks)[number];

/** Steps whose limits are rehearsed, in the order of the loop. */
export const rehearsedSteps = ['receive', 'verify', 'file', 'dispatch', 'accept', 'handle', 'check'] as const;
export type RehearsedStep = (typeof rehearsedSteps)[number];

const count = z.number().int().min(0);
/** Late under today's rules, late under the changed ones, and who crosses over in each direction. */
const lateness = { before: count, after: count, becomeLate: count, becomeTimely: count };
const unit = z.object({ id: uuid, name: z.string(), nameEn: z.string() }).nullable();

export const rehearsalFigures = z.object({
  /** Events whose rule would have been another, reported in the period. */
  events: count,
  days: count,
  otherTier: count,
  otherLead: count,
  otherPriority: count,
  /** Would have gone to another unit. */
  moved: count,
  /** Desks an event passes before it stands at the tier that must take it, by the rules alone. */
  transfers: z.object({ before: count, after: count, fewer: count, more: count }),
  /** Returned by the unit of today's rule and done by the unit of the changed one. */
  returnsAvoided: count,
  /** Of those done: done by the very unit the rule names. */
  finishedThere: z.object({ done: count, before: count, after: count }),
  /** Of those that would have gone elsewhere: done by the unit of the changed rule, and by the unit of today's. */
  agrees: count,
  disagrees: count,
  /** For these the rule names a duty that no unit there carries. */
  noUnit: z.object({ before: count, after: count }),
  /** Events with any step late. */
  late: z.object(lateness),
  /** One row for each step, in clocks. */
  steps: z.array(z.object({ step: z.enum(rehearsedSteps), clocks: count, ...lateness })),
  /** Clocks whose limit reaches beyond the working calendar. */
  uncertain: count,
  byCategory: z.array(
    z.object({
      categoryCode: z.string(),
      events: count,
      tierFrom: z.string(),
      tierTo: z.string(),
      leadFrom: z.string(),
      leadTo: z.string(),
      priorityFrom: z.number().int(),
      priorityTo: z.number().int(),
      moved: count,
      fewer: count,
      more: count,
      late: z.object(lateness),
    }),
  ),
  /** Leads given to each unit in the period; null: no unit there carries the duty. */
  byUnit: z.array(z.object({ unit, before: count, after: count })),
  /** Largest first, at most 50. */
  flows: z.array(z.object({ from: unit, to: unit, events: count })),
});
export type RehearsalFigures = z.output<typeof rehearsalFigures>;

const person = z.string().nullable();
export const rehearsalView = z.object({
  id: uuid,
  title: z.string(),
  areaCode,
  areaName: z.string(),
  from: z.iso.date(),
  to: z.iso.date(),
  baseVersion: z.number().int(),
  /** Another version is in force by now: rehearse again before adopting. */
  outdated: z.boolean(),
  hash: z.string(),
  resultHash: z.string().nullable(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  /** Share done, 0 to 1, while it runs in this process. */
  progress: z.number().min(0).max(1).nullable(),
  problem: z.string(),
  changed: count.describe('改动的类别数'),
  askedBy: person,
  askedAt: isoTime,
  endedAt: isoTime.nullable(),
  proposal: z.enum(['open', 'adopted', 'turned_down']).nullable(),
  proposedBy: person,
  proposedAt: isoTime.nullable(),
  proposalReason: z.string(),
  decidedBy: person,
  decidedAt: isoTime.nullable(),
  decisionReason: z.string(),
  /** The version of the library it became. */
  libraryVersion: z.number().int().nullable(),
  version: z.number().int(),
  may: z.object({ propose: z.boolean(), decide: z.boolean(), cancel: z.boolean() }),
  events: count,
  late: z.object({ before: count, after: count }).nullable(),
});
const detail = rehearsalView.extend({
  changes: ruleChanges,
  /** The rules of the base version in their place; none where the category had no rule. */
  before: z.array(ruleView),
  figures: rehearsalFigures.nullable(),
});

const id = z.object({ id: uuid });
const version = z.number().int().min(1).describe('看到的版本');
const done = z.object({ rehearsal: detail, ledgerId: z.uuid() });

/** 规则推演: the past replayed under other rules; changes nothing until somebody else adopts it. */
export const rehearsalRoutes = {
  list: {
    method: 'GET',
    path: '/api/library/rehearsals',
    permission: 'library.read',
    summary: '规则推演一览：本人辖区内的；能修改分级分类库的看全部',
    params: none,
    query: z.object({ proposal: z.enum(['open', 'adopted', 'turned_down']).optional() }),
    body: none,
    response: z.object({ items: z.array(rehearsalView) }),
  },
  get: {
    method: 'GET',
    path: '/api/library/rehearsals/:id',
    permission: 'library.read',
    summary: '一次规则推演：改了什么，会怎样',
    params: id,
    query: none,
    body: none,
    response: detail,
  },
  ask: {
    method: 'POST',
    path: '/api/library/rehearsals',
    permission: 'library.read',
    summary:
      '规则推演：若按此修改分级分类库、时限或区域主办，过去一段时间的事件会怎样；不改变任何数据（须能看运行分析或修改分级分类库）',
    params: none,
    query: none,
    body: z.object({
      opId,
      title: words(80, 1),
      areaCode: areaCode.optional().describe('不给则为本人辖区'),
      months: z.number().int().min(1).max(24).default(3),
      baseVersion: z.number().int().describe('修改时看到的版本'),
      changes: ruleChanges,
    }),
    response: done,
  },
  cancel: {
    method: 'POST',
    path: '/api/library/rehearsals/:id/cancel',
    permission: 'library.read',
    summary: '停止一次正在进行的推演',
    params: id,
    query: none,
    body: z.object({ opId, version }),
    response: done,
  },
  propose: {
    method: 'POST',
    path: '/api/library/rehearsals/:id/propose',
    permission: 'analytics.edit',
    summary: '把推演过的修改提请采纳（由能修改分级分类库的另一人决定）',
    params: id,
    query: none,
    body: z.object({ opId, version, reason: words(500, 2) }),
    response: done,
  },
  adopt: {
    method: 'POST',
    path: '/api/library/rehearsals/:id/adopt',
    permission: 'library.edit',
    summary: '采纳：以推演过的修改发布分级分类库新版本；提请的人不能自己采纳',
    params: id,
    query: none,
    body: z.object({ opId, version, reason: words(300, 2) }),
    response: done,
  },
  turnDown: {
    method: 'POST',
    path: '/api/library/rehearsals/:id/turn-down',
    permission: 'library.edit',
    summary: '不采纳，说明理由',
    params: id,
    query: none,
    body: z.object({ opId, version, reason: words(300, 2) }),
    response: done,
  },
  cases: {
    method: 'GET',
    path: '/api/library/rehearsals/:id/cases',
    permission: 'event.read',
    summary: '推演数字背后的事件：本人看得到的，新的在前',
    params: id,
    query: z.object({
      mark: z.enum(rehearsalMarks).optional(),
      category: z.string().max(20).optional(),
      step: z.enum(rehearsedSteps).optional().describe('在这一步变为超时或变为按时的'),
      from: z
        .union([uuid, z.literal('none')])
        .optional()
        .describe('原应承办的单位'),
      to: z
        .union([uuid, z.literal('none')])
        .optional()
        .describe('改后应承办的单位'),
      after: uuid.optional().describe('上一页最后一件'),
    }),
    body: none,
    response: z.object({
      items: z.array(
        z.object({
          id: uuid,
          number: z.string(),
          title: z.string(),
          categoryCode: z.string(),
          status: z.string(),
          reportedAt: isoTime,
          marks: z.array(z.enum(rehearsalMarks)),
          stepsLate: z.array(z.enum(rehearsedSteps)),
          stepsTimely: z.array(z.enum(rehearsedSteps)),
          from: unit,
          to: unit,
        }),
      ),
      more: z.boolean(),
      /** Only the newest of the events that fare otherwise are kept. */
      kept: count,
    }),
  },
} as const satisfies Record<string, Route>;
