import { Checkbox, Input, InputNumber, Segmented, Select, TreeSelect } from 'antd';
import { lazy, Suspense, type ReactNode } from 'react';
import { useDeskSlots } from '#web/app/desk-slots.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { deskEvent } from '#web/i18n/desk-event.ts';
import { words } from '#web/i18n/words.ts';
import { priorityKeys } from '../../PriorityShape.tsx';
import type { EventDetail } from '../../queries.ts';
import { tomorrow } from '../../queue/BulkBar.tsx';
import { useCategoryTree } from '../../trees.ts';
import type { AllowedAction, FieldKind } from '../specs.ts';
import type { ActionValues } from '../values.ts';
import { CallField } from './CallField.tsx';
import { PhotosField } from './PhotosField.tsx';
import { LowerField } from './LowerField.tsx';
import { AssistsField, InvitedField, LeadField } from './UnitFields.tsx';

const MergeField = lazy(async () => ({ default: (await import('./MergeField.tsx')).MergeField }));
const PlaceField = lazy(async () => ({ default: (await import('./PlaceField.tsx')).PlaceField }));

export interface FieldProps {
  event: EventDetail;
  action: AllowedAction;
  values: ActionValues;
  set: (part: Partial<ActionValues>) => void;
}

/** One field of a panel, by its kind. */
export function ActionField({
  kind,
  fields,
  ...props
}: FieldProps & { kind: FieldKind; fields: readonly FieldKind[] }) {
  const t = useText(deskEvent).act;
  const { values, set } = props;
  switch (kind) {
    case 'note':
      return (
        <>
          <Words
            label={needsNote(props) ? t.note : t.noteOptional}
            value={values.note}
            onChange={(note) => set({ note })}
            {...(values.outcome === 'fail' ? { hint: t.failHint } : {})}
          />
          {props.action.verb === 'note' && <Helped {...props} field="note" />}
        </>
      );
    case 'reason':
      return (
        <Words
          label={t.reason}
          value={values.reason}
          onChange={(reason) => set({ reason })}
          hint={props.action.verb === 'decline' ? t.declineHint : t.reasonHint}
          max={500}
        />
      );
    case 'instruction':
      return (
        <Words label={t.instruction} value={values.instruction} onChange={(instruction) => set({ instruction })} />
      );
    case 'result':
      return (
        <>
          <Words label={t.result} value={values.result} onChange={(result) => set({ result })} hint={t.resultHint} />
          <Helped {...props} field="result" />
        </>
      );
    case 'noEvidence':
      return <NoEvidence {...props} />;
    case 'outcomeVerify':
      return <Outcome {...props} label={t.outcomeVerify} choices={['confirmed', 'not_found']} />;
    case 'outcomeCheck':
      return <Outcome {...props} label={t.outcomeCheck} choices={['pass', 'fail']} />;
    case 'lead':
      return <LeadField {...props} />;
    case 'assists':
      return <AssistsField {...props} />;
    case 'invited':
      return <InvitedField {...props} />;
    case 'photos':
      return <PhotosField {...props} fields={fields} />;
    case 'showReporter':
      return values.photos.length === 0 ? null : (
        <Checkbox checked={values.showReporter} onChange={(event) => set({ showReporter: event.target.checked })}>
          {t.showReporter}
        </Checkbox>
      );
    case 'lower':
      return <LowerField {...props} />;
    case 'beyondTier':
      return (
        <Checkbox checked={values.beyondTier} onChange={(event) => set({ beyondTier: event.target.checked })}>
          {t.beyondTier}
        </Checkbox>
      );
    case 'reviewAt':
      return (
        <label className="form-field">
          {t.reviewDay}
          <input
            type="date"
            value={values.reviewDay}
            min={tomorrow()}
            onChange={(event) => set({ reviewDay: event.target.value })}
          />
        </label>
      );
    case 'into':
      return (
        <Later>
          <MergeField {...props} />
        </Later>
      );
    case 'place':
      return (
        <Later>
          <PlaceField {...props} />
        </Later>
      );
    case 'extension':
      return <Extension {...props} />;
    case 'call':
      return <CallField {...props} />;
    case 'category':
      return <Category {...props} />;
    case 'priority':
      return <Priority {...props} />;
  }
}

/** What other features offer for writing this field; what they give comes after what stands there. */
function Helped({ event, values, set, field }: FieldProps & { field: 'note' | 'result' }) {
  const { wordTools } = useDeskSlots();
  const onText = (text: string): void => set({ [field]: [values[field], text].filter((one) => one !== '').join('\n') });
  return (
    <Suspense fallback={null}>
      {wordTools.map((Tool, k) => (
        // oxlint-disable-next-line react/no-array-index-key
        <Tool key={k} event={event} field={field} onText={onText} />
      ))}
    </Suspense>
  );
}

function needsNote({ action, values }: FieldProps): boolean {
  return action.verb === 'supervise' || action.verb === 'note' || values.outcome === 'fail';
}

interface WordsProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: string;
  max?: number;
}

export function Words({ label, value, onChange, hint, max = 2000 }: WordsProps) {
  return (
    <label className="form-field">
      {label}
      <Input.TextArea
        autoSize={{ minRows: 2, maxRows: 8 }}
        maxLength={max}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {hint !== undefined && <small>{hint}</small>}
    </label>
  );
}

function NoEvidence({ event, values, set }: FieldProps) {
  const t = useText(deskEvent).act;
  const w = useText(words);
  const { evidence } = event.rule;
  if (evidence !== 'before_after' && evidence !== 'after') return null;
  return (
    <label className="form-field">
      {t.noEvidence}
      <Input
        value={values.noEvidenceReason}
        maxLength={500}
        onChange={(typed) => set({ noEvidenceReason: typed.target.value })}
      />
      <small>{t.evidenceWanted(w.evidence[evidence])}</small>
    </label>
  );
}

type OutcomeWord = 'confirmed' | 'not_found' | 'pass' | 'fail';

function Outcome({ values, set, label, choices }: FieldProps & { label: string; choices: readonly OutcomeWord[] }) {
  const w = useText(words);
  return (
    <div className="form-field" role="group" aria-label={label}>
      {label}
      <Segmented
        block
        value={values.outcome}
        onChange={(outcome) => set({ outcome: String(outcome) })}
        options={choices.map((one) => ({ value: one, label: w.outcome[one] }))}
      />
    </div>
  );
}

function Extension({ values, set }: FieldProps) {
  const t = useText(deskEvent).act;
  return (
    <div className="form-field" role="group" aria-label={t.amount}>
      {t.amount}
      <span className="form-row">
        <InputNumber
          aria-label={t.amount}
          min={1}
          max={values.kind === 'working_day' ? 60 : 720}
          precision={0}
          value={values.amount}
          onChange={(amount) => set({ amount: amount ?? 1 })}
        />
        <Select
          aria-label={t.amount}
          value={values.kind}
          onChange={(kind) => set({ kind })}
          options={[
            { value: 'working_day', label: t.workDays },
            { value: 'working_time', label: t.workHours },
            { value: 'continuous', label: t.hours },
          ]}
        />
      </span>
    </div>
  );
}

function Category({ event, values, set }: FieldProps) {
  const t = useText(deskEvent).act;
  const tree = useCategoryTree(false);
  return (
    <div className="form-field">
      {t.category}
      <TreeSelect
        aria-label={t.category}
        treeData={tree}
        value={values.categoryCode === '' ? event.categoryCode : values.categoryCode}
        onChange={(categoryCode: string) => set({ categoryCode })}
        showSearch={{ treeNodeFilterProp: 'title' }}
      />
    </div>
  );
}

function Priority({ event, values, set }: FieldProps) {
  const t = useText(deskEvent).act;
  const w = useText(words);
  return (
    <div className="form-field" role="group" aria-label={t.priority}>
      {t.priority}
      <Segmented
        block
        value={values.priority ?? event.priority}
        onChange={(priority) => set({ priority: Number(priority) })}
        options={priorityKeys.map((key, value) => ({ value, label: `${w.priorityCode[key]} ${w.priority[key]}` }))}
      />
    </div>
  );
}

function Later({ children }: { children: ReactNode }) {
  const c = useText(common);
  return <Suspense fallback={<p className="quiet">{c.loading}</p>}>{children}</Suspense>;
}
