import { useEffect, useRef, useState, type ChangeEvent } from 'react';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Button } from './Button.tsx';
import { fitForUpload } from './photo.ts';
import { toast } from './Toast.tsx';

export interface PickedPhoto {
  key: string;
  blob: Blob;
  state: 'uploading' | 'kept' | 'done';
}

export interface PhotoPickerProps {
  label: string;
  photos: readonly PickedPhoto[];
  max: number;
  onAdd: (photos: Blob[]) => void;
  onRemove: (key: string) => void;
}

/** Take photos or choose them, see them small, take them away again. */
export function PhotoPicker({ label, photos, max, onAdd, onRemove }: PhotoPickerProps) {
  const t = useText(common).photo;
  const camera = useRef<HTMLInputElement>(null);
  const gallery = useRef<HTMLInputElement>(null);
  const room = max - photos.length;
  const take = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const files = [...(event.target.files ?? [])].slice(0, room);
    event.target.value = '';
    const fitted = await Promise.allSettled(files.map(fitForUpload));
    if (fitted.some((one) => one.status === 'rejected')) toast(t.notPhoto);
    onAdd(fitted.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])));
  };
  return (
    <div className="photos" role="group" aria-label={label}>
      {photos.length > 0 && (
        <ul className="photo-row">
          {photos.map((photo, index) => (
            <PhotoTile key={photo.key} photo={photo} number={index + 1} onRemove={() => onRemove(photo.key)} />
          ))}
        </ul>
      )}
      {room > 0 ? (
        <div className="photo-buttons">
          <Button icon="camera" onClick={() => camera.current?.click()}>
            {t.take}
          </Button>
          <Button icon="gallery" onClick={() => gallery.current?.click()}>
            {t.choose}
          </Button>
        </div>
      ) : (
        <p className="field-hint">{t.limit(max)}</p>
      )}
      <input
        ref={camera}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label={t.take}
        onChange={(event) => void take(event)}
      />
      <input
        ref={gallery}
        type="file"
        accept="image/*"
        multiple
        hidden
        aria-label={t.choose}
        onChange={(event) => void take(event)}
      />
    </div>
  );
}

function PhotoTile({ photo, number, onRemove }: { photo: PickedPhoto; number: number; onRemove: () => void }) {
  const t = useText(common).photo;
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(photo.blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [photo.blob]);
  return (
    <li className="photo-tile">
      <img src={address} alt={t.one(number)} />
      <span className={`photo-state photo-${photo.state}`} role="status">
        {photo.state === 'uploading' ? t.uploading : photo.state === 'kept' ? t.kept : t.done}
      </span>
      <button type="button" className="photo-remove" aria-label={t.remove(number)} onClick={onRemove}>
        <Icon name="cross" size={20} />
      </button>
    </li>
  );
}
