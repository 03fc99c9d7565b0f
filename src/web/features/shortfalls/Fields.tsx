import { useText } from '#web/i18n/area.ts';
import { shortfalls } from '#web/i18n/shortfalls.ts';

interface SelectProps {
  label: string;
  value: string;
  choices: readonly { value: string; words: string }[];
  onChange: (value: string) => void;
}

export function SelectField({ label, value, choices, onChange }: SelectProps) {
  return (
    <label className="form-field">
      {label}
      <select value={value} onChange={({ target }) => onChange(target.value)}>
        {choices.map((one) => (
          <option key={one.value} value={one.value}>
            {one.words}
          </option>
        ))}
      </select>
    </label>
  );
}

interface LongProps {
  label: string;
  value: string;
  max: number;
  hint?: string;
  required?: boolean;
  onChange: (value: string) => void;
}

export function LongField({ label, value, max, hint, required, onChange }: LongProps) {
  return (
    <label className="form-field">
      {label}
      <textarea
        rows={2}
        value={value}
        maxLength={max}
        placeholder={hint}
        required={required}
        onChange={({ target }) => onChange(target.value)}
      />
    </label>
  );
}

export interface Heads {
  people: number;
  elders: number;
  children: number;
}

export const headsFit = ({ people, elders, children }: Heads): boolean =>
  [people, elders, children].every((n) => Number.isInteger(n) && n >= 0) && elders + children <= people;

/** People, elders and children; says when they do not fit together. */
export function HeadsField({ value, onChange }: { value: Heads; onChange: (value: Heads) => void }) {
  const t = useText(shortfalls);
  const fields = [
    ['people', t.facts.people],
    ['elders', t.facts.elders],
    ['children', t.facts.children],
  ] as const;
  return (
    <>
      <div className="shortfalls-three">
        {fields.map(([key, label]) => (
          <label key={key} className="form-field">
            {label}
            <input
              type="number"
              min={0}
              value={value[key]}
              onChange={({ target }) => onChange({ ...value, [key]: Number(target.value) })}
            />
          </label>
        ))}
      </div>
      {!headsFit(value) && <p role="alert">{t.form.tooMany}</p>}
    </>
  );
}
