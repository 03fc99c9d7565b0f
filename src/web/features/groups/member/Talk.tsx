import { useState } from 'react';
import { callAsMember } from '#web/app/group-api.ts';
import { newOpId } from '#web/app/op-id.ts';
import { uploadPhoto } from '#web/app/upload.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { groupHome } from '#web/i18n/group-home.ts';
import { words } from '#web/i18n/words.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { TextArea } from '#web/ui/light/Field.tsx';
import { Link } from '#web/ui/light/Link.tsx';
import { PhotoPicker, type PickedPhoto } from '#web/ui/light/PhotoPicker.tsx';
import { Sheet } from '#web/ui/light/Sheet.tsx';
import { MemberPhoto } from './MemberPhoto.tsx';
import type { HomeMessage, SeenHome } from './use-home.ts';

/** What was said, oldest first, and a line to say something. */
export function Talk({ id, seen }: { id: string; seen: SeenHome }) {
  const t = useText(groupHome).home;
  const messages = [...seen.earlier, ...(seen.home?.messages ?? [])];
  return (
    <section className="part group-talk" aria-label={t.talk}>
      {seen.home?.more === true && <Button onClick={seen.loadEarlier}>{t.older}</Button>}
      {messages.length === 0 && <p>{t.none}</p>}
      <ol className="group-messages">
        {messages.map((message) => (
          <Message key={message.id} groupId={id} message={message} />
        ))}
      </ol>
      <SayForm id={id} onDone={seen.reload} />
    </section>
  );
}

function Message({ groupId, message }: { groupId: string; message: HomeMessage }) {
  const t = useText(groupHome).home;
  const w = useText(words);
  const [shown, setShown] = useState<string | null>(null);
  if (message.kind === 'status') return <li className="group-status">{message.text}</li>;
  const author = message.mine ? t.me : message.author === '' ? t.gone : message.author;
  return (
    <li
      className={`group-message${message.mine ? ' group-mine' : ''}${message.kind === 'staff' ? ' group-staff' : ''}`}
    >
      <p className="group-author">
        <b>{author}</b> <time dateTime={message.at}>{formatTime(message.at)}</time>
        {message.pollId !== null && ` · ${t.underPoll}`}
      </p>
      <p className="group-words">{message.hidden ? t.hidden : message.erased ? t.erased : message.text}</p>
      {message.photos.length > 0 && (
        <div className="photo-row">
          {message.photos.map((photo) => (
            <button
              key={photo.id}
              type="button"
              className="photo-tile"
              aria-label={t.photo}
              onClick={() => setShown(photo.id)}
            >
              <MemberPhoto groupId={groupId} id={photo.id} size="thumb" alt="" />
            </button>
          ))}
        </div>
      )}
      {message.event !== null && (
        <p className="group-event">
          {t.event(message.event.number, w.status[message.event.status])}{' '}
          {message.receiptSecret !== null && <Link to={`/r/${message.receiptSecret}`}>{t.receipt}</Link>}
        </p>
      )}
      {shown !== null && (
        <Sheet title={t.photos} onClose={() => setShown(null)} tall>
          <MemberPhoto groupId={groupId} id={shown} size="full" alt={t.photos} />
        </Sheet>
      )}
    </li>
  );
}

interface Photo extends PickedPhoto {
  claim: { id: string; token: string } | null;
}

function SayForm({ id, onDone }: { id: string; onDone: () => void }) {
  const t = useText(groupHome).home;
  const [text, setText] = useState('');
  const [photos, setPhotos] = useState<readonly Photo[]>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [opId, setOpId] = useState(newOpId);
  const add = (blobs: readonly Blob[]): void => {
    for (const blob of blobs) {
      const key = newOpId();
      setPhotos((now) => [...now, { key, blob, state: 'uploading', claim: null }]);
      uploadPhoto(blob, 'report', 'resident').then(
        (done) =>
          setPhotos((now) =>
            now.map((one) =>
              one.key === key ? { ...one, state: 'done', claim: { id: done.id, token: done.token } } : one,
            ),
          ),
        (failure: unknown) => {
          setPhotos((now) => now.filter((one) => one.key !== key));
          setError(failure);
        },
      );
    }
  };
  const send = async (): Promise<void> => {
    const attachments = photos.flatMap(({ claim }) => (claim === null ? [] : [claim]));
    if (text.trim() === '' && attachments.length === 0) return;
    setBusy(true);
    setError(undefined);
    try {
      await callAsMember('say', { params: { id }, body: { opId, text, attachments } });
      setText('');
      setPhotos([]);
      setOpId(newOpId());
      onDone();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className="group-form"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <TextArea label={t.say} value={text} rows={2} maxLength={1000} left={t.left} onChange={setText} />
      <PhotoPicker
        label={t.photos}
        photos={photos}
        max={4}
        onAdd={add}
        onRemove={(key) => setPhotos((now) => now.filter((one) => one.key !== key))}
      />
      {error !== undefined && <ErrorNote error={error} />}
      <Button
        kind="main"
        wide
        type="submit"
        icon="send"
        busy={busy || photos.some(({ state }) => state === 'uploading')}
      >
        {t.send}
      </Button>
    </form>
  );
}
