import { Button, Drawer, Select } from 'antd';
import { useState, type FormEvent } from 'react';
import { evidenceKinds } from '#contract/events-words.ts';
import { deskTiers } from '#kit/tiers.ts';
import { adminLibrary } from '#web/i18n/admin-library.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { words } from '#web/i18n/words.ts';
import { ChoiceField, Field } from '../shared/Field.tsx';
import { Note } from '../shared/Note.tsx';
import { useName } from '../shared/names.ts';
import { changedFields, limitSteps, type Category, type Rule } from './draft.ts';
import { CategoryForm } from './CategoryForm.tsx';
import { limitOf, limitUnits, partsOfLimit, type Limit } from './limit-text.ts';
import { AreaLeads } from './AreaLeads.tsx';
import { useDuties } from './names.ts';

export interface RuleFormProps {
  category: Category;
  published: Rule | undefined;
  rule: Rule | undefined;
  /** Rules may be changed in the draft. */
  mayDraft: boolean;
  /** Categories may be changed, at once. */
  mayEdit: boolean;
  onClose: () => void;
  onRule: (rule: Rule) => void;
}

const blank = (categoryCode: string): Rule => ({
  categoryCode,
  tier: 'street',
  leadRole: '',
  assistRoles: [],
  priority: 3,
  limits: {},
  evidence: 'before_after',
  planCode: null,
  areas: [],
});

/** One line of the library. Changes go into the draft; nothing is in force before it is published. */
export function RuleForm({ category, published, rule, mayDraft, mayEdit, onClose, onRule }: RuleFormProps) {
  const t = useText(adminLibrary);
  const c = useText(common);
  const name = useName();
  const [next, setNext] = useState<Rule>(rule ?? blank(category.code));
  const changed = changedFields(published, next);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onRule(next);
  };
  return (
    <Drawer
      open
      title={`${name(category)} ${category.code}`}
      size={560}
      onClose={onClose}
      closable={{ 'aria-label': c.close }}
    >
      <form className="adm-form" onSubmit={submit}>
        <fieldset className="adm-plain-set adm-form" disabled={!mayDraft}>
          {published === undefined && <Note kind="info">{t.rule.inherits}</Note>}
          <RuleFields rule={next} onChange={setNext} />
        </fieldset>
        {changed.length > 0 && published !== undefined && (
          <p className="adm-soft">
            {t.rule.changes} {changed.map((field) => t.rule.fields[field]).join(' · ')}
          </p>
        )}
        {mayDraft && (
          <div className="adm-buttons">
            {rule !== published && published !== undefined && (
              <Button onClick={() => onRule(published)}>{t.rule.back}</Button>
            )}
            <Button type="primary" htmlType="submit" disabled={next.leadRole === ''}>
              {t.rule.keep}
            </Button>
          </div>
        )}
      </form>
      {mayEdit && <CategoryForm category={category} />}
    </Drawer>
  );
}

function RuleFields({ rule, onChange }: { rule: Rule; onChange: (rule: Rule) => void }) {
  const t = useText(adminLibrary).rule;
  const w = useText(words);
  const duties = useDuties();
  const dutyOptions = duties.list.map(({ code, name }) => ({ value: code, label: `${name} · ${code}` }));
  const priorities = ['p0', 'p1', 'p2', 'p3', 'p4'] as const;
  return (
    <>
      <div className="adm-row">
        <ChoiceField
          label={t.fields.tier}
          hint={t.tierHint}
          value={rule.tier}
          options={deskTiers.map((value) => ({ value, words: w.tier[value] }))}
          onChange={(tier) => onChange({ ...rule, tier: deskTiers.find((one) => one === tier) ?? rule.tier })}
        />
        <ChoiceField
          label={t.fields.priority}
          value={String(rule.priority)}
          options={priorities.map((word, index) => ({ value: String(index), words: `P${index} ${w.priority[word]}` }))}
          onChange={(priority) => onChange({ ...rule, priority: Number(priority) })}
        />
      </div>
      <Field label={t.fields.leadRole}>
        {(props) => (
          <Select
            {...props}
            aria-label={t.fields.leadRole}
            className="adm-wide"
            showSearch={{ optionFilterProp: 'label' }}
            value={rule.leadRole === '' ? undefined : rule.leadRole}
            options={dutyOptions}
            onChange={(leadRole: string) => onChange({ ...rule, leadRole })}
          />
        )}
      </Field>
      <Field label={t.fields.assistRoles}>
        {(props) => (
          <Select
            {...props}
            aria-label={t.fields.assistRoles}
            className="adm-wide"
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            value={rule.assistRoles}
            options={dutyOptions}
            onChange={(assistRoles: string[]) => onChange({ ...rule, assistRoles })}
          />
        )}
      </Field>
      <ChoiceField
        label={t.fields.evidence}
        value={rule.evidence}
        options={evidenceKinds.map((value) => ({ value, words: w.evidence[value] }))}
        onChange={(evidence) =>
          onChange({ ...rule, evidence: evidenceKinds.find((one) => one === evidence) ?? rule.evidence })
        }
      />
      <Limits rule={rule} onChange={onChange} />
      <AreaLeads rule={rule} dutyOptions={dutyOptions} onChange={onChange} />
    </>
  );
}

function Limits({ rule, onChange }: { rule: Rule; onChange: (rule: Rule) => void }) {
  const t = useText(adminLibrary);
  const w = useText(words);
  const set = (step: (typeof limitSteps)[number], limit: Limit | undefined): void =>
    onChange({ ...rule, limits: { ...rule.limits, [step]: limit } });
  return (
    <fieldset className="adm-plain-set">
      <legend className="adm-legend">{t.rule.fields.limits}</legend>
      <p className="adm-soft">{t.rule.limitsHint}</p>
      {limitSteps.map((step) => {
        const limit = rule.limits[step];
        const parts = limit === undefined ? undefined : partsOfLimit(limit);
        return (
          <div key={step} className="adm-limit">
            <span>{w.clockStep[step]}</span>
            <input
              className="adm-input"
              type="number"
              min={1}
              max={100_000}
              aria-label={t.rule.amountOf(w.clockStep[step])}
              value={parts?.count ?? ''}
              onChange={(event) =>
                set(
                  step,
                  event.target.value === '' ? undefined : limitOf(Number(event.target.value), parts?.unit ?? 'wd'),
                )
              }
            />
            <select
              className="adm-input"
              aria-label={t.rule.unitOf(w.clockStep[step])}
              value={parts?.unit ?? ''}
              onChange={(event) => {
                const unit = limitUnits.find((one) => one === event.target.value);
                set(step, unit === undefined ? undefined : limitOf(parts?.count ?? 1, unit));
              }}
            >
              <option value="">{t.limit.byPriority}</option>
              {limitUnits.map((unit) => (
                <option key={unit} value={unit}>
                  {t.limit.names[unit]}
                </option>
              ))}
            </select>
          </div>
        );
      })}
    </fieldset>
  );
}
