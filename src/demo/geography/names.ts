/** Real names and GB/T 2260 codes of the places in the demo town (public facts); who lives there is invented. */

export const city = { code: '500000', name: '重庆市' };

export const districts = {
  yuzhong: { code: '500103', name: '渝中区' },
  jiangbei: { code: '500105', name: '江北区' },
};

/** Streets that have communities and grids in the demo. */
export interface DetailedStreet {
  code: string;
  name: string;
  grids: number;
  residents: number;
  /** Last three digits of the community code → name. */
  communities: readonly (readonly [digits: string, name: string])[];
}

export const liangLuKou: DetailedStreet = {
  code: '500103004',
  name: '两路口街道',
  grids: 54,
  residents: 60_000,
  communities: [
    ['002', '中山二路社区'],
    ['003', '枇杷山正街社区'],
    ['010', '重庆村社区'],
    ['011', '桂花园新村社区'],
    ['012', '铁路坡社区'],
    ['013', '国际村社区'],
    ['014', '王家坡社区'],
  ],
};

export const chaoTianMen: DetailedStreet = {
  code: '500103010',
  name: '朝天门街道',
  grids: 60,
  residents: 54_000,
  communities: [
    ['006', '陕西路社区'],
    ['007', '朝千路社区'],
    ['008', '棉花街社区'],
    ['009', '白象街社区'],
    ['010', '二府衙社区'],
    ['011', '湖广会馆社区'],
    ['012', '巴县衙门社区'],
  ],
};

export const huaXinJie: DetailedStreet = {
  code: '500105001',
  name: '华新街街道',
  grids: 40,
  residents: 46_000,
  communities: [
    ['001', '桥北社区'],
    ['002', '华新社区'],
    ['003', '嘉陵社区'],
    ['005', '建新社区'],
    ['006', '大兴社区'],
    ['007', '野水沟社区'],
    ['008', '董家溪社区'],
    ['009', '东方家园社区'],
    ['010', '观府国际社区'],
    ['011', '江湾城社区'],
    ['012', '香国寺社区'],
    ['013', '红砂碛社区'],
    ['014', '华联社区'],
    ['015', '嘉和社区'],
  ],
};

/** Streets that are drawn only as outlines, so that their districts tile. */
export const plainStreets = {
  qiXingGang: { code: '500103001', name: '七星岗街道' },
  jieFangBei: { code: '500103003', name: '解放碑街道' },
  shangQingSi: { code: '500103005', name: '上清寺街道' },
  caiYuanBa: { code: '500103007', name: '菜园坝街道' },
  nanJiMen: { code: '500103008', name: '南纪门街道' },
  daXiGou: { code: '500103011', name: '大溪沟街道' },
  daPing: { code: '500103012', name: '大坪街道' },
  huaLongQiao: { code: '500103013', name: '化龙桥街道' },
  shiYouLu: { code: '500103014', name: '石油路街道' },
  jiangBeiCheng: { code: '500105002', name: '江北城街道' },
  daShiBa: { code: '500105004', name: '大石坝街道' },
  guanYinQiao: { code: '500105006', name: '观音桥街道' },
  wuLiDian: { code: '500105007', name: '五里店街道' },
} as const;

/** Communities whose grids are cut once more, to show the tier. */
export const withMicroGrids: ReadonlySet<string> = new Set(['500103004010', '500103004013']);
