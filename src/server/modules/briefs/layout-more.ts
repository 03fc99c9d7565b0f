/** Sections about issues, anomalies, what is late and what others say. */
import { redact } from '#engine/text/personal-data.ts';
import { briefRules } from './dictionary.ts';
import type { BriefFacts } from './gather.ts';
import { casesIn, part, section, shareWords, spanWords, table, type Part, type Section } from './layout-parts.ts';

const stepNames: Readonly<Record<string, string>> = {
  receive: '受理',
  verify: '核实',
  file: '立案',
  dispatch: '派遣',
  accept: '签收',
  handle: '处置',
  check: '核查',
  coordinate: '协调',
};
const trendWords = { up: '上升', down: '下降', same: '平稳' } as const;

/** Undefined: nobody finds issues in this installation. */
export function issueSection({ issues }: BriefFacts): Section | undefined {
  if (issues === undefined) return undefined;
  const shown = issues.slice(0, briefRules().issues_shown);
  if (shown.length === 0) return section('issues', ['本期没有发现反映集中的问题。']);
  const lines = shown.map(({ id, title, areaName, events, open, trend }) => ({
    cells: [redact(title), areaName, events, open, trendWords[trend]],
    links: [{ issue: id }, null, null, null, null],
  }));
  const more = issues.length > shown.length ? [`另有 ${issues.length - shown.length} 个，见平台。`] : [];
  return section(
    'issues',
    ['按诉求文字、地点和时间归并，截至计算时；标题由平台从诉求中提取并去除个人信息。', ...more],
    {
      table: table(['问题', '辖区', '累计件数', '未办结', '热度'], lines),
    },
  );
}

export function anomalySection(facts: BriefFacts): Section | undefined {
  const { anomalies, forecast } = facts;
  if (anomalies === undefined) return undefined;
  const shown = anomalies.slice(0, briefRules().anomalies_shown);
  const more = anomalies.length > shown.length ? [`另有 ${anomalies.length - shown.length} 条，见平台。`] : [];
  const lines = shown.map(({ id, day, areaName, className, seen, likely, low, high }) => ({
    cells: [day, areaName, className, seen, Math.round(likely), `${Math.round(low)}–${Math.round(high)}`],
    links: [null, null, { anomaly: id }, null, null, null],
  }));
  const text =
    shown.length === 0
      ? ['本期没有明显偏离往常的情形。']
      : ['件数明显多于或少于往常（按星期、节假日与季节估计）、还没有答复的：'];
  return section('anomalies', [...text, ...more], {
    table: shown.length === 0 ? null : table(['日期', '辖区', '类别', '实际', '往常', '往常范围'], lines),
    parts: forecastPart(forecast),
  });
}

function forecastPart(forecast: BriefFacts['forecast']): Part[] {
  if (forecast === undefined || forecast === null) return [];
  const { from, to, likely, low, high } = forecast;
  const words = `${spanWords({ first: from, last: to })}预计接报约 ${Math.round(likely)} 件（可能在 ${Math.round(low)} 到 ${Math.round(high)} 件之间）。预测供排班参考。`;
  return [part('下期预计', [words])];
}

export function stuckSection(facts: BriefFacts): Section {
  const { late, figures, stuck } = facts;
  const overdue = figures.get('overdue_open_rate')?.numerator ?? 0;
  const shown = late.slice(0, briefRules().units_shown);
  const lines = shown.map(({ unitId, name, open, late: n, led }) => ({
    cells: [name, open, n, led],
    links: [
      null,
      casesIn(facts, { measure: 'overdue_open', unit: unitId }),
      casesIn(facts, { measure: 'late', unit: unitId }),
      casesIn(facts, { measure: 'counted', unit: unitId }),
    ],
  }));
  const text = overdue === 0 ? '本期接报的事件没有超期未结的。' : `本期接报的事件中，超期未结 ${overdue} 件。`;
  return section('stuck', [text, ...(shown.length === 0 ? [] : ['按主办单位（只列单位，不列个人）：'])], {
    table: shown.length === 0 ? null : table(['主办单位', '超期未结', '任一步超时', '主办件数'], lines),
    parts: stuckPart(stuck),
  });
}

function stuckPart(stuck: BriefFacts['stuck']): Part[] {
  if (stuck === undefined || stuck.length === 0) return [];
  const lines = stuck.map(({ step, cases, share }) => ({ cells: [stepNames[step] ?? step, cases, shareWords(share)] }));
  return [part('时间花在哪一步', [], { table: table(['环节', '经过件次', '占全部时间'], lines) })];
}

export function ratingSection({ ratings, kind }: BriefFacts): Section | undefined {
  if (kind === 'daily') return undefined;
  if (ratings === undefined) return section('ratings', []);
  if (ratings.length === 0) return section('ratings', ['本期没有互评。']);
  const lines = ratings.map(({ unitName, side, n, mean }) => ({
    cells: [unitName, side === 'up' ? '街道评部门' : '部门评街道', n, mean === null ? '太少，不显示' : mean.toFixed(1)],
  }));
  return section('ratings', ['部门与街道互评，平均分为 1 至 5 分。'], {
    table: table(['被评单位', '谁评', '次数', '平均分'], lines),
  });
}
