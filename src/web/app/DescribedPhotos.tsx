import { useState, type ChangeEvent } from 'react';
import { sendPhoto } from './send-photo.ts';
import type { Uploaded } from './upload.ts';

/** A picture with a sentence for those who do not see. Width and height in pixels. */
export interface DescribedPhoto {
  id: string;
  alt: string;
  width: number;
  height: number;
  /** Address of the small picture. */
  small: string;
  /** Address of the whole one, which then opens beside. */
  full?: string;
}

interface PhotosProps {
  /** Class of the feature's own list. */
  area: string;
  photos: readonly DescribedPhoto[];
  /** Absent for those who may not take one off. */
  remove: { words: string; nameOf: (alt: string) => string; busy: boolean; onRemove: (id: string) => void } | null;
}

export function DescribedPhotos({ area, photos, remove }: PhotosProps) {
  return (
    <ul className={area}>
      {photos.map((photo) => (
        <li key={photo.id}>
          {photo.full === undefined ? (
            <Small photo={photo} />
          ) : (
            <a href={photo.full} target="_blank" rel="noreferrer">
              <Small photo={photo} />
            </a>
          )}
          <span>{photo.alt}</span>
          {remove !== null && (
            <button
              type="button"
              className="tool"
              aria-label={remove.nameOf(photo.alt)}
              disabled={remove.busy}
              onClick={() => remove.onRemove(photo.id)}
            >
              {remove.words}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

function Small({ photo: { small, alt, width, height } }: { photo: DescribedPhoto }) {
  return <img src={small} alt={alt} width={width} height={height} loading="lazy" />;
}

/** Hook: one photo of evidence, sent as soon as it is chosen. */
export function useChosenPhoto() {
  const [sent, setSent] = useState<Uploaded | null>(null);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<unknown>(null);
  const choose = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const file = event.target.files?.[0];
    if (file === undefined) return;
    setBusy(true);
    setTrouble(null);
    try {
      setSent(await sendPhoto(file, 'evidence'));
    } catch (refusal) {
      setTrouble(refusal);
    } finally {
      setBusy(false);
    }
  };
  return { sent, busy, trouble, choose };
}

type Chosen = ReturnType<typeof useChosenPhoto>;

export function PhotoChoice({ photo, label, uploading }: { photo: Chosen; label: string; uploading: string }) {
  return (
    <label className="form-field">
      {label}
      <input type="file" accept="image/*" onChange={(event) => void photo.choose(event)} />
      {photo.busy && <small role="status">{uploading}</small>}
    </label>
  );
}
