import { useState, type FormEvent } from 'react';
import type { Choice } from './FormLines.tsx';

interface FilterChoiceProps {
  label: string;
  value: string;
  /** Words of leaving it open, whose value is ''. */
  any: string;
  choices: readonly Choice[];
  onChange: (value: string) => void;
}

/** A filter: one of these, or any. */
export function FilterChoice({ label, value, any, choices, onChange }: FilterChoiceProps) {
  return (
    <label>
      <span>{label}</span>
      <select value={value} onChange={({ target }) => onChange(target.value)}>
        <option value="">{any}</option>
        {choices.map((one) => (
          <option key={one.value} value={one.value}>
            {one.words}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A filter that is on or off. */
export function FilterTick({ label, on, onChange }: { label: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <label>
      <input type="checkbox" checked={on} onChange={({ target }) => onChange(target.checked)} />
      <span>{label}</span>
    </label>
  );
}

interface FindBoxProps {
  /** Class of the feature's own form. */
  area: string;
  label: string;
  /** Words of the button. */
  act: string;
  start: string;
  onFind: (words: string) => void;
}

/** A line to type in and a button: nothing is asked before it is pressed. */
export function FindBox({ area, label, act, start, onFind }: FindBoxProps) {
  const [typed, setTyped] = useState(start);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onFind(typed.trim());
  };
  return (
    <form role="search" className={area} onSubmit={submit}>
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        maxLength={40}
        autoComplete="off"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <button type="submit" className="tool tool-framed">
        {act}
      </button>
    </form>
  );
}
