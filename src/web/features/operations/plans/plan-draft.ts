import type { PlanBody, PlanStep } from '#contract/operations-plans.ts';

/** Edits of a plan, as plain functions: the page holds the body, these make the next one. */

export function changeStep(body: PlanBody, index: number, part: Partial<PlanStep>): PlanBody {
  return { ...body, steps: body.steps.map((step, n) => (n === index ? { ...step, ...part } : step)) };
}

/** Exchanges a step with its neighbour; at either end nothing moves. */
export function moveStep(body: PlanBody, index: number, by: -1 | 1): PlanBody {
  const to = index + by;
  const step = body.steps[index];
  const other = body.steps[to];
  if (step === undefined || other === undefined) return body;
  return { ...body, steps: body.steps.map((one, n) => (n === index ? other : n === to ? step : one)) };
}

export function removeStep(body: PlanBody, index: number): PlanBody {
  return { ...body, steps: body.steps.filter((_, n) => n !== index) };
}

/** An empty step after the last, due when the last one is, under a key nobody has. */
export function addStep(body: PlanBody): PlanBody {
  const taken = new Set(body.steps.map((step) => step.key));
  let n = body.steps.length + 1;
  while (taken.has(`step_${n}`)) n++;
  const fresh: PlanStep = {
    key: `step_${n}`,
    words: '',
    wordsEn: '',
    role: 'seat',
    kind: 'task',
    dueMinutes: body.steps.at(-1)?.dueMinutes ?? 5,
    required: true,
    call: null,
    inviteRoles: [],
  };
  return { ...body, steps: [...body.steps, fresh] };
}

/** Another kind of step keeps only what fits it. */
export function withKind(step: PlanStep, kind: PlanStep['kind']): PlanStep {
  return {
    ...step,
    kind,
    call: kind === 'call' ? (step.call ?? { number: '', name: '' }) : null,
    inviteRoles: kind === 'invite' ? step.inviteRoles : [],
  };
}

export const emptyPlan: PlanBody = {
  name: '',
  nameEn: '',
  purpose: '',
  purposeEn: '',
  categories: [],
  riskKinds: [],
  riskPointIds: [],
  nearbyM: 100,
  places: [],
  steps: [],
};

export type StepProblem = 'words' | 'number' | 'callName' | 'roles' | 'minutes';
export type PlanProblem =
  { index: null; what: 'name' | 'nearby' | 'steps' | 'places' } | { index: number; what: StepProblem };

/** What keeps the plan from being saved, as the contract will judge it. */
export function problemsOf(body: PlanBody): PlanProblem[] {
  return [
    ...(body.name.trim().length < 2 ? [{ index: null, what: 'name' } as const] : []),
    ...(fitsRadius(body.nearbyM) ? [] : [{ index: null, what: 'nearby' } as const]),
    ...(body.steps.length === 0 ? [{ index: null, what: 'steps' } as const] : []),
    ...(body.places.some((place) => place.name.trim() === '') ? [{ index: null, what: 'places' } as const] : []),
    ...body.steps.flatMap((step, index) => stepProblems(step).map((what) => ({ index, what }))),
  ];
}

function fitsRadius(metres: number): boolean {
  return Number.isInteger(metres) && metres >= 10 && metres <= 2000;
}

const mostMinutes = 7 * 24 * 60;

function stepProblems(step: PlanStep): StepProblem[] {
  const found: StepProblem[] = [];
  if (step.words.trim().length < 2) found.push('words');
  if (!Number.isInteger(step.dueMinutes) || step.dueMinutes < 0 || step.dueMinutes > mostMinutes) found.push('minutes');
  if (step.kind === 'call' && !/^[0-9+\- ]{2,20}$/.test(step.call?.number ?? '')) found.push('number');
  if (step.kind === 'call' && (step.call?.name ?? '').trim() === '') found.push('callName');
  if (step.kind === 'invite' && step.inviteRoles.length === 0) found.push('roles');
  return found;
}

const headFields = ['name', 'nameEn', 'purpose', 'purposeEn', 'nearbyM', 'categories', 'riskKinds', 'places'] as const;
const stepFields = ['words', 'wordsEn', 'role', 'kind', 'dueMinutes', 'required', 'call', 'inviteRoles'] as const;
export type HeadField = (typeof headFields)[number];
export type StepField = (typeof stepFields)[number];

/** One difference between two versions. Steps are known by their keys. */
export type Difference =
  | { kind: 'head'; field: HeadField; from: PlanBody[HeadField]; to: PlanBody[HeadField] }
  | { kind: 'added'; step: PlanStep }
  | { kind: 'removed'; step: PlanStep }
  | { kind: 'moved'; step: PlanStep; from: number; to: number }
  | { kind: 'changed'; step: PlanStep; field: StepField; from: PlanStep[StepField]; to: PlanStep[StepField] };

/** What changed from one version to the next: the head, steps gone, come, moved (among those that stayed), changed. */
export function diffOf(before: PlanBody, after: PlanBody): Difference[] {
  const old = new Map(before.steps.map((step) => [step.key, step]));
  const next = new Map(after.steps.map((step) => [step.key, step]));
  const stayedBefore = before.steps.filter((step) => next.has(step.key)).map((step) => step.key);
  const stayedAfter = after.steps.filter((step) => old.has(step.key));
  return [
    ...headFields.flatMap((field) =>
      same(before[field], after[field])
        ? []
        : [{ kind: 'head' as const, field, from: before[field], to: after[field] }],
    ),
    ...before.steps.filter((step) => !next.has(step.key)).map((step) => ({ kind: 'removed' as const, step })),
    ...after.steps.filter((step) => !old.has(step.key)).map((step) => ({ kind: 'added' as const, step })),
    ...stayedAfter.flatMap((step, to) => {
      const from = stayedBefore.indexOf(step.key);
      return from === to ? [] : [{ kind: 'moved' as const, step, from: from + 1, to: to + 1 }];
    }),
    ...stayedAfter.flatMap((step) => changesOf(old.get(step.key) ?? step, step)),
  ];
}

function changesOf(before: PlanStep, step: PlanStep): Difference[] {
  return stepFields.flatMap((field) =>
    same(before[field], step[field])
      ? []
      : [{ kind: 'changed' as const, step, field, from: before[field], to: step[field] }],
  );
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
