import { useId, type ReactElement, type ReactNode } from 'react';

export interface FieldProps {
  label: string;
  hint?: string;
  /** A control that takes the id and the ids of its explanation. */
  children: (props: { id: string; 'aria-describedby': string | undefined }) => ReactElement;
}

/** Label above, control, explanation below. */
export function Field({ label, hint, children }: FieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  return (
    <div className="adm-field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': hint === undefined ? undefined : hintId })}
      {hint !== undefined && <small id={hintId}>{hint}</small>}
    </div>
  );
}

export interface TextFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: string;
  type?: 'text' | 'email' | 'password' | 'date' | 'time' | 'datetime-local' | 'number' | 'search';
  required?: boolean;
  maxLength?: number;
  min?: string | number;
  max?: string | number;
  step?: string | number;
  autoComplete?: string;
  pattern?: string;
  placeholder?: string;
}

export function TextField({ label, hint, value, onChange, type = 'text', ...rest }: TextFieldProps) {
  return (
    <Field label={label} hint={hint}>
      {(props) => (
        <input
          {...props}
          {...rest}
          className="adm-input"
          type={type}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

export interface AreaFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: string;
  rows?: number;
  required?: boolean;
  maxLength?: number;
}

/** Several lines of text. */
export function LongField({ label, hint, value, onChange, rows = 3, ...rest }: AreaFieldProps) {
  return (
    <Field label={label} hint={hint}>
      {(props) => (
        <textarea
          {...props}
          {...rest}
          className="adm-input"
          rows={rows}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

export interface Option {
  value: string;
  words: string;
}

export interface ChoiceFieldProps {
  label: string;
  value: string;
  options: readonly Option[];
  onChange: (value: string) => void;
  hint?: string;
  required?: boolean;
  /** Words of the empty choice; absent: there is none. */
  none?: string;
}

/** One of a few. */
export function ChoiceField({ label, hint, value, options, onChange, none, required }: ChoiceFieldProps) {
  return (
    <Field label={label} hint={hint}>
      {(props) => (
        <select
          {...props}
          required={required}
          className="adm-input"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        >
          {none !== undefined && <option value="">{none}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.words}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export interface TickProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}

export function Tick({ checked, onChange, children }: TickProps) {
  return (
    <label className="adm-tick">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>{children}</span>
    </label>
  );
}
