import { useState, type ChangeEvent } from 'react';
import { stationRoutes } from '#contract/stations.ts';
import { ask, recover } from '#web/app/ask.ts';
import { uploadPhoto, type Uploaded } from '#web/app/upload.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { stations } from '#web/i18n/stations.ts';
import { fitForUpload } from '#web/ui/light/photo.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { Line } from '#web/ui/FormLines.tsx';
import { photoAddress } from '../public/api.ts';
import { FormFrame } from './Parts.tsx';
import { stationKeys, type StationDetail } from './queries.ts';
import { inLanguage } from '#web/i18n/language.ts';

/** Photos of the door and the room, each with a sentence for those who do not see. */
export function PhotoPart({ station }: { station: StationDetail }) {
  const t = useText(stations);
  const p = t.photos;
  const lang = languageChoice.use();
  const [adding, setAdding] = useState(false);
  const act = useAct(
    (photoId: string, opId) => ask(stationRoutes.removePhoto, { params: { id: station.id, photoId }, body: { opId } }),
    { stale: [stationKeys.all] },
  );
  return (
    <section className="stations-part" aria-label={t.parts.photos}>
      <p className="quiet">{p.lead}</p>
      {station.mayManage && (
        <span className="form-buttons">
          <button type="button" className="tool tool-framed" onClick={() => setAdding(true)}>
            {p.add}
          </button>
        </span>
      )}
      <ProblemNote error={act.error} />
      {station.photos.length === 0 && <p className="quiet">{p.none}</p>}
      <ul className="stations-photos">
        {station.photos.map(({ id, alt, altEn, width, height }) => (
          <li key={id}>
            <img
              src={photoAddress(station.code, id, 'thumb')}
              alt={inLanguage(lang, alt, altEn)}
              width={width}
              height={height}
              loading="lazy"
            />
            <span>{inLanguage(lang, alt, altEn)}</span>
            {station.mayManage && (
              <button
                type="button"
                className="tool"
                aria-label={p.removeOf(inLanguage(lang, alt, altEn))}
                disabled={act.isPending}
                onClick={() => act.mutate(id)}
              >
                {p.remove}
              </button>
            )}
          </li>
        ))}
      </ul>
      {adding && <PhotoForm station={station} onClose={() => setAdding(false)} />}
    </section>
  );
}

function PhotoForm({ station, onClose }: { station: StationDetail; onClose: () => void }) {
  const p = useText(stations).photos;
  const [sent, setSent] = useState<Uploaded | null>(null);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<unknown>(null);
  const [words, setWords] = useState({ alt: '', altEn: '' });
  const act = useAct(
    (wish: { id: string; token: string; alt: string; altEn: string }, opId) =>
      ask(stationRoutes.addPhoto, {
        params: { id: station.id },
        body: { opId, photo: { id: wish.id, token: wish.token }, alt: wish.alt, altEn: wish.altEn },
      }),
    { stale: [stationKeys.all], onDone: onClose },
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
      title={p.add}
      busy={act.isPending}
      error={act.error ?? trouble}
      ready={sent !== null && words.alt.trim().length > 1}
      onSend={() => {
        if (sent !== null) act.mutate({ id: sent.id, token: sent.token, ...words });
      }}
      onClose={onClose}
    >
      <label className="form-field">
        {p.choose}
        <input type="file" accept="image/*" onChange={(event) => void choose(event)} />
        {busy && <small role="status">{p.uploading}</small>}
      </label>
      <Line label={p.alt} value={words.alt} max={200} required onChange={(alt) => setWords({ ...words, alt })} />
      <Line label={p.altEn} value={words.altEn} max={250} onChange={(altEn) => setWords({ ...words, altEn })} />
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
