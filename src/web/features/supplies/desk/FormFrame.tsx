import { Button, Modal } from 'antd';
import type { FormEvent, ReactNode } from 'react';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { useFocusBack } from '#web/ui/use-focus-back.ts';
interface Named {
  code: string;
  name: string;
  nameEn: string;
}

interface FormFrameProps {
  title: string;
  send: string;
  busy: boolean;
  error: unknown;
  ready: boolean;
  onSend: () => void;
  onClose: () => void;
  children: ReactNode;
  wide?: boolean;
}

/** A form above the page, with what went wrong and the two ways out. */
export function FormFrame({ title, send, busy, error, ready, onSend, onClose, children, wide }: FormFrameProps) {
  useFocusBack();
  const c = useText(common);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ready && !busy) onSend();
  };
  return (
    <Modal
      open
      title={title}
      footer={null}
      onCancel={onClose}
      closable={{ 'aria-label': c.close }}
      {...(wide === true ? { width: 760 } : {})}
    >
      <form className="form supplies-form" onSubmit={submit} noValidate>
        {children}
        <ProblemNote error={error} />
        <div className="form-buttons">
          <Button type="primary" htmlType="submit" loading={busy} disabled={!ready}>
            {send}
          </Button>
          <Button onClick={onClose}>{c.cancel}</Button>
        </div>
      </form>
    </Modal>
  );
}

interface LineProps {
  label: string;
  value: string;
  type?: 'text' | 'date' | 'number';
  max?: number;
  hint?: string | undefined;
  onChange: (value: string) => void;
}

export function Line({ label, value, type = 'text', max = 40, hint, onChange }: LineProps) {
  return (
    <label className="form-field">
      {label}
      <input
        type={type}
        value={value}
        {...(type === 'number' ? { min: 0, max: 100_000 } : { maxLength: max })}
        autoComplete="off"
        onChange={({ target }) => onChange(target.value)}
      />
      {hint !== undefined && <small className="supplies-wrong">{hint}</small>}
    </label>
  );
}

interface PickProps {
  label: string;
  value: string;
  choices: readonly { value: string; words: string }[];
  onChange: (value: string) => void;
}

export function Pick({ label, value, choices, onChange }: PickProps) {
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

/** Hook: items or reasons as choices in the reader's language. */
export function useChoices(): (rows: readonly Named[]) => { value: string; words: string }[] {
  const english = languageChoice.use() === 'en';
  return (rows) => rows.map(({ code, name, nameEn }) => ({ value: code, words: english ? nameEn : name }));
}
