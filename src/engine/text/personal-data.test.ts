import { describe, expect, it } from 'vitest';
import {
  findPersonalData,
  hasIdentityCheck,
  isIdentityNumber,
  passesLuhn,
  redact,
  type PersonalKind,
} from './personal-data.ts';
import { clean, marked, unseen } from './personal-data.fixture.ts';

interface Wanted {
  text: string;
  spans: { kind: string; said: string; start: number; end: number }[];
}

function unmark(message: string): Wanted {
  const spans: Wanted['spans'] = [];
  let text = '';
  for (const part of message.split(/(〔[^〕]*〕)/)) {
    const match = /^〔(\w+):([^〕]*)〕$/.exec(part);
    if (match !== null) {
      spans.push({
        kind: match[1] ?? '',
        said: match[2] ?? '',
        start: text.length,
        end: text.length + (match[2] ?? '').length,
      });
    }
    text += match?.[2] ?? part;
  }
  return { text, spans };
}

/** How many of the wanted are wholly covered by what was found, per kind, and how many finds touch nothing wanted. */
function measure(messages: readonly string[]): { wanted: Map<string, [found: number, of: number]>; strange: string[] } {
  const wanted = new Map<string, [number, number]>();
  const strange: string[] = [];
  for (const { text, spans } of messages.map(unmark)) {
    const found = findPersonalData(text);
    for (const span of spans) {
      const covered = found.some((one) => one.start <= span.start && one.end >= span.end);
      const [yes, all] = wanted.get(span.kind) ?? [0, 0];
      wanted.set(span.kind, [yes + (covered ? 1 : 0), all + 1]);
    }
    for (const one of found) {
      if (!spans.some((span) => span.start < one.end && one.start < span.end))
        strange.push(text.slice(one.start, one.end));
    }
  }
  return { wanted, strange };
}

describe('personal data in what people write', () => {
  it('is found in the invented messages: every number, and at least 90 in 100 names', () => {
    const { wanted, strange } = measure(marked);
    const [names, ofNames] = wanted.get('name') ?? [0, 0];
    const others = [...wanted].filter(([kind]) => kind !== 'name');
    expect(ofNames).toBeGreaterThanOrEqual(47);
    expect(names / ofNames).toBeGreaterThanOrEqual(0.9);
    for (const [kind, [found, of]] of others) expect(`${kind} ${found}`).toBe(`${kind} ${of}`);
    expect(strange.length / marked.length).toBeLessThanOrEqual(0.04);
  });

  it('is found in messages written later', () => {
    const { wanted, strange } = measure(unseen);
    for (const [kind, [found, of]] of wanted) {
      expect(found / of, kind).toBeGreaterThanOrEqual(kind === 'name' ? 0.75 : 1);
    }
    expect(strange.length / unseen.length).toBeLessThanOrEqual(0.04);
  });

  it('leaves messages alone that tell nothing of anybody', () => {
    expect(clean.filter((text) => redact(text) !== text).map((text) => redact(text))).toEqual([]);
  });

  it('puts a word in the place of each, and keeps the rest sign for sign', () => {
    expect(redact('我叫陈志远，住枇杷路18号3栋2单元501室，电话13900001234。')).toBe(
      '我叫[姓名]，住枇杷路[门牌]，电话[电话]。',
    );
    expect(redact('')).toBe('');
  });

  it('finds a name again wherever it stands, once something has announced it', () => {
    expect(redact('举报人：阮阳。昨晚阮阳再次被威胁')).toBe('举报人：[姓名]。昨晚[姓名]再次被威胁');
  });

  it('finds nothing twice: redacting what was redacted changes nothing', () => {
    for (const message of marked) {
      const once = redact(unmark(message).text);
      expect(redact(once)).toBe(once);
    }
  });

  it('is not outrun by long or hostile text', () => {
    for (const piece of ['1 ', '1-', '张三', '3栋', '0', 'a@', '我叫', '😀', '电话']) {
      const began = performance.now();
      findPersonalData(piece.repeat(20_000 / piece.length));
      expect(performance.now() - began, piece).toBeLessThan(1_500);
    }
  });
});

describe('check digits', () => {
  it.each([
    ['11010519491231002X', true],
    ['110105194912310021', false],
  ])('of the identity card %s: %s', (digits, holds) => {
    expect(hasIdentityCheck(digits)).toBe(holds);
    expect(isIdentityNumber(digits)).toBe(true); // mistyped or not, it points at somebody
  });
  it('a number without a day is no identity number', () => {
    expect(isIdentityNumber('500103199913451234')).toBe(false);
    expect(isIdentityNumber('500103880721451')).toBe(true);
  });
  it('of bank cards', () => {
    expect(passesLuhn('6228480402564890018')).toBe(true);
    expect(passesLuhn('6228480402564890019')).toBe(false);
  });
});

it('the kinds are told by what stands around', () => {
  const kinds = (text: string): PersonalKind[] => findPersonalData(text).map((one) => one.kind);
  expect(kinds('银行账号 12345678901234567')).toEqual(['bank_card']);
  expect(kinds('订单号 1234567890123456')).toEqual([]);
});
