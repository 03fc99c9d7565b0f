import { gini, palma } from '#engine/access/measure.ts';
import { outOfReach, partiesOf, type Party } from './parties.ts';
import { nearestOpen, shareOut, type Share } from './room.ts';
import type { Heads, SitingFigures, SitingOutcome, SitingQuestion } from './question.ts';

/** Evaluates choices for one question, each in milliseconds: moving, adding or taking away a place shows at once what comes of it. */
export interface WhatIf {
  /** @throws RangeError a candidate that is not there. Whether it can be afforded is not asked. */
  evaluate(chosen: readonly number[]): SitingOutcome;
  /** The same choice's objective alone: several times quicker. */
  objective(chosen: readonly number[]): number;
}

/**
 * O(walks) for each choice; with places that can be full, times what must be moved about.
 * @param lost by demand, 1 for whom nothing can be done: 'centre' leaves them out
 */
export function makeWhatIf(question: SitingQuestion, lost = outOfReach(question)): WhatIf {
  const parties = partiesOf(question);
  const nobody = shareOut(question, parties, []);
  const before = figuresOf(question, parties, nobody);
  return {
    objective: (chosen) => objectiveOf(question, parties, shareOut(question, parties, chosen), lost),
    evaluate(chosen) {
      const sorted = [...new Set(chosen)].sort((a, b) => a - b);
      for (const j of sorted)
        if (question.candidates[j] === undefined)
          throw new RangeError(`Expected a candidate from 0 to ${question.candidates.length - 1}, found ${j}.`);
      const shares = shareOut(question, parties, sorted);
      const after = figuresOf(question, parties, shares);
      return {
        chosen: sorted,
        cost: sorted.reduce((sum, j) => sum + (question.candidates[j]?.cost ?? 0), 0),
        objective: objectiveOf(question, parties, shares, lost),
        before,
        after,
        newlyServed: newlyServed(question, parties, shares),
        ...whereTo(question, parties, shares, sorted),
      };
    },
  };
}

/** One choice of one question. Who asks often keeps a `makeWhatIf`. */
export function evaluateChoice(question: SitingQuestion, chosen: readonly number[]): SitingOutcome {
  return makeWhatIf(question).evaluate(chosen);
}

const isWithin = ({ limitDs }: SitingQuestion, ds: number): boolean => ds <= limitDs;

function noHeads(): Heads {
  return { people: 0, elders: 0, children: 0 };
}

function addHeads(heads: Heads, { group }: Party, people: number): void {
  heads.people += people;
  if (group !== 'others') heads[group] += people;
}

function objectiveOf(
  question: SitingQuestion,
  parties: readonly Party[],
  shares: readonly Share[],
  lost: Uint8Array,
): number {
  let [sum, worst] = [0, 0];
  for (const { party, people, ds } of shares) {
    const { weight, demand } = parties[party] as Party;
    if (question.goal === 'cover') sum += isWithin(question, ds) ? weight * people : 0;
    else sum += weight * people * ds;
    if (ds > worst && lost[demand] === 0) worst = ds;
  }
  return question.goal === 'centre' ? worst : sum;
}

function figuresOf(question: SitingQuestion, parties: readonly Party[], shares: readonly Share[]): SitingFigures {
  const [within, beyond] = [noHeads(), noHeads()];
  let [whole, walked, farthest] = [0, 0, -1];
  for (const { party, people, ds, to } of shares) {
    const who = parties[party] as Party;
    if (isWithin(question, ds) && to !== -2) addHeads(within, who, people);
    if (to === -2) addHeads(beyond, who, people);
    else farthest = Math.max(farthest, ds);
    whole += people;
    walked += people * ds;
  }
  return {
    within,
    beyond,
    meanDs: whole === 0 ? null : walked / whole,
    farthestDs: farthest < 0 ? null : farthest,
    ...fairnessOf(question, shares),
  };
}

/** People who walk as long are one: that is quicker to put in a row than everybody. */
function fairnessOf({ beyondDs }: SitingQuestion, shares: readonly Share[]): Pick<SitingFigures, 'gini' | 'palma'> {
  const peopleAt = new Float64Array(beyondDs + 1);
  for (const { people, ds } of shares) peopleAt[ds] = (peopleAt[ds] as number) + people;
  const walks: number[] = [];
  const people: number[] = [];
  peopleAt.forEach((count, ds) => {
    if (count === 0) return;
    walks.push(ds);
    people.push(count);
  });
  return { gini: gini(walks, people), palma: palma(walks, people) };
}

function newlyServed(question: SitingQuestion, parties: readonly Party[], shares: readonly Share[]): Heads {
  const heads = noHeads();
  for (const { party, people, ds, to } of shares) {
    const who = parties[party] as Party;
    const had = isWithin(question, question.existingDs[who.demand] as number);
    if (to >= 0 && !had && isWithin(question, ds)) addHeads(heads, who, people);
  }
  return heads;
}

function whereTo(
  question: SitingQuestion,
  parties: readonly Party[],
  shares: readonly Share[],
  chosen: readonly number[],
): Pick<SitingOutcome, 'assignment' | 'divided' | 'loads'> {
  const assignment = Array.from(nearestOpen(question, chosen).to);
  const loads = new Map(chosen.map((j) => [j, 0]));
  const byDemand = new Map<number, Map<number, number>>();
  for (const { party, people, to } of shares) {
    if (to >= 0) loads.set(to, (loads.get(to) ?? 0) + people);
    const { demand } = parties[party] as Party;
    const here = byDemand.get(demand);
    if (here === undefined) byDemand.set(demand, new Map([[to, people]]));
    else here.set(to, (here.get(to) ?? 0) + people);
  }
  const divided: SitingOutcome['divided'] = [];
  for (const [demand, here] of [...byDemand].sort((a, b) => a[0] - b[0])) {
    const ordered = [...here].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    assignment[demand] = ordered[0]?.[0] ?? -2;
    if (ordered.length > 1) for (const [candidate, people] of ordered) divided.push({ demand, candidate, people });
  }
  return { assignment, divided, loads: chosen.map((j) => loads.get(j) ?? 0) };
}
