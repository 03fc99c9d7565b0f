import * as z from 'zod';
import { isoTime, none, uuid, type Route } from './route.ts';

/** One change, told to everybody entitled to see it. `id:` of the stream is the ledger sequence. */
export const liveChange = z.object({
  seq: z.number().int(),
  at: isoTime,
  action: z.string(),
  subjectType: z.string(),
  subjectId: z.string(),
  entryId: uuid,
  actorId: z.string().nullable(),
  /** Facts of the ledger line: states and ids, no free text, no personal data. */
  data: z.record(z.string(), z.unknown()),
});

export const liveRoutes = {
  stream: {
    method: 'GET',
    path: '/api/live',
    permission: 'signed_in',
    summary: '实时变更（SSE）：断线后凭最后编号续传，不丢',
    params: none,
    query: z.object({ after: z.coerce.number().int().min(0).optional() }),
    body: none,
    response: z.unknown(),
    raw: 'stream',
  },
} as const satisfies Record<string, Route>;
