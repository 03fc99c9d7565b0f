import { useState } from 'react';
import type { EventDetail } from '#web/field/field-api.ts';
import { thumbAddress } from '#web/field/pack.ts';
import { useText } from '#web/i18n/area.ts';
import { field } from '#web/i18n/field.ts';
import { words } from '#web/i18n/words.ts';
import { Sheet } from '#web/ui/light/Sheet.tsx';

/** Small pictures in a row, each with what it shows; a tap enlarges. */
export function Photos({ photos }: { photos: EventDetail['attachments'] }) {
  const t = useText(field);
  const kinds = useText(words).attachment;
  const [large, setLarge] = useState<string | null>(null);
  if (photos.length === 0) return <p className="hint">{t.event.noPhotos}</p>;
  return (
    <>
      <ul className="camera-row">
        {photos.map((photo, index) => (
          <li key={photo.id}>
            <button type="button" className="camera-tile photo-open" onClick={() => setLarge(photo.id)}>
              <img
                src={thumbAddress(photo.id)}
                alt={`${kinds[photo.kind]} · ${t.photo.of(index + 1)}`}
                loading="lazy"
              />
              <span className="photo-kind">{kinds[photo.kind]}</span>
            </button>
          </li>
        ))}
      </ul>
      {large !== null && (
        <Sheet title={t.photo.large} onClose={() => setLarge(null)}>
          <img className="photo-full" src={`/api/attachments/${large}`} alt={t.photo.large} />
        </Sheet>
      )}
    </>
  );
}
