import * as z from 'zod';
import { areaCode, isoTime, listOf, none, opId, uuid, words, type Route } from './route.ts';
import { layoutProblem, widgetCodes } from './screens-layout.ts';
import { kioskLinkView, placement, screenData, screenLooks, screenRules, screenView } from './screens-views.ts';

/** Big screens of a command hall: what each shows where, what it shows now, and links for walls that nobody signs in to. */

const id = z.object({ id: uuid });
const secret = z.object({ secret: z.string().min(20).max(100) });
const codes = listOf(z.enum(widgetCodes)).describe('要哪些组件');
const read = { method: 'GET', permission: 'analytics.read', params: none, query: none, body: none } as const;
const edit = { method: 'POST', permission: 'analytics.edit', params: none, query: none } as const;
const kiosk = { method: 'GET', permission: 'public', params: secret, query: none, body: none, perMinute: 600 } as const;

const layout = z
  .array(placement)
  .min(1)
  .max(widgetCodes.length)
  .superRefine((placed, ctx) => {
    const problem = layoutProblem(placed);
    if (problem === undefined) return;
    const other = problem.other === undefined ? '' : ` and ${problem.other}`;
    ctx.addIssue({
      code: 'custom',
      message: `Expected widgets beside one another on the screen, each once; found ${problem.what}: ${problem.code}${other}.`,
    });
  });
const version = z.number().int().min(1).describe('所见版本；别人先改过则拒绝');
const saved = z.object({ id: uuid, version: z.number().int(), at: isoTime, ledgerId: uuid });
const wish = { opId, name: words(40, 1), look: z.enum(screenLooks), layout };

export const screenRoutes = {
  list: {
    ...read,
    path: '/api/screens',
    summary: '看得到的大屏',
    response: z.object({ items: z.array(screenView) }),
  },
  first: {
    ...read,
    path: '/api/screens/default',
    summary: '一个区划的默认排布（按层级）；缺省为本人任职的区划',
    query: z.object({ area: areaCode.optional() }),
    response: z.object({
      areaCode,
      areaName: z.string(),
      layout: z.array(placement),
      offered: z.array(z.enum(widgetCodes)).describe('本平台能显示的组件'),
      rules: screenRules,
      mayEdit: z.boolean(),
    }),
  },
  data: {
    ...read,
    path: '/api/screens/data',
    summary: '大屏组件此刻的数：只有计数与可公开的事实，没有个人信息',
    query: z.object({ area: areaCode, codes }),
    response: screenData,
  },
  create: {
    ...edit,
    path: '/api/screens',
    summary: '新建一块大屏',
    body: z.object({ ...wish, areaCode }),
    response: saved,
  },
  arrange: {
    ...edit,
    params: id,
    path: '/api/screens/:id',
    summary: '改大屏的名称、昼夜与排布',
    body: z.object({ ...wish, version }),
    response: saved,
  },
  end: {
    ...edit,
    params: id,
    path: '/api/screens/:id/end',
    summary: '停用一块大屏：它的链接随即失效',
    body: z.object({ opId, version }),
    response: saved,
  },
  links: {
    ...read,
    permission: 'analytics.edit',
    params: id,
    path: '/api/screens/:id/links',
    summary: '一块大屏的链接：挂在哪里、何时到期、最近何时在用',
    response: z.object({ items: z.array(kioskLinkView) }),
  },
  issueLink: {
    ...edit,
    params: id,
    path: '/api/screens/:id/links',
    summary: '为一台大屏主机生成链接：只读、到期失效、可作废；同一 opId 再次得到同一链接',
    body: z.object({ opId, name: words(40, 1), days: z.number().int().min(1).max(366) }),
    response: z.object({ link: kioskLinkView, path: z.string() }),
  },
  revokeLink: {
    ...edit,
    params: z.object({ id: uuid, linkId: uuid }),
    path: '/api/screens/:id/links/:linkId/revoke',
    summary: '作废一个大屏链接',
    body: z.object({ opId }),
    response: z.object({ at: isoTime, ledgerId: uuid }),
  },
} as const satisfies Record<string, Route>;

export const kioskRoutes = {
  screen: {
    ...kiosk,
    path: '/api/public/kiosk/:secret',
    summary: '大屏主机：显示什么',
    response: screenView
      .pick({ id: true, name: true, areaCode: true, areaName: true, look: true, layout: true, version: true })
      .extend({ rules: screenRules }),
  },
  data: {
    ...kiosk,
    path: '/api/public/kiosk/:secret/data',
    summary: '大屏主机：组件此刻的数',
    query: z.object({ codes }),
    response: screenData,
  },
  live: {
    ...kiosk,
    path: '/api/public/kiosk/:secret/live',
    summary: '大屏主机：哪一类有变化（SSE），不含内容',
    query: z.object({ after: z.coerce.number().int().min(0).optional() }),
    response: z.unknown(),
    raw: 'stream',
  },
} as const satisfies Record<string, Route>;
