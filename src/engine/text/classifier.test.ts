import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom, shuffled } from '#kit/random.ts';
import { sha256 } from '#engine/merkle/sha256.ts';
import { classifierOf } from './classifier.ts';
import { readClassifier, writeClassifier } from './model-file.ts';
import { readingLimit } from './reading.ts';
import { trainClassifier, type Example } from './train.ts';
import { inventMessages } from './town-messages.fixture.ts';

const examples = inventMessages(seededRandom(1), 600);
const model = trainClassifier(examples);
const classifier = classifierOf(model);
const shareRight = (tested: readonly Example[], by = classifier): number =>
  tested.filter((one) => by.classify(one).ranked[0]?.label === one.label).length / tested.length;

describe('A trained classifier', () => {
  it('names the subject of messages it has not seen', () => {
    expect(shareRight(inventMessages(seededRandom(2), 600))).toBeGreaterThan(0.9);
  });

  it('reads messages that are not cut into words, whichever way it was trained', () => {
    const raw = inventMessages(seededRandom(3), 300, 0.15, false);
    expect(shareRight(raw)).toBeGreaterThan(0.85);
    const byRaw = classifierOf(trainClassifier(inventMessages(seededRandom(4), 600, 0.15, false)));
    expect(shareRight(inventMessages(seededRandom(5), 300), byRaw)).toBeGreaterThan(0.85);
  });

  it('lets the head of a message weigh more than its tail', () => {
    const tail = ' 小区 门口 附近 居民 多次 反映'.repeat(5);
    expect(classifier.classify({ text: `路灯${tail} 噪声` }).ranked[0]?.label).toBe('路灯');
    expect(classifier.classify({ text: `噪声${tail} 路灯` }).ranked[0]?.label).toBe('噪声');
  });

  it('gives probabilities that sum to one and come true as often as they say', () => {
    const unseen = inventMessages(seededRandom(6), 3_000, 0.6);
    const noisy = classifierOf(trainClassifier(inventMessages(seededRandom(7), 1_500, 0.6)));
    const answers = unseen.map((one) => ({ one, first: noisy.classify(one).ranked[0] }));
    expect(
      noisy.classify(unseen[0] as Example).ranked.reduce((sum, { probability }) => sum + probability, 0),
    ).toBeCloseTo(1);
    for (const [from, to] of [[0.4, 0.6], [0.6, 0.8], [0.8, 0.95]] as const) {
      const inside = answers.filter(({ first }) => first !== undefined && first.probability >= from && first.probability < to);
      const said = inside.reduce((sum, { first }) => sum + (first?.probability ?? 0), 0) / inside.length;
      const right = inside.filter(({ one, first }) => first?.label === one.label).length / inside.length;
      expect(inside.length).toBeGreaterThan(100);
      expect(Math.abs(right - said)).toBeLessThan(0.08);
    } // prettier-ignore
  });

  it('is sure only where answers keep the wanted precision', () => {
    const noisy = classifierOf(trainClassifier(inventMessages(seededRandom(7), 1_500, 0.6), { precision: 0.95 }));
    const unseen = inventMessages(seededRandom(8), 3_000, 0.6);
    const sure = unseen.filter((one) => noisy.classify(one).sure);
    expect(sure.length / unseen.length).toBeCloseTo(noisy.model.rehearsal.coverage, 1);
    expect(sure.length).toBeLessThan(unseen.length);
    expect(shareRight(sure, noisy)).toBeGreaterThan(0.92);
    expect(shareRight(unseen, noisy)).toBeLessThan(0.92);
  });

  it('is never sure of what it cannot read, and then says the shares of the labels', () => {
    for (const text of ['', '  \n\t　', '😀🎉', '\ud83d', 'zzzzqqq', '！？。']) {
      const { ranked, sure } = classifier.classify({ title: text, text });
      expect(sure, text).toBe(false);
      expect(ranked.map(({ probability }) => probability)).toEqual([1 / 3, 1 / 3, 1 / 3]);
    }
  });

  it('reads emoji, full width and very long messages as their words', () => {
    const plain = classifier.classify({ text: '路灯 不亮 a8' });
    expect(classifier.classify({ text: '😀路灯🎉 不亮 Ａ８' })).toEqual(plain);
    const long = '路灯 不亮 '.repeat(200_000);
    expect(classifier.classify({ text: long })).toEqual(classifier.classify({ text: long.slice(0, 6 * readingLimit) }));
  });

  it('never fails, whatever is written', () => {
    const units = fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes));
    fc.assert(
      fc.property(units, units, (title, text) => {
        const { ranked } = classifier.classify({ title, text });
        expect(ranked.every(({ probability }) => probability >= 0 && probability <= 1)).toBe(true);
      }),
    );
  });
});

describe('An explanation', () => {
  const words = fc.array(fc.constantFrom('路灯', '不亮', '噪声', '小区', '尽快', '垃圾', '😀', '\n', '没见过'), {
    maxLength: 30,
  });

  it('adds up to the margin of every label', () => {
    fc.assert(
      fc.property(
        words,
        words,
        fc.constantFrom(' ', ''),
        fc.constantFrom(...model.labels),
        (title, text, joint, label) => {
          const message = { title: title.join(joint), text: text.join(joint) };
          const { reasons, bias, margin } = classifier.explain(message, label);
          expect(reasons.reduce((sum, { weight }) => sum + weight, bias)).toBeCloseTo(margin, 6);
          for (const { word, spans } of reasons)
            for (const { field, from, to } of spans) expect(message[field].slice(from, to)).toBe(word);
        },
      ),
    );
  });

  it('agrees with the answer: the label with the greatest margin is the most probable one', () => {
    for (const one of inventMessages(seededRandom(9), 50, 0)) {
      const first = classifier.classify(one).ranked[0]?.label;
      const margins = model.labels.map((label) => ({ label, margin: classifier.explain(one, label).margin }));
      expect(margins.toSorted((a, b) => b.margin - a.margin)[0]?.label).toBe(first);
    }
  });

  it('of a long message that is not cut into words shows short pieces, and still adds up', () => {
    const text = '小区门口的路灯一直不亮希望尽快处理'.repeat(80);
    const { reasons, bias, margin } = classifier.explain({ text });
    expect(Math.max(...reasons.map(({ word }) => word.length))).toBeLessThanOrEqual(8);
    expect(reasons.reduce((sum, { weight }) => sum + weight, bias)).toBeCloseTo(margin, 6);
  });

  it('names the telling words first, for and against', () => {
    const message = { title: '小区 路灯', text: '门口 附近 居民 多次 反映 垃圾' };
    const { label, reasons } = classifier.explain(message);
    expect(label).toBe('路灯');
    expect(reasons[0]).toMatchObject({ word: '路灯', spans: [{ field: 'title', from: 3, to: 5 }] });
    expect(reasons.find(({ word }) => word === '垃圾')?.weight).toBeLessThan(0);
    expect(() => classifier.explain(message, '别的')).toThrow('别的');
  });
});

describe('Training', () => {
  it('gives the same bytes for the same examples in any order', () => {
    const again = trainClassifier(shuffled(seededRandom(10), examples));
    expect(writeClassifier(again, sha256)).toEqual(writeClassifier(model, sha256));
  });

  it('leaves out labels with too few examples and says so', () => {
    const rare = ['电梯', '水管'].map((label) => ({ text: `${label} 坏了`, label }));
    const trained = trainClassifier([...examples, ...rare]);
    expect(trained.unlearnt).toEqual(['水管', '电梯']);
    expect(trained.labels).toEqual(['噪声', '垃圾', '路灯']);
    expect(trained.counts).toEqual([200, 200, 200]);
  });

  it.each([
    ['nothing', []],
    ['one label', Array.from({ length: 20 }, (_, k) => ({ text: `路灯 不亮 ${k}`, label: '路灯' }))],
    ['labels of too few', ['甲', '乙', '丙'].map((label) => ({ text: '小区', label }))],
  ])('refuses %s', (_, few) => {
    expect(() => trainClassifier(few)).toThrow(expect.objectContaining({ code: 'text_too_few_examples' }));
  });

  it('learns from examples that hold no word at all without being misled', () => {
    const empty = Array.from({ length: 30 }, () => ({ text: ' ', label: '路灯' }));
    expect(
      shareRight(inventMessages(seededRandom(2), 300), classifierOf(trainClassifier([...examples, ...empty]))),
    ).toBeGreaterThan(0.9);
  });

  it('rehearses honestly: what it says of itself holds for messages it has not seen', () => {
    const noisy = trainClassifier(inventMessages(seededRandom(7), 1_500, 0.6));
    const real = shareRight(inventMessages(seededRandom(12), 3_000, 0.6), classifierOf(noisy));
    expect(Math.abs(noisy.rehearsal.accuracy - real)).toBeLessThan(0.03);
    expect(Math.abs(noisy.rehearsal.macroF1 - real)).toBeLessThan(0.03);
  });
});

describe('The bytes of a model', () => {
  const bytes = writeClassifier(model, sha256);

  it('give the same model back', () => {
    expect(readClassifier(bytes, sha256)).toEqual(model);
    const unaligned = new Uint8Array(bytes.length + 3);
    unaligned.set(bytes, 3);
    expect(readClassifier(unaligned.subarray(3), sha256)).toEqual(model);
  });

  it('are refused when any of them changed, when cut short, or when they are something else', () => {
    const broken = expect.objectContaining({ code: 'text_model_broken' });
    for (const at of [0, 9, 20, 41, 60, bytes.length >> 1, bytes.length - 1]) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => readClassifier(changed, sha256), `byte ${at}`).toThrow(broken);
    }
    for (const length of [0, 3, 47, 48, bytes.length - 1])
      expect(() => readClassifier(bytes.subarray(0, length), sha256), `length ${length}`).toThrow(broken);
  });

  it('of another version are refused by its number', () => {
    const later = bytes.slice();
    later[4] = 99;
    expect(() => readClassifier(later, sha256)).toThrow(expect.objectContaining({ code: 'text_model_other_version' }));
  });
});
