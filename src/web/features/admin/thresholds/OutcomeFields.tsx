import { useQuery } from '@tanstack/react-query';
import { raisesWords } from '#contract/sensing-views.ts';
import { usePlanNames, type PlanName } from '#web/app/plan-names.ts';
import { adminDevices } from '#web/i18n/admin-devices.ts';
import { alarms } from '#web/i18n/alarms.ts';
import { useText } from '#web/i18n/area.ts';
import { words } from '#web/i18n/words.ts';
import { ChoiceField } from '../shared/Field.tsx';
import { useName } from '../shared/names.ts';
import { categoriesQuery } from './queries.ts';

/** What follows when it rings; the same for thresholds and alert sources. */
export interface Outcome {
  priority: number;
  categoryCode: string;
  planCode: string;
  raises: (typeof raisesWords)[number];
}

const priorities = ['p0', 'p1', 'p2', 'p3', 'p4'] as const;

/** As the contract wants it: '' means none. */
export function outcomeBody({ priority, categoryCode, planCode, raises }: Outcome) {
  return {
    priority,
    categoryCode: categoryCode === '' ? null : categoryCode,
    planCode: planCode.trim() === '' ? null : planCode.trim(),
    raises,
  };
}

export function OutcomeFields({ value, onChange }: { value: Outcome; onChange: (change: Partial<Outcome>) => void }) {
  const t = useText(adminDevices).thresholds;
  const a = useText(alarms).detail;
  const w = useText(words);
  const name = useName();
  const plans = usePlanNames();
  const categories = useQuery(categoriesQuery).data?.categories ?? [];
  return (
    <>
      <div className="adm-row">
        <ChoiceField
          label={t.priority}
          value={String(value.priority)}
          options={priorities.map((key, k) => ({
            value: String(k),
            words: `${w.priorityCode[key]} ${w.priority[key]}`,
          }))}
          onChange={(priority) => onChange({ priority: Number(priority) })}
        />
        <ChoiceField
          label={t.raises}
          value={value.raises}
          options={raisesWords.map((one) => ({ value: one, words: a.raises[one] }))}
          onChange={(raises) => onChange({ raises: raisesWords.find((one) => one === raises) ?? 'ask' })}
        />
      </div>
      <div className="adm-row">
        <ChoiceField
          label={t.category}
          value={value.categoryCode}
          none={t.noCategory}
          required={value.raises === 'auto'}
          options={categories
            .filter(({ retired }) => !retired)
            .map((one) => ({ value: one.code, words: `${one.code} ${name(one)}` }))}
          onChange={(categoryCode) => onChange({ categoryCode })}
        />
        <ChoiceField
          label={t.plan}
          hint={t.planHint}
          value={value.planCode}
          none={t.noPlan}
          options={withChosen(plans, value.planCode)}
          onChange={(planCode) => onChange({ planCode })}
        />
      </div>
    </>
  );
}

/** Plans that may be chosen, and the one chosen before even when it is retired or unknown. */
function withChosen(plans: readonly PlanName[], chosen: string): { value: string; words: string }[] {
  const offered = plans.filter(({ code, retired }) => !retired || code === chosen);
  const known = chosen === '' || offered.some(({ code }) => code === chosen);
  return [
    ...offered.map(({ code, name }) => ({ value: code, words: name })),
    ...(known ? [] : [{ value: chosen, words: chosen }]),
  ];
}
