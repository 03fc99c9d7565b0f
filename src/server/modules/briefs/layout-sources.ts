/** Where each number comes from, so that an outsider can reckon it again. */
import type { BriefFacts } from './gather.ts';
import { casesIn, section, spanWords, table, type Section } from './layout-parts.ts';

export function sourceSection(facts: BriefFacts): Section {
  const { figures, words, measures, days, before, asOf } = facts;
  const name = (code: string): string => measures.get(code)?.name ?? code;
  const lines = [...figures.values()].flatMap((figure) => {
    const word = words.get(figure.code);
    if (word === undefined || word.kind === 'none') return [];
    const formula =
      word.kind === 'share' ? `${name(word.numerator)} ÷ ${name(word.denominator)}` : name(word.numerator);
    const left = figure.excluded.map(({ measure, count }) => `${name(measure)} ${count}`).join('；');
    const cases = (which: 'numerator' | 'denominator') => casesIn(facts, { indicator: figure.code, part: which });
    return [
      {
        cells: [figure.code, word.name, formula, figure.numerator, word.kind === 'share' ? figure.denominator : '—', left === '' ? '无' : left], // prettier-ignore
        links: [null, null, null, cases('numerator'), word.kind === 'share' ? cases('denominator') : null, null],
      },
    ];
  });
  return section(
    'sources',
    [
      `统计期：${spanWords(days)}（按上报日，北京时间）；比较期：${spanWords(before)}。范围：${facts.place.name}（${facts.place.code}）。`,
      `各数均由事件记录计算，没有手工填写。计算时已跟到流水第 ${asOf.seq} 行。`,
      '“按类别”中涉及敏感类别且件数很少的并入“其余类别”。只统计单位，不统计个人。',
    ],
    { table: table(['指标代码', '名称', '公式', '分子', '分母', '未计入'], lines) },
  );
}
