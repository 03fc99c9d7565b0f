import { Button, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { Problem } from './Problem.tsx';
import { LongField } from './Field.tsx';

export interface ConfirmProps {
  title: string;
  words: string;
  act: string;
  danger?: boolean;
  /** Label of a reason that must be given; absent: none is asked. */
  reason?: string;
  busy: boolean;
  error: unknown;
  children?: ReactNode;
  onAct: (reason: string) => void;
  onClose: () => void;
}

/** "Are you sure", with what will happen, and the reason where one is recorded. */
export function Confirm({ title, words, act, danger, reason, busy, error, children, onAct, onClose }: ConfirmProps) {
  const t = useText(common);
  const [text, setText] = useState('');
  const ready = reason === undefined || text.trim().length >= 2;
  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      closable={{ 'aria-label': t.close }}
      footer={
        <>
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button type="primary" danger={danger} loading={busy} disabled={!ready} onClick={() => onAct(text.trim())}>
            {act}
          </Button>
        </>
      }
    >
      <p>{words}</p>
      {reason !== undefined && <LongField label={reason} value={text} onChange={setText} maxLength={500} required />}
      {children}
      <Problem error={error} />
    </Modal>
  );
}
