import { useState } from 'react';
import { call } from '#web/app/call.ts';
import { taskApi } from '#web/app/task-api.ts';
import { agency } from '#web/i18n/agency.ts';
import { useText } from '#web/i18n/area.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { TextArea } from '#web/ui/light/Field.tsx';
import { PhotoPicker } from '#web/ui/light/PhotoPicker.tsx';
import { Sheet } from '#web/ui/light/Sheet.tsx';
import { forget, keepWords, opIdFor, readKept } from './kept.ts';
import { usePhotos } from './use-photos.ts';

export type WrittenAct = 'progress' | 'finish' | 'return' | 'message';

export interface ActSheetProps {
  act: WrittenAct;
  secret: string;
  onClose: () => void;
  onDone: () => void;
}

const maxWords = { progress: 2000, finish: 2000, return: 500, message: 2000 } as const;
const maxPhotos = 9;

interface Written {
  words: string;
  noPhoto: string;
  attachments: { id: string; token: string }[];
}

/** Words and photos for one act. What is typed stays on this phone until it has been sent. */
export function ActSheet({ act, secret, onClose, onDone }: ActSheetProps) {
  const t = useText(agency);
  const [words, setWords] = useState(() => readKept(secret, act).words);
  const [noPhoto, setNoPhoto] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const photos = usePhotos(act === 'finish' ? 'after' : 'evidence');
  const wrong = useWrong(act, words, photos.list.length);
  const failed = photos.list.some((one) => one.state === 'kept');
  const submit = async (): Promise<void> => {
    setTried(true);
    if (wrong !== undefined || photos.waiting || failed) return;
    setBusy(true);
    setError(undefined);
    const attachments = photos.list.flatMap(({ claim }) => (claim === null ? [] : [claim]));
    try {
      await send(act, secret, { words: words.trim(), noPhoto: noPhoto.trim(), attachments });
      forget(secret, act);
      onDone();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Sheet title={t.acts[act]} onClose={onClose}>
      <div className="way-body">
        <TextArea
          label={t.form[act]}
          hint={t.form.kept}
          value={words}
          rows={4}
          maxLength={maxWords[act]}
          left={t.form.left}
          error={tried ? wrong : undefined}
          onChange={(next) => {
            setWords(next);
            keepWords(secret, act, next);
          }}
        />
        {act !== 'return' && (
          <PhotoPicker
            label={t.form.photos}
            photos={photos.list}
            max={maxPhotos}
            onAdd={photos.add}
            onRemove={photos.remove}
          />
        )}
        {act === 'finish' && photos.list.length === 0 && (
          <TextArea
            label={t.form.noPhoto}
            hint={t.form.noPhotoHint}
            optional
            rows={2}
            maxLength={500}
            left={t.form.left}
            value={noPhoto}
            onChange={setNoPhoto}
          />
        )}
        {photos.error !== undefined && <ErrorNote error={photos.error} />}
        {tried && photos.waiting && <p role="status">{t.form.waitPhotos}</p>}
        {tried && failed && <p className="field-error">{t.form.badPhoto}</p>}
        {error !== undefined && <ErrorNote error={error} />}
        <Button kind="main" wide icon="send" busy={busy} onClick={() => void submit()}>
          {t.form.send}
        </Button>
      </div>
    </Sheet>
  );
}

/** What is missing, in words; undefined when nothing is. */
function useWrong(act: WrittenAct, words: string, photos: number): string | undefined {
  const t = useText(agency).form;
  const length = [...words.trim()].length;
  if (act === 'message') return length === 0 && photos === 0 ? t.needAny : undefined;
  return length < 2 ? t.need : undefined;
}

function send(act: WrittenAct, secret: string, { words, noPhoto, attachments }: Written): Promise<unknown> {
  const params = { secret };
  const opId = opIdFor(secret, act, JSON.stringify([words, noPhoto, attachments]));
  if (act === 'progress') return call(taskApi.progress, { params, body: { opId, note: words, attachments } });
  if (act === 'return') return call(taskApi.giveBack, { params, body: { opId, reason: words } });
  if (act === 'message') return call(taskApi.message, { params, body: { opId, words, attachments } });
  const noEvidenceReason = noPhoto === '' ? undefined : noPhoto;
  return call(taskApi.finish, { params, body: { opId, result: words, attachments, noEvidenceReason } });
}
