import { Suspense, useMemo, useState } from 'react';
import type { Colour } from '#contract/warnings-words.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { warnings } from '#web/i18n/warnings.ts';
import type { MapLayer } from '#web/map/layers.ts';
import { LazyMapCanvas } from '#web/map/lazy.tsx';
import type { WarningRow } from './queries.ts';

/** The map cannot read the style sheet's variables; these are the colours of levels there. */
const inks: Readonly<Record<Colour | 'none', string>> = {
  red: '#a8321f',
  orange: '#c2570c',
  yellow: '#a37200',
  blue: '#2f5f86',
  none: '#77807b',
};

export interface WarningMapProps {
  rows: readonly WarningRow[];
  chosen: string | undefined;
  onChoose: (id: string) => void;
}

/** The ground the messages draw; the list beside it says the same in words. */
export function WarningMap({ rows, chosen, onChoose }: WarningMapProps) {
  const t = useText(warnings);
  const c = useText(common);
  const [failed, setFailed] = useState(false);
  const layers = useMemo<MapLayer[]>(() => [layerOf(rows, chosen, t.colour, onChoose)], [rows, chosen, t, onChoose]);
  if (failed) return <p className="quiet">{t.list.mapTwin}</p>;
  return (
    <div className="warnings-map">
      <Suspense fallback={<p className="waiting">{c.map.loading}</p>}>
        <LazyMapCanvas label={t.list.map} centre={null} zoom={11} layers={layers} onFailure={() => setFailed(true)} />
      </Suspense>
    </div>
  );
}

function layerOf(
  rows: readonly WarningRow[],
  chosen: string | undefined,
  names: Readonly<Record<Colour, string>>,
  onChoose: (id: string) => void,
): MapLayer {
  const drawn = rows.filter((row) => row.shape !== null);
  const used = (['red', 'orange', 'yellow', 'blue'] as const).filter((one) =>
    drawn.some(({ colour }) => colour === one),
  );
  return {
    id: 'warnings',
    data: {
      type: 'FeatureCollection',
      features: drawn.flatMap(({ id, shape, colour }) =>
        shape === null
          ? []
          : [
              {
                type: 'Feature' as const,
                properties: { id, ink: inks[colour ?? 'none'], chosen: id === chosen },
                geometry: shape,
              },
            ],
      ),
    },
    styles: [
      {
        type: 'fill',
        paint: { 'fill-color': ['get', 'ink'], 'fill-opacity': ['case', ['get', 'chosen'], 0.35, 0.16] },
      },
      { type: 'line', paint: { 'line-color': ['get', 'ink'], 'line-width': ['case', ['get', 'chosen'], 4, 2] } },
    ],
    legend: used.map((one) => ({ words: names[one], colour: inks[one], shape: 'area' as const })),
    onSelect: ({ id }) => {
      if (typeof id === 'string') onChoose(id);
    },
  };
}
