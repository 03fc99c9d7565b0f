/** A special brief of one hot issue laid out: how it goes, where, its cases, what was done. Pure. */
import type { EventStatus } from '#contract/events-words.ts';
import { redact } from '#engine/text/personal-data.ts';
import { addDays } from '#kit/shanghai-days.ts';
import { briefRules } from './dictionary.ts';
import type { IssueFacts } from './gather-issue.ts';
import {
  numberedSections,
  part,
  section,
  spanWords,
  table,
  type Link,
  type Part,
  type Section,
} from './layout-parts.ts';
import type { Body } from './store.ts';

type Case = IssueFacts['cases'][number];

const statusNames: Readonly<Record<EventStatus, string>> = {
  reported: '待受理',
  verifying: '待核实',
  filed: '待派遣',
  dispatched: '待签收',
  handling: '处置中',
  checking: '待核查',
  closed: '已结案',
  declined: '不予立案',
  shelved: '挂账',
  merged: '已并案',
  cancelled: '作废',
};
const trendWords = { up: '比一周前上升', down: '比一周前下降', same: '与一周前持平' } as const;
/** As many as an address carries. */
const linkedMost = 50;

export function layOutIssue(facts: IssueFacts, issuer: string): Body {
  const title = redact(facts.issue.title);
  return {
    name: `${facts.place.name}运行简报`,
    title: `关于“${title}”的专报`,
    subtitle: `（${spanWords(facts.days)}）`,
    issuer,
    seq: facts.asOf.seq,
    sections: [
      ...numberedSections([
        ['overview', '总体情况', overview(facts, title)],
        ['issues', '案件', caseList(facts)],
        ['stuck', '办理情况', handling(facts)],
        ['advice', '下步建议', section('advice', [])],
      ]),
      { ...sources(facts), heading: '附表　数据来源与口径' },
    ],
  };
}

const sum = (cases: readonly Case[], key: 'voices' | 'urges' | 'reworks' | 'reopens' | 'extensions'): number =>
  cases.reduce((total, one) => total + one[key], 0);

/** These cases, one by one; more than an address carries open nothing. */
function casesBy(cases: readonly Case[]): Link {
  return cases.length === 0 || cases.length > linkedMost ? null : { ids: cases.map(({ id }) => id) };
}

function overview(facts: IssueFacts, title: string): Section {
  const { cases, days, issue, withheld } = facts;
  const all: [string, readonly Case[]][] = [
    ['反映该问题的事件', cases],
    ['其中已结案', cases.filter(({ closed }) => closed)],
    ['在办', cases.filter(({ open }) => open)],
    ['超期未结案', cases.filter(({ overdue }) => overdue)],
  ];
  const lines = withheld ? all.slice(0, 1) : all;
  const urges = sum(cases, 'urges');
  return section(
    'overview',
    [
      `“${title}”多数属于“${issue.className}”，位于${issue.areaName}。${spanWords(days)}共接报 ${cases.length} 件，` +
        `${sum(cases, 'voices')} 人次反映${urges === 0 ? '' : `，催办 ${urges} 次`}；热度${trendWords[issue.trend]}。`,
    ],
    {
      table: table(
        ['', '件数'],
        lines.map(([words, some]) => ({ cells: [words, some.length], links: [null, withheld ? null : casesBy(some)] })),
      ),
      chart: withheld ? null : dailyChart(facts),
      parts: withheld ? [] : [places(cases)],
    },
  );
}

function dailyChart({ cases, days: { first, last } }: IssueFacts): Part['chart'] {
  const all: string[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) all.push(day);
  if (all.length < 2) return null;
  return {
    words: `每日接报件数，${spanWords({ first, last })}`,
    labels: all.map((day) => String(Number(day.slice(8)))),
    values: all.map((day) => cases.filter((one) => one.day === day).length),
  };
}

function places(cases: readonly Case[]): Part {
  const lines = groupsOf(cases, ({ areaName }) => areaName).map(([name, some]) => ({
    cells: [
      name,
      some.length,
      some.filter(({ open }) => open).length,
      some
        .map(({ day }) => day)
        .toSorted()
        .at(-1) ?? '',
    ],
    links: [null, casesBy(some), casesBy(some.filter(({ open }) => open)), null],
  }));
  return part('发生在哪里', [], { table: table(['辖区', '件数', '在办', '最近一次'], lines, 1) });
}

/** Groups with their members, the largest first. */
function groupsOf(cases: readonly Case[], nameOf: (one: Case) => string): [string, Case[]][] {
  const groups = new Map<string, Case[]>();
  for (const one of cases) groups.set(nameOf(one), [...(groups.get(nameOf(one)) ?? []), one]);
  return [...groups].toSorted(([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1));
}

/** The latest ones; numbers of the record, no title: those were written by people. */
function caseList({ cases, withheld }: IssueFacts): Section {
  if (withheld) return section('issues', ['含不公开类别的事件，不逐件列出。']);
  const shown = cases.slice(-briefRules().issue_cases_shown);
  const lines = shown.map((one) => ({
    cells: [one.number, one.day, one.areaName, statusNames[one.status], one.unitName],
    links: [{ ids: [one.id] }, null, null, null, null],
  }));
  const more =
    cases.length > shown.length
      ? [`只列最近 ${shown.length} 件，另有 ${cases.length - shown.length} 件，见平台。`]
      : [];
  return section('issues', more, { table: table(['编号', '上报日', '辖区', '现在', '主办单位'], lines) });
}

function handling({ cases, withheld }: IssueFacts): Section {
  if (withheld) return section('stuck', ['含不公开类别的事件，不分列。']);
  const of = (key: 'dispatched' | 'arrived' | 'closed'): number => cases.filter((one) => one[key]).length;
  const text =
    `${cases.length} 件中，已派遣 ${of('dispatched')} 件，到场 ${of('arrived')} 件，结案 ${of('closed')} 件；` +
    `返工 ${sum(cases, 'reworks')} 次，重开 ${sum(cases, 'reopens')} 次，准予延期 ${sum(cases, 'extensions')} 次。`;
  const lines = groupsOf(cases, ({ unitName }) => unitName).map(([name, some]) => {
    const [closed, open, overdue] = [
      some.filter((one) => one.closed),
      some.filter((one) => one.open),
      some.filter((one) => one.overdue),
    ];
    return {
      cells: [
        name,
        some.length,
        closed.length,
        open.length,
        overdue.length,
        sum(some, 'reworks') + sum(some, 'reopens'),
      ],
      links: [null, casesBy(some), casesBy(closed), casesBy(open), casesBy(overdue), null],
    };
  });
  return section('stuck', [text, '按主办单位（只列单位，不列个人）：'], {
    table: table(['主办单位', '件数', '已结案', '在办', '超期未结', '返工与重开'], lines),
  });
}

function sources({ place, days, issue, cases, left, asOf }: IssueFacts): Section {
  return section('sources', [
    `统计期：${spanWords(days)}（按上报日，北京时间）。范围：${place.name}（${place.code}）内归并为该热点的事件。`,
    `热点由平台按诉求文字、地点和时间归并（编号 ${issue.id}，热度按声音计），标题从诉求中提取并去除个人信息。`,
    `计入 ${cases.length} 件；另有 ${left} 件不在统计期或范围内，或按规则不计。`,
    `各数均由事件记录计算，没有手工填写。计算时已跟到流水第 ${asOf.seq} 行。只统计单位，不统计个人。`,
  ]);
}
