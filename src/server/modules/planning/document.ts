/** What a decision record says, in Chinese, before it is drawn: what was asked, compared, proved and decided. */
import type { Candidate, ChoiceFigures } from '#contract/planning.ts';
import { dayOf, shanghaiMs } from '#kit/shanghai-days.ts';
import type { SitingData } from './siting-data.ts';
import type { DecisionRow } from './store-project.ts';
import type { AnswerRow, ChoiceRow, ScenarioRow } from './store-scenario.ts';

export interface DecisionPage {
  title: string;
  subtitle: string;
  sections: { heading: string; paragraphs: string[]; table?: { heads: string[]; rows: string[][] } }[];
  signature: string[];
}

/** Everything a record is made of. */
export interface DecisionFacts {
  scenario: ScenarioRow;
  answer: AnswerRow;
  choices: readonly ChoiceRow[];
  decision: DecisionRow;
  /** Other scenarios that lay on the table, with their answers. */
  compared: readonly { title: string; figures: ChoiceFigures | null }[];
  names: { area: string; class: string; profile: string; weighting: string; decidedBy: string; author: string };
  basis: SitingData['basis'];
}

const goals = {
  cover: '让更多人在限时内走得到',
  median: '让大家走的路加起来最少',
  centre: '让走得最远的人更近',
} as const;
const units = { cover: '人', median: '人·秒', centre: '秒' } as const;
const methods = {
  nothing: '没有可选的地点能带来改善',
  'every-choice': '逐一试过全部选法',
  prices: '拉格朗日界与分支定界',
  programme: '混合整数规划（HiGHS）',
} as const;

const number = (value: number): string => value.toLocaleString('zh-CN');
const yuan = (value: number | null): string =>
  value === null ? '未估价' : `${number(Math.round(value / 1000) / 10)} 万元`;
const minutes = (seconds: number | null): string => (seconds === null ? '—' : `${(seconds / 60).toFixed(1)} 分钟`);

/** Day and time in Shanghai. */
const momentOf = (ms: number): string => `${dayOf(ms)} ${new Date(ms + shanghaiMs).toISOString().slice(11, 16)}`;

/** The record of a decision. */
export function decisionPage(facts: DecisionFacts): DecisionPage {
  const { scenario, decision, names } = facts;
  const chosen = placesOf(scenario.candidates, decision.chosen);
  const { newly } = decision.figures;
  return {
    title: `${names.area}${names.class}选址决策记录`,
    subtitle: `${decision.minutesNo}　${dayOf(decision.decidedAt.getTime())}`,
    sections: [
      { heading: '问了什么', paragraphs: [asked(facts)] },
      { heading: '可选的地点', paragraphs: [], table: placesTable(scenario.candidates, decision.chosen) },
      { heading: '比较了什么', paragraphs: [], table: compareTable(facts) },
      { heading: '证明了什么', paragraphs: proved(facts) },
      {
        heading: '决定',
        paragraphs: [
          `选定 ${chosen}。预计新增 ${number(newly.people)} 人在 ${scenario.limitMin} 分钟内走得到，其中老年人 ${number(newly.elders)} 人、儿童 ${number(newly.children)} 人；费用 ${yuan(decision.figures.costYuan)}。`,
          `理由：${decision.reason}`,
          `方案由 ${names.author} 提出，由 ${names.decidedBy} 决定。`,
        ],
      },
      { heading: '依据', paragraphs: basisOf(facts) },
    ],
    signature: [names.decidedBy, dayOf(decision.decidedAt.getTime())],
  };
}

const placesOf = (candidates: readonly Candidate[], keys: readonly string[]): string =>
  candidates.flatMap(({ key, name }) => (keys.includes(key) ? [name] : [])).join('、');

function asked({ scenario, names }: DecisionFacts): string {
  const bounds = [
    scenario.choose === null ? [] : [`至多 ${scenario.choose} 处`],
    scenario.budgetYuan === null ? [] : [`总费用不超过 ${yuan(scenario.budgetYuan)}`],
  ].flat();
  return `在${names.area}，从 ${scenario.candidates.length} 个可选地点中选${bounds.join('、')}，${goals[scenario.goal]}。限时 ${scenario.limitMin} 分钟，按${names.profile}步行（含坡度、台阶、过街），${names.weighting}。`;
}

const kinds = { idle: '闲置资源', point: '手工设点', street: '沿街取点' } as const;

function placesTable(candidates: readonly Candidate[], chosen: readonly string[]) {
  return {
    heads: ['地点', '来源', '面积', '估算费用', '选定'],
    rows: candidates
      .filter(({ kind, key }) => kind !== 'street' || chosen.includes(key))
      .map(({ key, kind, name, floorM2, costYuan }) => [
        name,
        kinds[kind],
        floorM2 === null ? '—' : `${number(floorM2)} m²`,
        yuan(costYuan),
        chosen.includes(key) ? '✓' : '',
      ]),
  };
}

function compareTable({ scenario, answer, choices, compared }: DecisionFacts) {
  const row = (title: string, figures: ChoiceFigures): string[] => [
    title,
    number(figures.newly.people),
    number(figures.newly.elders),
    number(figures.newly.children),
    minutes(figures.after.meanS),
    minutes(figures.after.farthestS),
    figures.after.gini === null ? '—' : figures.after.gini.toFixed(3),
    yuan(figures.costYuan),
  ];
  return {
    heads: ['方案', '新增走得到', '其中老年人', '其中儿童', '平均步行', '最远步行', '基尼系数', '费用'],
    rows: [
      row(`${scenario.title}（测算：${placesOf(scenario.candidates, answer.chosen)}）`, answer.figures),
      ...choices.map(({ title, figures }) => row(`${title}（手工比选）`, figures)),
      ...compared.flatMap(({ title, figures }) => (figures === null ? [] : [row(title, figures)])),
    ],
  };
}

/** The proof in words: what no other choice can do. */
function proved({ scenario, answer, decision }: DecisionFacts): string[] {
  const { proof } = answer;
  const isWeighted = scenario.weighting !== 'equal' && proof.goal !== 'centre';
  const unit = `${units[proof.goal]}${isWeighted ? '（按权重计）' : ''}`;
  const better = proof.better === 'more' ? '更多' : '更少';
  const lines = [
    proof.proven
      ? `没有别的选法能做得更好：任何选法的界是 ${number(proof.bound)} ${unit}，算出的方案是 ${number(proof.objective)} ${unit}，差距 0，已证明最优。`
      : `尚未证明最优：算出的方案是 ${number(proof.objective)} ${unit}，任何选法都不会${better}于 ${number(proof.bound)} ${unit}，两者相差 ${(proof.gap * 100).toFixed(2)} %；也就是说，最多还可能改善这么多。`,
  ];
  if (proof.runnerUp !== null)
    lines.push(
      `次优的选法是 ${placesOf(scenario.candidates, proof.runnerUp.chosen)}，目标值 ${number(proof.runnerUp.objective)} ${unit}。`,
    );
  lines.push(
    `方法：${methods[proof.method]}；可选地点 ${proof.candidates} 个${proof.choices === null ? '' : `，选法 ${number(proof.choices)} 种`}，用时 ${proof.seconds} 秒。`,
  );
  if (decision.choiceId !== null) lines.push('决定采用的是手工比选的选法，不是算出的方案；两者的数字见上表。');
  return lines;
}

function basisOf({ answer, basis }: DecisionFacts): string[] {
  return [
    `人口单元 ${number(answer.cells)} 个、同类设施 ${number(answer.facilities)} 处，均为 ${basis.on} 的数据。`,
    `路网版本 ${basis.networkVersion}；程序版本 ${basis.codeVersion}；测算于 ${momentOf(answer.answeredAt.getTime())}。`,
    `测算哈希 ${answer.hash}。同样的问题与程序，得到同样的结果。`,
  ];
}
