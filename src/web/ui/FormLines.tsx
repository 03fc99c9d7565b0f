export interface Choice {
  value: string;
  words: string;
}

interface LineProps {
  label: string;
  value: string;
  max?: number;
  required?: boolean;
  type?: 'text' | 'date' | 'tel' | 'number';
  /** Stands below the field. */
  hint?: string;
  /** Stands in the empty field. */
  example?: string | undefined;
  /** What is wrong with the value. */
  error?: string | undefined;
  least?: number;
  most?: number;
  onChange: (value: string) => void;
}

/** A field of one line in a form, with its name above. */
export function Line(props: LineProps) {
  const { label, value, max, required, type = 'text', hint, example, error, least, most, onChange } = props;
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
        placeholder={example}
        autoComplete="off"
        aria-invalid={error === undefined ? undefined : true}
        onChange={({ target }) => onChange(target.value)}
      />
      {hint !== undefined && <small className="quiet">{hint}</small>}
      {error !== undefined && (
        <small className="form-wrong" role="alert">
          {error}
        </small>
      )}
    </label>
  );
}

interface LongLineProps {
  label: string;
  value: string;
  max: number;
  rows?: number;
  required?: boolean;
  /** Stands in the empty field. */
  example?: string | undefined;
  onChange: (value: string) => void;
}

/** A field of several lines in a form. */
export function LongLine({ label, value, max, rows = 3, required, example, onChange }: LongLineProps) {
  return (
    <label className="form-field">
      {label}
      <textarea
        rows={rows}
        value={value}
        maxLength={max}
        required={required}
        placeholder={example}
        onChange={({ target }) => onChange(target.value)}
      />
    </label>
  );
}

interface PickProps {
  label: string;
  value: string;
  choices: readonly Choice[];
  /** Words of choosing nothing, whose value is ''. */
  empty?: string;
  required?: boolean;
  onChange: (value: string) => void;
}

/** One of these, in a form. */
export function Pick({ label, value, choices, empty, required, onChange }: PickProps) {
  return (
    <label className="form-field">
      {label}
      <select value={value} required={required} onChange={({ target }) => onChange(target.value)}>
        {empty !== undefined && <option value="">{empty}</option>}
        {choices.map((one) => (
          <option key={one.value} value={one.value}>
            {one.words}
          </option>
        ))}
      </select>
    </label>
  );
}
