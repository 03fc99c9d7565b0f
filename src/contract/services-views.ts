import * as z from 'zod';
import { isoTime, uuid } from './route.ts';

/** As visitors told it themselves; never asked twice, never guessed. */
export const visitorKinds = ['resident', 'tourist', 'outdoor_worker', 'new_employment', 'other'] as const;
export type VisitorKind = (typeof visitorKinds)[number];
/** What a tile of the counter does before it records, or where it goes. */
export const kindAsks = ['', 'aid', 'medicine', 'raise', 'lend', 'bookings'] as const;

/** Code of a dictionary of db/data. */
export const wordCode = z.string().regex(/^[a-z0-9_]{1,40}$/);
const named = z.object({ code: z.string(), name: z.string(), nameEn: z.string() });
export const taking = z.object({ itemCode: wordCode, quantity: z.number().int().min(1).max(500) });

export const counterStation = z.object({
  id: uuid,
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  unitId: uuid,
  areaCode: z.string(),
  address: z.string().describe('拨120时念给对方听'),
  usual: z.array(z.string()).describe('这个驿站这个钟点给得多的服务在前'),
  warnings: z.array(
    z.object({ kind: z.string(), colour: z.string(), headline: z.string(), endsAt: isoTime, heat: z.boolean() }),
  ),
  waiting: z
    .array(z.object({ recordId: uuid, card: z.string(), at: isoTime, askAt: isoTime }))
    .describe('该回头问一声的急救'),
  today: z.object({ services: z.number().int(), persons: z.number().int() }),
});

export const aidCard = named.extend({
  icon: z.string(),
  callFirst: z.boolean(),
  heat: z.boolean(),
  askAgainH: z.number().int().nullable(),
  items: z.array(z.string()),
  certain: z.boolean(),
  steps: z.array(named.extend({ timerS: z.number().int().nullable(), danger: z.boolean() })),
});

export const counterWords = z.object({
  kinds: z.array(named.extend({ icon: z.string(), items: z.array(taking), asks: z.enum(kindAsks) })),
  cards: z.array(aidCard),
  items: z.array(
    named.extend({
      kind: z.string(),
      note: z.string(),
      noteEn: z.string(),
      consent: z.boolean(),
    }),
  ),
  outcomes: z.array(named),
  corrections: z.array(named),
  wants: z.array(named.extend({ icon: z.string() })),
  needs: z.array(named.extend({ icon: z.string() })),
});

export const serviceRow = z.object({
  id: uuid,
  kind: z.string(),
  persons: z.number().int(),
  visitor: z.enum(visitorKinds).nullable(),
  at: isoTime,
  recordedAt: isoTime,
  weather: z.string().nullable(),
  note: z.string(),
  aidCard: z.string().nullable(),
  serious: z.boolean(),
  eventId: uuid.nullable(),
  by: z.string().nullable().describe('记的人；不再在册为空'),
  correction: z.object({ reason: z.string(), note: z.string(), at: isoTime, by: z.string().nullable() }).nullable(),
  aid: z.object({ outcome: z.string(), askAt: isoTime.nullable(), at: isoTime }).nullable(),
});

export const stationToday = z.object({
  stationId: uuid,
  code: z.string(),
  name: z.string(),
  services: z.number().int(),
  persons: z.number().int(),
  lastHour: z.number().int().describe('最近一小时人次'),
  aids: z.number().int(),
  serious: z.number().int(),
  waiting: z.number().int().describe('还没回头问的急救'),
  wants: z.number().int(),
});
