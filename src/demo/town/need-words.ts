/** What invented residents say of a class of facility, and for whom. `{p}` is a community. */
export interface NeedSayings {
  /** Weight against the other classes where it is far. */
  weight: number;
  /** Groups whose voice it is, as often as they stand here. */
  groups: readonly string[];
  said: readonly string[];
}

const everybody = ['all', 'all', 'all', 'elder'] as const;
const elders = ['elder', 'elder', 'all'] as const;
const children = ['child', 'child', 'all'] as const;

export const needSayings: Readonly<Record<string, NeedSayings>> = {
  fresh_market: {
    weight: 2,
    groups: ['all', 'all', 'elder', 'elder', 'worker'],
    said: [
      '{p}附近没有菜市场，买菜要走半小时',
      '买菜要下坡过天桥，老人提不动',
      '下班回来菜店都关门了，买不到新鲜蔬菜',
      '想在楼下买到菜，不想每次坐车去大市场',
      '门口只有流动摊，刮风下雨就买不到菜',
      '楼梯多，买菜回来要歇三次',
      '希望办个小菜市场，几个摊位就够',
      '网上买的菜不新鲜，还是想有个菜店',
    ],
  },
  health_station: {
    weight: 1,
    groups: elders,
    said: ['量血压开药都要坐车，希望有个卫生服务站', '附近没有诊所，小病也得跑医院', '老人看病不方便，家门口没有诊所'],
  },
  pharmacy: { weight: 0.9, groups: everybody, said: ['附近没有药店，晚上急用药买不到', '买药要走二十多分钟'] },
  canteen: {
    weight: 1.2,
    groups: elders,
    said: ['独居老人做饭困难，希望有社区食堂', '能不能有老年食堂，中午一顿热饭就行', '希望有助餐点，价格便宜一点'],
  },
  elder_day_care: {
    weight: 0.9,
    groups: elders,
    said: ['白天子女上班，老人没人照看，盼日间照料', '想要个老年活动的地方，能坐能聊'],
  },
  nursery: {
    weight: 0.9,
    groups: children,
    said: ['两岁的娃没处托，附近没有托育点', '临时照看孩子的地方一个都没有，想要个托班'],
  },
  convenience: { weight: 0.4, groups: everybody, said: ['买瓶酱油都要走一站路，附近没有便利店'] },
  breakfast: { weight: 0.4, groups: ['worker', 'all'], said: ['早上出门没有早餐店', '夜班下来吃不到早餐'] },
  public_toilet: {
    weight: 0.7,
    groups: ['all', 'elder', 'newcomer'],
    said: ['步道一路没有公厕，老人散步不敢走远', '骑手在这一片找不到厕所'],
  },
  park: {
    weight: 0.7,
    groups: ['elder', 'child', 'all'],
    said: ['没有一块能遛弯的绿地', '孩子放学没地方玩，想要个小公园'],
  },
  fitness: {
    weight: 0.6,
    groups: ['all', 'child', 'worker'],
    said: ['附近没有健身的场地', '想打球，最近的篮球场要坐车'],
  },
  culture_station: {
    weight: 0.6,
    groups: ['elder', 'child', 'all'],
    said: ['想要个看书的活动室', '假期孩子没处看书，盼图书角'],
  },
  bus_stop: { weight: 0.5, groups: everybody, said: ['公交站太远，爬坡才到', '公交车改线以后没有车站了'] },
  express: { weight: 0.5, groups: ['all', 'worker'], said: ['取快递要走到山下', '快递点六点关门，下班取不到'] },
  bank: { weight: 0.4, groups: elders, said: ['老人取钱要坐车去银行', '附近没有银行，养老金不好取'] },
  repair: { weight: 0.3, groups: everybody, said: ['修鞋配钥匙找不到维修点'] },
  rest_station: {
    weight: 0.4,
    groups: ['newcomer', 'all'],
    said: ['中午没有歇脚的地方，希望有驿站', '外卖小哥想有地方喝水休息'],
  },
};

/** Wishes of no class that the dictionary knows. */
export const otherSayings = [
  '希望有个地方晒太阳摆龙门阵',
  '楼下空地想放几张桌子凳子',
  '想要一面墙让孩子画画',
  '夜里梯坎太黑，想要几盏灯',
] as const;

/** What is written beside a decision. */
export const decidedWords = {
  listed: '居委会核实过，列入本季度服务需求清单',
  met: '新开的门店已能满足',
  declined: '步行五分钟内已有，已向居民说明怎么走',
} as const;
