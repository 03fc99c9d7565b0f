import { findPersonalData, type PersonalKind } from '#engine/text/personal-data.ts';

const words: Readonly<Record<PersonalKind | 'staff', string>> = {
  name: '姓名',
  phone: '电话',
  id_number: '身份证号',
  document: '证件号',
  bank_card: '银行卡号',
  plate: '车牌号',
  door: '门牌',
  email: '邮箱',
  wechat: '微信号',
  qq: 'QQ号',
  staff: '工作人员',
};

/** What was taken out of one request, and what stands for it. Never leaves this process. */
export interface MaskBook {
  /** The text with every piece of personal data, and every one of these names, replaced by a sign such as 〔姓名1〕. */
  mask(text: string): string;
  /** Signs of this book back into what they stand for; other brackets stay as they are. */
  restore(text: string): string;
  /** Different pieces taken out so far. */
  readonly taken: number;
}

/**
 * One book for one request: the same piece has the same sign throughout, so that a model can tell two persons apart without
 * knowing either. `names` are taken out wherever they stand, longest first. Brackets of the text itself are blunted, so that
 * nobody can write a sign into a report.
 */
export function openMaskBook(names: readonly string[] = []): MaskBook {
  const signs = new Map<string, string>();
  const values = new Map<string, string>();
  const counts = new Map<string, number>();
  const known = [...new Set(names)].filter((name) => name.length >= 2).toSorted((a, b) => b.length - a.length);

  function signFor(kind: PersonalKind | 'staff', value: string): string {
    const found = signs.get(value);
    if (found !== undefined) return found;
    const word = words[kind];
    const next = (counts.get(word) ?? 0) + 1;
    counts.set(word, next);
    const sign = `〔${word}${next}〕`;
    signs.set(value, sign);
    values.set(sign, value);
    return sign;
  }

  function maskFound(text: string): string {
    let [out, at] = ['', 0];
    for (const { kind, start, end } of findPersonalData(text)) {
      out += text.slice(at, start) + signFor(kind, text.slice(start, end));
      at = end;
    }
    return out + text.slice(at);
  }

  return {
    mask(text) {
      let parts: { text: string; done: boolean }[] = [{ text: text.replaceAll(/[〔〕]/g, '|'), done: false }];
      for (const name of known)
        parts = parts.flatMap((part) => (part.done ? [part] : splitBy(part.text, name, signFor('staff', name))));
      return parts.map((part) => (part.done ? part.text : maskFound(part.text))).join('');
    },
    restore: (text) => text.replaceAll(/〔[^〔〕]{1,12}〕/g, (sign) => values.get(sign) ?? sign),
    get taken() {
      return signs.size;
    },
  };
}

function splitBy(text: string, name: string, sign: string): { text: string; done: boolean }[] {
  return text
    .split(name)
    .flatMap((part, k) => [...(k === 0 ? [] : [{ text: sign, done: true }]), { text: part, done: false }]);
}

/** A sign that stands for something nobody put back. */
export const leftSign = /〔(?:姓名|电话|身份证号|证件号|银行卡号|车牌号|门牌|邮箱|微信号|QQ号|工作人员)\d+〕/;
