import * as z from 'zod';
import { isoTime, none, opId, uuid, words, type Route } from './route.ts';

/** What the assistant may be asked for. Text in a box, never an act. */
export const assistantKinds = ['case_summary', 'reply', 'brief', 'plan'] as const;
export type AssistantKind = (typeof assistantKinds)[number];
export const assistantOutcomes = ['drafted', 'invalid', 'unreachable', 'timed_out', 'refused', 'too_large'] as const;
export type AssistantOutcome = (typeof assistantOutcomes)[number];

/** A text a machine wrote. Nobody has confirmed it. */
export const draftView = z.object({
  id: uuid,
  kind: z.enum(assistantKinds),
  text: z.string().describe('纯文本；由机器起草，未经人确认'),
  /** The model, as the endpoint is configured. */
  by: z.string(),
  at: isoTime,
  redactions: z.number().int().describe('送出前遮去的个人信息处数'),
});
export type Draft = z.output<typeof draftView>;

const useView = z.object({
  id: uuid,
  kind: z.enum(assistantKinds),
  by: z.string(),
  at: isoTime,
  decision: z.enum(['confirmed', 'discarded']).nullable(),
  edited: z.boolean().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: isoTime.nullable(),
});

const id = z.object({ id: uuid });
const decided = z.object({ at: isoTime, ledgerId: z.uuid() });

export const assistantRoutes = {
  state: {
    method: 'GET',
    path: '/api/assistant',
    permission: 'assistant.use',
    summary: '智能助手是否启用；未启用时各页不显示它',
    params: none,
    query: none,
    body: none,
    response: z.object({
      on: z.boolean(),
      model: z.string().nullable(),
      host: z.string().nullable(),
      kinds: z.array(z.enum(assistantKinds)),
      timeoutS: z.number().nullable(),
      perMinute: z.number().nullable(),
      /** Too many failures in a row: it rests until then. */
      restsUntil: isoTime.nullable(),
      /** Uses of the last 30 days in the reader's areas, by kind. */
      uses: z.array(
        z.object({
          kind: z.enum(assistantKinds),
          asked: z.number().int(),
          drafted: z.number().int(),
          confirmed: z.number().int(),
          edited: z.number().int(),
          discarded: z.number().int(),
        }),
      ),
    }),
  },
  event: {
    method: 'POST',
    path: '/api/assistant/events/:id',
    permission: 'assistant.use',
    summary: '请助手为一件事件起草：摘要、答复居民、处置建议；先遮去个人信息再送出',
    params: id,
    query: none,
    body: z.object({ opId, kind: z.enum(['case_summary', 'reply', 'plan']) }),
    response: draftView,
  },
  eventUses: {
    method: 'GET',
    path: '/api/assistant/events/:id',
    permission: 'assistant.use',
    summary: '助手在这件事件上用过几次，谁确认的',
    params: id,
    query: none,
    body: none,
    response: z.object({ items: z.array(useView) }),
  },
  confirm: {
    method: 'POST',
    path: '/api/assistant/uses/:id/confirm',
    permission: 'assistant.use',
    summary: '确认一份机器起草的文字：看过、改过，由本人负责；记下是否改动，不留文字',
    params: id,
    query: none,
    body: z.object({ opId, text: words(4000, 1).describe('确认后的文字，只用来比对，不保存') }),
    response: decided.extend({ edited: z.boolean(), by: z.string() }),
  },
  discard: {
    method: 'POST',
    path: '/api/assistant/uses/:id/discard',
    permission: 'assistant.use',
    summary: '不用这份机器起草的文字',
    params: id,
    query: none,
    body: z.object({ opId }),
    response: decided,
  },
} as const satisfies Record<string, Route>;
