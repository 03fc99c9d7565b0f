import type { Locale } from './parts.ts';

export const collectionIds = ['areas', 'risk-points', 'events', 'stations', 'facilities'] as const;
export type CollectionId = (typeof collectionIds)[number];

export const words = {
  'zh-CN': {
    title: '黄葛：区划、风险点、事件、驿站、设施',
    about:
      '按 OGC API – Features 提供的图层，可在 QGIS 等软件中打开。图层内容只给有权限的账号或令牌，各人只见自己看得到的。',
    home: '首页',
    definition: '接口定义',
    conformance: '符合的要求类',
    collections: '图层',
    items: '要素',
    self: '本页',
    alternate: '另一种格式',
    next: '下一页',
    collection: '所属图层',
    shown: (shown: number, total: number | undefined) =>
      total === undefined ? `本页 ${shown} 个` : `本页 ${shown} 个，共 ${total} 个`,
    none: '没有要素。',
    refused: '不能给出',
    signIn: '请先在指挥台登录，或在请求中带上接口令牌。',
    parameter: '参数',
    layers: {
      areas: { title: '区划与网格', about: '市、区县、街镇、村社、网格、微网格的轮廓。' },
      'risk-points': { title: '风险点', about: '在册的风险点：类型、等级、责任单位，不含备注和责任人。' },
      events: { title: '事件', about: '事件的位置、类别、状态和时限，不含任何人写的文字和姓名。' },
      stations: { title: '小红伞驿站', about: '驿站的位置、地址、电话，现在开不开、到几点，有什么设施。' },
      facilities: { title: '生活圈设施', about: '居民会去的设施：类别、地址、规模、开放时间、有无台阶。' },
    },
  },
  en: {
    title: 'Huangge: areas, risk points, events, stations, facilities',
    about:
      'Layers by OGC API – Features, for QGIS and other programs. What they hold is given only to accounts or tokens that may see it, and to each only what they may see.',
    home: 'Home',
    definition: 'Definition',
    conformance: 'Conformance',
    collections: 'Layers',
    items: 'Features',
    self: 'This page',
    alternate: 'Other format',
    next: 'Next page',
    collection: 'Layer',
    shown: (shown: number, total: number | undefined) =>
      total === undefined ? `${shown} on this page` : `${shown} on this page, ${total} in all`,
    none: 'No features.',
    refused: 'Cannot be given',
    signIn: 'Sign in at the desk first, or send an API token with the request.',
    parameter: 'Parameter',
    layers: {
      areas: {
        title: 'Areas and grids',
        about: 'Outlines of city, districts, streets, communities, grids and micro-grids.',
      },
      'risk-points': {
        title: 'Risk points',
        about: 'Risk points in use: kind, level, responsible unit; no notes, nobody’s name.',
      },
      events: {
        title: 'Events',
        about:
          'Where events are, of which category, how they stand and when they are due; no words anybody wrote, nobody’s name.',
      },
      stations: {
        title: 'Service stations',
        about: 'Where stations are, address and telephone, whether they are open now and until when, what is there.',
      },
      facilities: {
        title: 'Facilities of the life circle',
        about: 'Where residents go: class, address, capacity, hours, whether one gets in without a step.',
      },
    },
  },
} satisfies Record<Locale, unknown>;
