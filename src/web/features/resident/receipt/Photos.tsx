import { useState } from 'react';
import { useText } from '#web/i18n/area.ts';
import { resident } from '#web/i18n/resident.ts';
import { Sheet } from '#web/ui/light/Sheet.tsx';
import type { Receipt } from './use-receipt.ts';

const order = ['report', 'before', 'after', 'evidence'] as const;

/** Photos by when they were taken: the reporter's, before, after. A tap enlarges. */
export function Photos({ receipt, secret }: { receipt: Receipt; secret: string }) {
  const t = useText(resident).receipt;
  const [shown, setShown] = useState<{ id: string; title: string } | null>(null);
  if (receipt.photos.length === 0) return null;
  return (
    <section className="part">
      <h2 className="part-title">{t.photos}</h2>
      <div className="before-after">
        {order.map((kind) => {
          const photos = receipt.photos.filter((photo) => photo.kind === kind);
          if (photos.length === 0) return null;
          return (
            <figure key={kind}>
              <figcaption>{t.photoKinds[kind]}</figcaption>
              <div className="photo-row">
                {photos.map((photo, index) => (
                  <button
                    key={photo.id}
                    type="button"
                    className="photo-tile"
                    aria-label={t.photoOpen(t.photoKinds[kind], index + 1)}
                    onClick={() => setShown({ id: photo.id, title: t.photoKinds[kind] })}
                  >
                    <img src={photoAddress(secret, photo.id, 'thumb')} alt="" loading="lazy" />
                  </button>
                ))}
              </div>
            </figure>
          );
        })}
      </div>
      {shown !== null && (
        <Sheet title={shown.title} onClose={() => setShown(null)} tall>
          <img className="photo-large" src={photoAddress(secret, shown.id, 'full')} alt={shown.title} />
        </Sheet>
      )}
    </section>
  );
}

function photoAddress(secret: string, id: string, size: 'full' | 'thumb'): string {
  return `/api/public/receipts/${encodeURIComponent(secret)}/photos/${encodeURIComponent(id)}?size=${size}`;
}
