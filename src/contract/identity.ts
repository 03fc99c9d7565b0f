import * as z from 'zod';
import { areaCode, isoTime, none, page, permissions, uuid, words, type Route } from './route.ts';
import {
  adminKinds,
  attemptOutcomes,
  attemptRow,
  locales,
  oneTimePassword,
  pageOf,
  personRow,
  recoveryCodes,
  securityRow,
  sessionRow,
  sessionState,
  signInResult,
  tokenRow,
  totpStart,
} from './identity-views.ts';

// ── what people type ──────────────────────────────────────────────────────────────────────────────────────────────────

const day = z.iso.date();
const permissionWord = z.enum(permissions);
/** Typed at sign-in: anything up to a length that cannot hurt; case does not count. */
const typedLogin = z.string().trim().toLowerCase().min(1).max(100);
const login = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._@-]{1,59}$/, 'expected 2 to 60 of a-z 0-9 . _ @ -, beginning with a letter or digit');
/** Upper bound so that nobody makes the server hash a book. */
const password = z.string().min(1).max(200);
const code = z.string().trim().min(6).max(20);
const email = z.email().max(200).toLowerCase();
const done = z.object({ done: z.literal(true) });
const id = z.object({ id: uuid });

// ── the caller's own session ────────────────────────────────────────────────────────────────────────────────────────

const own = { params: none, query: none, body: none, response: done, permission: 'signed_in' } as const;

export const sessionRoutes = {
  me: {
    ...own,
    method: 'GET',
    path: '/api/session',
    permission: 'public',
    summary: '我是谁：姓名、岗位、权限',
    response: sessionState,
  },
  signIn: {
    ...own,
    method: 'POST',
    path: '/api/session',
    permission: 'public',
    summary: '登录（用户名和口令）',
    body: z.object({ login: typedLogin, password, face: z.enum(['desk', 'field']).default('desk') }),
    response: signInResult,
    perMinute: 300,
  },
  confirmSignIn: {
    ...own,
    method: 'POST',
    path: '/api/session/second-factor',
    permission: 'public',
    summary: '登录第二步（动态口令或恢复码）',
    body: z.object({ pendingToken: z.string().max(1000), code }),
    response: signInResult,
    perMinute: 300,
  },
  signOut: { ...own, method: 'DELETE', path: '/api/session', summary: '退出登录' },
  setLocale: {
    ...own,
    method: 'PATCH',
    path: '/api/session',
    summary: '换界面语言',
    body: z.object({ locale: z.enum(locales) }),
  },
  ownSessions: {
    ...own,
    method: 'GET',
    path: '/api/session/all',
    summary: '我的全部登录',
    response: z.object({ items: z.array(sessionRow) }),
  },
  endOwnSession: { ...own, method: 'DELETE', path: '/api/session/all/:id', summary: '结束我的一处登录', params: id },
  changePassword: {
    ...own,
    method: 'POST',
    path: '/api/session/password',
    summary: '修改口令（其他登录随即结束）',
    body: z.object({ current: password, next: password }),
    response: z.object({ csrfToken: z.string() }),
  },
  fieldKey: {
    ...own,
    method: 'GET',
    path: '/api/session/field-key',
    summary: '手机端未发出内容的密钥，只交给本人的登录；退出登录后手机上不留',
    response: z.object({ secret: z.string().describe('同一账号每次相同，服务器不保存') }),
  },
  startSecondFactor: {
    ...own,
    method: 'POST',
    path: '/api/session/totp',
    summary: '开始绑定动态口令',
    body: z.object({ password }),
    response: totpStart,
  },
  confirmSecondFactor: {
    ...own,
    method: 'POST',
    path: '/api/session/totp/confirm',
    summary: '输入一次动态口令，完成绑定，得到恢复码',
    body: z.object({ code }),
    response: recoveryCodes,
  },
  renewRecoveryCodes: {
    ...own,
    method: 'POST',
    path: '/api/session/totp/recovery-codes',
    summary: '重新生成恢复码（旧的作废）',
    body: z.object({ code }),
    response: recoveryCodes,
  },
  dropSecondFactor: {
    ...own,
    method: 'POST',
    path: '/api/session/totp/drop',
    summary: '解除动态口令',
    body: z.object({ password, code }),
  },
} as const satisfies Record<string, Route>;

// ── people and appointments ─────────────────────────────────────────────────────────────────────────────────────────

const edit = { params: id, query: none, body: none, response: done, permission: 'identity.edit' } as const;

export const peopleRoutes = {
  roles: {
    ...edit,
    method: 'GET',
    path: '/api/people/roles',
    permission: 'people.read',
    summary: '岗位角色及其权限',
    params: none,
    response: z.object({ items: z.array(z.object({ role: z.string(), permissions: z.array(permissionWord) })) }),
  },
  people: {
    ...edit,
    method: 'GET',
    path: '/api/people',
    permission: 'people.read',
    summary: '人员名单',
    params: none,
    query: z.object({
      ...page,
      q: z.string().trim().max(50).optional(),
      areaCode: areaCode.optional(),
      unitId: uuid.optional(),
      role: z.string().max(40).optional(),
      status: z.enum(['active', 'disabled']).optional(),
    }),
    response: pageOf(personRow).extend({ total: z.number().int() }),
  },
  person: {
    ...edit,
    method: 'GET',
    path: '/api/people/:id',
    permission: 'people.read',
    summary: '一个人',
    response: personRow,
  },
  addPerson: {
    ...edit,
    method: 'POST',
    path: '/api/people',
    summary: '新建人员（得到一次性口令）',
    params: none,
    body: z.object({
      login,
      displayName: words(40, 1),
      email: email.optional(),
      kind: z.enum(['person', 'service']).default('person'),
    }),
    response: z.object({ id: uuid, oneTimePassword: z.string().nullable() }),
  },
  editPerson: {
    ...edit,
    method: 'PATCH',
    path: '/api/people/:id',
    summary: '改姓名、邮箱，停用或启用',
    body: z.object({
      displayName: words(40, 1).optional(),
      email: email.nullable().optional(),
      status: z.enum(['active', 'disabled']).optional(),
    }),
  },
  resetPassword: {
    ...edit,
    method: 'POST',
    path: '/api/people/:id/password',
    summary: '重置口令（得到一次性口令）',
    response: oneTimePassword,
  },
  appoint: {
    ...edit,
    method: 'POST',
    path: '/api/people/:id/appointments',
    summary: '任命到单位和区域',
    body: z.object({
      unitId: uuid,
      role: z.string().max(40),
      areaCode: areaCode.nullable().default(null),
      isPrimary: z.boolean().default(true),
      since: day.optional(),
      until: day.nullable().default(null),
    }),
    response: z.object({ id: uuid }),
  },
  endAppointment: {
    ...edit,
    method: 'POST',
    path: '/api/appointments/:id/end',
    summary: '结束任命：立即，或指定最后一天',
    body: z.object({ lastDay: day.optional() }),
  },
} as const satisfies Record<string, Route>;

// ── security administrator ──────────────────────────────────────────────────────────────────────────────────────────

const guard = { ...edit, permission: 'security.edit' } as const;

export const securityRoutes = {
  accounts: {
    ...guard,
    method: 'GET',
    path: '/api/security/accounts',
    summary: '账号安全状况',
    params: none,
    query: z.object({
      ...page,
      q: z.string().trim().max(50).optional(),
      state: z.enum(['all', 'locked', 'held', 'admins']).default('all'),
    }),
    response: pageOf(securityRow),
  },
  hold: {
    ...guard,
    method: 'POST',
    path: '/api/security/accounts/:id/hold',
    summary: '锁定账号并结束其全部登录',
    body: z.object({ reason: words(500, 2) }),
  },
  release: { ...guard, method: 'POST', path: '/api/security/accounts/:id/release', summary: '解锁账号' },
  resetSecondFactor: {
    ...guard,
    method: 'POST',
    path: '/api/security/accounts/:id/second-factor',
    summary: '解除其动态口令',
  },
  resetAdminPassword: {
    ...guard,
    method: 'POST',
    path: '/api/security/accounts/:id/password',
    summary: '重置管理员口令',
    response: oneTimePassword,
  },
  setAdminKind: {
    ...guard,
    method: 'POST',
    path: '/api/security/accounts/:id/office',
    summary: '授予或免去管理员职务（系统、安全、审计三员分设）',
    body: z.object({ adminKind: z.enum(adminKinds).nullable() }),
  },
  accountSessions: {
    ...guard,
    method: 'GET',
    path: '/api/security/accounts/:id/sessions',
    summary: '某账号的全部登录',
    response: z.object({ items: z.array(sessionRow) }),
  },
  endSessions: {
    ...guard,
    method: 'POST',
    path: '/api/security/accounts/:id/sign-out',
    summary: '强制下线：一处或全部',
    body: z.object({ sessionId: uuid.optional() }),
    response: z.object({ ended: z.number().int() }),
  },
  attempts: {
    ...guard,
    method: 'GET',
    path: '/api/security/attempts',
    summary: '登录尝试',
    params: none,
    query: z.object({ ...page, accountId: uuid.optional(), outcome: z.enum(attemptOutcomes).optional() }),
    response: pageOf(attemptRow),
  },
  tokens: {
    ...guard,
    method: 'GET',
    path: '/api/tokens',
    permission: 'tokens.edit',
    summary: '接口令牌',
    params: none,
    response: z.object({ items: z.array(tokenRow) }),
  },
  addToken: {
    ...guard,
    method: 'POST',
    path: '/api/tokens',
    permission: 'tokens.edit',
    summary: '新建接口令牌（只显示这一次）',
    params: none,
    body: z.object({
      accountId: uuid,
      name: words(60, 1),
      scopes: z.array(permissionWord).min(1).max(permissions.length),
      expiresAt: isoTime.nullable().default(null),
    }),
    response: z.object({ id: uuid, token: z.string() }),
  },
  revokeToken: {
    ...guard,
    method: 'DELETE',
    path: '/api/tokens/:id',
    permission: 'tokens.edit',
    summary: '作废接口令牌',
  },
} as const satisfies Record<string, Route>;

export const identityRoutes = { ...sessionRoutes, ...peopleRoutes, ...securityRoutes } as const satisfies Record<
  string,
  Route
>;

// ── sign-in through the organisation's own identity provider: answers are redirects ─────────────────────────────────

const redirect = {
  method: 'GET',
  permission: 'public',
  params: none,
  body: none,
  response: none,
  raw: 'redirect',
  perMinute: 60,
} as const;

export const oidcRoutes = {
  oidcStart: {
    ...redirect,
    path: '/api/oidc/start',
    summary: '去统一身份认证登录',
    query: z.object({ returnTo: z.string().max(500).default('/') }),
  },
  oidcCallback: {
    ...redirect,
    path: '/api/oidc/callback',
    summary: '统一身份认证登录后回到这里',
    query: z.record(z.string(), z.string()),
  },
} as const satisfies Record<string, Route>;
