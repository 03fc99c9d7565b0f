import * as z from 'zod';
import { agreementStates, deliverySources, deliveryStates, partnerStates, pledgeEveries } from './partners-words.ts';
import { areaCode, isoTime, uuid, words } from './route.ts';

/** What is told of partners: 社区合伙人, their agreements, pledges, deliveries and ratings. */

export const day = z.iso.date();
export const quantity = z.number().int().min(1).max(1_000_000);
export const code = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);
export const phone = z.string().regex(/^[0-9+\- ]{3,20}$/);
export const stars = z.number().int().min(1).max(5);
/** Of a dictionary of db/data. */
export const dictionaryWord = z.object({
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  certain: z.boolean(),
});

export const stationName = z.object({ id: uuid, code: z.string(), name: z.string(), nameEn: z.string() });

/** How many rated, and the average where enough did. */
export const ratingFigure = z.object({
  n: z.number().int(),
  average: z.number().nullable().describe('不足规定人数时为空'),
});

export const pledgeFields = {
  stationId: uuid.nullable().describe('空：所属区域全部驿站合计'),
  resource: code,
  what: words(60, 1),
  whatEn: words(120).default(''),
  quantity,
  unit: code,
  every: z.enum(pledgeEveries),
  fromDay: day,
  toDay: day,
};

export const pledgeView = z.object({
  id: uuid,
  agreementId: uuid,
  stationId: uuid.nullable(),
  stationName: z.string().describe('空：所属区域全部驿站'),
  stationNameEn: z.string(),
  resource: z.string(),
  what: z.string(),
  whatEn: z.string(),
  quantity: z.number().int(),
  unit: z.string(),
  every: z.enum(pledgeEveries),
  fromDay: day,
  toDay: day,
  endedOn: day.nullable(),
  endedWords: z.string(),
  duePeriods: z.number().int().describe('已到期的期数'),
  due: z.number().int().describe('到今天应兑现的数量'),
  delivered: z.number().int().describe('站长已确认的数量'),
  waiting: z.number().int().describe('待确认的数量'),
  behind: z.boolean(),
  alive: z.boolean().describe('今天仍在承诺期内'),
  currentUntil: day.nullable().describe('本期最后一天'),
});

export const agreementView = z.object({
  id: uuid,
  fromDay: day,
  toDay: day,
  returns: z.array(z.string()),
  returnWords: z.string(),
  renews: uuid.nullable(),
  signedOn: day.nullable(),
  endedOn: day.nullable(),
  state: z.enum(agreementStates),
  daysLeft: z.number().int().nullable(),
  renewalAsked: z.object({ at: isoTime, words: z.string() }).nullable(),
  version: z.number().int(),
});

export const partnerRow = z.object({
  id: uuid,
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  kind: z.string(),
  areaCode,
  areaName: z.string(),
  state: z.enum(partnerStates),
  untilDay: day.nullable().describe('现行协议最后一天'),
  daysLeft: z.number().int().nullable(),
  pledges: z.number().int().describe('今天仍在承诺期内的承诺数'),
  behind: z.number().int().describe('其中兑现落后的'),
  waiting: z.number().int().describe('待站长确认的兑现'),
  asks: z.array(z.enum(['renewal', 'contact'])),
  stations: z.array(uuid).describe('今天服务的驿站'),
  byStations: ratingFigure,
  byResidents: ratingFigure,
});

export const deliveryView = z.object({
  id: uuid,
  partnerId: uuid,
  partnerName: z.string(),
  partnerNameEn: z.string(),
  pledgeId: uuid.nullable(),
  stationId: uuid,
  stationName: z.string(),
  stationNameEn: z.string(),
  day,
  what: z.string(),
  whatEn: z.string(),
  quantity: z.number().int(),
  saidQuantity: z.number().int().nullable(),
  unit: z.string(),
  source: z.enum(deliverySources),
  state: z.enum(deliveryStates),
  refusedWords: z.string(),
  notedAt: isoTime,
  decidedAt: isoTime.nullable(),
  mayDecide: z.boolean(),
  version: z.number().int(),
});

export const ratingView = z.object({
  id: uuid,
  stationId: uuid,
  stationName: z.string(),
  stationNameEn: z.string(),
  source: z.enum(['station', 'resident']),
  stars,
  words: z.string(),
  hidden: z.boolean(),
  quarter: z.string().nullable(),
  day,
  mayHide: z.boolean(),
});

export const partnerDetail = partnerRow.extend({
  organisation: z.string(),
  creditCode: z.string().nullable(),
  contact: z.object({ name: z.string(), phone: z.string() }).nullable().describe('掩码'),
  askedContact: z.object({ name: z.string(), phone: z.string(), at: isoTime }).nullable().describe('掩码'),
  agreements: z.array(agreementView),
  pledgeList: z.array(pledgeView),
  ratings: z.array(ratingView),
  exit: z.object({ day, by: z.enum(['partner', 'street']), reason: z.string(), words: z.string() }).nullable(),
  mayManage: z.boolean(),
  version: z.number().int(),
});

/** One period of a pledge, and what came in it. */
export const periodView = z.object({
  no: z.number().int(),
  fromDay: day,
  toDay: day,
  due: z.boolean().describe('这一期是否已到期'),
  promised: z.number().int(),
  delivered: z.number().int(),
  waiting: z.number().int(),
});

/** What a partner does for one station, as its people see it. */
export const stationPartner = z.object({
  id: uuid,
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  kind: z.string(),
  state: z.enum(partnerStates),
  untilDay: day.nullable(),
  pledges: z.array(pledgeView),
  ownRating: z.object({ quarter: z.string(), stars, words: z.string() }).nullable().describe('本站本季度的评价'),
});
