import { useId, type KeyboardEvent, type ReactNode } from 'react';
import './parts.css';

export interface WordsFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: string;
  rows?: number;
  max?: number;
  /** Focus comes here when the field appears. */
  first?: boolean;
}

/** A labelled block of text. */
export function WordsField({ label, value, onChange, hint, rows = 2, max = 500, first = false }: WordsFieldProps) {
  const id = useId();
  return (
    <div className="room-field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        rows={rows}
        maxLength={max}
        value={value}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        // The person has just asked for this form.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus={first}
        onChange={(event) => onChange(event.target.value)}
      />
      {hint !== undefined && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  );
}

export interface LineFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  type?: 'text' | 'tel' | 'number';
  max?: number;
  min?: number;
  /** What is wrong with it. */
  error?: string;
}

/** A labelled line. */
export function LineField({ label, value, onChange, type = 'text', max, min, error }: LineFieldProps) {
  const id = useId();
  return (
    <div className="room-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type={type}
        inputMode={type === 'tel' ? 'tel' : undefined}
        value={value}
        min={min}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        {...(type === 'number' ? { max } : { maxLength: max })}
        onChange={(event) => onChange(event.target.value)}
      />
      {error !== undefined && (
        <small id={`${id}-error`} className="room-wrong" role="alert">
          {error}
        </small>
      )}
    </div>
  );
}

export interface ChoiceFieldProps {
  label: string;
  value: string;
  options: readonly { value: string; words: string }[];
  onChange: (value: string) => void;
}

/** One of a few, as the browser's own list. */
export function ChoiceField({ label, value, options, onChange }: ChoiceFieldProps) {
  const id = useId();
  return (
    <div className="room-field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.words}
          </option>
        ))}
      </select>
    </div>
  );
}

export interface LittleFormProps {
  label: string;
  onSend: () => void;
  onClose?: () => void;
  children: ReactNode;
}

/** A small form: Ctrl + Enter sends, Escape closes. */
export function LittleForm({ label, onSend, onClose, children }: LittleFormProps) {
  const key = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && onClose !== undefined) {
      event.stopPropagation();
      onClose();
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onSend();
    }
  };
  return (
    // Hears Escape and Ctrl + Enter from the fields inside.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      className="room-form"
      aria-label={label}
      onKeyDown={key}
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      {children}
    </form>
  );
}
