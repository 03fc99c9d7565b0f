import type { WrittenKind } from '#contract/incidents.ts';
import type { Channel } from '#contract/events-words.ts';

/** Words of the documents. A report is a Chinese official document whatever language the screen speaks. */
export const levelWords: Record<number, string> = {
  1: '特别重大（Ⅰ级）',
  2: '重大（Ⅱ级）',
  3: '较大（Ⅲ级）',
  4: '一般（Ⅳ级）',
};

export const channelWords: Record<Channel, string> = {
  resident: '居民上报',
  grid_worker: '网格员上报',
  hotline: '热线转来',
  sensor: '物联感知告警',
  camera: '视频告警',
  group: '线上网格群',
  patrol: '巡查发现',
  superior: '上级交办',
  open311: '其他系统转来',
  station: '驿站上报',
};

const digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** 1 to 99 as Chinese counts: 一, 十, 十一, 二十, 二十一. */
export function chineseNumber(n: number): string {
  const tens = Math.floor(n / 10);
  const ones = n % 10;
  if (tens === 0) return digits[ones] ?? '';
  return `${tens === 1 ? '' : (digits[tens] ?? '')}十${ones === 0 ? '' : (digits[ones] ?? '')}`;
}

/** 初报, 续报一, 终报. */
export function kindWords(kind: WrittenKind, ordinal: number): string {
  if (kind === 'first') return '初报';
  return kind === 'final' ? '终报' : `续报${chineseNumber(ordinal)}`;
}

const shanghai = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

function partsOf(ms: number): Record<string, string> {
  return Object.fromEntries(shanghai.formatToParts(ms).map(({ type, value }) => [type, value]));
}

/** 2026年6月15日06时05分, in Beijing time. */
export function timeWords(ms: number): string {
  const { year, month, day, hour, minute } = partsOf(ms);
  return `${year}年${month}月${day}日${hour}时${minute}分`;
}

/** 2026年6月15日. */
export function dayWords(ms: number): string {
  const { year, month, day } = partsOf(ms);
  return `${year}年${month}月${day}日`;
}

/** 06时05分. */
export function hourWords(ms: number): string {
  const { hour, minute } = partsOf(ms);
  return `${hour}时${minute}分`;
}
