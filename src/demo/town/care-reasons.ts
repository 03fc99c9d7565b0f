/** Why the invented people of the demo are in care, and what is kept of their lives because of it. */
import { pickOne, randomInt, type Rng } from '#kit/random.ts';

/** The police-owned kinds. */
export const restrictedTags = ['correction', 'released', 'drugs', 'petitioner'] as const;

/** Tag, how many of a hundred and one have it first, and what often comes with it. */
const plans: readonly (readonly [tag: string, share: number, also: readonly string[]])[] = [
  ['elder_alone', 30, ['elder_aged', 'chronic', 'oxygen', 'poor']],
  ['elder_couple', 15, ['dialysis', 'chronic']],
  ['elder_left_behind', 3, ['chronic']],
  ['elder_dependent', 5, ['bedridden']],
  ['elder_bereaved', 2, ['chronic']],
  ['dementia', 2, ['elder_aged']],
  ['disabled_sight', 2, ['disabled_severe']],
  ['disabled_hearing', 2, []],
  ['disabled_limb', 8, ['disabled_severe', 'poor']],
  ['disabled_intellect', 2, ['poor']],
  ['disabled_mind', 2, []],
  ['disabled_multiple', 1, ['bedridden']],
  ['oxygen', 1, ['elder_couple']],
  ['child', 2, ['poor']],
  ['child_left_behind', 2, []],
  ['child_migrant', 2, []],
  ['child_single_parent', 1, ['poor']],
  ['orphan', 1, []],
  ['pregnant', 2, []],
  ['mental', 4, ['disabled_mind']],
  ['poor', 5, []],
  ['destitute', 1, []],
  ['near_poor', 1, []],
  ['rigid_cost', 1, ['dialysis']],
  ['martyr', 4, ['elder_couple']],
];
const total = plans.reduce((sum, [, share]) => sum + share, 0);

export function tagsOf(rng: Rng): string[] {
  let ticket = rng() * total;
  const [tag, , also] = plans.find(([, share]) => (ticket -= share) < 0) ?? ['other', 0, []];
  return also.length > 0 && rng() < 0.25 ? [tag, pickOne(rng, also)] : [tag];
}

const health: Readonly<Record<string, readonly string[]>> = {
  elder_alone: ['高血压，每日服药', '听力差，敲门要久一些', '心脏不好，楼梯走不快'],
  elder_dependent: ['起身需人扶', '喂饭需人帮'],
  dementia: ['认不得路，容易走失'],
  bedridden: ['长期卧床，转移需担架'],
  oxygen: ['家用制氧机，停电即需备用气瓶'],
  dialysis: ['每周透析三次'],
  mental: ['按月取药，情绪平稳'],
  pregnant: ['孕晚期'],
  chronic: ['糖尿病，随身带糖'],
};

/** A note on their health where the tag suggests one, a guardian for children, and a year that fits. */
export function lifeOf(rng: Rng, tags: readonly string[]) {
  const notes = tags.flatMap((tag) => health[tag] ?? []);
  const isChild = tags.some((tag) => tag.startsWith('child') || tag === 'orphan');
  return {
    health: notes.length > 0 && rng() < 0.8 ? pickOne(rng, notes) : null,
    guardian: isChild ? pickOne(rng, ['外婆', '爷爷', '母亲', '姑姑']) : null,
    birthYear: randomInt(rng, ...bornBetween(tags, isChild)),
  };
}

function bornBetween(tags: readonly string[], isChild: boolean): [number, number] {
  if (isChild) return [2012, 2021];
  if (tags.includes('elder_aged')) return [1931, 1945];
  return tags.some((tag) => tag.startsWith('elder') || tag === 'dementia') ? [1940, 1960] : [1955, 2000];
}
