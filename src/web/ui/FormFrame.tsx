import { Button, Modal } from 'antd';
import type { FormEvent, ReactNode } from 'react';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { ProblemNote } from './ProblemNote.tsx';
import { useFocusBack } from './use-focus-back.ts';

export interface FormFrameProps {
  title: string;
  /** Words of the button that sends. */
  send: string;
  busy: boolean;
  error: unknown;
  /** Whether enough is filled in to send. */
  ready: boolean;
  /** What it does cannot be taken back. */
  danger?: boolean;
  /** Pixels. */
  width?: number;
  /** Class of the feature's own fields. */
  area: string;
  /** The feature checks its fields itself, in the reader's language. */
  noValidate?: boolean;
  onSend: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A form above the page, with what went wrong and the two ways out; the focus returns to what opened it. */
export function FormFrame(props: FormFrameProps) {
  const { title, send, busy, error, ready, danger, width, area, noValidate, onSend, onClose, children } = props;
  const c = useText(common);
  useFocusBack();
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
      {...(width === undefined ? {} : { width })}
    >
      <form className={`form ${area}`} onSubmit={submit} noValidate={noValidate}>
        {children}
        <ProblemNote error={error} />
        <div className="form-buttons">
          <Button type="primary" htmlType="submit" danger={danger} loading={busy} disabled={!ready}>
            {send}
          </Button>
          <Button onClick={onClose}>{c.cancel}</Button>
        </div>
      </form>
    </Modal>
  );
}
