import * as z from 'zod';
import { areaCode, isoTime, none, opId, uuid, words, type Route } from './route.ts';

/** Contingency plans (预案) as data: what is to be done, by whom, within how many minutes of opening. */

export const stepKinds = ['task', 'call', 'invite', 'cordon', 'notice'] as const;
export type StepKind = (typeof stepKinds)[number];
/** Who of those in the room a step is for. */
export const stepRoles = [
  'seat', // 值守席
  'duty_chief', // 值班长
  'grid_force', // 网格力量
  'lead', // 牵头单位
  'assist', // 协同单位
  'commander', // 现场指挥
] as const;
export type StepRole = (typeof stepRoles)[number];

export const planCode = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/);
const stepKey = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);
const roleCode = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/);
const callNumber = z.string().regex(/^[0-9+\- ]{2,20}$/);

export const planStep = z.object({
  key: stepKey,
  words: words(200, 2),
  wordsEn: words(300).default(''),
  role: z.enum(stepRoles),
  kind: z.enum(stepKinds).default('task'),
  dueMinutes: z
    .number()
    .int()
    .min(0)
    .max(7 * 24 * 60)
    .describe('自启动起的分钟数'),
  required: z.boolean().default(true).describe('结束联合处置前须完成或注明为何不做'),
  call: z
    .object({ number: callNumber, name: words(40, 1) })
    .nullable()
    .default(null)
    .describe('kind 为 call 时'),
  inviteRoles: z.array(roleCode).max(30).default([]).describe('kind 为 invite 时：要请来的单位角色'),
});
export type PlanStep = z.output<typeof planStep>;

/** What a plan says. Kept whole under every version. */
export const planBody = z
  .object({
    name: words(60, 2),
    nameEn: words(120).default(''),
    purpose: words(1000).default(''),
    purposeEn: words(2000).default(''),
    categories: z.array(z.string().max(20)).max(100).default([]).describe('适用的事件类别，含下级'),
    riskKinds: z.array(z.string().max(40)).max(30).default([]).describe('适用的风险点种类'),
    riskPointIds: z.array(uuid).max(500).default([]).describe('适用的具体风险点'),
    nearbyM: z.number().int().min(10).max(2000).default(100).describe('查找周边人员与风险点的半径（米）'),
    steps: z.array(planStep).min(1).max(60),
    places: z
      .array(z.object({ name: words(60, 1), note: words(200).default('') }))
      .max(30)
      .default([])
      .describe('集结、疏散、安置等地点'),
  })
  .superRefine((plan, ctx) => {
    plan.steps.forEach((step, index) => {
      const wrong = wrongStep(step, plan.steps.findIndex((one) => one.key === step.key) < index);
      if (wrong !== undefined)
        ctx.addIssue({ code: 'custom', path: ['steps', index, wrong.field], message: wrong.message });
    });
  });
export type PlanBody = z.output<typeof planBody>;

function wrongStep(step: PlanStep, twice: boolean): { field: string; message: string } | undefined {
  if (twice) return { field: 'key', message: `Expected every key once; "${step.key}" stands here a second time.` };
  if (step.kind === 'call' && step.call === null)
    return { field: 'call', message: 'A step of kind "call" names the number to be called.' };
  if (step.kind === 'invite' && step.inviteRoles.length === 0)
    return { field: 'inviteRoles', message: 'A step of kind "invite" names at least one role of units.' };
  return undefined;
}

export const planStates = ['draft', 'published', 'retired'] as const;

export const planRow = z.object({
  code: planCode,
  name: z.string(),
  nameEn: z.string(),
  state: z.enum(planStates),
  version: z.number().int().describe('已发布的版本；0 为尚未发布'),
  categories: z.array(z.string()),
  riskKinds: z.array(z.string()),
  stepCount: z.number().int(),
  publishedAt: isoTime.nullable(),
  hasDraft: z.boolean(),
  opened: z.number().int().describe('启动过的次数'),
});

export const planView = planRow.extend({
  /** What is in force (or the version asked for); null when never published. */
  body: planBody.nullable(),
  draft: planBody.nullable(),
  draftVersion: z.number().int().describe('草稿修订号，保存与发布时带回'),
  versions: z.array(z.object({ version: z.number().int(), publishedAt: isoTime, publishedBy: z.string().nullable() })),
  retiredReason: z.string().nullable(),
});

export const planResult = z.object({ code: planCode, version: z.number().int(), draftVersion: z.number().int() });

const code = z.object({ code: planCode });
const seen = { draftVersion: z.number().int().describe('看到的草稿修订号') };

export const planRoutes = {
  list: {
    method: 'GET',
    path: '/api/plans',
    permission: 'library.read',
    summary: '预案清单',
    params: none,
    query: z.object({ retired: z.stringbool().default(false).describe('也列出已停用的') }),
    body: none,
    response: z.object({ items: z.array(planRow) }),
  },
  coverage: {
    method: 'GET',
    path: '/api/plans/coverage',
    permission: 'event.read',
    summary: '预案关联率与启动率：各类别事件数、有预案的、启动了预案的；每个数都能按类别和时间打开',
    params: none,
    query: z.object({ from: isoTime.optional(), to: isoTime.optional(), areaCode: areaCode.optional() }),
    body: none,
    response: z.object({
      from: isoTime,
      to: isoTime,
      events: z.number().int(),
      withPlan: z.number().int(),
      opened: z.number().int(),
      byCategory: z.array(
        z.object({
          categoryCode: z.string(),
          name: z.string(),
          nameEn: z.string(),
          planCodes: z.array(planCode),
          events: z.number().int(),
          opened: z.number().int(),
        }),
      ),
    }),
  },
  get: {
    method: 'GET',
    path: '/api/plans/:code',
    permission: 'library.read',
    summary: '一个预案：现行版本、草稿与历次版本',
    params: code,
    query: z.object({ version: z.coerce.number<string>().int().min(1).optional() }),
    body: none,
    response: planView,
  },
  create: {
    method: 'POST',
    path: '/api/plans',
    permission: 'plan.edit',
    summary: '新建预案草稿',
    params: none,
    query: none,
    body: z.object({ opId, code: planCode, body: planBody }),
    response: planResult,
  },
  edit: {
    method: 'POST',
    path: '/api/plans/:code/draft',
    permission: 'plan.edit',
    summary: '保存预案草稿（现行版本不变）',
    params: code,
    query: none,
    body: z.object({ opId, ...seen, body: planBody }),
    response: planResult,
  },
  publish: {
    method: 'POST',
    path: '/api/plans/:code/publish',
    permission: 'plan.edit',
    summary: '发布草稿为新版本；已启动的仍按原版本',
    params: code,
    query: none,
    body: z.object({ opId, ...seen, note: words(500).default('') }),
    response: planResult,
  },
  retire: {
    method: 'POST',
    path: '/api/plans/:code/retire',
    permission: 'plan.edit',
    summary: '停用预案（须写明理由）；再发布即恢复',
    params: code,
    query: none,
    body: z.object({ opId, reason: words(500, 2) }),
    response: planResult,
  },
} as const satisfies Record<string, Route>;
