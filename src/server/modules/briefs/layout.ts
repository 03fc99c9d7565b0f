/** A brief laid out: official Chinese, every number computed, each with the cases behind it. Pure. */
import type { BriefKind, SectionKey } from '#contract/briefs.ts';
import { addDays } from '#kit/shanghai-days.ts';
import { briefRules } from './dictionary.ts';
import { chartDays, type BriefFacts } from './gather.ts';
import { anomalySection, issueSection, ratingSection, stuckSection } from './layout-more.ts';
import {
  casesIn,
  changeWords,
  numberedSections,
  part,
  section,
  shareWords,
  spanWords,
  table,
  type Part,
  type Section,
} from './layout-parts.ts';
import { sourceSection } from './layout-sources.ts';
import { foldSmall } from './rules-small.ts';
import type { Body } from './store.ts';

const names: Readonly<Record<BriefKind, { brief: string; now: string; before: string }>> = {
  daily: { brief: '日报', now: '当日', before: '上一日' },
  weekly: { brief: '周报', now: '本周', before: '上周' },
  monthly: { brief: '月报', now: '本月', before: '上月' },
  special: { brief: '专报', now: '本期', before: '上一期' },
};

/** Lays out everything but words of people, and but a number of its own, which it gets when it is issued. */
export function layOut(facts: BriefFacts, issuer: string): Body {
  const all: [SectionKey, string, Section | undefined][] = [
    ['overview', '总体情况', overview(facts)],
    ['indicators', '重点指标', indicators(facts)],
    ['issues', '热点问题', issueSection(facts)],
    ['anomalies', '异常与预警', anomalySection(facts)],
    ['stuck', '超期与堵点', stuckSection(facts)],
    ['ratings', '互评与点评', ratingSection(facts)],
    ['advice', '下步建议', section('advice', [])],
  ];
  return {
    name: `${facts.place.name}运行简报`,
    title: `${facts.place.name}城市运行和治理${names[facts.kind].brief}`,
    subtitle: `（${spanWords(facts.days)}）`,
    issuer,
    seq: facts.asOf.seq,
    sections: [...numberedSections(all), { ...sourceSection(facts), heading: '附表　数据来源与口径' }],
  };
}

function overview(facts: BriefFacts): Section {
  const { figures, kind, days } = facts;
  const { now, before } = names[kind];
  const part = (code: string) => figures.get(code)?.numerator ?? 0;
  const reports = part('reports');
  const earlier = figures.get('reports')?.before ?? 0;
  const change =
    earlier === 0 || reports === earlier ? `${before} ${earlier} 件` : `比${before}${changeWords(reports, earlier)}`;
  const lines: [string, string, number][] = [
    ['接报事件', 'reports', reports],
    ['其中已结案', 'closed_rate', part('closed_rate')],
    ['超期未结案', 'overdue_open_rate', part('overdue_open_rate')],
    ['挂账（缓办）', 'shelved_rate', part('shelved_rate')],
  ];
  return section(
    'overview',
    [
      `${now}（${spanWords(days)}），${facts.place.name}共接报事件 ${reports} 件，${change}。其中已结案 ${part('closed_rate')} 件，` +
        `超期未结案 ${part('overdue_open_rate')} 件，挂账 ${part('shelved_rate')} 件。`,
      ...caution(facts),
    ],
    {
      table: table(
        ['', '件数'],
        lines.map(([words, indicator, n]) => ({
          cells: [words, n],
          links: [null, casesIn(facts, { indicator, part: 'numerator' })],
        })),
      ),
      chart: dailyChart(facts),
      parts: [byClass(facts), byArea(facts)].filter((one) => one !== undefined),
    },
  );
}

/** A rate near 100 % is never told alone. */
function caution({ figures }: BriefFacts): string[] {
  const value = figures.get('closed_on_time_rate')?.value ?? null;
  if (value === null || value < 0.98) return [];
  const beside = `返工率 ${shareWords(figures.get('rework_rate')?.value ?? null)}、重开率 ${shareWords(figures.get('reopen_rate')?.value ?? null)}`;
  return [`按期结案率 ${shareWords(value)}，已接近上限，须与${beside}一并看。`];
}

function dailyChart({ kind, days, daily }: BriefFacts): Part['chart'] {
  const { first, last } = chartDays(kind, days);
  const all: string[] = [];
  for (let day = first; day <= last && all.length < 92; day = addDays(day, 1)) all.push(day);
  if (all.length < 2) return null;
  return {
    words: `每日接报件数，${spanWords({ first, last })}`,
    labels: all.map((day) => String(Number(day.slice(8)))),
    values: all.map((day) => daily.get(day) ?? 0),
  };
}

function byClass(facts: BriefFacts): Part {
  const { rows, rest } = foldSmall(facts.classes, briefRules().classes_shown);
  const lines = rows.map(({ value, name, n, before }) => ({
    cells: [name, n, before, changeWords(n, before)],
    links: [null, casesIn(facts, { measure: 'counted', ...(value === '' ? {} : { class: value }) }), null, null],
  }));
  const more = rest === null ? [] : [{ cells: ['其余类别', rest.n, rest.before, changeWords(rest.n, rest.before)] }];
  return part('（一）按类别', lines.length + more.length === 0 ? ['本期没有接报。'] : [], {
    table: lines.length + more.length === 0 ? null : table(['类别', '本期', '上期', '增减'], [...lines, ...more], 1),
  });
}

function byArea(facts: BriefFacts): Part | undefined {
  if (facts.areas.length === 0) return undefined;
  const lines = facts.areas.map(({ value, name, n, before }) => ({
    cells: [name, n, before, changeWords(n, before)],
    links: [null, value === '' ? null : { ...casesIn(facts, { measure: 'counted' }), area: value }, null, null],
  }));
  return part('（二）按辖区', [], { table: table(['辖区', '本期', '上期', '增减'], lines, 1) });
}

function indicators(facts: BriefFacts): Section {
  const lines = facts.listed.flatMap((code) => {
    const figure = facts.figures.get(code);
    const word = facts.words.get(code);
    if (figure === undefined || word === undefined || word.kind === 'none') return [];
    const isShare = word.kind === 'share';
    const cases = (which: 'numerator' | 'denominator') => casesIn(facts, { indicator: code, part: which });
    return [
      {
        cells: [
          word.name,
          isShare ? shareWords(figure.value) : figure.numerator,
          isShare ? figure.numerator : '—',
          isShare ? figure.denominator : '—',
          isShare ? shareWords(figure.before) : (figure.before ?? '—'),
          figure.few ? '件数太少' : (figure.grade ?? '不评级'),
        ],
        links: [null, cases('numerator'), isShare ? cases('numerator') : null, isShare ? cases('denominator') : null, null, null], // prettier-ignore
      },
    ];
  });
  return section(
    'indicators',
    ['比率为分子÷分母，公式与未计入的件数见附表。接近 100% 的比率与返工、重开等一并列出。'],
    {
      table: table(['指标', '本期', '分子', '分母', '上期', '等级'], lines),
    },
  );
}
