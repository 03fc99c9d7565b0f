import * as z from 'zod';
import {
  code,
  day,
  deliveryView,
  dictionaryWord,
  partnerDetail,
  partnerRow,
  periodView,
  phone,
  pledgeFields,
  pledgeView,
  quantity,
  stars,
  stationName,
  stationPartner,
} from './partners-views.ts';
import { deliveryStates, partnerStates } from './partners-words.ts';
import { areaCode, isoTime, none, opId, page, uuid, words, type Route } from './route.ts';

/** 社区合伙人: who stands by the stations, what they promised, what came, how it goes on. */

const id = z.object({ id: uuid });
const recorded = z.object({ at: isoTime, ledgerId: uuid });
const made = recorded.extend({ id: uuid });
const version = z.number().int().min(1);
const read = { method: 'GET', permission: 'station.read', params: none, query: none, body: none } as const;
const manage = { method: 'POST', permission: 'partner.manage', params: id, query: none, response: recorded } as const;
const head = { ...manage, permission: 'station.manage' } as const;

const facts = {
  name: words(40, 2),
  nameEn: words(80).default(''),
  kind: code,
  organisation: words(80).default(''),
  creditCode: z.string().max(18).nullable(),
};
const contact = z.object({ name: words(30, 1), phone });
const terms = { fromDay: day, toDay: day, returns: z.array(code).max(20), returnWords: words(300).default('') };

export const partnerRoutes = {
  words: {
    ...read,
    path: '/api/partners/words',
    summary: '合伙人用词：类别、资源、计量单位、回馈、退出原因、规则',
    response: z.object({
      kinds: z.array(dictionaryWord),
      resources: z.array(dictionaryWord),
      units: z.array(dictionaryWord),
      returns: z.array(dictionaryWord),
      exits: z.array(dictionaryWord),
      rules: z.array(dictionaryWord.extend({ value: z.number() })),
      stations: z.array(stationName).describe('能看到的驿站'),
    }),
  },
  list: {
    ...read,
    path: '/api/partners',
    summary: '合伙人名单：协议状态、承诺与兑现、评价',
    query: z.object({
      state: z.enum(partnerStates).optional(),
      kind: code.optional(),
      station: uuid.optional(),
      q: words(40).optional().describe('名称；或完整的联系电话'),
    }),
    response: z.object({ items: z.array(partnerRow) }),
  },
  today: {
    ...read,
    path: '/api/partners/today',
    summary: '合伙人今日要办：将到期、兑现落后、待确认、有申请',
    response: z.object({
      running: z.number().int(),
      ending: z.array(z.object({ id: uuid, name: z.string(), nameEn: z.string(), daysLeft: z.number().int() })),
      behind: z.array(z.object({ id: uuid, name: z.string(), nameEn: z.string(), pledges: z.number().int() })),
      asks: z.array(z.object({ id: uuid, name: z.string(), nameEn: z.string() })),
      waiting: z.number().int().describe('待站长确认的兑现'),
    }),
  },
  get: { ...read, path: '/api/partners/:id', summary: '一个合伙人', params: id, response: partnerDetail },
  periods: {
    ...read,
    path: '/api/partners/:id/pledges/:pledgeId',
    summary: '一项承诺逐期兑现',
    params: id.extend({ pledgeId: uuid }),
    response: z.object({
      pledge: pledgeView,
      periods: z.array(periodView),
      outside: z.number().int().describe('不在任何一期之内的兑现'),
      deliveries: z.array(deliveryView),
    }),
  },
  atStation: {
    ...read,
    path: '/api/partners/at/:stationId',
    summary: '一个驿站的合伙人：承诺、兑现、待确认、本季评价',
    params: z.object({ stationId: uuid }),
    response: z.object({
      items: z.array(stationPartner),
      waiting: z.array(deliveryView),
      recent: z.array(deliveryView),
      quarter: z.string(),
      mayNote: z.boolean(),
      mayDecide: z.boolean(),
    }),
  },
  deliveries: {
    ...read,
    path: '/api/partners/deliveries',
    summary: '兑现台账',
    query: z.object({
      partner: uuid.optional(),
      pledge: uuid.optional(),
      station: uuid.optional(),
      state: z.enum(deliveryStates).optional(),
      from: day.optional(),
      to: day.optional(),
      ...page,
    }),
    response: z.object({ items: z.array(deliveryView), next: z.string().nullable() }),
  },
  export: {
    ...read,
    raw: 'download',
    path: '/api/partners/deliveries.xlsx',
    summary: '兑现台账表格（xlsx）',
    query: z.object({
      partner: uuid.optional(),
      station: uuid.optional(),
      state: z.enum(deliveryStates).optional(),
      from: day.optional(),
      to: day.optional(),
    }),
    response: z.unknown(),
  },
  add: {
    ...manage,
    path: '/api/partners',
    summary: '登记合伙人',
    params: none,
    body: z.object({ opId, areaCode, ...facts, contact: contact.nullable() }),
    response: made,
  },
  edit: {
    ...manage,
    path: '/api/partners/:id/edit',
    summary: '修改合伙人；不填联系人即不改',
    body: z.object({ opId, version, ...facts, contact: contact.nullable() }),
  },
  reveal: {
    ...manage,
    permission: 'station.read',
    path: '/api/partners/:id/contact',
    summary: '查看联系人（留痕；须写明用途）',
    body: z.object({ opId, purpose: words(200, 2) }),
    response: z.object({ name: z.string(), phone: z.string(), ledgerId: uuid }),
  },
  link: {
    ...manage,
    path: '/api/partners/:id/link',
    summary: '取合伙人自己的链接；换新后旧链接作废',
    body: z.object({ opId, renew: z.boolean().default(false) }),
    response: recorded.extend({ path: z.string() }),
  },
  draft: {
    ...manage,
    path: '/api/partners/:id/agreements',
    summary: '起草合伙协议；续约时接在原协议之后，承诺照抄',
    body: z.object({ opId, ...terms, renews: uuid.nullable() }),
    response: made,
  },
  redraft: {
    ...manage,
    path: '/api/partners/:id/agreements/:agreementId/edit',
    summary: '修改未签的协议',
    params: id.extend({ agreementId: uuid }),
    body: z.object({ opId, version, ...terms }),
  },
  sign: {
    ...manage,
    path: '/api/partners/:id/agreements/:agreementId/sign',
    summary: '登记协议已签',
    params: id.extend({ agreementId: uuid }),
    body: z.object({ opId, version, signedOn: day }),
  },
  document: {
    ...read,
    raw: 'download',
    path: '/api/partners/:id/agreements/:agreementId/document',
    summary: '合伙协议文本（PDF，附承诺清单）',
    params: id.extend({ agreementId: uuid }),
    response: z.unknown(),
  },
  pledge: {
    ...manage,
    path: '/api/partners/:id/pledges',
    summary: '登记承诺：给什么、多少、多久一次、哪个驿站',
    body: z.object({ opId, agreementId: uuid, ...pledgeFields }),
    response: made,
  },
  endPledge: {
    ...manage,
    path: '/api/partners/:id/pledges/:pledgeId/end',
    summary: '提前终止一项承诺',
    params: id.extend({ pledgeId: uuid }),
    body: z.object({ opId, lastDay: day, words: words(200, 2) }),
  },
  exit: {
    ...manage,
    path: '/api/partners/:id/exit',
    summary: '退出：谁提出、为什么、最后一天；未完的承诺随之终止，历史保留',
    body: z.object({
      opId,
      version,
      by: z.enum(['partner', 'street']),
      reason: code,
      words: words(300).default(''),
      lastDay: day,
    }),
  },
  answerAsk: {
    ...manage,
    path: '/api/partners/:id/asks',
    summary: '答复合伙人的申请（续约、改联系人）',
    body: z.object({ opId, what: z.enum(['renewal', 'contact']), accept: z.boolean() }),
  },
  deliver: {
    ...manage,
    permission: 'station.work',
    path: '/api/partners/:id/deliveries',
    summary: '驿站记一笔兑现；站长记的即为确认',
    body: z.object({
      opId,
      stationId: uuid,
      pledgeId: uuid.nullable(),
      quantity,
      day,
      what: words(60).default(''),
      unit: code.optional(),
    }),
    response: made.extend({ state: z.enum(deliveryStates) }),
  },
  decide: {
    ...head,
    path: '/api/partners/deliveries/:id/decide',
    summary: '站长确认兑现（可按实收数量），或不予确认并说明',
    body: z.object({
      opId,
      version,
      confirm: z.boolean(),
      quantity: quantity.optional().describe('实收数量；不填即所报数量'),
      words: words(200).default(''),
    }),
  },
  rate: {
    ...head,
    path: '/api/partners/:id/ratings',
    summary: '站长每季度评价一次合伙人（只评单位，不评个人），本季内可改',
    body: z.object({ opId, stationId: uuid, stars, words: words(200).default('') }),
  },
  hideWords: {
    ...head,
    path: '/api/partners/ratings/:id/hide',
    summary: '抹去评价中不当的文字；星级仍计',
    body: z.object({ opId }),
  },
} as const satisfies Record<string, Route>;
