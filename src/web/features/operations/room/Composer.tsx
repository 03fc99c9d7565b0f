import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { operationRoutes } from '#contract/operations.ts';
import { ask } from '#web/app/ask.ts';
import { OfflineError } from '#web/app/problem.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { operations } from '#web/i18n/operations.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { LittleForm, WordsField } from '../parts/Fields.tsx';
import { useKeptText } from '../parts/kept-text.ts';
import { PhotoClaims, type Claim } from '../parts/PhotoClaims.tsx';
import { eventsKey } from '../queries.ts';

/** Writes to everybody in the room. What is typed is kept on this device until it is sent. */
export function Composer({ eventId, more }: { eventId: string; more: ReactNode }) {
  const t = useText(operations).compose;
  const [text, setText] = useKeptText(`room.${eventId}`);
  const [photos, setPhotos] = useState<readonly Claim[]>([]);
  const act = useAct(
    (body: { words: string; attachments: { id: string; token: string }[] }, opId) =>
      ask(operationRoutes.message, { params: { id: eventId }, body: { opId, ...body } }),
    {
      stale: [eventsKey],
      onDone: () => {
        setText('');
        setPhotos([]);
      },
    },
  );
  const ready = text.trim() !== '' || photos.length > 0;
  const send = (): void => {
    if (ready && !act.isPending)
      act.mutate({ words: text.trim(), attachments: photos.map(({ id, token }) => ({ id, token })) });
  };
  return (
    <div className="composer">
      <LittleForm label={t.label} onSend={send}>
        <WordsField label={t.label} hint={t.hint} value={text} onChange={setText} max={2000} />
        <ProblemNote error={act.error} />
        {act.error instanceof OfflineError && <p className="quiet">{t.offline}</p>}
        <div className="room-buttons">
          <Button type="primary" htmlType="submit" disabled={!ready} loading={act.isPending}>
            {t.send}
          </Button>
          <PhotoClaims label={t.photo} kind="evidence" claims={photos} onChange={setPhotos} />
          {more}
        </div>
      </LittleForm>
    </div>
  );
}
