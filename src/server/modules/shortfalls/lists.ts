/** 两张清单和两本账 as tables of words and numbers: what the files are made of. Pure. */
import type { ProblemKind } from '#contract/shortfalls-views.ts';
import type { ClassNorm, IdleRoom, KnownNeed, RunMark } from './parts.ts';
import type { DemandRow } from './store-demand.ts';
import type { ListedRow } from './store-list.ts';
import type { ProblemRow } from './store-problem.ts';
import { few } from './views.ts';

export interface ListTable {
  heading: string;
  text: string[];
  heads: string[];
  rows: (string | number)[][];
  /** Of the workbook, in characters. */
  widths: number[];
}

export interface ListFacts {
  areaName: string;
  day: string;
  run: RunMark | undefined;
  problems: readonly ProblemRow[];
  needs: readonly KnownNeed[];
  demands: readonly DemandRow[];
  idle: readonly IdleRoom[];
  norms: ReadonlyMap<string, Pick<ClassNorm, 'name'>>;
  groups: ReadonlyMap<string, { name: string }>;
  owners: ReadonlyMap<string, { name: string }>;
  nameOf: (areaCode: string) => string;
}

const kinds: Readonly<Record<ProblemKind, string>> = {
  missing: '缺失',
  too_far: '太远',
  too_small: '太小',
  closed_when_needed: '该开时不开',
  poor_condition: '破旧',
  not_accessible: '有台阶，轮椅进不去',
};
const problemStates = { open: '待解决', planned: '已列项目', solved: '已解决', declined: '不予办理' } as const;
const demandStates = { open: '待满足', planned: '已列项目', met: '已满足', declined: '不予办理' } as const;
const needStates: Readonly<Record<string, string>> = {
  open: '待梳理',
  listed: '已列清单',
  planned: '已列项目',
  met: '已满足',
};
const conditions: Readonly<Record<string, string>> = {
  ready: '可直接用',
  repair: '需修缮',
  rebuild: '需改建',
  unsafe: '危房',
};
const idleStates: Readonly<Record<string, string>> = { idle: '闲置', reserved: '已留给项目', used: '已启用' };

/** A number as it may be told. */
const told = (count: number): string | number => few(count) ?? '少于5';
const minutes = (seconds: number | null): string | number => (seconds === null ? '—' : Math.ceil(seconds / 60));
const classOf = ({ norms }: ListFacts, code: string | null): string =>
  code === null ? '未定' : (norms.get(code)?.name ?? code);

function headsOf(row: ListedRow): (string | number)[] {
  return [told(row.people), told(row.elders), told(row.children)];
}

function remarkOf({ note, reason, goneAt, figuresSeen }: ListedRow): string {
  const marks = [figuresSeen === null ? '' : '人数经更正', goneAt === null ? '' : '重新编制后不再出现'];
  return [note, reason, ...marks].filter((words) => words !== '').join('；');
}

function problemTable(facts: ListFacts): ListTable {
  return {
    heading: '设施问题清单',
    text: [`共 ${facts.problems.length} 条，涉及人数多的在前。`],
    heads: ['所在区域', '设施类别', '问题', '设施', '人数', '老人', '儿童', '最近（分钟）', '反映（条）', '状态', '说明'], // prettier-ignore
    rows: facts.problems.map((row) => [
      facts.nameOf(row.areaCode),
      classOf(facts, row.classCode),
      kinds[row.kind],
      row.facilityName ?? '—',
      ...headsOf(row),
      minutes(row.figures?.nearestS ?? null),
      row.voices,
      problemStates[row.state],
      remarkOf(row),
    ]),
    widths: [16, 20, 14, 24, 10, 10, 10, 14, 12, 10, 36],
  };
}

function needTable(facts: ListFacts): ListTable {
  return {
    heading: '服务需求清单',
    text: [`共 ${facts.needs.length} 条。`],
    heads: ['所在区域', '需求', '设施类别', '人群', '反映（条）', '人数', '状态'],
    rows: facts.needs.map((need) => [
      facts.nameOf(need.areaCode),
      need.title,
      classOf(facts, need.classCode),
      facts.groups.get(need.groupCode)?.name ?? need.groupCode,
      need.voices,
      told(need.people),
      needStates[need.state] ?? need.state,
    ]),
    widths: [20, 40, 20, 14, 12, 12, 12],
  };
}

function demandTable(facts: ListFacts): ListTable {
  return {
    heading: '市场需求账',
    text: [`共 ${facts.demands.length} 笔，够不着的人多的在前。`],
    heads: ['所在区域', '业态', '够不着的人', '老人', '儿童', '反映（条）', '建议面积（㎡）', '拟用闲置资源', '状态', '说明'], // prettier-ignore
    rows: facts.demands.map((row) => [
      facts.nameOf(row.areaCode),
      classOf(facts, row.classCode),
      ...headsOf(row),
      row.voices,
      row.floorM2 ?? '—',
      row.idleName === null ? '—' : `${row.idleName}（${row.idleCode ?? ''}）`,
      demandStates[row.state],
      remarkOf(row),
    ]),
    widths: [16, 20, 14, 10, 10, 14, 18, 28, 10, 36],
  };
}

function idleTable(facts: ListFacts): ListTable {
  return {
    heading: '闲置资源账',
    text: [`共 ${facts.idle.length} 处，${facts.idle.reduce((sum, { areaM2 }) => sum + areaM2, 0)} 平方米。`],
    heads: ['编号', '名称', '所在区域', '地址', '面积（㎡）', '权属', '现状', '可改作', '状态'],
    rows: facts.idle.map((room) => [
      room.code,
      room.name,
      facts.nameOf(room.areaCode),
      room.address,
      room.areaM2,
      facts.owners.get(room.ownerKind)?.name ?? room.ownerKind,
      conditions[room.condition] ?? room.condition,
      room.uses.length === 0 ? '尚未写明' : room.uses.map((use) => classOf(facts, use)).join('、'),
      idleStates[room.state] ?? room.state,
    ]),
    widths: [16, 24, 20, 26, 14, 14, 12, 34, 12],
  };
}

/** The four lists in their order. */
export function listTables(facts: ListFacts): ListTable[] {
  return [problemTable(facts), needTable(facts), demandTable(facts), idleTable(facts)];
}

/** What stands below: from what it was made, so that it can be made again. */
export function sourceLines({ run, day }: Pick<ListFacts, 'run' | 'day'>): string[] {
  const made =
    run === undefined
      ? '尚未测算过。'
      : `依据 ${run.day} 的生活圈测算（摘要 ${run.hash}；步行路网 ${run.network.slice(0, 12)}；程序版本 ${run.codeVersion}），成年人步行速度。`;
  return [
    made,
    '人口为人口单元（楼栋）的数，只有数字，没有姓名；少于 5 人的数不写明。老人为 60 岁及以上，儿童为 14 岁及以下。',
    '标准出自 GB 50180、商务部一刻钟便民生活圈要求和本地补充，其来源与确定程度见“设施标准”。',
    `制表日期 ${day}。`,
  ];
}
