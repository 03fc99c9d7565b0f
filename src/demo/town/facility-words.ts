/** What facilities of the demo are like, by class: how many, what they are called, when they are open. All invented. */
import type { OpenSpan } from '#server/modules/facilities/index.ts';

export interface ClassWords {
  /** One for so many residents of a street. */
  per: number;
  /** Behind the name of the place, one of these. */
  names: readonly string[];
  /** One of these; null: nobody has said. */
  hours: readonly (readonly OpenSpan[] | null)[];
  /** In steps of the third number; absent where nothing is counted. */
  capacity?: readonly [least: number, most: number, step: number];
  floorM2?: readonly [least: number, most: number];
  /** In a shop where there is one. */
  inShop?: true;
}

const all = [1, 2, 3, 4, 5, 6, 7];
const daily = (from: string, to: string): OpenSpan[] => [{ days: all, from, to }];
const weekdays = (...spans: readonly (readonly [from: string, to: string])[]): OpenSpan[] =>
  spans.map(([from, to]) => ({ days: [1, 2, 3, 4, 5], from, to }));

const always = daily('00:00', '24:00');
const office = weekdays(['09:00', '12:00'], ['14:00', '18:00']);
const school = weekdays(['07:30', '17:30']);
const shop = [daily('08:00', '22:00'), daily('09:00', '21:00'), daily('08:30', '23:00'), null];

export const classWords: Readonly<Record<string, ClassWords>> = {
  fresh_market: { per: 25_000, names: ['菜市场', '农贸市场', '生鲜市场'], hours: [daily('06:00', '18:00'), daily('06:00', '18:00'), daily('06:00', '19:30')], floorM2: [760, 1_900] },
  supermarket: { per: 40_000, names: ['渝家超市', '两江百货超市', '江岸综合超市'], hours: shop, floorM2: [600, 3_200], inShop: true },
  convenience: { per: 9_000, names: ['黄葛便利店', '渝优便利店', '街坊便利店', '江岸便利店'], hours: [always, daily('07:00', '23:00'), daily('07:30', '22:30'), daily('06:30', '24:00')], floorM2: [40, 140], inShop: true },
  breakfast: { per: 13_000, names: ['小面馆', '包子铺', '豆花饭店', '早餐店'], hours: [daily('06:00', '13:30'), daily('06:00', '21:00'), daily('06:30', '10:30')], inShop: true },
  pharmacy: { per: 16_000, names: ['安康大药房', '江州药房', '渝健民大药房'], hours: [daily('08:00', '21:00'), daily('08:00', '22:00'), always, null], inShop: true },
  hairdresser: { per: 25_000, names: ['剪艺坊', '老街理发店', '阳光理发店'], hours: [daily('09:30', '20:30'), daily('09:00', '19:00'), null], inShop: true },
  laundry: { per: 50_000, names: ['洁净洗衣店', '清水洗衣店'], hours: [daily('09:00', '20:00'), null], inShop: true },
  repair: { per: 60_000, names: ['便民维修点', '修鞋配钥匙店', '家电维修店'], hours: [daily('09:00', '18:00'), null], inShop: true },
  health_centre: { per: 50_000, names: ['社区卫生服务中心'], hours: [[...weekdays(['08:00', '12:00'], ['14:00', '17:30']), { days: [6, 7], from: '08:30', to: '12:00' }]], floorM2: [1_750, 3_600] },
  health_station: { per: 35_000, names: ['社区卫生服务站'], hours: [weekdays(['08:30', '12:00'], ['14:00', '17:30'])], floorM2: [120, 260] },
  primary_school: { per: 36_000, names: ['小学'], hours: [school], capacity: [720, 1_620, 45], floorM2: [5_200, 12_000] },
  middle_school: { per: 60_000, names: ['初级中学'], hours: [school], capacity: [900, 1_800, 50], floorM2: [9_000, 18_000] },
  kindergarten: { per: 25_000, names: ['幼儿园', '实验幼儿园'], hours: [weekdays(['07:40', '17:40'])], capacity: [150, 360, 30], floorM2: [3_150, 4_600] },
  nursery: { per: 60_000, names: ['托育园', '普惠托育点'], hours: [weekdays(['07:30', '18:30'])], capacity: [30, 90, 10], floorM2: [220, 900] },
  elder_day_care: { per: 36_000, names: ['老年人日间照料中心', '养老服务站'], hours: [weekdays(['08:30', '17:00']), daily('08:30', '17:00')], capacity: [20, 50, 5], floorM2: [350, 750] },
  canteen: { per: 50_000, names: ['社区食堂', '老年助餐点'], hours: [daily('10:30', '18:30'), weekdays(['11:00', '13:00'])], capacity: [80, 300, 20], floorM2: [120, 420] },
  elder_home: { per: 90_000, names: ['养老院', '康养中心'], hours: [always], capacity: [60, 200, 10], floorM2: [3_500, 8_000] },
  community_service: { per: 60_000, names: ['社区便民服务中心'], hours: [office, [...office, { days: [6], from: '09:00', to: '12:00' }]], floorM2: [600, 1_000] },
  express: { per: 22_000, names: ['快递驿站', '邮政所', '智能快件箱'], hours: [daily('09:00', '21:00'), always, daily('08:30', '20:00')], inShop: true },
  recycling: { per: 60_000, names: ['再生资源回收点'], hours: [daily('08:30', '17:30'), null] },
  public_toilet: { per: 27_000, names: ['公厕'], hours: [always, daily('06:00', '23:00')], floorM2: [30, 80] },
  culture_station: { per: 50_000, names: ['文化活动室', '社区书屋'], hours: [daily('09:00', '18:00'), daily('09:00', '21:00')], floorM2: [250, 900] },
  culture_centre: { per: 130_000, names: ['文化活动中心'], hours: [[{ days: [2, 3, 4, 5, 6, 7], from: '09:00', to: '21:00' }]], floorM2: [3_000, 5_200] },
  fitness: { per: 32_000, names: ['健身广场', '健身点'], hours: [always], floorM2: [150, 900] },
  park: { per: 50_000, names: ['小游园', '口袋公园'], hours: [always, daily('06:00', '22:00')], floorM2: [1_200, 9_000] },
  bus_stop: { per: 18_000, names: ['公交站'], hours: [daily('06:00', '22:30')] },
  police: { per: 60_000, names: ['派出所'], hours: [always], floorM2: [1_000, 2_000] },
  bank: { per: 45_000, names: ['两江便民银行支行', '山城农商银行支行'], hours: [[...weekdays(['09:00', '17:00']), { days: [6, 7], from: '09:30', to: '16:00' }]], inShop: true },
}; // prettier-ignore

/** Places of the demo that are facilities: their kind → class, and when they are open. */
export const placeWords: Readonly<
  Record<string, { classCode: string; hours: readonly OpenSpan[]; capacity?: number }>
> = {
  school: { classCode: 'primary_school', hours: school, capacity: 900 },
  clinic: { classCode: 'health_station', hours: weekdays(['08:30', '12:00'], ['14:00', '17:30']) },
  market: { classCode: 'fresh_market', hours: daily('06:00', '18:00') },
  park: { classCode: 'park', hours: always },
  square: { classCode: 'fitness', hours: always },
  metro_station: { classCode: 'metro', hours: daily('06:30', '22:30') },
  community_office: { classCode: 'community_service', hours: office },
};
