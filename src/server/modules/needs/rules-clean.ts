import { tellsOfSomebody } from '#kit/personal-words.ts';

/**
 * Takes out of a sentence what points at somebody: telephones, numbers of documents, addresses of mail, doors, names where
 * words around them say that they are names. What is asked for stays.
 */

/** Stands where something was taken out. */
export const leftOut = '〔略〕';

const digit = '0-9０-９零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖';
const between = '[\\s\\-–—.·,，、/_]*';
const surnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤冉牟';

const patterns: readonly (readonly [RegExp, string])[] = [
  [/[^\s@，。；、,;]+@[^\s@，。；、,;]+\.[a-z]{2,}/giu, leftOut],
  // Seven figures and more, however they are written apart: telephones, documents, cards. An X may end one.
  [new RegExp(`[${digit}](?:${between}[${digit}]){6,}[xX]?`, 'gu'), leftOut],
  // Block, entrance, floor, door; or two to four numbers with dashes.
  [
    /(?:\d{1,4}\s*(?:栋|幢|座|号楼)\s*)?\d{1,3}\s*单元\s*(?:\d{1,3}\s*[楼层]\s*)?(?:\d{1,4}(?:[-–—]\d{1,4}){0,2}\s*[号室户]?)?/gu,
    leftOut,
  ],
  [/\d{1,4}\s*(?:栋|幢|座|号楼)\s*(?:\d{1,3}\s*[楼层]\s*)?\d{1,4}\s*[号室户]?/gu, leftOut],
  [/(?<![\d.])\d{1,4}(?:[-–—]\d{1,4}){1,3}\s*[号室户]/gu, leftOut],
  [/(?<![\d.])\d{1,3}(?:[-–—]\d{1,4}){2,3}(?![\d.])/gu, leftOut],
  [/(?<=[路街巷村坊里院苑])\s*\d{1,4}\s*号(?:附\s*\d{1,3}\s*号)?(?!线|楼|桥|门)/gu, leftOut],
  [/(?<!\d)\d{3,4}\s*室/gu, leftOut],
  [
    new RegExp(
      `((?:我叫|我是|名叫|姓名|联系人|来电人|诉求人|反映人|经办人)(?:是)?[:：\\s]*)[${surnames}][\\p{Script=Han}]{1,2}(?=[\\s，。；、,;（(]|$|电话|手机|住)`,
      'gu',
    ),
    `$1${leftOut}`,
  ],
  [
    new RegExp(
      `[${surnames}](?:[\\p{Script=Han}]{0,2})(?=先生|女士|小姐|大爷|大妈|婆婆|爷爷|奶奶|阿姨|叔叔|师傅|老师|某)某{0,2}`,
      'gu',
    ),
    '某',
  ],
];

/** The sentence without what points at somebody. Afterwards `tellsOfSomebody` is false. */
export function cleanWords(text: string): { text: string; cleaned: boolean } {
  let clean = text;
  for (const [pattern, instead] of patterns) clean = clean.replaceAll(pattern, instead);
  if (tellsOfSomebody(clean)) {
    // Figures in some other writing: all of them go.
    clean = clean.normalize('NFKC').replaceAll(new RegExp(`[${digit}@]`, 'gu'), '×');
  }
  return { text: clean, cleaned: clean !== text };
}
