import { useId, type HTMLInputTypeAttribute, type ReactNode } from 'react';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';

export interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Why it is asked, or an example. */
  hint?: ReactNode;
  /** What is wrong with it; tied to the field for screen readers. */
  error?: string;
  optional?: boolean;
  type?: HTMLInputTypeAttribute;
  inputMode?: 'text' | 'tel' | 'numeric' | 'email' | 'search';
  autoComplete?: string;
  placeholder?: string;
  maxLength?: number;
  autoFocus?: boolean;
}

/** A labelled line of text. */
export function Field({ label, hint, error, optional = false, onChange, value, ...rest }: FieldProps) {
  const id = useId();
  return (
    <div className="field">
      <FieldLabel id={id} label={label} optional={optional} />
      <input
        id={id}
        className="field-box"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={`${id}-notes`}
        {...rest}
      />
      <FieldNotes id={id} hint={hint} error={error} />
    </div>
  );
}

export interface TextAreaProps extends Omit<FieldProps, 'type' | 'inputMode' | 'autoComplete'> {
  rows?: number;
  maxLength: number;
  /** Words for the characters left, shown from the last fifth on. */
  left: (n: number) => string;
}

/** A labelled block of text with a live count. */
export function TextArea({
  label,
  hint,
  error,
  optional = false,
  onChange,
  value,
  rows = 4,
  maxLength,
  left,
  ...rest
}: TextAreaProps) {
  const id = useId();
  const remaining = maxLength - value.length;
  return (
    <div className="field">
      <FieldLabel id={id} label={label} optional={optional} />
      <textarea
        id={id}
        className="field-box"
        rows={rows}
        value={value}
        maxLength={maxLength}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={`${id}-notes`}
        {...rest}
      />
      <FieldNotes id={id} hint={remaining < maxLength / 5 ? left(remaining) : hint} error={error} />
    </div>
  );
}

function FieldLabel({ id, label, optional }: { id: string; label: string; optional: boolean }) {
  const t = useText(common);
  return (
    <label htmlFor={id} className="field-label">
      {label}
      {optional && <span className="field-optional">{t.optional}</span>}
    </label>
  );
}

function FieldNotes({ id, hint, error }: { id: string; hint?: ReactNode; error?: string }) {
  return (
    <div id={`${id}-notes`} className="field-notes" aria-live="polite">
      {error !== undefined && <p className="field-error">{error}</p>}
      {error === undefined && hint !== undefined && <p className="field-hint">{hint}</p>}
    </div>
  );
}
