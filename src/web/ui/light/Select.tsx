import { useId } from 'react';

export interface SelectProps {
  label: string;
  value: string;
  choices: readonly { value: string; words: string }[];
  onChange: (value: string) => void;
  /** Shown while nothing is chosen; its value is ''. */
  none: string;
}

/** A labelled native list: on phones the system's own wheel, which everyone knows. */
export function Select({ label, value, choices, onChange, none }: SelectProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id} className="field-label">
        {label}
      </label>
      <select id={id} className="field-box" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{none}</option>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.words}
          </option>
        ))}
      </select>
    </div>
  );
}
