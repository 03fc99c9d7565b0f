import { useState } from 'react';
import { FormFrame, type FormFrameProps } from './FormFrame.tsx';
import { LongLine } from './FormLines.tsx';

interface ReasonFormProps extends Omit<FormFrameProps, 'ready' | 'onSend' | 'children'> {
  /** What will happen. */
  words: string;
  /** Name of the field. */
  reason: string;
  /** Characters. */
  max: number;
  onSend: (reason: string) => void;
}

/** A form of an act that needs a reason which is kept. */
export function ReasonForm({ words, reason, max, onSend, ...frame }: ReasonFormProps) {
  const [typed, setTyped] = useState('');
  return (
    <FormFrame {...frame} ready={typed.trim().length >= 2} onSend={() => onSend(typed.trim())}>
      <p>{words}</p>
      <LongLine label={reason} value={typed} max={max} required onChange={setTyped} />
    </FormFrame>
  );
}
