import * as z from 'zod';
import { none, type Route } from './route.ts';

export const demoRoutes = {
  demo: {
    method: 'GET',
    path: '/api/public/demo',
    permission: 'public',
    summary: '演示版时列出演示账号；正式部署时为空',
    params: none,
    query: none,
    body: none,
    response: z.object({
      demo: z.boolean(),
      password: z.string().nullable(),
      accounts: z.array(z.object({ login: z.string(), name: z.string(), nameEn: z.string() })),
      oidc: z.object({ name: z.string() }).nullable(),
    }),
    perMinute: 60,
  },
  health: {
    method: 'GET',
    path: '/api/public/health',
    permission: 'public',
    summary: '程序与数据库是否正常',
    params: none,
    query: none,
    body: none,
    response: z.object({ ok: z.literal(true), version: z.string(), at: z.iso.datetime() }),
  },
} as const satisfies Record<string, Route>;
