import { expect, test } from 'vitest';
import { planBody, type PlanBody } from '#contract/operations-plans.ts';
import { addStep, changeStep, diffOf, emptyPlan, moveStep, problemsOf, removeStep, withKind } from './plan-draft.ts';

const plan: PlanBody = planBody.parse({
  name: '电缆井火情',
  steps: [
    { key: 'confirm', words: '确认火情', role: 'seat', dueMinutes: 1 },
    {
      key: 'call',
      words: '拨打 119',
      role: 'seat',
      kind: 'call',
      dueMinutes: 2,
      call: { number: '119', name: '消防' },
    },
    { key: 'cordon', words: '拉警戒', role: 'grid_force', kind: 'cordon', dueMinutes: 8 },
  ],
});
const keys = (body: PlanBody): string[] => body.steps.map((step) => step.key);

test('steps move by one and stay at the ends', () => {
  expect(keys(moveStep(plan, 0, 1))).toEqual(['call', 'confirm', 'cordon']);
  expect(keys(moveStep(plan, 2, -1))).toEqual(['confirm', 'cordon', 'call']);
  expect(moveStep(plan, 0, -1)).toBe(plan);
  expect(moveStep(plan, 2, 1)).toBe(plan);
});

test('a new step has a key nobody has, and must be filled before the plan can be saved', () => {
  const longer = addStep(addStep(removeStep(addStep(plan), 0)));
  expect(new Set(keys(longer)).size).toBe(longer.steps.length);
  expect(problemsOf(addStep(plan))).toEqual([{ index: 3, what: 'words' }]);
});

test('what the page calls a problem, the contract refuses; what it lets pass, the contract takes', () => {
  const call = withKind(plan.steps[0] as (typeof plan.steps)[number], 'call');
  const invite = withKind(call, 'invite');
  const samples = [
    plan,
    emptyPlan,
    addStep(plan),
    changeStep(plan, 0, call),
    changeStep(plan, 0, invite),
    changeStep(plan, 0, { ...call, call: { number: '119', name: '消防' } }),
    changeStep(plan, 0, { ...invite, inviteRoles: ['power'] }),
    changeStep(plan, 0, { dueMinutes: 0.5 }),
    changeStep(plan, 0, { dueMinutes: 20_000 }),
    { ...plan, nearbyM: 5 },
    { ...plan, nearbyM: Number.NaN },
    { ...plan, places: [{ name: ' ', note: '' }] },
  ];
  for (const sample of samples)
    expect([sample, problemsOf(sample).length === 0]).toEqual([sample, planBody.safeParse(sample).success]);
});

test('a step of another kind keeps nothing that does not fit it', () => {
  const called = plan.steps[1] as (typeof plan.steps)[number];
  expect(withKind(called, 'task').call).toBeNull();
  expect(withKind(withKind(called, 'invite'), 'task').inviteRoles).toEqual([]);
});

test('the difference tells head, gone, come, moved and changed apart', () => {
  const next: PlanBody = {
    ...changeStep(moveStep(plan, 0, 1), 0, { dueMinutes: 3 }),
    nearbyM: 200,
  };
  const after = addStep(removeStep(next, 2));
  const diff = diffOf(plan, after);
  expect(diff.filter((one) => one.kind === 'head')).toMatchObject([{ field: 'nearbyM', from: 100, to: 200 }]);
  expect(diff.filter((one) => one.kind === 'removed')).toMatchObject([{ step: { key: 'cordon' } }]);
  expect(diff.filter((one) => one.kind === 'added')).toHaveLength(1);
  expect(diff.filter((one) => one.kind === 'moved')).toMatchObject([
    { step: { key: 'call' }, from: 2, to: 1 },
    { step: { key: 'confirm' }, from: 1, to: 2 },
  ]);
  expect(diff.filter((one) => one.kind === 'changed')).toMatchObject([
    { step: { key: 'call' }, field: 'dueMinutes', from: 2, to: 3 },
  ]);
  expect(diffOf(plan, structuredClone(plan))).toEqual([]);
});
