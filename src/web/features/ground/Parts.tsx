import { useState, type FormEvent, type ReactNode } from 'react';
import { useText } from '#web/i18n/area.ts';
import { ground } from '#web/i18n/ground.ts';
import { FormFrame as PlainFrame, type FormFrameProps } from '#web/ui/FormFrame.tsx';

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
  const t = useText(ground);
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

/** A line to type in and a button: nothing is asked before it is pressed. */
export function FindBox(props: { label: string; act: string; start: string; onFind: (words: string) => void }) {
  const [typed, setTyped] = useState(props.start);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    props.onFind(typed.trim());
  };
  return (
    <form role="search" className="ground-find" onSubmit={submit}>
      <input
        type="search"
        aria-label={props.label}
        placeholder={props.label}
        maxLength={40}
        autoComplete="off"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <button type="submit" className="tool tool-framed">
        {props.act}
      </button>
    </form>
  );
}

/** One fact with its name; an absent one is said to be so. */
export function Fact({ name, children }: { name: string; children?: ReactNode }) {
  const t = useText(ground);
  const empty = children === undefined || children === null || children === '';
  return (
    <div>
      <dt>{name}</dt>
      <dd>{empty ? <span className="quiet">{t.none}</span> : children}</dd>
    </div>
  );
}

type FrameProps = Omit<FormFrameProps, 'send' | 'area'> & { act: string };

/** A form about the ground above the page. */
export function FormFrame({ act, ...rest }: FrameProps) {
  return <PlainFrame {...rest} send={act} area="ground-form" />;
}

export interface LineProps {
  label: string;
  value: string;
  max: number;
  required?: boolean;
  hint?: string;
  onChange: (value: string) => void;
}

export function Line({ label, value, max, required, hint, onChange }: LineProps) {
  return (
    <label className="form-field">
      {label}
      <input
        value={value}
        maxLength={max}
        required={required}
        placeholder={hint}
        autoComplete="off"
        onChange={({ target }) => onChange(target.value)}
      />
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

/** Takes a row off the list, with the reason that is kept. */
export function RetireForm(props: {
  title: string;
  words: string;
  busy: boolean;
  error: unknown;
  onSend: (reason: string) => void;
  onClose: () => void;
}) {
  const t = useText(ground);
  const [reason, setReason] = useState('');
  return (
    <FormFrame
      {...props}
      act={t.send}
      danger
      ready={reason.trim().length >= 2}
      onSend={() => props.onSend(reason.trim())}
    >
      <p>{props.words}</p>
      <LongLine label={t.reason} value={reason} max={500} required onChange={setReason} />
    </FormFrame>
  );
}
