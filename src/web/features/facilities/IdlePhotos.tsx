import { useState, type ChangeEvent } from 'react';
import { idleRoutes } from '#contract/idle.ts';
import { ask, recover } from '#web/app/ask.ts';
import { uploadPhoto, type Uploaded } from '#web/app/upload.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { facilities } from '#web/i18n/facilities.ts';
import { fitForUpload } from '#web/ui/light/photo.ts';
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
      <ul className="fac-photos">
        {idle.photos.map(({ id, alt, width, height }) => (
          <li key={id}>
            <a href={photoAddress(idle.id, id, 'full')} target="_blank" rel="noreferrer">
              <img src={photoAddress(idle.id, id, 'thumb')} alt={alt} width={width} height={height} loading="lazy" />
            </a>
            <span>{alt}</span>
            {idle.mayEdit && (
              <button
                type="button"
                className="tool"
                aria-label={t.removeOf(alt)}
                disabled={act.isPending}
                onClick={() => act.mutate(id)}
              >
                {t.removePhoto}
              </button>
            )}
          </li>
        ))}
      </ul>
      {adding && <PhotoForm idleId={idle.id} onClose={() => setAdding(false)} />}
    </section>
  );
}

function photoAddress(id: string, photoId: string, size: 'full' | 'thumb'): string {
  return `${idleRoutes.photo.path.replace(':id', id).replace(':photoId', photoId)}?size=${size}`;
}

function PhotoForm({ idleId, onClose }: { idleId: string; onClose: () => void }) {
  const t = useText(facilities).idle;
  const [sent, setSent] = useState<Uploaded | null>(null);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<unknown>(null);
  const [alt, setAlt] = useState('');
  const act = useAct(
    (wish: { id: string; token: string; alt: string }, opId) =>
      ask(idleRoutes.addPhoto, {
        params: { id: idleId },
        body: { opId, photo: { id: wish.id, token: wish.token }, alt: wish.alt },
      }),
    { stale: [facilityKeys.idle], onDone: onClose },
  );
  const choose = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const file = event.target.files?.[0];
    if (file === undefined) return;
    setBusy(true);
    setTrouble(null);
    try {
      setSent(await send(await fitForUpload(file)));
    } catch (refusal) {
      setTrouble(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <FormFrame
      title={t.addPhoto}
      busy={act.isPending}
      error={act.error ?? trouble}
      ready={sent !== null && alt.trim().length > 1}
      onSend={() => {
        if (sent !== null) act.mutate({ id: sent.id, token: sent.token, alt: alt.trim() });
      }}
      onClose={onClose}
    >
      <label className="form-field">
        {t.choosePhoto}
        <input type="file" accept="image/*" onChange={(event) => void choose(event)} />
        {busy && <small role="status">{t.uploading}</small>}
      </label>
      <Line label={t.alt} value={alt} max={200} required onChange={setAlt} />
    </FormFrame>
  );
}

/** Sends once more after signing in again, when the session had ended. */
async function send(photo: Blob): Promise<Uploaded> {
  const upload = () => uploadPhoto(photo, 'evidence', 'staff');
  try {
    return await upload();
  } catch (error) {
    if (await recover(error)) return upload();
    throw error;
  }
}
