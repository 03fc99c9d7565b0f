import type { ReactNode } from 'react';
import { useText } from '#web/i18n/area.ts';
import { stations } from '#web/i18n/stations.ts';
import { FormFrame as PlainFrame, type FormFrameProps } from '#web/ui/FormFrame.tsx';

/** A form about a station above the page, which saves. */
export function FormFrame(props: Omit<FormFrameProps, 'send' | 'area' | 'noValidate'>) {
  return <PlainFrame {...props} send={useText(stations).facts.save} area="stations-form" noValidate />;
}

export interface LineProps {
  label: string;
  value: string;
  max: number;
  required?: boolean;
  type?: 'text' | 'date' | 'tel' | 'number';
  hint?: string;
  error?: string | undefined;
  onChange: (value: string) => void;
}

export function Line({ label, value, max, required, type = 'text', hint, error, onChange }: LineProps) {
  return (
    <label className="form-field">
      {label}
      <input
        type={type}
        value={value}
        maxLength={max}
        required={required}
        autoComplete="off"
        aria-invalid={error === undefined ? undefined : true}
        onChange={({ target }) => onChange(target.value)}
      />
      {hint !== undefined && <small className="quiet">{hint}</small>}
      {error !== undefined && (
        <small className="stations-wrong" role="alert">
          {error}
        </small>
      )}
    </label>
  );
}

export function LongLine({ label, value, max, onChange }: Omit<LineProps, 'type'>) {
  return (
    <label className="form-field">
      {label}
      <textarea rows={2} value={value} maxLength={max} onChange={({ target }) => onChange(target.value)} />
    </label>
  );
}

/** One fact with its name; an absent one is said to be so. */
export function Fact({ name, children }: { name: string; children?: ReactNode }) {
  const t = useText(stations).facts;
  const empty = children === undefined || children === null || children === '';
  return (
    <div>
      <dt>{name}</dt>
      <dd>{empty ? <span className="quiet">{t.none}</span> : children}</dd>
    </div>
  );
}
