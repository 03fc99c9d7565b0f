/**
 * The demo town as drawn by hand: banks, borders and main roads in metres on the plane of `plane.ts`, before bending.
 * The outlines are invented; they only resemble a hill between two rivers. Yuzhong is the whole peninsula; of Jiangbei
 * only the five streets on the river are drawn, and the district ends with them.
 */
import { between, distance, pairsOf, smooth } from './plane.ts';
import type { Xy } from './plane.ts';

const bankStepM = 40;

/** Yuzhong's bank of the Jialing, west → tip. */
export const northBank = smooth(
  [[-4400, 380], [-3700, 250], [-3000, 380], [-2300, 470], [-1650, 390], [-1100, 540], [-550, 840], [50, 1000], [650, 960], [1200, 810], [1700, 740], [2200, 850], [2650, 1090], [2960, 1300], [3080, 1360]], // prettier-ignore
  bankStepM,
);

/** Yuzhong's bank of the Yangtze, tip → west. */
export const southBank = smooth(
  [[3080, 1360], [3190, 1290], [3260, 1050], [3200, 650], [3030, 200], [2700, -120], [2200, -330], [1600, -440], [950, -500], [350, -600], [-250, -790], [-800, -1060], [-1250, -1400], [-1700, -1690], [-2300, -1800], [-3000, -1700], [-3700, -1480], [-4400, -1350]], // prettier-ignore
  bankStepM,
);

/** Jiangbei's bank, west → east, past the place where the rivers meet. */
export const jiangbeiBank = smooth(
  [[-4400, 860], [-3700, 720], [-3000, 840], [-2300, 930], [-1700, 870], [-1150, 1030], [-600, 1320], [50, 1470], [700, 1430], [1250, 1290], [1700, 1230], [2150, 1330], [2600, 1560], [3000, 1800], [3500, 2050], [4100, 2350], [4800, 2700], [5400, 2950]], // prettier-ignore
  bankStepM,
);

/** The bank opposite, west → east. */
export const farBank = smooth(
  [[-4400, -1950], [-3700, -2080], [-3000, -2320], [-2200, -2440], [-1500, -2300], [-950, -1980], [-550, -1640], [-50, -1380], [450, -1190], [1050, -1080], [1700, -1010], [2350, -900], [2950, -650], [3450, -250], [3780, 250], [3900, 800], [4050, 1250], [4400, 1650], [4900, 1950], [5400, 2150]], // prettier-ignore
  bankStepM,
);

const northEdgeY = 3400;

/** Land from which the districts are cut. */
export const land = {
  yuzhong: [...northBank.slice(0, -1), ...southBank],
  jiangbei: [...jiangbeiBank, [5400, northEdgeY], [-4400, northEdgeY]] as Xy[],
};

/** Borders of districts and streets. */
export const borders = {
  yuzhongWest: smooth([[-2720, 900], [-2680, 200], [-2740, -600], [-2700, -1300], [-2780, -2200]], 60), // prettier-ignore
  westPart: smooth([[-1390, 900], [-1290, 300], [-1240, -200], [-1300, -800], [-1380, -1900]], 60), // prettier-ignore
  huaLongQiao: smooth([[-2900, -430], [-2300, -300], [-1800, -110], [-1150, -20]], 60), // prettier-ignore
  shiYouLu: smooth([[-2100, 200], [-2080, -500], [-2010, -1100], [-2100, -2200]], 60), // prettier-ignore
  chaoTianMen: smooth([[2170, 1200], [2190, 640], [2150, 200], [2200, -700]], 60), // prettier-ignore
  jieFangBei: smooth([[1400, 1100], [1360, 500], [1330, 100], [1390, -800]], 60), // prettier-ignore
  northRoad: smooth([[-1500, 90], [-1200, 150], [-800, 280], [-450, 360], [0, 420], [450, 430], [900, 390], [1550, 370]], 60), // prettier-ignore
  southRoad: smooth([[-1500, -500], [-1150, -450], [-700, -390], [-250, -330], [250, -250], [750, -170], [1550, -80]], 60), // prettier-ignore
  shangQingSi: smooth([[-480, 1200], [-470, 850], [-450, 560], [-440, 250]], 60), // prettier-ignore
  nanJiMen: smooth([[230, -100], [200, -400], [240, -1000]], 60), // prettier-ignore
  qiXingGang: smooth([[190, 700], [230, 300], [200, 0], [240, -500]], 60), // prettier-ignore
  jiangbeiWest: smooth([[-1960, 500], [-1900, 1200], [-1980, 2000], [-1900, 3600]], 60), // prettier-ignore
  jiangbeiEast: smooth([[3420, 1500], [3380, 2200], [3500, 3600]], 60), // prettier-ignore
  jiangbeiNorth: smooth([[-2400, 2620], [-1000, 2760], [300, 2690], [1700, 2820], [3000, 2930], [4000, 2880]], 60), // prettier-ignore
  daShiBa: smooth([[-1010, 800], [-960, 1400], [-1040, 2100], [-990, 3000]], 60), // prettier-ignore
  jiangBeiCheng: smooth([[1500, 1000], [1540, 1600], [1480, 2200], [1560, 3200]], 60), // prettier-ignore
  guanYinQiao: smooth([[-1400, 2010], [-500, 1990], [300, 2060], [900, 2120], [1900, 2060]], 60), // prettier-ignore
  wuLiDian: smooth([[330, 1200], [370, 1600], [320, 1900], [350, 2400]], 60), // prettier-ignore
};

/** The road along the ridge, west → tip; its names change on the way. */
export const ridge = smooth(
  [[-2900, -640], [-2300, -520], [-1700, -330], [-1250, -200], [-700, -90], [-330, -30], [200, 20], [700, 90], [1300, 160], [1800, 230], [2170, 330], [2500, 520], [2800, 820], [2990, 1120], [3050, 1250], [3100, 1500]], // prettier-ignore
  60,
);

/** Main roads that leave the ridge. */
export const mainRoads = {
  zhongShanSanLu: smooth([[-330, -200], [-370, 60], [-440, 280], [-460, 600]], 60), // prettier-ignore
  caiYuanLu: smooth([[-520, 100], [-540, -200], [-520, -500], [-590, -1500]], 60), // prettier-ignore
  huangHuaYuanLu: smooth([[860, 250], [850, 500], [820, 1300]], 60), // prettier-ignore
  shiBanPoLu: smooth([[790, -60], [780, -280], [810, -700]], 60), // prettier-ignore
  cangBaiLu: smooth([[2560, 400], [2430, 700], [2390, 1200]], 60), // prettier-ignore
  shaanXiLu: smooth([[2600, 640], [2850, 520], [3100, 480], [3500, 440]], 60), // prettier-ignore
  jianXinLu: smooth([[-430, 1000], [-420, 1400], [-330, 1750], [-350, 2300], [-320, 3200]], 60), // prettier-ignore
  wuJiangLu: smooth([[830, 1200], [840, 1700], [880, 2300], [900, 3200]], 60), // prettier-ignore
  daJuYuanLu: smooth([[2380, 1200], [2420, 1700], [2360, 2300], [2450, 3300]], 60), // prettier-ignore
};

/** The same line moved to its right by some metres. */
function alongside(line: readonly Xy[], metres: number): Xy[] {
  const moved = pairsOf(line).map(([a, b]): Xy => {
    const length = distance(a, b);
    return [a[0] + (metres * (b[1] - a[1])) / length, a[1] - (metres * (b[0] - a[0])) / length];
  });
  return moved.filter((_, k) => k % 3 === 0);
}

const within = (line: readonly Xy[], west: number, east: number) => line.filter(([x]) => x > west && x < east);

/** Roads that bound no area: along the rivers, and out of town. */
export const freeRoads: readonly { name: string; class: 'trunk' | 'secondary'; line: readonly Xy[] }[] = [
  { name: '嘉滨路', class: 'secondary', line: smooth(alongside(within(northBank, -2650, 2960), 42), 60) },
  {
    name: '长滨路',
    class: 'secondary',
    line: smooth(
      alongside(
        southBank.slice(6).filter(([x]) => x > -2650),
        42,
      ),
      60,
    ),
  },
  { name: '北滨路', class: 'secondary', line: smooth(alongside(within(jiangbeiBank, -4300, 5300), -46), 60) },
  { name: '南滨路', class: 'secondary', line: smooth(alongside(within(farBank, -4300, 5300), 52), 60) },
  { name: '渝州路', class: 'trunk', line: smooth([[-2710, -608], [-3200, -760], [-3700, -700], [-4400, -820]], 60) }, // prettier-ignore
  { name: '嘉陵路', class: 'secondary', line: smooth([[-2705, 0], [-3200, -60], [-3800, 40], [-4400, -20]], 60) }, // prettier-ignore
  { name: '红石路', class: 'trunk', line: smooth([[-4400, 1750], [-3300, 1830], [-2500, 1780], [-1930, 1880], [-1010, 2000]], 60) }, // prettier-ignore
  { name: '建新北路', class: 'trunk', line: smooth([[-335, 2640], [-300, 2900], [-340, 3300]], 60) }, // prettier-ignore
  { name: '五红路', class: 'trunk', line: smooth([[890, 2700], [930, 3000], [900, 3300]], 60) }, // prettier-ignore
  { name: '海尔路', class: 'trunk', line: smooth([[2420, 2850], [2480, 3100], [2440, 3300]], 60) }, // prettier-ignore
  { name: '学府大道', class: 'trunk', line: smooth([[820, -1190], [850, -1500], [760, -2000], [820, -2800]], 60) }, // prettier-ignore
  { name: '铜元路', class: 'trunk', line: smooth([[-640, -1800], [-670, -2100], [-620, -2450], [-690, -2800]], 60) }, // prettier-ignore
  { name: '龙门路', class: 'trunk', line: smooth([[3950, 400], [4250, 300], [4600, 380], [5200, 260]], 60) }, // prettier-ignore
  { name: '江南大道', class: 'trunk', line: smooth([[-2600, -2800], [-1500, -2560], [-660, -2330], [150, -2150], [780, -1850], [1700, -1480], [2500, -1380], [3250, -950], [4000, -200], [4230, 310], [4420, 1000], [4900, 1500], [5300, 1750]], 60) }, // prettier-ignore
  { name: '南山路', class: 'secondary', line: smooth([[1700, -1480], [1800, -1800], [1600, -2150], [1900, -2450], [2300, -2560], [2800, -2420], [3050, -2000], [3300, -1500], [3250, -950]], 60) }, // prettier-ignore
];

/** Shoals that stand dry at low water. */
export const shoals = [{ name: '珊瑚坝', centre: [40, -1010], size: [270, 58], turn: 20 }] as const;

/** Parks as centre, half axes in metres and turn in degrees. */
export const parks = [
  { name: '鹅岭公园', centre: [-1640, -30], size: [210, 95], turn: 14 },
  { name: '枇杷山公园', centre: [40, -150], size: [135, 68], turn: 12 },
  { name: '人民公园', centre: [1900, 40], size: [85, 55], turn: -20 },
  { name: '珊瑚公园', centre: [640, -445], size: [190, 38], turn: 4 },
  { name: '嘉陵公园', centre: [90, 2230], size: [150, 90], turn: 25 },
  { name: '江滩公园', centre: [2700, 1870], size: [230, 60], turn: 30 },
  { name: '石板坡绿地', centre: [1050, -250], size: [110, 48], turn: 8 },
  { name: '浮图关公园', centre: [-2320, -760], size: [230, 110], turn: -12 },
  { name: '健康路1号小游园', centre: [-742, 66], size: [30, 19], turn: 10 },
] as const;

/** Where a road reaches a bank. */
function landing(road: readonly Xy[], bank: readonly Xy[]): Xy {
  for (const [a, b] of pairsOf(road)) {
    for (const [c, d] of pairsOf(bank)) {
      const cross = (b[0] - a[0]) * (d[1] - c[1]) - (b[1] - a[1]) * (d[0] - c[0]);
      const t = ((c[0] - a[0]) * (d[1] - c[1]) - (c[1] - a[1]) * (d[0] - c[0])) / cross;
      const u = ((c[0] - a[0]) * (b[1] - a[1]) - (c[1] - a[1]) * (b[0] - a[0])) / cross;
      if (t >= 0 && t <= 1 && u >= 0 && u <= 1) return between(a, b, t);
    }
  }
  throw new Error(`The road drawn from ${String(road[0])} does not reach the bank.`);
}

const overJialing = (south: readonly Xy[], north: readonly Xy[]): [Xy, Xy] => [
  landing(south, northBank),
  landing(north, jiangbeiBank),
];

/** Bridges, each from where its road reaches one bank to where the next road leaves the other. */
export const bridges: readonly { name: string; line: readonly Xy[] }[] = [
  { name: '嘉陵江大桥', line: overJialing(borders.shangQingSi, mainRoads.jianXinLu) },
  { name: '黄花园大桥', line: overJialing(mainRoads.huangHuaYuanLu, mainRoads.wuJiangLu) },
  { name: '千厮门大桥', line: overJialing(mainRoads.cangBaiLu, mainRoads.daJuYuanLu) },
  { name: '东水门大桥', line: [landing(mainRoads.shaanXiLu, southBank), [3950, 400]] },
  { name: '石板坡长江大桥', line: [landing(mainRoads.shiBanPoLu, southBank), [820, -1190]] },
  { name: '菜园坝大桥', line: [landing(mainRoads.caiYuanLu, southBank), [-640, -1800]] },
];

/** Metro lines with their stations, in order. */
export const metroLines = [
  {
    name: '轨道交通1号线',
    colour: '#e4002b',
    stops: [
      { name: '大坪', at: [-2250, -600] },
      { name: '鹅岭', at: [-1640, -290] },
      { name: '两路口', at: [-330, -70] },
      { name: '七星岗', at: [720, 50] },
      { name: '较场口', at: [1500, 60] },
      { name: '小什字', at: [2260, 240] },
      { name: '朝天门', at: [2870, 860] },
    ],
  },
  {
    name: '轨道交通3号线',
    colour: '#003da5',
    stops: [
      { name: '铜元局', at: [-660, -2080] },
      { name: '菜园坝', at: [-490, -790] },
      { name: '两路口', at: [-330, -70] },
      { name: '牛角沱', at: [-530, 690] },
      { name: '华新街', at: [-480, 1530] },
      { name: '观音桥', at: [-280, 2300] },
    ],
  },
] as const;

/** Hills that rise above the general slope: place, height above it and reach, in metres. */
export const hills = [
  { name: '鹅岭', at: [-1640, -60], height: 95, reach: 420 },
  { name: '枇杷山', at: [40, -150], height: 85, reach: 300 },
  { name: '浮图关', at: [-2350, -760], height: 80, reach: 380 },
  { name: '大梁子', at: [1650, 180], height: 50, reach: 330 },
  { name: '观音梁', at: [-500, 2500], height: 70, reach: 480 },
  { name: '塔子山', at: [2900, 2650], height: 90, reach: 420 },
  { name: '南山', at: [2300, -2300], height: 170, reach: 800 },
  { name: '涂山', at: [4300, -350], height: 150, reach: 520 },
] as const;
