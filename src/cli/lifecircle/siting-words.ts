import type { SitingAnswer, SitingFigures } from '#engine/siting/question.ts';
import type { FacilityClass } from '#server/modules/facilities/index.ts';
import type { ProfileWord } from '#server/compute/index.ts';

/** What the words are about. */
export interface Told {
  norm: FacilityClass;
  walker: ProfileWord;
  limitMin: number;
  beyondMin: number;
  choose: number | null;
  budget: number | null;
  weights: { others: number; elders: number; children: number };
  /** Names of the candidates, in their order. */
  names: readonly string[];
  /** How many each can serve; null: as many as come. */
  rooms: readonly (number | null)[];
  knows: { elders: boolean; children: boolean };
}

const whole = (value: number): string => Math.round(value).toLocaleString('en');
const minutes = (ds: number | null): string => (ds === null ? '—' : (ds / 600).toFixed(1));
const weighs = ({ others, elders, children }: Told['weights']): boolean =>
  others !== 1 || elders !== 1 || children !== 1;
const namesOf = (told: Told, chosen: readonly number[], comma: string): string =>
  chosen.map((j) => told.names[j]).join(comma);

/** The objective as a person says it, with its bound or a rival's in the same measure. */
function measure({ goal }: SitingAnswer, value: number, unit: { weight: string; walk: string; far: string }): string {
  if (goal === 'cover') return `${whole(value)}${unit.weight}`;
  return goal === 'centre' ? `${minutes(value)}${unit.far}` : `${whole(value / 600)}${unit.walk}`;
}

/** Question, answer, proof, rival and loads in plain Chinese. */
export function inChinese(told: Told, answer: SitingAnswer): string[] {
  const unit = {
    weight: weighs(told.weights) ? '（加权人数）' : ' 人',
    walk: weighs(told.weights) ? ' 加权人·分钟' : ' 人·分钟',
    far: ' 分钟',
  };
  const goal = {
    cover: `让 ${told.limitMin} 分钟内能到的人最多`,
    median: '让大家走路的总时间最短',
    centre: '让走得最远的人尽量少走',
  }[answer.goal];
  const limits = [told.choose === null ? '' : `最多选 ${told.choose} 处`, told.budget === null ? '' : `费用不超过 ${whole(told.budget)}`].filter((part) => part !== '').join('，'); // prettier-ignore
  const figures = (of: SitingFigures): string =>
    `${whole(of.within.people)} 人在 ${told.limitMin} 分钟内${told.knows.elders ? `（老年人 ${whole(of.within.elders)}）` : ''}${told.knows.children ? `（儿童 ${whole(of.within.children)}）` : ''}，平均 ${minutes(of.meanDs)} 分钟，最远 ${minutes(of.farthestDs)} 分钟，${told.beyondMin} 分钟内走不到的 ${whole(of.beyond.people)} 人`;
  const counted = weighs(told.weights)
    ? [`计人方式：其他人 ${told.weights.others}，老年人 ${told.weights.elders}，儿童 ${told.weights.children}。`]
    : [];
  const proof = answer.proven
    ? `证明：这是最好的选法之一。任何负担得起的其他选法都不会好过 ${measure(answer, answer.bound, unit)}，本方案正好达到。`
    : `证明：时间内未能证明最优。任何选法都不会好过 ${measure(answer, answer.bound, unit)}，本方案为 ${measure(answer, answer.objective, unit)}，差距不超过 ${(answer.gap * 100).toFixed(2)} %。`;
  const rival = answer.runnerUp;
  return [
    `问题：${told.norm.name}，出行者：${told.walker.name}；${told.names.length} 处候选地点，${limits}；${goal}。`,
    ...counted,
    answer.chosen.length === 0
      ? '答案：选任何一处都没有改善。'
      : `答案：${namesOf(told, answer.chosen, '、')}${answer.cost === 0 ? '' : `，费用 ${whole(answer.cost)}`}。`,
    `现状：${figures(answer.before)}。`,
    `建成后：${figures(answer.after)}；新增 ${whole(answer.newlyServed.people)} 人。`,
    proof,
    ...(rival === null
      ? []
      : [
          `次选：${rival.chosen.length === 0 ? '什么都不建' : namesOf(told, rival.chosen, '、')}，${measure(answer, rival.objective, unit)}，本方案 ${measure(answer, answer.objective, unit)}${rival.proven ? '（已证明是最好的次选）' : ''}。`,
        ]),
    ...answer.chosen.map(
      (j, k) =>
        `　${told.names[j]}：${whole(answer.loads[k] ?? 0)} 人会来${told.rooms[j] === null ? '' : `，可服务 ${whole(told.rooms[j] ?? 0)} 人`}。`,
    ),
  ];
}

/** The same in English. */
export function inEnglish(told: Told, answer: SitingAnswer): string[] {
  const unit = {
    weight: weighs(told.weights) ? ' weighted people' : ' people',
    walk: weighs(told.weights) ? ' weighted person-minutes' : ' person-minutes',
    far: ' min',
  };
  const goal = {
    cover: `as many people as can be within ${told.limitMin} min`,
    median: 'everybody together walks as little as can be',
    centre: 'whoever walks farthest walks as little as can be',
  }[answer.goal];
  const limits = [told.choose === null ? '' : `at most ${told.choose} places`, told.budget === null ? '' : `at most ${whole(told.budget)} in all`].filter((part) => part !== '').join(', '); // prettier-ignore
  const figures = (of: SitingFigures): string =>
    `${whole(of.within.people)} people within ${told.limitMin} min${told.knows.elders ? ` (${whole(of.within.elders)} elders)` : ''}${told.knows.children ? ` (${whole(of.within.children)} children)` : ''}, ${minutes(of.meanDs)} min on average, ${minutes(of.farthestDs)} min at most, ${whole(of.beyond.people)} people not within ${told.beyondMin} min`;
  const counted = weighs(told.weights)
    ? [`A person counts ${told.weights.others}, an elder ${told.weights.elders}, a child ${told.weights.children}.`]
    : [];
  const proof = answer.proven
    ? `Proof: no affordable choice is better than ${measure(answer, answer.bound, unit)}, and this one reaches it.`
    : `Proof: not completed in the time given. No choice is better than ${measure(answer, answer.bound, unit)}; this one has ${measure(answer, answer.objective, unit)}, at most ${(answer.gap * 100).toFixed(2)} % short.`;
  const rival = answer.runnerUp;
  return [
    `Question: ${told.norm.nameEn}, for ${told.walker.nameEn.toLowerCase()}; ${told.names.length} candidates, ${limits}; ${goal}.`,
    ...counted,
    answer.chosen.length === 0
      ? 'Answer: none of them makes anything better.'
      : `Answer: ${namesOf(told, answer.chosen, ', ')}${answer.cost === 0 ? '' : `; cost ${whole(answer.cost)}`}.`,
    `Now: ${figures(answer.before)}.`,
    `Then: ${figures(answer.after)}; ${whole(answer.newlyServed.people)} people newly served.`,
    proof,
    ...(rival === null
      ? []
      : [
          `Next best: ${rival.chosen.length === 0 ? 'nothing at all' : namesOf(told, rival.chosen, ', ')}, ${measure(answer, rival.objective, unit)} against ${measure(answer, answer.objective, unit)}${rival.proven ? ' (proven to be the best without one of these)' : ''}.`,
        ]),
    ...answer.chosen.map(
      (j, k) =>
        `  ${told.names[j]}: ${whole(answer.loads[k] ?? 0)} people would come${told.rooms[j] === null ? '' : `, room for ${whole(told.rooms[j] ?? 0)}`}.`,
    ),
  ];
}
