import { Button, Modal } from 'antd';
import { Suspense, useState, type FormEvent, type ReactNode } from 'react';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { stations } from '#web/i18n/stations.ts';
import { LazyPickPoint } from '#web/map/lazy.tsx';
import type { LonLatPoint } from '#web/map/layers.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { useFocusBack } from '#web/ui/use-focus-back.ts';

export interface FormFrameProps {
  title: string;
  busy: boolean;
  error: unknown;
  ready: boolean;
  onSend: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A form above the page, with what went wrong and the two ways out. */
export function FormFrame({ title, busy, error, ready, onSend, onClose, children }: FormFrameProps) {
  const c = useText(common);
  const t = useText(stations).facts;
  useFocusBack();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ready && !busy) onSend();
  };
  return (
    <Modal open title={title} footer={null} onCancel={onClose} closable={{ 'aria-label': c.close }}>
      <form className="form stations-form" onSubmit={submit} noValidate>
        {children}
        <ProblemNote error={error} />
        <div className="form-buttons">
          <Button type="primary" htmlType="submit" loading={busy} disabled={!ready}>
            {t.save}
          </Button>
          <Button onClick={onClose}>{c.cancel}</Button>
        </div>
      </form>
    </Modal>
  );
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

/** Where it stands: said in figures, chosen on the map. */
export function PlaceField({ at, onChange }: { at: LonLatPoint | null; onChange: (at: LonLatPoint) => void }) {
  const t = useText(stations).facts;
  const c = useText(common);
  const [open, setOpen] = useState(false);
  const [start] = useState(at);
  return (
    <div className="form-field" role="group" aria-label={t.place}>
      {t.place}
      <span className="form-row">
        <Button onClick={() => setOpen(!open)} aria-expanded={open}>
          {t.pick}
        </Button>
        <span>{at === null ? t.unplaced : t.placed(at.lon.toFixed(5), at.lat.toFixed(5))}</span>
      </span>
      {open && (
        <div className="stations-pick">
          <Suspense fallback={<p className="quiet">{c.map.loading}</p>}>
            <LazyPickPoint
              start={start}
              zoom={17}
              onPick={(chosen) => {
                onChange(chosen);
                setOpen(false);
              }}
            />
          </Suspense>
        </div>
      )}
    </div>
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
