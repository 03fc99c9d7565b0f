import { Modal } from 'antd';
import { useState, type KeyboardEvent } from 'react';
import { useText } from '#web/i18n/area.ts';
import { deskEvent } from '#web/i18n/desk-event.ts';
import { formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { words } from '#web/i18n/words.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import type { EventDetail } from '../queries.ts';
import { photoAddress } from './photo-address.ts';

export interface PhotoViewerProps {
  photos: EventDetail['attachments'];
  start: number;
  onClose: () => void;
}

/** One photo large; arrow keys go to its neighbours, Escape closes. */
export function PhotoViewer({ photos, start, onClose }: PhotoViewerProps) {
  const t = useText(deskEvent).photo;
  const w = useText(words);
  const lang = languageChoice.use();
  const [at, setAt] = useState(start);
  const photo = photos[at];
  if (photo === undefined) return null;
  const step = (by: number): void => setAt((at + by + photos.length) % photos.length);
  const key = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowRight') step(1);
    if (event.key === 'ArrowLeft') step(-1);
  };
  return (
    <Modal open title={t.viewer} footer={null} onCancel={onClose} width="min(1100px, 94vw)" centered>
      {/* The arrow keys are heard wherever the focus stands inside the viewer. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div className="viewer" onKeyDown={key}>
        <img src={photoAddress(photo.id, 'full')} alt={`${w.attachment[photo.kind]} ${at + 1}`} />
        <div className="viewer-line">
          <button
            type="button"
            className="tool"
            aria-label={t.previous}
            onClick={() => step(-1)}
            disabled={photos.length < 2}
          >
            <Icon name="back" size={22} />
          </button>
          <p aria-live="polite">
            <b>{w.attachment[photo.kind]}</b> {t.of(at + 1, photos.length)} ·{' '}
            {t.taken(formatTime(photo.createdAt, lang))}
          </p>
          <button
            type="button"
            className="tool"
            aria-label={t.next}
            onClick={() => step(1)}
            disabled={photos.length < 2}
          >
            <Icon name="forward" size={22} />
          </button>
        </div>
      </div>
    </Modal>
  );
}
