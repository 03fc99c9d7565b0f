import { useState } from 'react';
import { PlaceSearch } from '#web/app/PlaceSearch.tsx';
import { useText } from '#web/i18n/area.ts';
import { stationsPublic } from '#web/i18n/stations-public.ts';
import { usePosition } from '#web/map/position.ts';
import { Button } from '#web/ui/light/Button.tsx';
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
        <PlaceSearch
          words={{ label: t.nameLabel, none: t.none }}
          onSettle={(at, name) => {
            setTyping(false);
            onStart({ at, name });
          }}
        />
      )}
    </section>
  );
}
