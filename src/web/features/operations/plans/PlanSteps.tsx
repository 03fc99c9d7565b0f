import { Select } from 'antd';
import { useRef, type KeyboardEvent } from 'react';
import { stepKinds, stepRoles, type PlanStep, type StepKind, type StepRole } from '#contract/operations-plans.ts';
import { useText } from '#web/i18n/area.ts';
import { operations } from '#web/i18n/operations.ts';
import { plans } from '#web/i18n/plans.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { ChoiceField, LineField, WordsField } from '../parts/Fields.tsx';
import type { PlanPartProps } from './PlanHeadFields.tsx';
import { addStep, changeStep, moveStep, removeStep, withKind } from './plan-draft.ts';
import { useRoles } from './role-names.ts';

/** The steps in their order. Alt + arrow keys move the step the focus stands in, and the focus goes with it. */
export function PlanSteps({ body, onChange }: PlanPartProps) {
  const t = useText(plans);
  const list = useRef<HTMLOListElement>(null);
  const move = (index: number, by: -1 | 1): void => {
    const next = moveStep(body, index, by);
    if (next === body) return;
    const focused = document.activeElement;
    onChange(next);
    // React keeps the element (its key is the step's); moving it in the page takes the focus away.
    requestAnimationFrame(() => {
      if (focused instanceof HTMLElement && list.current?.contains(focused) === true) focused.focus();
    });
  };
  return (
    <section className="ops-part" aria-label={t.field.steps}>
      <h2>{t.field.steps}</h2>
      <small>{t.steps.keys}</small>
      <ol className="plan-steps" ref={list}>
        {body.steps.map((step, index) => (
          <StepFields
            key={step.key}
            step={step}
            index={index}
            last={index === body.steps.length - 1}
            onMove={(by) => move(index, by)}
            onRemove={() => onChange(removeStep(body, index))}
            onChange={(part) => onChange(changeStep(body, index, part))}
          />
        ))}
      </ol>
      <div className="room-buttons">
        <button
          type="button"
          className="room-button"
          disabled={body.steps.length >= 60}
          onClick={() => onChange(addStep(body))}
        >
          {t.steps.add}
        </button>
      </div>
    </section>
  );
}

interface StepFieldsProps {
  step: PlanStep;
  index: number;
  last: boolean;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
  onChange: (part: Partial<PlanStep>) => void;
}

function StepFields({ step, index, last, onMove, onRemove, onChange }: StepFieldsProps) {
  const t = useText(plans);
  const w = useText(operations).steps;
  const key = (event: KeyboardEvent): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    onMove(event.key === 'ArrowUp' ? -1 : 1);
  };
  return (
    // Hears Alt + arrows from the fields inside.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li className="plan-step" aria-label={t.steps.one(index + 1)} onKeyDown={key}>
      <StepHead index={index} last={last} onMove={onMove} onRemove={onRemove} />
      <div className="ops-two">
        <WordsField label={t.field.words} max={200} value={step.words} onChange={(words) => onChange({ words })} />
        <WordsField
          label={t.field.wordsEn}
          max={300}
          value={step.wordsEn}
          onChange={(wordsEn) => onChange({ wordsEn })}
        />
      </div>
      <div className="room-row">
        <ChoiceField
          label={t.field.role}
          value={step.role}
          options={stepRoles.map((role) => ({ value: role, words: w.roles[role] }))}
          onChange={(role) => onChange({ role: role as StepRole })}
        />
        <ChoiceField
          label={t.field.kind}
          value={step.kind}
          options={stepKinds.map((kind) => ({ value: kind, words: w.kinds[kind] }))}
          onChange={(kind) => onChange(withKind(step, kind as StepKind))}
        />
        <LineField
          label={t.field.dueMinutes}
          type="number"
          min={0}
          max={10_080}
          value={Number.isNaN(step.dueMinutes) ? '' : `${step.dueMinutes}`}
          onChange={(text) => onChange({ dueMinutes: text === '' ? Number.NaN : Number(text) })}
        />
        <label className="check">
          <input
            type="checkbox"
            checked={step.required}
            onChange={(event) => onChange({ required: event.target.checked })}
          />
          {t.field.required}
        </label>
      </div>
      <KindFields step={step} onChange={onChange} />
    </li>
  );
}

function StepHead({ index, last, onMove, onRemove }: Omit<StepFieldsProps, 'step' | 'onChange'>) {
  const t = useText(plans).steps;
  return (
    <p className="plan-step-head">
      <b>{t.one(index + 1)}</b>
      <span className="spring" />
      <button
        type="button"
        className="tool"
        aria-label={t.up(index + 1)}
        disabled={index === 0}
        onClick={() => onMove(-1)}
      >
        <Icon name="up" size={18} />
      </button>
      <button type="button" className="tool" aria-label={t.down(index + 1)} disabled={last} onClick={() => onMove(1)}>
        <Icon name="down" size={18} />
      </button>
      <button type="button" className="tool" aria-label={t.remove(index + 1)} onClick={onRemove}>
        <Icon name="bin" size={18} />
      </button>
    </p>
  );
}

/** What only calls and invitations ask for. */
function KindFields({ step, onChange }: Pick<StepFieldsProps, 'step' | 'onChange'>) {
  const t = useText(plans).field;
  const roles = useRoles();
  if (step.kind === 'call') {
    const call = step.call ?? { number: '', name: '' };
    return (
      <div className="room-row">
        <LineField
          label={t.callNumber}
          type="tel"
          max={20}
          value={call.number}
          onChange={(number) => onChange({ call: { ...call, number } })}
        />
        <LineField
          label={t.callName}
          max={40}
          value={call.name}
          onChange={(name) => onChange({ call: { ...call, name } })}
        />
      </div>
    );
  }
  if (step.kind !== 'invite') return null;
  const known = new Set(roles.map((role) => role.code));
  const options = [
    ...roles.map((role) => ({ value: role.code, label: role.words })),
    ...step.inviteRoles.filter((code) => !known.has(code)).map((code) => ({ value: code, label: code })),
  ];
  return (
    <div className="room-field">
      <span>{t.inviteRoles}</span>
      <Select
        mode="multiple"
        aria-label={t.inviteRoles}
        value={step.inviteRoles}
        onChange={(inviteRoles: string[]) => onChange({ inviteRoles })}
        showSearch={{ optionFilterProp: 'label' }}
        options={options}
      />
    </div>
  );
}
