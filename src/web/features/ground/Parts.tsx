import { Button, Modal } from 'antd';
import { Suspense, useState, type FormEvent, type ReactNode } from 'react';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { ground } from '#web/i18n/ground.ts';
import type { LonLatPoint } from '#web/map/layers.ts';
import { LazyPickPoint } from '#web/map/lazy.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';

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

export interface FormFrameProps {
  title: string;
  act: string;
  busy: boolean;
  error: unknown;
  ready: boolean;
  danger?: boolean;
  onSend: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A form above the page, with what went wrong and the two ways out. */
export function FormFrame({ title, act, busy, error, ready, danger, onSend, onClose, children }: FormFrameProps) {
  const c = useText(common);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ready && !busy) onSend();
  };
  return (
    <Modal open title={title} footer={null} onCancel={onClose} closable={{ 'aria-label': c.close }}>
      <form className="form ground-form" onSubmit={submit}>
        {children}
        <ProblemNote error={error} />
        <div className="form-buttons">
          <Button type="primary" htmlType="submit" danger={danger} loading={busy} disabled={!ready}>
            {act}
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

/** Where it lies: said in figures, chosen on the map. */
export function PlaceField({ at, onChange }: { at: LonLatPoint | null; onChange: (at: LonLatPoint) => void }) {
  const t = useText(ground);
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
        <div className="ground-pick">
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
