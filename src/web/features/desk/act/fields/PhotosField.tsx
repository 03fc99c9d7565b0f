import { useRef, useState, type ChangeEvent } from 'react';
import type { AttachmentKind } from '#contract/events-words.ts';
import { sendPhoto } from '#web/app/send-photo.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { deskEvent } from '#web/i18n/desk-event.ts';
import { words } from '#web/i18n/words.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import type { FieldKind } from '../specs.ts';
import type { ActionValues } from '../values.ts';

export interface PhotosFieldProps {
  values: Pick<ActionValues, 'photos'>;
  set: (part: Partial<Pick<ActionValues, 'photos'>>) => void;
  fields: readonly FieldKind[];
}

const mostPhotos = 12;

/** Photos are sent as soon as they are chosen; the panel keeps their claims. Handlers add before and after apart. */
export function PhotosField({ values, set, fields }: PhotosFieldProps) {
  const t = useText(deskEvent).act;
  const c = useText(common).photo;
  const w = useText(words);
  const kinds: readonly AttachmentKind[] = fields.includes('result') ? ['before', 'after'] : ['evidence'];
  const [busy, setBusy] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const [pictures, setPictures] = useState<ReadonlyMap<string, string>>(new Map());
  const latest = useRef(values.photos);
  latest.current = values.photos;

  const add = async (event: ChangeEvent<HTMLInputElement>, kind: AttachmentKind): Promise<void> => {
    const files = [...(event.target.files ?? [])].slice(0, mostPhotos - values.photos.length);
    event.target.value = '';
    setError(null);
    for (const file of files) {
      setBusy((now) => now + 1);
      try {
        const { id, token } = await sendPhoto(file, kind);
        setPictures((now) => new Map(now).set(id, URL.createObjectURL(file)));
        latest.current = [...latest.current, { id, token, kind }];
        set({ photos: latest.current });
      } catch (refusal) {
        setError(refusal);
      } finally {
        setBusy((now) => now - 1);
      }
    }
  };
  return (
    <div className="form-field" role="group" aria-label={t.photos}>
      <div className="photo-add">
        {kinds.map((kind) => (
          <label key={kind} className="photo-button">
            <Icon name="camera" size={18} />
            {kind === 'before' ? t.addBefore : kind === 'after' ? t.addAfter : t.addPhoto}
            <input
              type="file"
              accept="image/jpeg,image/png,image/webp"
              multiple
              disabled={values.photos.length >= mostPhotos}
              onChange={(event) => void add(event, kind)}
            />
          </label>
        ))}
        {busy > 0 && <span role="status">{t.uploading}</span>}
      </div>
      <ProblemNote error={error} />
      {values.photos.length > 0 && (
        <ul className="photo-picked">
          {values.photos.map((photo, index) => (
            <li key={photo.id}>
              {pictures.has(photo.id) ? (
                <img src={pictures.get(photo.id)} alt={c.one(index + 1)} />
              ) : (
                <Icon name="gallery" size={28} />
              )}
              <small>{w.attachment[photo.kind]}</small>
              <button
                type="button"
                className="tool"
                aria-label={t.removePhoto(index + 1)}
                onClick={() => set({ photos: values.photos.filter((one) => one.id !== photo.id) })}
              >
                <Icon name="cross" size={14} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
