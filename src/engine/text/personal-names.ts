/** Names of persons in plain Chinese text, by what stands around them. */
import {
  doubleSurnames,
  givenSigns,
  noGivenNames,
  noNames,
  placeSigns,
  surnames,
  tellsTheName,
  titlesBehind,
} from './name-words.ts';
import type { PersonalSpan } from './personal-data.ts';

/** How sure the surroundings are: 'told' (我叫…), 'role' (居民…), 'bare' (nothing but words that may stand beside a name). */
type Surroundings = 'told' | 'role' | 'bare';

const double = new Set(doubleSurnames.split('|'));
const leads = new Set('的有位名说被由和与给找是对向跟把让请问据及同因为告经称得帮叫以');
const follows = new Set(
  '说称在是的于将把已被打骂等和与及曾向对从到家住给也又却还就要会能不没私占强违拒因未为让找叫来去跑堆养租开拿用其两三父母夫妻告知同反投电拨先女小老师大阿主书经',
);
/** Behind what looks like a name: then it is a place or a firm. */
const ofPlace =
  /^\p{Script=Han}{0,2}?(?:[苑园城府路街道巷村镇乡组湾庄厦寓站桥楼盘店馆]|小区|公司|广场|国际|学校|中学|小学|大厦|中心|标[一二三]|江天)/u;
/** Words of one sign that are no names. */
const small = new Set(
  '天年月日号时分秒米元块户条件只台辆张份项处今昨每各某此该这那我你他她它您谁啥何几多少很太真好坏新旧早晚后前再均仍都也可需按照比较看听走坐站吃喝买卖收付交送接建修拆装停开关进出挖倒烧吵做干办管理查报写填发等候排放通电水气油火土车路楼房门窗灯树草钱款费税价税险病药学校班课书人们男女老幼死伤',
);
const none: ReadonlySet<string> = new Set();
const told = new RegExp(`(?:${longestFirst(tellsTheName)})(?:[\\s:：,，"“‘(（]{0,3})`, 'g');
const tells =
  /名|叫|户名|收款人|开户人|联系人|署名|签名|反映人|投诉人|举报人|申请人|当事人|报案人|来电人|求助人|户主|法人|法定|负责人|经办人|责任人|承包人/;
const titleEnd = new RegExp(`(?:${titlesBehind})$`);
const titles = new RegExp(longestFirst(titlesBehind), 'g');
const described =
  /^[\s,，(（:：;；、]{0,3}(?:[男女](?:[\s,，)）性岁。]|\d)|\d{1,3}岁|身份证|手机|电话|联系电话|联系方式|1[3-9]\d{9}|性别|户籍)/;

function longestFirst(words: string): string {
  return words
    .split('|')
    .toSorted((a, b) => b.length - a.length)
    .join('|');
}

interface Text {
  plain: string;
  /** Places where a word of the dictionary of the platform begins or ends; made when first asked for. */
  words: ReadonlySet<number> | undefined;
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

function isBetweenWords(text: Text, at: number): boolean {
  text.words ??= new Set([...segmenter.segment(text.plain)].map((one) => one.index).concat(text.plain.length));
  return text.words.has(at);
}

/**
 * Names found in `plain`, at times twice. A name once found by what announces it is found wherever else it stands in the
 * same text. Names of one written sign behind a title (李主任) give the family name only. 王某 is no name: it hides one.
 */
export function nameSpans(plain: string): PersonalSpan[] {
  const text: Text = { plain, words: undefined };
  const found = [...announced(text), ...before(plain), ...alone(text)];
  found.push(...beside(text, found));
  const names = new Set(found.filter((one) => one.end - one.start > 1).map((one) => plain.slice(one.start, one.end)));
  for (const name of names) {
    for (let at = plain.indexOf(name); at >= 0; at = plain.indexOf(name, at + name.length)) {
      found.push({ kind: 'name', start: at, end: at + name.length });
    }
  }
  return found;
}

/** Behind 我叫, 联系人, 居民, 女儿 and their like. */
function announced(text: Text): PersonalSpan[] {
  const { plain } = text;
  const found: PersonalSpan[] = [];
  for (const match of plain.matchAll(told)) {
    const start = match.index + match[0].length;
    const length = nameLength(text, start, tells.test(match[0]) || /[:：]/.test(match[0]) ? 'told' : 'role');
    if (length > 0) found.push({ kind: 'name', start, end: start + length });
  }
  return found;
}

/** Before 先生, 主任 and their like: with the given name, or the family name alone. */
function before(plain: string): PersonalSpan[] {
  const found: PersonalSpan[] = [];
  for (const match of plain.matchAll(titles)) {
    const length = lengthBefore(plain, match.index);
    if (length > 0) found.push({ kind: 'name', start: match.index - length, end: match.index });
  }
  return found;
}

/** Family names that are also the end of common words (保安队长, 校方经理). */
const risky = new Set('安方常高党严路车单全费房文管明楼班业商牛洪水宗江池段桥向易时席左丁卫相宁');

function lengthBefore(plain: string, title: number): number {
  for (const length of [4, 3, 2]) {
    const name = plain.slice(title - length, title);
    if (title >= length && isName(name, 'role')) return length;
  }
  const family = plain[title - 1] ?? '';
  if (!surnames.has(family)) return double.has(plain.slice(title - 2, title)) && title > 1 ? 2 : 0;
  return !risky.has(family) || isEdge(plain[title - 2], leads) ? 1 : 0;
}

/** Between edges, or with age, sex or number of telephone right behind. */
function alone(text: Text): PersonalSpan[] {
  const { plain } = text;
  const found: PersonalSpan[] = [];
  for (let start = 0; start < plain.length; start++) {
    if (!surnames.has(plain[start] ?? '') && !double.has(plain.slice(start, start + 2))) continue;
    const length = isEdge(plain[start - 1], leads) ? lengthAlone(text, start) : 0;
    if (length > 0) found.push({ kind: 'name', start, end: start + length });
  }
  return found;
}

function lengthAlone(text: Text, start: number): number {
  const { plain } = text;
  for (const length of [4, 3, 2]) {
    const end = start + length;
    if (end <= plain.length && described.test(plain.slice(end, end + 16)) && isName(plain.slice(start, end), 'told'))
      return length;
  }
  const signed =
    /^[\s,，]*(?:\d{4}\s?[年./-]|$)/.test(plain.slice(start + 3, start + 14)) &&
    /[\n。.!！\s]\s*$/.test(plain.slice(0, start));
  return nameLength(text, start, signed && start > 0 ? 'role' : 'bare');
}

/** Signs of the name that begins at `start`; 0 where none does. The longer reading first. */
function nameLength(text: Text, start: number, around: Surroundings): number {
  const { plain } = text;
  const family = double.has(plain.slice(start, start + 2)) ? 2 : 1;
  for (const given of [2, 1]) {
    const end = start + family + given;
    if (
      end > plain.length ||
      !isName(plain.slice(start, end), around, around === 'role' && isUnknown(text, start + family, end))
    )
      continue;
    const edge = isEdge(plain[end], follows);
    if (given === 2 && follows.has(plain[end - 1] ?? '') && !edge) continue;
    if (around === 'told') return end - start;
    if (around === 'bare' && ofPlace.test(plain.slice(end, end + 6))) continue;
    if ((around === 'role' || family + given > 2 || isDoer(plain, start, end)) && (edge || isBetweenWords(text, end))) {
      return end - start;
    }
  }
  return 0;
}

/** Signs the dictionary makes no word of, and that are no small words either. */
function isUnknown(text: Text, from: number, end: number): boolean {
  for (let at = from; at < end; at++) {
    const sign = text.plain[at] ?? '';
    if (!isBetweenWords(text, at) || follows.has(sign) || leads.has(sign) || small.has(sign)) return false;
  }
  return isBetweenWords(text, end);
}

function isName(text: string, around: Surroundings, unknown = false): boolean {
  const family = double.has(text.slice(0, 2)) ? 2 : 1;
  const given = Array.from(text.slice(family));
  if (family === 1 && !surnames.has(text[0] ?? '')) return false;
  if (given.length < 1 || given.length > 2 || noNames.has(text.slice(0, 2)) || noNames.has(text.slice(-2)))
    return false;
  if (given.length === 1 && around !== 'told' && placeSigns.has(given[0] ?? '')) return false;
  if (titleEnd.test(text)) return false;
  if (!given.every((sign) => /\p{Script=Han}/u.test(sign) && !noGivenNames.has(sign))) return false;
  const usual = given.filter((sign) => givenSigns.has(sign)).length;
  return around === 'told' ? usual > 0 || given.every((sign) => !follows.has(sign)) : unknown || usual === given.length;
}

/** Two signs with nothing to announce them: only where somebody is sought, or does something. */
function isDoer(plain: string, start: number, end: number): boolean {
  const next = plain[end] ?? '';
  return (
    ('找被'.includes(plain[start - 1] ?? '-') && isEdge(next, follows)) ||
    (isEdge(plain[start - 1], none) && '说称把'.includes(next))
  );
}

/** Beside a name, with a comma of lists or an "and" between, stands another. */
function beside(text: Text, names: readonly PersonalSpan[]): PersonalSpan[] {
  const found: PersonalSpan[] = [];
  const ends = names.map((one) => one.end);
  for (let end = ends.pop(); end !== undefined; end = ends.pop()) {
    const start = end + 1;
    const length = /[、，和与及]/.test(text.plain[end] ?? '') ? nameLength(text, start, 'role') : 0;
    if (length === 0 || names.some((one) => one.start === start)) continue;
    found.push({ kind: 'name', start, end: start + length });
    ends.push(start + length);
  }
  return found;
}

/** Nothing, no Chinese sign, or one of `words`. */
function isEdge(sign: string | undefined, words: ReadonlySet<string>): boolean {
  return sign === undefined || !/\p{Script=Han}/u.test(sign) || words.has(sign);
}
