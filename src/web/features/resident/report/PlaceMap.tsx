import { Suspense, useState } from 'react';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { resident } from '#web/i18n/resident.ts';
import { LazyPickPoint } from '#web/map/lazy.tsx';
import type { LonLatPoint } from '#web/map/layers.ts';
import { Sheet } from '#web/ui/light/Sheet.tsx';
import { useAreaName } from './ChosenPlace.tsx';

/** Pointing on the map. Opens at the chosen place, else in the middle of the places known here. */
export function PlaceMap({
  start,
  onPick,
  onClose,
}: {
  start: LonLatPoint | null;
  onPick: (at: LonLatPoint) => void;
  onClose: () => void;
}) {
  const t = useText(resident).place;
  const words = useText(common).map;
  const [at, setAt] = useState<LonLatPoint | null>(start);
  const [failed, setFailed] = useState(false);
  const areas = useAreaName(at);
  return (
    <Sheet title={t.mapTitle} onClose={onClose} tall>
      {failed ? (
        <p className="note note-warn" role="alert">
          {words.failed}
        </p>
      ) : (
        <Suspense fallback={<p role="status">{words.loading}</p>}>
          <LazyPickPoint
            start={start}
            zoom={17}
            placeWords={areas.words === '' ? undefined : areas.words}
            onMove={setAt}
            onPick={onPick}
            onFailure={() => setFailed(true)}
          />
        </Suspense>
      )}
    </Sheet>
  );
}
