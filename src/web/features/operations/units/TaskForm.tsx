import { useState } from 'react';
import { Button } from 'antd';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { operations } from '#web/i18n/operations.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { LittleForm, WordsField } from '../parts/Fields.tsx';
import { PhotoClaims, type Claim } from '../parts/PhotoClaims.tsx';
import type { TaskVerb, useTaskAct } from './task-acts.ts';

export interface TaskFormProps {
  verb: TaskVerb;
  act: ReturnType<typeof useTaskAct>;
  onClose: () => void;
}

/** Asks for the reason, or for result and photos when the task is finished. */
export function TaskForm({ verb, act, onClose }: TaskFormProps) {
  const t = useText(operations).units;
  const c = useText(common);
  const [text, setText] = useState('');
  const [noPhoto, setNoPhoto] = useState('');
  const [photos, setPhotos] = useState<readonly Claim[]>([]);
  const ready = text.trim().length >= 2;
  const send = (): void => {
    if (ready) act.mutate({ verb, text, noPhoto, photos }, { onSuccess: onClose });
  };
  const finish = verb === 'finish';
  return (
    <LittleForm label={t.acts[verb]} onSend={send} onClose={onClose}>
      <WordsField
        first
        label={finish ? t.outcome : t.why}
        hint={finish ? undefined : t.whyHint}
        value={text}
        onChange={setText}
      />
      {finish && (
        <>
          <PhotoClaims label={t.before} kind="before" claims={photos} onChange={setPhotos} />
          <PhotoClaims label={t.after} kind="after" claims={photos} onChange={setPhotos} />
          <WordsField label={t.noPhoto} rows={1} value={noPhoto} onChange={setNoPhoto} />
        </>
      )}
      <ProblemNote error={act.error} />
      <div className="room-buttons">
        <Button type="primary" htmlType="submit" danger={!finish} disabled={!ready} loading={act.isPending}>
          {t.confirm(t.acts[verb])}
        </Button>
        <Button onClick={onClose}>{c.close}</Button>
      </div>
    </LittleForm>
  );
}
