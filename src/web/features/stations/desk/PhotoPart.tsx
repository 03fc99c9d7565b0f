import { useState } from 'react';
import { stationRoutes } from '#contract/stations.ts';
import { ask } from '#web/app/ask.ts';
import { DescribedPhotos, PhotoChoice, useChosenPhoto } from '#web/app/DescribedPhotos.tsx';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { inLanguage, languageChoice } from '#web/i18n/language.ts';
import { stations } from '#web/i18n/stations.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { Line } from '#web/ui/FormLines.tsx';
import { photoAddress } from '../public/api.ts';
import { FormFrame } from './Parts.tsx';
import { stationKeys, type StationDetail } from './queries.ts';

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
      <DescribedPhotos
        area="stations-photos"
        photos={station.photos.map(({ alt, altEn, ...photo }) => ({
          ...photo,
          alt: inLanguage(lang, alt, altEn),
          small: photoAddress(station.code, photo.id, 'thumb'),
        }))}
        remove={
          station.mayManage ? { words: p.remove, nameOf: p.removeOf, busy: act.isPending, onRemove: act.mutate } : null
        }
      />
      {adding && <PhotoForm station={station} onClose={() => setAdding(false)} />}
    </section>
  );
}

function PhotoForm({ station, onClose }: { station: StationDetail; onClose: () => void }) {
  const p = useText(stations).photos;
  const photo = useChosenPhoto();
  const [words, setWords] = useState({ alt: '', altEn: '' });
  const act = useAct(
    (wish: { id: string; token: string; alt: string; altEn: string }, opId) =>
      ask(stationRoutes.addPhoto, {
        params: { id: station.id },
        body: { opId, photo: { id: wish.id, token: wish.token }, alt: wish.alt, altEn: wish.altEn },
      }),
    { stale: [stationKeys.all], onDone: onClose },
  );
  return (
    <FormFrame
      title={p.add}
      busy={act.isPending}
      error={act.error ?? photo.trouble}
      ready={photo.sent !== null && words.alt.trim().length > 1}
      onSend={() => {
        if (photo.sent !== null) act.mutate({ id: photo.sent.id, token: photo.sent.token, ...words });
      }}
      onClose={onClose}
    >
      <PhotoChoice photo={photo} label={p.choose} uploading={p.uploading} />
      <Line label={p.alt} value={words.alt} max={200} required onChange={(alt) => setWords({ ...words, alt })} />
      <Line label={p.altEn} value={words.altEn} max={250} onChange={(altEn) => setWords({ ...words, altEn })} />
    </FormFrame>
  );
}
