import * as z from 'zod';
import { memberPage, minuteOfDay, word } from './force-views.ts';
import { isoTime, none, opId, uuid, words, type Route } from './route.ts';

/** What a helper without account may do behind their link: say what they offer and when, answer, leave. */

const secret = z.object({ secret: z.string().min(20).max(100) });
const recorded = z.object({ at: isoTime, ledgerId: uuid });
const act = {
  method: 'POST',
  permission: 'public',
  params: secret,
  query: none,
  response: recorded,
  perMinute: 30,
} as const;

export const forceLinkRoutes = {
  view: {
    ...act,
    method: 'GET',
    path: '/api/public/force/:secret',
    summary: '帮手的页面：我能帮什么、何时有空、托付我的事',
    body: none,
    response: memberPage,
    perMinute: 120,
  },
  offer: {
    ...act,
    path: '/api/public/force/:secret/offer',
    summary: '说明能帮什么、何时有空',
    body: z.object({
      opId,
      offers: z.array(word).max(20),
      weekdays: z.array(z.number().int().min(1).max(7)).max(7),
      fromMinute: minuteOfDay,
      untilMinute: minuteOfDay,
    }),
  },
  answer: {
    ...act,
    params: secret.extend({ id: uuid }),
    path: '/api/public/force/:secret/asks/:id',
    summary: '答应、谢绝，或做完了',
    body: z.object({ opId, state: z.enum(['accepted', 'declined', 'done']), answer: words(300).default('') }),
  },
  leave: {
    ...act,
    path: '/api/public/force/:secret/leave',
    summary: '退出：链接随即作废，姓名电话删除',
    body: z.object({ opId }),
  },
} as const satisfies Record<string, Route>;
