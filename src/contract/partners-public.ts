import * as z from 'zod';
import { day, phone, quantity, ratingFigure, stars, stationName } from './partners-views.ts';
import { agreementStates, deliverySources, deliveryStates, partnerStates, pledgeEveries } from './partners-words.ts';
import { isoTime, none, opId, uuid, words, type Route } from './route.ts';

/** Without signing in: a partner behind its own link, and residents at a station. */

const secret = z.object({ secret: z.string().min(20).max(100) });
const recorded = z.object({ at: isoTime, ledgerId: uuid });
const open = { permission: 'public', query: none } as const;
const act = { ...open, method: 'POST', params: secret, response: recorded, perMinute: 20 } as const;
/** A word and its names, already looked up: the phone carries no dictionary. */
const named = z.object({ name: z.string(), nameEn: z.string() });

export const partnerLinkRoutes = {
  view: {
    ...open,
    method: 'GET',
    path: '/api/public/partners/:secret',
    summary: '合伙人自己的页面：协议、承诺、兑现',
    params: secret,
    body: none,
    perMinute: 120,
    response: z.object({
      name: z.string(),
      nameEn: z.string(),
      areaName: z.string(),
      state: z.enum(partnerStates),
      contact: z.object({ name: z.string(), phone: z.string() }).nullable().describe('掩码'),
      contactAskedAt: isoTime.nullable(),
      agreement: z
        .object({
          id: uuid,
          fromDay: day,
          toDay: day,
          state: z.enum(agreementStates),
          daysLeft: z.number().int().nullable(),
          returns: z.array(named),
          returnWords: z.string(),
          renewalAskedAt: isoTime.nullable(),
          mayAskRenewal: z.boolean(),
        })
        .nullable(),
      pledges: z.array(
        named.extend({
          id: uuid,
          resource: named,
          unit: named,
          quantity: z.number().int(),
          every: z.enum(pledgeEveries),
          toDay: day,
          due: z.number().int(),
          delivered: z.number().int(),
          waiting: z.number().int(),
          alive: z.boolean(),
          stations: z.array(stationName).describe('这项承诺可以送到的驿站'),
        }),
      ),
      deliveries: z.array(
        named.extend({
          id: uuid,
          day,
          station: named,
          quantity: z.number().int(),
          saidQuantity: z.number().int().nullable(),
          unit: named,
          source: z.enum(deliverySources),
          state: z.enum(deliveryStates),
          refusedWords: z.string(),
        }),
      ),
      backDays: z.number().int().describe('可补报多少天内的兑现'),
      today: day,
    }),
  },
  claim: {
    ...act,
    path: '/api/public/partners/:secret/deliveries',
    summary: '合伙人报：已兑现（待站长确认）',
    body: z.object({ opId, pledgeId: uuid, stationId: uuid, quantity, day }),
  },
  askRenewal: {
    ...act,
    path: '/api/public/partners/:secret/renewal',
    summary: '合伙人申请续约',
    body: z.object({ opId, words: words(200).default('') }),
  },
  askContact: {
    ...act,
    path: '/api/public/partners/:secret/contact',
    summary: '合伙人申请更换联系人',
    body: z.object({ opId, name: words(30, 1), phone }),
  },
} as const satisfies Record<string, Route>;

const station = z.object({ code: z.string().regex(/^[a-z0-9][a-z0-9-]{1,39}$/) });

export const partnerHereRoutes = {
  here: {
    ...open,
    method: 'GET',
    path: '/api/public/stations/:code/partners',
    summary: '今天在这个驿站的合伙人',
    params: station,
    body: none,
    perMinute: 120,
    response: z.object({
      items: z.array(
        named.extend({
          id: uuid,
          kind: named,
          brings: z.array(named),
          byResidents: ratingFigure,
          byStations: ratingFigure,
        }),
      ),
      few: z.number().int().describe('评价不足此数不显示平均'),
    }),
  },
  rate: {
    ...open,
    method: 'POST',
    path: '/api/public/stations/:code/partners/:id/rating',
    summary: '居民评价合伙人：一点即评，文字可不写；同一浏览器一天一次',
    params: station.extend({ id: uuid }),
    body: z.object({
      opId,
      browserKey: uuid.describe('浏览器自存的随机编号；按天打散后存，不能跨天对上'),
      stars,
      words: words(200).default(''),
    }),
    response: recorded,
    perMinute: 6,
  },
} as const satisfies Record<string, Route>;
