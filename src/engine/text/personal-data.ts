/**
 * Personal data in raw Chinese text: found as spans, and taken out before anything is published or leaves the house. By
 * patterns, check digits and what stands around; no dictionary of persons. A net, not a proof: whoever publishes still reads.
 */
import { doorSpans } from './personal-doors.ts';
import { nameSpans } from './personal-names.ts';

export type PersonalKind =
  'name' | 'phone' | 'id_number' | 'document' | 'bank_card' | 'plate' | 'door' | 'email' | 'wechat' | 'qq';

/** `start` (included) and `end` (not included) count UTF-16 units of the text given. */
export interface PersonalSpan {
  kind: PersonalKind;
  start: number;
  end: number;
}

/** What stands in the place of what was taken out. */
export const redactionWords: Readonly<Record<PersonalKind, string>> = {
  name: '[姓名]',
  phone: '[电话]',
  id_number: '[身份证号]',
  document: '[证件号]',
  bank_card: '[银行卡号]',
  plate: '[车牌号]',
  door: '[门牌]',
  email: '[邮箱]',
  wechat: '[微信号]',
  qq: '[QQ号]',
};

/** Where two finds overlap, the earlier of this list stays. */
const order: readonly PersonalKind[] = [
  'email',
  'id_number',
  'bank_card',
  'phone',
  'document',
  'plate',
  'wechat',
  'qq',
  'door',
  'name',
];

/**
 * Every piece of personal data found, by place, not overlapping. Linear in the length of the text. Finds also what is
 * written with full-width digits, Chinese numerals, or with spaces, dots and dashes between the digits.
 */
export function findPersonalData(text: string): PersonalSpan[] {
  const plain = plainSigns(text);
  const found = [
    ...emailSpans(plain),
    ...longNumbers(plain),
    ...phoneSpans(plain),
    ...documentSpans(plain),
    ...plateSpans(plain),
    ...accountSpans(plain),
    ...doorSpans(plain),
    ...nameSpans(plain),
  ];
  return withoutOverlap(found);
}

/** The text with every find replaced by a word in brackets; what holds nothing comes back unchanged. Never longer work than `findPersonalData`. */
export function redact(text: string): string {
  let out = '';
  let at = 0;
  for (const span of findPersonalData(text)) {
    out += text.slice(at, span.start) + redactionWords[span.kind];
    at = span.end;
  }
  return out + text.slice(at);
}

/** One sign for one sign, so that places stay: full width to half width. */
function plainSigns(text: string): string {
  let out = '';
  for (let k = 0; k < text.length; k++) {
    const code = text.charCodeAt(k);
    if (code >= 0xff01 && code <= 0xff5e) out += String.fromCharCode(code - 0xfee0);
    else if (code === 0x3000 || code === 0xa0) out += ' ';
    else out += text[k] ?? '';
  }
  return out;
}

const numerals: Readonly<Record<string, string>> = Object.fromEntries(
  ['零〇○', '一幺壹①', '二贰②', '三叁③', '四肆④', '五伍⑤', '六陆⑥', '七柒⑦', '八捌⑧', '九玖⑨'].flatMap((signs, digit) =>
    [...signs].map((sign): [string, string] => [sign, String(digit)]),
  ),
);
const between = String.raw`[\s\-–—.·_~\u200b-\u200d\ufeff]`;

/** Chinese numerals read as digits; only for numbers long enough to be a telephone. */
function digitsRead(plain: string): string {
  return plain.replaceAll(/[零〇○一幺壹①二贰②三叁③四肆④五伍⑤六陆⑥七柒⑦八捌⑧九玖⑨]/g, (sign) => numerals[sign] ?? sign);
}

function spansOf(kind: PersonalKind, text: string, pattern: RegExp, group = 0): PersonalSpan[] {
  return [...text.matchAll(pattern)].map((match) => {
    const inner = match[group] ?? match[0];
    const start = match.index + (group === 0 ? 0 : match[0].lastIndexOf(inner));
    return { kind, start, end: start + inner.length };
  });
}

function emailSpans(plain: string): PersonalSpan[] {
  return spansOf(
    'email',
    plain,
    /[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}\s?@\s?[A-Za-z0-9-]{1,63}(?:\.[A-Za-z]{2,24}){1,3}/g,
  );
}

const mobile = new RegExp(
  String.raw`(?<!\d)(?:(?:\+|00)?86${between}{0,2})?1${between}{0,2}[3-9](?:${between}{0,3}\d){9}(?!\d)`,
  'g',
);
const landline = new RegExp(
  String.raw`(?<!\d)\(?0(?:10|2\d|[3-9]\d{2})\)?${between}{0,2}[2-9]\d{2,3}${between}?\d{4}(?:${between}?(?:转|ext\.?)\s?\d{1,6})?(?!\d)`,
  'gi',
);
const calledPhone =
  /(?:电话|手机|座机|致电|拨打|来电|联系方式|Tel|tel|TEL)(?:号码?)?[^\d\n。;；]{0,6}([2-9]\d{2,3}[\s-]?\d{4})(?!\d)/g;

function phoneSpans(plain: string): PersonalSpan[] {
  return [
    ...spansOf('phone', digitsRead(plain), mobile),
    ...spansOf('phone', plain, landline),
    ...spansOf('phone', plain, calledPhone, 1),
  ];
}

/** Runs of 15 to 21 digits, with spaces or dashes between: identity cards and bank cards. */
function longNumbers(plain: string): PersonalSpan[] {
  const found: PersonalSpan[] = [];
  for (const match of digitsRead(plain).matchAll(
    /(?<![\dA-Za-z])\d(?:[\s-]{0,2}\d){13,20}(?:[\s-]?[Xx])?(?![\dA-Za-z])/g,
  )) {
    const kind = kindOfNumber(
      match[0].replaceAll(/[\s-]/g, ''),
      plain.slice(Math.max(0, match.index - 14), match.index),
    );
    if (kind !== undefined) found.push({ kind, start: match.index, end: match.index + match[0].length });
  }
  return found;
}

function kindOfNumber(digits: string, before: string): PersonalKind | undefined {
  if (isIdentityNumber(digits)) return 'id_number';
  if (/身份证|证号|公民身份/.test(before)) return 'id_number';
  if (/卡号|银行|账号|帐号|账户|帐户|存折/.test(before)) return 'bank_card';
  return digits.length >= 16 && digits.length <= 19 && passesLuhn(digits) ? 'bank_card' : undefined;
}

/**
 * Is it a number of a resident identity card (GB 11643): a day that exists, at 18 signs also the check sign, or — somebody
 * may have mistyped it — a known province before the day. Old numbers have 15 digits and no check sign.
 */
export function isIdentityNumber(digits: string): boolean {
  const parts = /^([1-6]\d{5})(19|20)?(\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}([\dXx])?$/.exec(digits);
  if (parts === null) return false;
  return parts[2] === undefined ? digits.length === 15 : digits.length === 18;
}

/** Does the check sign of an 18-sign identity number hold (ISO 7064 MOD 11-2)? */
export function hasIdentityCheck(digits: string): boolean {
  if (!/^\d{17}[\dXx]$/.test(digits)) return false;
  let sum = 0;
  for (let k = 0; k < 17; k++) sum += Number(digits[k]) * (2 ** (17 - k) % 11);
  return '10X98765432'[sum % 11] === digits[17]?.toUpperCase();
}

/** The check of bank cards (ISO/IEC 7812). `digits`: digits only. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let k = 0; k < digits.length; k++) {
    const digit = Number(digits[digits.length - 1 - k]);
    const twice = k % 2 === 1 ? digit * 2 : digit;
    sum += twice > 9 ? twice - 9 : twice;
  }
  return digits.length > 0 && sum % 10 === 0;
}

function documentSpans(plain: string): PersonalSpan[] {
  return spansOf(
    'document',
    plain,
    /(?:护照|通行证|军官证|士兵证|驾驶证|残疾证|社保卡|医保卡|居住证|学生证|工作证|警号)(?:号码?)?[^\dA-Za-z\n。]{0,4}([A-Za-z]{0,2}[\d-]{6,20})/g,
    1,
  );
}

function plateSpans(plain: string): PersonalSpan[] {
  return spansOf(
    'plate',
    plain.toUpperCase(),
    /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使][A-HJ-NP-Z][\s·.•-]{0,2}(?:[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]|[A-HJ-NP-Z0-9]{6})(?![A-Z0-9])/g,
  );
}

function accountSpans(plain: string): PersonalSpan[] {
  return [
    ...spansOf(
      'wechat',
      plain,
      /(?:微信|威信|薇信|V信|wechat|weixin|wx|vx)(?:号码?|ID)?[^A-Za-z0-9\n。,]{0,5}([A-Za-z][A-Za-z0-9_-]{5,19})/gi,
      1,
    ),
    ...spansOf('qq', plain, /(?:QQ|扣扣|企鹅号)(?:号码?)?[^0-9\n。,]{0,5}([1-9]\d{4,11})(?!\d)/gi, 1),
  ];
}

function withoutOverlap(found: readonly PersonalSpan[]): PersonalSpan[] {
  const best = found.toSorted(
    (a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || b.end - b.start - (a.end - a.start) || a.start - b.start,
  );
  const kept: PersonalSpan[] = [];
  for (const span of best) {
    if (kept.every((other) => span.end <= other.start || span.start >= other.end)) kept.push(span);
  }
  return kept.toSorted((a, b) => a.start - b.start);
}
