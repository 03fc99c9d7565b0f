/** What the stations of the demo gave and announced: how often, for whom, in which hours. All of it is invented. */

/** Of each kind: how often it is given, how many at once at most, how much more often while a heat warning runs. */
export const givenKinds: readonly (readonly [kind: string, often: number, most: number, inHeat: number])[] = [
  ['water', 24, 28, 3],
  ['rest', 18, 24, 2],
  ['ask_way', 20, 10, 0.8],
  ['charge', 12, 9, 1],
  ['reading', 5, 8, 0.8],
  ['topup', 3, 3, 0.8],
  ['print', 3, 3, 0.8],
  ['phone_help', 4, 3, 0.7],
  ['hot_meal', 5, 12, 0.7],
  ['tools', 3, 2, 0.8],
  ['lend', 4, 2, 0.9],
  ['medicine', 2, 2, 3],
  ['first_aid', 0.25, 1, 5],
  ['mother_baby', 1.5, 2, 1],
  ['lost_found', 1, 1, 1],
  ['other', 1, 4, 1],
];

/** Hour of the day → share of those who come; the morning and the middle of the afternoon are full, later at weekends. */
export const hourShare: Readonly<Record<'week' | 'weekend', readonly number[]>> = {
  week: [0.2, 0.2, 0.1, 0.1, 0.1, 0.3, 1, 2, 5, 9, 11, 10, 8, 7, 10, 11, 10, 8, 6, 4, 3, 2, 1, 0.5],
  weekend: [0.3, 0.2, 0.1, 0.1, 0.1, 0.2, 0.6, 1, 3, 7, 10, 11, 9, 9, 13, 14, 12, 9, 7, 5, 4, 3, 2, 0.8],
};

/** How busy a station is beside the others, and who comes there, where they say so. */
export const busyness: Readonly<Record<string, number>> = {
  chaotianmen: 2.6,
  lianglukou: 1.8,
  huaxinjie: 1.2,
  jiankanglu: 1,
  guojicun: 0.8,
  guihuayuan: 0.8,
  wangjiapo: 0.8,
  pipashan: 0.9,
  chongqingcun: 0.7,
  shanxilu: 1,
  erfuya: 0.8,
  qiaobei: 0.9,
};

type Share = readonly [visitor: string, often: number];
export const visitorsThere: Readonly<Record<'sights' | 'homes', readonly Share[]>> = {
  sights: [
    ['tourist', 55],
    ['resident', 18],
    ['outdoor_worker', 14],
    ['new_employment', 10],
    ['other', 3],
  ],
  homes: [
    ['resident', 62],
    ['outdoor_worker', 18],
    ['new_employment', 13],
    ['tourist', 5],
    ['other', 2],
  ],
};

/** Kinds of db/data/activity-kinds.csv: titles, which kind of partner holds it, how many come at most. */
export const heldKinds: readonly {
  kind: string;
  titles: readonly string[];
  partner: string | null;
  most: number;
  minutes: number;
}[] = [
  {
    kind: 'clinic',
    titles: ['免费量血压、测血糖', '家门口的义诊', '老年人健康义诊'],
    partner: 'hospital',
    most: 70,
    minutes: 180,
  },
  { kind: 'legal', titles: ['法律咨询日', '民法典问一问'], partner: 'law_firm', most: 30, minutes: 120 },
  { kind: 'anti_fraud', titles: ['反诈宣传', '识破“刷单返利”'], partner: 'bank', most: 60, minutes: 90 },
  { kind: 'haircut', titles: ['便民理发', '给老人剪个头'], partner: 'social_org', most: 45, minutes: 180 },
  { kind: 'sharpening', titles: ['磨刀修伞', '磨剪子戗菜刀'], partner: 'property', most: 50, minutes: 150 },
  { kind: 'appliance', titles: ['小家电维修', '电风扇检修'], partner: 'property', most: 35, minutes: 180 },
  { kind: 'reading', titles: ['亲子阅读', '绘本故事会'], partner: 'school', most: 30, minutes: 90 },
  {
    kind: 'phone_class',
    titles: ['手机课堂：挂号和缴费', '手机课堂：视频通话'],
    partner: 'operator',
    most: 25,
    minutes: 90,
  },
  { kind: 'policy', titles: ['医保政策讲解', '社保政策问答'], partner: null, most: 40, minutes: 60 },
  { kind: 'safety_class', titles: ['燃气安全课', '电动自行车充电安全'], partner: 'property', most: 40, minutes: 60 },
  { kind: 'cool_drink', titles: ['给户外劳动者送清凉', '骑手歇脚日'], partner: 'shop', most: 90, minutes: 120 },
  { kind: 'job_fair', titles: ['就业信息发布', '灵活就业咨询'], partner: 'social_org', most: 60, minutes: 180 },
];
