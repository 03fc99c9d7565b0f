import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { mainOffice, useMe } from '#web/app/me.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { facilities } from '#web/i18n/facilities.ts';
import { FormFrame as PlainFrame, type FormFrameProps } from '#web/ui/FormFrame.tsx';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { areaQuery } from './queries.ts';

export interface Choice {
  value: string;
  words: string;
}

/** A filter: one of these, or any. */
export function FilterChoice(props: {
  label: string;
  value: string;
  choices: readonly Choice[];
  onChange: (value: string) => void;
}) {
  const t = useText(facilities);
  return (
    <label>
      <span>{props.label}</span>
      <select value={props.value} onChange={({ target }) => props.onChange(target.value)}>
        <option value="">{t.any}</option>
        {props.choices.map(({ value, words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A filter by area, one step at a time: the areas above, the one chosen, and those below it. */
export function AreaChoice({ value, onChange }: { value: string | undefined; onChange: (code: string) => void }) {
  const t = useText(facilities);
  const me = useMe();
  const own = me === null ? '' : (mainOffice(me)?.areaCode ?? '');
  const around = useQuery(areaQuery(value ?? own)).data;
  const path = around?.path ?? [];
  // Above one's own area there is nothing more to see than in it.
  const top = path.findIndex(({ code }) => code === own);
  const choices = [...path.slice(Math.max(top, 0)), ...(around?.below ?? [])];
  return (
    <FilterChoice
      label={t.area}
      value={value ?? ''}
      choices={choices.map(({ code, name }) => ({ value: code, words: name }))}
      onChange={onChange}
    />
  );
}

export function Tick({ label, on, onChange }: { label: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <label>
      <input type="checkbox" checked={on} onChange={({ target }) => onChange(target.checked)} />
      <span>{label}</span>
    </label>
  );
}

/** A line to type in and a button: nothing is asked before it is pressed. */
export function FindBox({ start, onFind }: { start: string; onFind: (words: string) => void }) {
  const t = useText(facilities);
  const [typed, setTyped] = useState(start);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onFind(typed.trim());
  };
  return (
    <form role="search" className="fac-find" onSubmit={submit}>
      <input
        type="search"
        aria-label={t.search}
        placeholder={t.search}
        maxLength={40}
        autoComplete="off"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <button type="submit" className="tool tool-framed">
        {t.find}
      </button>
    </form>
  );
}

/** One fact with its name; an absent one is said to be so. */
export function Fact({ name, children }: { name: string; children?: ReactNode }) {
  const t = useText(facilities);
  const empty = children === undefined || children === null || children === '';
  return (
    <div>
      <dt>{name}</dt>
      <dd>{empty ? <span className="quiet">{t.none}</span> : children}</dd>
    </div>
  );
}

/** A form above the page, which saves. */
export function FormFrame(props: Omit<FormFrameProps, 'send' | 'area'> & { act?: string }) {
  const t = useText(facilities);
  const { act, ...rest } = props;
  return <PlainFrame {...rest} send={act ?? t.save} area="fac-form" />;
}

export interface LineProps {
  label: string;
  value: string;
  max?: number;
  required?: boolean;
  type?: 'text' | 'date' | 'number';
  hint?: string;
  least?: number;
  most?: number;
  onChange: (value: string) => void;
}

export function Line({ label, value, max, required, type = 'text', hint, least, most, onChange }: LineProps) {
  return (
    <label className="form-field">
      {label}
      <input
        type={type}
        value={value}
        maxLength={max}
        min={least}
        max={most}
        required={required}
        autoComplete="off"
        onChange={({ target }) => onChange(target.value)}
      />
      {hint !== undefined && <small className="quiet">{hint}</small>}
    </label>
  );
}

export function LongLine({ label, value, max, required, onChange }: LineProps) {
  return (
    <label className="form-field">
      {label}
      <textarea
        rows={3}
        value={value}
        maxLength={max}
        required={required}
        onChange={({ target }) => onChange(target.value)}
      />
    </label>
  );
}

/** One of these, in a form. */
export function Select(props: {
  label: string;
  value: string;
  choices: readonly Choice[];
  empty?: string;
  required?: boolean;
  onChange: (value: string) => void;
}) {
  return (
    <label className="form-field">
      {props.label}
      <select value={props.value} required={props.required} onChange={({ target }) => props.onChange(target.value)}>
        {props.empty !== undefined && <option value="">{props.empty}</option>}
        {props.choices.map(({ value, words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The right-hand side of a list: the way back on small screens, waiting, trouble, or what was chosen. */
export function PaneFrame<T>(props: {
  query: UseQueryResult<T>;
  onBack: () => void;
  children: (found: T) => ReactNode;
}) {
  const t = useText(facilities);
  const { query, onBack, children } = props;
  return (
    <article className="fac-pane">
      <button type="button" className="tool fac-back" onClick={onBack}>
        <Icon name="back" size={18} />
        {t.back}
      </button>
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      <Waiting query={query} />
      {query.data !== undefined && children(query.data)}
    </article>
  );
}

/** Says that an answer is awaited. */
export function Waiting({ query }: { query: { data: unknown; error: unknown } }) {
  const c = useText(common);
  if (query.data !== undefined || query.error !== null) return null;
  return (
    <p className="waiting" role="status">
      {c.loading}
    </p>
  );
}

/** An act that needs a reason which is kept. */
export function ReasonForm(props: {
  title: string;
  words: string;
  busy: boolean;
  error: unknown;
  danger?: boolean;
  onSend: (reason: string) => void;
  onClose: () => void;
}) {
  const t = useText(facilities);
  const [reason, setReason] = useState('');
  return (
    <FormFrame
      {...props}
      act={props.title}
      ready={reason.trim().length >= 2}
      onSend={() => props.onSend(reason.trim())}
    >
      <p>{props.words}</p>
      <LongLine label={t.reason} value={reason} max={300} required onChange={setReason} />
    </FormFrame>
  );
}

/** 'YYYY-MM-DD' as a moment of that day in Shanghai, for formatDate. */
export const dayTime = (day: string): string => `${day}T00:00:00+08:00`;
