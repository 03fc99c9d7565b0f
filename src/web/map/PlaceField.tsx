import { Button } from 'antd';
import { Suspense, useState } from 'react';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { LazyPickPoint } from './lazy.tsx';
import type { LonLatPoint } from './layers.ts';
import './place-field.css';

interface PlaceFieldProps {
  words: { place: string; pick: string; unplaced: string; placed: (lon: string, lat: string) => string };
  at: LonLatPoint | null;
  onChange: (at: LonLatPoint) => void;
}

/** Where something stands: said in figures, chosen on the map, which is fetched when it is opened. */
export function PlaceField({ words: t, at, onChange }: PlaceFieldProps) {
  const c = useText(common);
  const [open, setOpen] = useState(false);
  const [start] = useState(at);
  return (
    <div className="form-field" role="group" aria-label={t.place}>
      {t.place}
      <span className="form-row">
        <Button onClick={() => setOpen(!open)} aria-expanded={open}>
          {t.pick}
        </Button>
        <span>{at === null ? t.unplaced : t.placed(at.lon.toFixed(5), at.lat.toFixed(5))}</span>
      </span>
      {open && (
        <div className="map-pick">
          <Suspense fallback={<p className="quiet">{c.map.loading}</p>}>
            <LazyPickPoint
              start={start}
              zoom={17}
              onPick={(chosen) => {
                onChange(chosen);
                setOpen(false);
              }}
            />
          </Suspense>
        </div>
      )}
    </div>
  );
}
