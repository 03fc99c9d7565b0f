import { useEffect, useRef, type ChangeEvent, type RefObject } from 'react';
import { uuidV7 } from '#kit/ids.ts';
import type { AttachmentKind } from '#contract/events-words.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { fitForUpload } from '#web/ui/light/photo.ts';
import { toast } from '#web/ui/light/Toast.tsx';

export interface HeldPhoto {
  key: string;
  blob: Blob;
  kind: AttachmentKind;
}

export interface CameraProps {
  label: string;
  kind: AttachmentKind;
  photos: readonly HeldPhoto[];
  onChange: (photos: HeldPhoto[]) => void;
  max?: number;
  /** The first thing of the page: as large as a thumb wants. */
  huge?: boolean;
  hint?: string;
}

/** One tap opens the camera; pictures already on the phone can be chosen too. `photos` holds all kinds, this shows its own. */
export function Camera({ label, kind, photos, onChange, max = 6, huge = false, hint }: CameraProps) {
  const t = useText(common).photo;
  const own = photos.filter((photo) => photo.kind === kind);
  const camera = useRef<HTMLInputElement>(null);
  const gallery = useRef<HTMLInputElement>(null);
  const take = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const files = [...(event.target.files ?? [])].slice(0, max - own.length);
    event.target.value = '';
    const fitted = await Promise.allSettled(files.map(fitForUpload));
    if (fitted.some((one) => one.status === 'rejected')) toast(t.notPhoto);
    const taken = fitted.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    onChange([...photos, ...taken.map((blob) => ({ key: uuidV7(), blob, kind }))]);
  };
  return (
    <fieldset className="bare camera" aria-label={label}>
      {own.length > 0 && (
        <ul className="camera-row">
          {own.map((photo, index) => (
            <Tile
              key={photo.key}
              photo={photo}
              number={index + 1}
              onRemove={() => onChange(photos.filter((one) => one.key !== photo.key))}
            />
          ))}
        </ul>
      )}
      {own.length < max && (
        <div className="camera-buttons">
          <button
            type="button"
            className={`camera-button${huge && own.length === 0 ? ' camera-huge' : ''}`}
            onClick={() => camera.current?.click()}
          >
            <Icon name="camera" size={huge && own.length === 0 ? 44 : 26} />
            <span>{label}</span>
            {huge && own.length === 0 && hint !== undefined && <small>{hint}</small>}
          </button>
          <button type="button" className="camera-button camera-gallery" onClick={() => gallery.current?.click()}>
            <Icon name="gallery" />
            <span>{t.choose}</span>
          </button>
        </div>
      )}
      <PhotoInput inputRef={camera} label={label} onTake={take} capture />
      <PhotoInput inputRef={gallery} label={t.choose} onTake={take} />
    </fieldset>
  );
}

function PhotoInput({
  inputRef,
  label,
  onTake,
  capture = false,
}: {
  inputRef: RefObject<HTMLInputElement | null>;
  label: string;
  onTake: (event: ChangeEvent<HTMLInputElement>) => Promise<void>;
  capture?: boolean;
}) {
  return (
    <input
      ref={inputRef}
      type="file"
      accept="image/*"
      hidden
      aria-label={label}
      {...(capture ? { capture: 'environment' as const } : { multiple: true })}
      onChange={(event) => void onTake(event)}
    />
  );
}

function Tile({ photo, number, onRemove }: { photo: HeldPhoto; number: number; onRemove: () => void }) {
  const t = useText(common).photo;
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const address = URL.createObjectURL(photo.blob);
    if (image.current !== null) image.current.src = address;
    return () => URL.revokeObjectURL(address);
  }, [photo.blob]);
  return (
    <li className="camera-tile">
      <img ref={image} alt={t.one(number)} />
      <button type="button" className="camera-remove" aria-label={t.remove(number)} onClick={onRemove}>
        <Icon name="cross" size={20} />
      </button>
    </li>
  );
}
