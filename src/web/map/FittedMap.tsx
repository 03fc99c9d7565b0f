import { Suspense, useMemo, useState } from 'react';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { fitOf } from './fit.ts';
import type { MapFeatures, MapLayer } from './layers.ts';
import { LazyMapCanvas } from './lazy.tsx';

interface FittedMapProps {
  /** Class of the feature's own frame, which gives the height. */
  area: string;
  label: string;
  /** What the map is as large as; nothing yet: it is still being fetched. */
  drawn: MapFeatures['features'];
  layers: readonly MapLayer[];
  /** Said in place of a map that cannot be drawn: where the same can be read. */
  failedWords: string;
}

/** A map that shows all that is drawn on it. */
export function FittedMap({ area, label, drawn, layers, failedWords }: FittedMapProps) {
  const t = useText(common).map;
  const [failed, setFailed] = useState(false);
  const fit = useMemo(() => fitOf(drawn), [drawn]);
  if (failed) return <p className="quiet">{failedWords}</p>;
  if (fit === null) return <p className="waiting">{t.loading}</p>;
  return (
    <div className={area}>
      <Suspense fallback={<p className="waiting">{t.loading}</p>}>
        <LazyMapCanvas
          label={label}
          centre={fit.at}
          zoom={fit.zoom}
          layers={layers}
          onFailure={() => setFailed(true)}
        />
      </Suspense>
    </div>
  );
}
