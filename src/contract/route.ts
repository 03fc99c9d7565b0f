import * as z from 'zod';

/**
 * A schema of Zod, told by what a route needs of it. Asking for all of `ZodType` would make the compiler compare some fifty
 * members of every schema of the house: it took three times as long.
 */
export interface Schema {
  readonly _zod: { readonly output: unknown; readonly input: unknown };
  parse(value: unknown): unknown;
}

/**
 * One promise to the outside: how a route is called and what it answers. The same object mounts the server, types the
 * web client, writes OpenAPI and generates the permission matrix.
 */
export interface Route {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Everything of ours lies under /api; a standard may fix another place. */
  path: `/api/${string}` | `/open311/${string}` | '/ogc' | `/ogc/${string}`;
  /** A word of identity's permission list; 'public' needs no sign-in, 'signed_in' needs any account. */
  permission: Permission | 'public' | 'signed_in';
  /** One sentence in Chinese; the manual and OpenAPI show it. */
  summary: string;
  params: Schema;
  query: Schema;
  body: Schema;
  response: Schema;
  /** Body or answer is not plain JSON (signed: the very bytes count): served by its own few lines, promised here all the same. */
  raw?: 'redirect' | 'upload' | 'download' | 'stream' | 'form' | 'signed';
  /** Requests per minute and address allowed on public routes. */
  perMinute?: number;
  /** Largest body in bytes, where 1 MiB is not enough (imports). */
  bodyBytes?: number;
}

/** The permission words. Roles are sets of these (identity/rules.ts); a route names exactly one. */
export const permissions = [
  'event.read',
  'event.report',
  'event.receive',
  'event.verify',
  'event.file',
  'event.dispatch',
  'event.handle',
  'event.escalate',
  'event.check',
  'event.supervise',
  'event.coordinate',
  'event.annotate',
  'grids.read',
  'grids.edit',
  'people.read',
  'identity.edit',
  'security.edit',
  'audit.read',
  'library.read',
  'library.edit',
  'calendar.edit',
  'ledger.read',
  'tokens.edit',
  'alarm.read',
  'alarm.handle',
  'device.edit',
  'plan.edit',
  'incident.report',
  'warning.read',
  'warning.issue',
  'care.read',
  'care.edit',
  'care.glance',
  'care.restricted',
  'care.export',
  'care.review',
  'care.erase',
  'visit.do',
  'visit.plan',
  'risk.edit',
  'inspection.do',
  'group.read',
  'group.manage',
  'force.read',
  'force.edit',
  'burden.ask',
  'notice.edit',
  'station.read',
  'station.work',
  'station.manage',
  'partner.manage',
  'circle.read',
  'need.record',
  'facility.edit',
  'circle.plan',
  'circle.decide',
  'analytics.read',
  'analytics.edit',
  'department.rate',
  'feed.publish',
  'assistant.use',
] as const;
export type Permission = (typeof permissions)[number];

export const none = z.object({}).strip();

type Out<T> = T extends Schema ? z.output<T> : never;
type In<T> = T extends Schema ? z.input<T> : never;

/** What a handler receives: parsed, defaults filled in. */
export type Input<R extends Route> = { params: Out<R['params']>; query: Out<R['query']>; body: Out<R['body']> };
/** What a handler must return (before the response schema strips what was not promised). */
export type Output<R extends Route> = In<R['response']>;
/** What a client sends. */
export type ClientInput<R extends Route> = { params?: In<R['params']>; query?: In<R['query']>; body?: In<R['body']> };
/** What a client gets. */
export type ClientOutput<R extends Route> = Out<R['response']>;

export type Handlers<C extends Record<string, Route>, Ctx> = {
  [K in keyof C]: (input: Input<C[K]>, ctx: Ctx) => Promise<Output<C[K]>>;
};

// ── words many routes share ─────────────────────────────────────────────────────────────────────────────────────────

export const uuid = z.uuid();
/** Made by the client, once per intention: repeating it returns the first answer. */
export const opId = z.uuid().describe('客户端生成的操作编号，重复提交得到第一次的结果');
export const isoTime = z.iso.datetime({ offset: true });
export const lon = z.number().min(-180).max(180);
export const lat = z.number().min(-90).max(90);
export const areaCode = z.string().regex(/^(\d{6}|\d{9}|\d{12}|\d{15}|\d{17})$/);
/** Free text a person typed: no control characters but line feeds, no half of a character pair, at most `max` characters (code points may be two). */
export function words(max: number, min = 0) {
  return z
    .string()
    .transform((text) =>
      text
        .toWellFormed()
        .replace(/\r\n?/g, '\n')
        .replace(/[\u0000-\u0009\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '')
        .trim(),
    )
    .pipe(z.string().min(min).max(max));
}
export const page = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};
/** Comma separated list in a query string. */
export function listOf<T extends z.ZodType<unknown, string>>(item: T) {
  return z.preprocess((v) => (typeof v === 'string' ? v.split(',').filter((s) => s !== '') : v), z.array(item).max(50));
}
export const polygon = z.object({
  type: z.enum(['Polygon', 'MultiPolygon']),
  coordinates: z.array(z.unknown()),
});
