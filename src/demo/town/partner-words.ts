/** What the partners of the demo promise: invented, in the words such agreements have. */
import type { PledgeEvery } from '#contract/partners-words.ts';

export interface DemoPromise {
  resource: string;
  what: string;
  whatEn: string;
  quantity: number;
  unit: string;
  every: PledgeEvery;
  /** Codes of stations; none: all stations of the partner's area together. */
  at: readonly string[];
}

type Short = readonly [
  resource: string,
  what: string,
  whatEn: string,
  quantity: number,
  unit: string,
  every: PledgeEvery,
  at: string,
];

const promises: Readonly<Record<string, readonly Short[]>> = {
  'jianmin-pharmacy': [
    [
      'goods',
      '藿香正气液',
      'Huoxiang Zhengqi oral liquid',
      6,
      'box',
      'monthly',
      'chaotianmen lianglukou shanxilu erfuya qiaobei',
    ],
    ['goods', '创可贴与碘伏', 'plasters and iodine', 20, 'kit', 'quarterly', ''],
    ['service', '执业药师坐诊用药咨询', 'pharmacist at the counter', 4, 'hour', 'weekly', 'chaotianmen'],
  ],
  'qingquan-water': [
    ['goods', '桶装饮用水', 'barrels of drinking water', 12, 'barrel', 'weekly', 'chaotianmen lianglukou'],
    ['goods', '瓶装水（高温期备用）', 'bottled water for hot days', 240, 'bottle', 'monthly', ''],
    [
      'equipment',
      '饮水机清洗',
      'cleaning of water dispensers',
      1,
      'time',
      'quarterly',
      'chaotianmen guihuayuan pipashan',
    ],
  ],
  'riverside-hospital': [
    [
      'service',
      '义诊：量血压、测血糖',
      'free check of blood pressure and sugar',
      1,
      'session',
      'monthly',
      'chaotianmen guojicun',
    ],
    ['training', '急救培训', 'first aid training', 1, 'session', 'quarterly', ''],
    ['people', '护士值守', 'nurse on duty', 2, 'person_shift', 'weekly', 'chaotianmen'],
  ],
  'huangge-law': [
    ['service', '法律咨询', 'legal advice', 3, 'hour', 'weekly', 'chaotianmen lianglukou'],
    ['training', '防诈骗讲座', 'talk on fraud', 1, 'session', 'quarterly', 'chongqingcun wangjiapo'],
  ],
  'liangjiang-bank': [
    ['service', '零钱兑换与金融咨询', 'change of coins and advice', 2, 'hour', 'weekly', 'chaotianmen'],
    ['training', '老年人手机支付课', 'phone payment for old people', 1, 'session', 'monthly', 'guihuayuan'],
  ],
  'shancheng-telecom': [
    ['service', '手机充值与套餐咨询', 'top-up and tariff advice', 4, 'hour', 'weekly', 'chaotianmen lianglukou'],
    ['equipment', '无线网络维护', 'upkeep of Wi-Fi', 1, 'time', 'monthly', ''],
  ],
  'tiposhang-property': [
    ['service', '小家电维修', 'repair of small appliances', 1, 'session', 'monthly', 'chongqingcun wangjiapo'],
    ['people', '保洁与秩序维护', 'cleaning and order', 3, 'person_shift', 'weekly', 'chaotianmen'],
  ],
  'qisheng-express': [
    ['people', '骑手志愿者值守', 'couriers on duty', 4, 'person_shift', 'weekly', 'chaotianmen lianglukou'],
    ['goods', '骑手补给包', 'couriers’ packs', 30, 'kit', 'monthly', 'chaotianmen'],
  ],
  'nanshan-college': [
    [
      'people',
      '学生志愿者值守',
      'student volunteers on duty',
      10,
      'person_shift',
      'weekly',
      'chaotianmen lianglukou erfuya huaxinjie',
    ],
    ['service', '英语问路引导', 'directions in English', 6, 'hour', 'weekly', 'chaotianmen'],
  ],
  'wharf-noodles': [
    ['goods', '爱心小面（环卫工、骑手）', 'noodles for outdoor workers', 60, 'serving', 'weekly', 'chaotianmen'],
    ['people', '店员志愿者值守', 'staff on duty', 1, 'person_shift', 'weekly', 'chaotianmen'],
  ],
  'chaotian-travel': [
    ['service', '游客路线咨询', 'advice on routes for visitors', 6, 'hour', 'weekly', 'chaotianmen'],
    ['goods', '手绘地图', 'hand-drawn maps', 300, 'piece', 'quarterly', 'chaotianmen shanxilu'],
  ],
  'heart-social-work': [
    ['people', '社工驻点', 'social worker at the station', 2, 'person_shift', 'weekly', 'chaotianmen guihuayuan'],
    ['service', '心理疏导', 'counselling', 4, 'hour', 'monthly', ''],
    ['training', '志愿者培训', 'training of volunteers', 1, 'session', 'quarterly', 'lianglukou'],
  ],
  'huaxin-market': [
    ['goods', '平价蔬菜包', 'vegetable packs at cost', 40, 'serving', 'weekly', 'huaxinjie qiaobei'],
    ['room', '市场二楼活动室', 'room on the market’s upper floor', 2, 'day', 'monthly', ''],
  ],
};

export function promisesOf(code: string): DemoPromise[] {
  return (promises[code] ?? []).map(([resource, what, whatEn, quantity, unit, every, at]) => ({
    resource,
    what,
    whatEn,
    quantity,
    unit,
    every,
    at: at.split(' ').filter((one) => one !== ''),
  }));
}

/** How each stands: days from today of its agreement's begin and end, the share of what it promised that came. */
export interface DemoStanding {
  from: number;
  to: number;
  kept: number;
  /** An agreement before this one, of a year. */
  renewed?: true;
  asksRenewal?: true;
}

const usual: DemoStanding = { from: -300, to: 430, kept: 1.02 };
const standings: Readonly<Record<string, DemoStanding>> = {
  'jianmin-pharmacy': { from: -420, to: 310, kept: 1.06 },
  'heart-social-work': { from: -150, to: 215, kept: 1, renewed: true },
  'liangjiang-bank': { from: -250, to: 115, kept: 1 },
  'tiposhang-property': { from: -320, to: 45, kept: 1 },
  'chaotian-travel': { from: -344, to: 21, kept: 1.01, asksRenewal: true },
  'wharf-noodles': { from: -280, to: 85, kept: 0.58 },
  'qisheng-express': { from: -330, to: 400, kept: 0.74 },
  'huaxin-market': { from: -386, to: -21, kept: 0.9 },
};

export function standingOf(code: string): DemoStanding {
  return standings[code] ?? usual;
}

export const praise = [
  '来得准时，人也热心',
  '水一直没断过，夏天很管用',
  '讲得清楚，老人听得懂',
  '东西实在，不推销',
  '帮了大忙，谢谢',
  '态度好，愿意等我们慢慢问',
];
export const wishes = ['周末能来就更好了', '希望早点开始', '有几次没等到人', '说明再大字一点'];
