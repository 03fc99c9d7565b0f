import { useState } from 'react';
import { idleRoutes } from '#contract/idle.ts';
import { ask } from '#web/app/ask.ts';
import { DescribedPhotos, PhotoChoice, useChosenPhoto } from '#web/app/DescribedPhotos.tsx';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { facilities } from '#web/i18n/facilities.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { Line } from '#web/ui/FormLines.tsx';
import { FormFrame } from './Parts.tsx';
import { facilityKeys, type IdleDetail } from './queries.ts';

/** Pictures of the room, each with a sentence for those who do not see. */
export function IdlePhotos({ idle }: { idle: IdleDetail }) {
  const t = useText(facilities).idle;
  const [adding, setAdding] = useState(false);
  const act = useAct(
    (photoId: string, opId) => ask(idleRoutes.removePhoto, { params: { id: idle.id, photoId }, body: { opId } }),
    { stale: [facilityKeys.idle] },
  );
  return (
    <section aria-label={t.photos}>
      <h3>{t.photos}</h3>
      {idle.mayEdit && (
        <span className="form-buttons">
          <button type="button" className="tool tool-framed" onClick={() => setAdding(true)}>
            {t.addPhoto}
          </button>
        </span>
      )}
      <ProblemNote error={act.error} />
      {idle.photos.length === 0 && <p className="quiet">{t.noPhotos}</p>}
      <DescribedPhotos
        area="fac-photos"
        photos={idle.photos.map((photo) => ({
          ...photo,
          small: photoAddress(idle.id, photo.id, 'thumb'),
          full: photoAddress(idle.id, photo.id, 'full'),
        }))}
        remove={
          idle.mayEdit ? { words: t.removePhoto, nameOf: t.removeOf, busy: act.isPending, onRemove: act.mutate } : null
        }
      />
      {adding && <PhotoForm idleId={idle.id} onClose={() => setAdding(false)} />}
    </section>
  );
}

function photoAddress(id: string, photoId: string, size: 'full' | 'thumb'): string {
  return `${idleRoutes.photo.path.replace(':id', id).replace(':photoId', photoId)}?size=${size}`;
}

function PhotoForm({ idleId, onClose }: { idleId: string; onClose: () => void }) {
  const t = useText(facilities).idle;
  const photo = useChosenPhoto();
  const [alt, setAlt] = useState('');
  const act = useAct(
    (wish: { id: string; token: string; alt: string }, opId) =>
      ask(idleRoutes.addPhoto, {
        params: { id: idleId },
        body: { opId, photo: { id: wish.id, token: wish.token }, alt: wish.alt },
      }),
    { stale: [facilityKeys.idle], onDone: onClose },
  );
  return (
    <FormFrame
      title={t.addPhoto}
      busy={act.isPending}
      error={act.error ?? photo.trouble}
      ready={photo.sent !== null && alt.trim().length > 1}
      onSend={() => {
        if (photo.sent !== null) act.mutate({ id: photo.sent.id, token: photo.sent.token, alt: alt.trim() });
      }}
      onClose={onClose}
    >
      <PhotoChoice photo={photo} label={t.choosePhoto} uploading={t.uploading} />
      <Line label={t.alt} value={alt} max={200} required onChange={setAlt} />
    </FormFrame>
  );
}
