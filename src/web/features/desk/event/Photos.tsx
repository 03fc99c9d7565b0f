import { lazy, Suspense, useState } from 'react';
import { useText } from '#web/i18n/area.ts';
import { deskEvent } from '#web/i18n/desk-event.ts';
import { words } from '#web/i18n/words.ts';
import type { EventDetail } from '../queries.ts';
import { photoAddress } from './photo-address.ts';
import { Section } from './Section.tsx';

const PhotoViewer = lazy(async () => ({ default: (await import('./PhotoViewer.tsx')).PhotoViewer }));

const order = ['report', 'before', 'after', 'evidence'] as const;

/** What was reported, then before and after side by side, then other evidence. */
export function Photos({ event }: { event: EventDetail }) {
  const t = useText(deskEvent);
  const w = useText(words);
  const [shown, setShown] = useState<number | null>(null);
  const photos = order.flatMap((kind) => event.attachments.filter((one) => one.kind === kind));
  if (photos.length === 0) return null;
  return (
    <Section title={t.sections.photos}>
      <ul className="photo-strip">
        {photos.map((photo, index) => (
          <li key={photo.id} className={`photo-${photo.kind}`}>
            <button
              type="button"
              aria-label={t.photo.open(w.attachment[photo.kind], index + 1)}
              onClick={() => setShown(index)}
            >
              <img
                src={photoAddress(photo.id, 'thumb')}
                alt=""
                loading="lazy"
                width={photo.width}
                height={photo.height}
              />
              <span>{w.attachment[photo.kind]}</span>
            </button>
          </li>
        ))}
      </ul>
      {shown !== null && (
        <Suspense>
          <PhotoViewer photos={photos} start={shown} onClose={() => setShown(null)} />
        </Suspense>
      )}
    </Section>
  );
}
