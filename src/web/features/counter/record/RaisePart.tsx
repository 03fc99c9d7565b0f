import { useState } from 'react';
import { uuidV7 } from '#kit/ids.ts';
import { tellsOfSomebody } from '#kit/personal-words.ts';
import { goTo } from '#web/app/address.ts';
import { useHolder } from '#web/field/use-field.ts';
import { useText } from '#web/i18n/area.ts';
import { counter } from '#web/i18n/counter.ts';
import { Icon, isIconName } from '#web/ui/icons/Icon.tsx';
import { Button } from '#web/ui/light/Button.tsx';
import { TextArea } from '#web/ui/light/Field.tsx';
import { Link } from '#web/ui/light/Link.tsx';
import { PhotoPicker } from '#web/ui/light/PhotoPicker.tsx';
import { toast } from '#web/ui/light/Toast.tsx';
import { keepService, newRecordId } from '../keep.ts';
import { counterPaths } from '../paths.ts';
import { useStanding } from '../use-counter.ts';
import { useNamed } from '#web/i18n/use-named.ts';

const wordsLength = 500;
const mostPhotos = 4;

/** Hands on as an event what somebody came in with; the place is the station's unless they say otherwise. */
export function RaisePart() {
  const t = useText(counter);
  const named = useNamed();
  const holder = useHolder();
  const { station, words } = useStanding();
  const [code, setCode] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const [photos, setPhotos] = useState<readonly { key: string; blob: Blob }[]>([]);
  const personal = tellsOfSomebody(said);
  const need = words.needs.find((one) => one.code === code);
  const send = async (): Promise<void> => {
    if (need === undefined || personal) return;
    await keepService(holder, {
      stationId: station.id,
      title: t.raised(named(need)),
      page: counterPaths.raise,
      given: { id: newRecordId(), kind: 'report', raise: { categoryCode: need.code, words: said.trim() } },
      photos: photos.map(({ blob }) => ({ kind: 'report', blob })),
    });
    toast(t.raiseKept);
    goTo(counterPaths.record);
  };
  return (
    <section className="card">
      <h2>{t.raise}</h2>
      <p className="hint">{t.raiseHint}</p>
      <div className="counter-tiles" role="group" aria-label={t.raise}>
        {words.needs.map((one) => (
          <button
            key={one.code}
            type="button"
            className="counter-tile"
            aria-pressed={one.code === code}
            onClick={() => setCode(one.code)}
          >
            <Icon name={isIconName(one.icon) ? one.icon : 'other'} size={30} />
            <span>{named(one)}</span>
          </button>
        ))}
      </div>
      <TextArea
        label={t.raiseWords}
        optional
        hint={t.noteHint}
        value={said}
        maxLength={wordsLength}
        rows={3}
        left={t.noteLeft}
        onChange={setSaid}
        {...(personal ? { error: t.notePersonal } : {})}
      />
      <PhotoPicker
        label={t.raisePhotos}
        photos={photos.map((photo) => ({ ...photo, state: 'kept' as const }))}
        max={mostPhotos}
        onAdd={(blobs) => setPhotos((now) => [...now, ...blobs.map((blob) => ({ key: uuidV7(), blob }))])}
        onRemove={(key) => setPhotos((now) => now.filter((photo) => photo.key !== key))}
      />
      <Button kind="main" wide icon="send" disabled={need === undefined || personal} onClick={() => void send()}>
        {t.raiseSend}
      </Button>
      <Link to="/field/report">{t.raiseOther}</Link>
    </section>
  );
}
