import { Suspense, useState } from 'react';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { needsPublic } from '#web/i18n/needs-public.ts';
import { LazyPickPoint } from '#web/map/lazy.tsx';
import type { LonLatPoint } from '#web/map/layers.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { Sheet } from '#web/ui/light/Sheet.tsx';
import type { SurveyPlace } from './api.ts';

interface WhereNeededProps {
  place: SurveyPlace;
  at: LonLatPoint | null;
  onChange: (at: LonLatPoint | null) => void;
}

/** Roughly where, on a map that is fetched when it is wanted. Nobody has to. */
export function WhereNeeded({ place, at, onChange }: WhereNeededProps) {
  const t = useText(needsPublic);
  const c = useText(common).map;
  const [open, setOpen] = useState(false);
  const [failed, setFailed] = useState(false);
  const middle = place.lon === null || place.lat === null ? null : { lon: place.lon, lat: place.lat };
  return (
    <div className="survey-where" role="group" aria-label={t.place}>
      <p className="field-label">{t.place}</p>
      <p className="field-hint">{at === null ? t.placeHint(place.roundM) : t.picked}</p>
      <Button wide icon="aim" onClick={() => setOpen(true)}>
        {t.pick}
      </Button>
      {at !== null && (
        <Button kind="quiet" onClick={() => onChange(null)}>
          {t.unpick}
        </Button>
      )}
      {open && (
        <Sheet title={t.mapTitle} onClose={() => setOpen(false)} tall>
          {failed ? (
            <p className="note note-warn" role="alert">
              {c.failed}
            </p>
          ) : (
            <Suspense fallback={<p role="status">{c.loading}</p>}>
              <LazyPickPoint
                start={at ?? middle}
                zoom={16}
                onPick={(chosen) => {
                  onChange(chosen);
                  setOpen(false);
                }}
                onFailure={() => setFailed(true)}
              />
            </Suspense>
          )}
        </Sheet>
      )}
    </div>
  );
}
