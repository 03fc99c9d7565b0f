import { useEffect, useState } from 'react';
import { call } from '#web/app/call.ts';
import { publicApi } from '#web/app/public-api.ts';
import { useLoad } from '#web/app/use-load.ts';
import { useText } from '#web/i18n/area.ts';
import { stationsPublic } from '#web/i18n/stations-public.ts';
import { usePosition } from '#web/map/position.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Field } from '#web/ui/light/Field.tsx';
import type { Start } from './start.ts';

/** Where the way begins: the phone's position, asked for only when pressed, or a place by its name. */
export function WherePart({ start, onStart }: { start: Start | null; onStart: (start: Start) => void }) {
  const t = useText(stationsPublic).where;
  const [typing, setTyping] = useState(false);
  const { state, find } = usePosition((at) => {
    setTyping(false);
    onStart({ at, name: '' });
  });
  return (
    <section className="part station-where" aria-label={t.label}>
      <p>{start === null ? t.unknown : start.name === '' ? t.here : t.from(start.name)}</p>
      <div className="station-ways">
        <Button icon="aim" kind={start === null ? 'main' : 'plain'} busy={state === 'locating'} onClick={find}>
          {start === null ? t.find : t.again}
        </Button>
        <Button icon="search" pressed={typing} onClick={() => setTyping(!typing)}>
          {t.byName}
        </Button>
      </div>
      <div aria-live="polite">
        {state === 'refused' && <p className="note note-warn">{t.refused}</p>}
        {state === 'unavailable' && <p className="note note-warn">{t.unavailable}</p>}
      </div>
      {(typing || state === 'refused' || state === 'unavailable') && (
        <PlaceByName
          onSettle={(found) => {
            setTyping(false);
            onStart(found);
          }}
        />
      )}
    </section>
  );
}

/** Finds a place by its name, asking 300 ms after the last key. */
function PlaceByName({ onSettle }: { onSettle: (start: Start) => void }) {
  const t = useText(stationsPublic).where;
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed.trim()), 300);
    return () => clearTimeout(timer);
  }, [typed]);
  const { value, error, reload } = useLoad(asked === '' ? null : asked, (signal) =>
    call(publicApi.places, { query: { q: asked } }, { signal }),
  );
  return (
    <div className="way-body">
      <Field
        label={t.nameLabel}
        type="search"
        inputMode="search"
        value={typed}
        maxLength={40}
        autoFocus
        onChange={setTyped}
      />
      {error !== undefined && <ErrorNote error={error} onRetry={reload} />}
      <div aria-live="polite">
        {value !== undefined && value.items.length === 0 && <p className="field-hint">{t.none}</p>}
        <ul className="found">
          {value?.items.map(({ name, areaName, lon, lat }) => (
            <li key={`${name} ${lon} ${lat}`}>
              <button type="button" className="found-place" onClick={() => onSettle({ at: { lon, lat }, name })}>
                <strong>{name}</strong>
                <small>{areaName}</small>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
