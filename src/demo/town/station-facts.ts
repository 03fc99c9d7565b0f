/** What the stations of the demo are like: hours, facilities, ways to the door. Invented, sensible, not all alike. */

type Span = readonly [from: number, until: number];

export interface StationFacts {
  /** Monday to Friday, Saturday and Sunday. */
  weekday: readonly Span[];
  weekend: readonly Span[];
  sunday?: readonly Span[];
  /** Public holidays; absent: as usual. */
  holiday?: readonly Span[];
  /** code, or code and number. */
  facilities: readonly (string | readonly [code: string, quantity: number])[];
  broken?: Readonly<Record<string, readonly [note: string, noteEn: string]>>;
  languages: readonly string[];
  addressEn: string;
  directions: string;
  directionsEn: string;
  /** Days from today, spans of those days, why. */
  exception: readonly [from: number, to: number, spans: readonly Span[], reason: string, reasonEn: string];
  busy?: 'free' | 'some' | 'full';
}

const h = (from: number, until: number): Span => [from * 60, until * 60];
const allDay: readonly Span[] = [[0, 1440]];
const basic = ['drinking_water', 'first_aid', 'umbrella'] as const;
const training = ['志愿者培训，晚开门', 'Volunteers in training, opening late'] as const;
const cleaning = ['空调清洗，上午暂停', 'Air conditioning cleaned, closed in the morning'] as const;

export const stationFacts: Readonly<Record<string, StationFacts>> = {
  chaotianmen: {
    weekday: [h(8, 22)],
    weekend: [h(8, 22)],
    holiday: [h(8, 24)],
    facilities: [
      ...basic,
      'cooling', 'heating', 'medicine', 'hot_water', 'wifi', 'reading', 'power_bank', 'nursing', 'lost_found',
      'toilet', 'step_free', 'ramp', 'hearing_loop', 'large_print',
      ...([['seats', 24], ['charging', 12], ['microwave', 2], ['fridge', 1], ['wheelchair', 2], ['aed', 1]] as const),
    ],
    languages: ['zh', 'zh-cq', 'en', 'ja', 'ko'],
    addressEn: 'Chaotianmen Square, beside the wharf steps',
    directions: '轨道交通 1 号线朝天门站出来，面向江边走，红色伞棚就是。',
    directionsEn: 'Leave Chaotianmen metro station (Line 1) towards the river; look for the red umbrella roof.',
    exception: [9, 9, [h(10, 22)], ...training],
    busy: 'some',
  },
  lianglukou: {
    weekday: allDay,
    weekend: allDay,
    facilities: [
      ...basic,
      'cooling', 'heating', 'medicine', 'hot_water', 'wifi', 'reading', 'power_bank', 'toilet', 'step_free', 'ramp',
      ...([['seats', 18], ['charging', 10], ['microwave', 1], ['fridge', 1], ['wheelchair', 1], ['aed', 1]] as const),
    ],
    languages: ['zh', 'zh-cq', 'en'],
    addressEn: 'Lianglukou, at metro exit 2',
    directions: '轨道交通两路口站 2 号口旁，长江一路天桥下。',
    directionsEn: 'Next to exit 2 of Lianglukou metro station, under the footbridge.',
    exception: [20, 20, [h(6, 24)], '夜间消防检查', 'Fire inspection in the night'],
    busy: 'free',
  },
  huaxinjie: {
    weekday: [[510, 720], [840, 1200]],
    weekend: [h(9, 18)],
    holiday: [h(10, 16)],
    facilities: [...basic, 'cooling', 'medicine', 'wifi', 'toilet', 'hot_water', ['seats', 12], ['charging', 6], ['microwave', 1]],
    languages: ['zh', 'zh-cq'],
    addressEn: 'Huaxinjie, opposite the vegetable market',
    directions: '华新街轨道站 1 号口出来过马路，菜市场对面。',
    directionsEn: 'Cross the road from exit 1 of Huaxinjie metro station; opposite the market.',
    exception: [6, 6, [h(14, 20)], ...cleaning],
  },
  jiankanglu: {
    weekday: [[510, 1260]],
    weekend: [[510, 1260]],
    facilities: [...basic, 'medicine', 'cooling', 'reading', 'wifi', ['seats', 10], ['charging', 6], ['fridge', 1], 'step_free'],
    languages: ['zh', 'zh-cq'],
    addressEn: 'Beside the small garden, 1 Jiankang Road',
    directions: '健康路1号小游园东门进去，凉亭后面。',
    directionsEn: 'Enter the garden at its east gate; behind the pavilion.',
    exception: [5, 5, [h(14, 21)], ...training],
    busy: 'full',
  },
  guojicun: {
    weekday: [h(9, 18)],
    weekend: [h(9, 18)],
    sunday: [],
    facilities: [...basic, 'medicine', 'cooling', 'heating', 'nursing', 'toilet', ['seats', 8], ['wheelchair', 2], ['aed', 1], 'ramp'],
    languages: ['zh', 'zh-cq'],
    addressEn: 'Beside Guojicun clinic',
    directions: '国际村社区卫生服务站一楼左手边。',
    directionsEn: 'Ground floor of the clinic, on the left.',
    exception: [12, 12, [], '社区义诊，人手外出', 'Closed: everybody at the neighbourhood clinic day'],
  },
  guihuayuan: {
    weekday: [[450, 1140]],
    weekend: [h(9, 17)],
    holiday: [],
    facilities: [...basic, 'cooling', 'reading', 'wifi', 'hot_water', ['seats', 14], ['charging', 4], ['microwave', 1]],
    languages: ['zh', 'zh-cq', 'en'],
    addressEn: 'At the gate of Guihuayuan primary school',
    directions: '桂花园小学正门右侧，接孩子的长椅旁。',
    directionsEn: 'To the right of the school gate, by the benches.',
    exception: [15, 16, [h(10, 16)], '学校考试，缩短时间', 'School examinations: shorter hours'],
  },
  wangjiapo: {
    weekday: [[390, 840], [960, 1260]],
    weekend: [[390, 840], [960, 1260]],
    facilities: [...basic, 'hot_water', 'toilet', ['seats', 9], ['charging', 4], ['microwave', 2], ['fridge', 1]],
    broken: { microwave: ['一台待修，另一台也停用', 'Being repaired'] },
    languages: ['zh', 'zh-cq'],
    addressEn: 'Beside Wangjiapo market',
    directions: '王家坡菜市场南门，下石梯二十步。',
    directionsEn: 'South gate of the market, twenty steps down.',
    exception: [8, 8, [h(16, 21)], ...cleaning],
    busy: 'some',
  },
  pipashan: {
    weekday: [h(9, 17)],
    weekend: [h(9, 17)],
    facilities: [...basic, 'reading', 'lost_found', ['seats', 16], ['charging', 4], 'wifi'],
    languages: ['zh', 'zh-cq', 'en', 'fr'],
    addressEn: 'Beside Pipashan primary school, on the way to the park',
    directions: '上枇杷山公园的路上，小学围墙转角。',
    directionsEn: 'On the way up to Pipashan Park, at the corner of the school wall.',
    exception: [-1, 2, [], '电路检修，暂停开放', 'Closed: wiring is being repaired'],
  },
  chongqingcun: {
    weekday: [h(9, 12), h(14, 18)],
    weekend: [],
    facilities: [...basic, 'hot_water', 'reading', 'large_print', ['seats', 6]],
    languages: ['zh', 'zh-cq'],
    addressEn: 'Beside 30 Chongqingcun',
    directions: '重庆村30号老楼对面，黄葛树下。',
    directionsEn: 'Opposite the old building, under the tree.',
    exception: [4, 4, [h(14, 18)], ...training],
  },
  shanxilu: {
    weekday: [h(10, 26)],
    weekend: [h(10, 26)],
    facilities: [...basic, 'cooling', 'power_bank', 'wifi', 'toilet', ['seats', 12], ['charging', 8], ['fridge', 1]],
    languages: ['zh', 'zh-cq', 'en'],
    addressEn: 'Shaanxi Road, by the wholesale market',
    directions: '陕西路批发市场北门，夜市入口。',
    directionsEn: 'North gate of the wholesale market, where the night market begins.',
    exception: [10, 10, [h(18, 26)], ...cleaning],
  },
  erfuya: {
    weekday: [h(9, 20)],
    weekend: [h(9, 20)],
    facilities: [...basic, 'cooling', 'medicine', 'reading', ['seats', 10], ['charging', 4]],
    broken: { charging: ['线路检修，明天恢复', 'Wiring is being repaired'] },
    languages: ['zh', 'zh-cq', 'en'],
    addressEn: 'Beside Erfuya primary school',
    directions: '二府衙小学后门，石梯中间的平台。',
    directionsEn: 'Back gate of the school, on the landing of the stairs.',
    exception: [7, 7, [h(13, 20)], ...training],
  },
  qiaobei: {
    weekday: [h(8, 21)],
    weekend: [h(8, 21)],
    holiday: [h(9, 18)],
    facilities: [...basic, 'cooling', 'wifi', 'toilet', 'step_free', 'hot_water', ['seats', 15], ['charging', 6], ['microwave', 1]],
    languages: ['zh', 'zh-cq'],
    addressEn: 'Qiaobei Square',
    directions: '桥北小广场公交站背后。',
    directionsEn: 'Behind the bus stop on Qiaobei Square.',
    exception: [11, 11, [h(12, 21)], ...cleaning],
  },
}; // prettier-ignore
