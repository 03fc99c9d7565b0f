import { useState, type KeyboardEvent } from 'react';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { Button } from '#web/ui/light/Button.tsx';
import type { LonLatPoint } from './layers.ts';
import { MapCanvas } from './MapCanvas.tsx';

export interface PickPointProps {
  /** Null: the whole base map is shown first. */
  start: LonLatPoint | null;
  zoom: number;
  /** Left out where the page takes the place under the cross at each move: then there is no button. */
  onPick?: (at: LonLatPoint) => void;
  /** Words for the place under the cross, found by the page (community, grid). */
  placeWords?: string;
  onMove?: (at: LonLatPoint) => void;
  onFailure?: () => void;
}

/** Choose a place: the cross stays in the middle, the map moves below it. Arrow keys move, Enter confirms. */
export function PickPoint({ start, zoom, onPick, placeWords, onMove, onFailure }: PickPointProps) {
  const t = useText(common).map;
  const [at, setAt] = useState(start);
  const confirm = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && event.target instanceof HTMLCanvasElement && at !== null) onPick?.(at);
  };
  return (
    // The keys belong to the focusable canvas inside; this only hears them bubble.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="pick" onKeyDown={confirm}>
      <MapCanvas
        label={`${t.label}. ${t.pickHint}`}
        centre={start}
        zoom={zoom}
        onFailure={onFailure}
        onMove={(centre) => {
          setAt(centre);
          onMove?.(centre);
        }}
      >
        <svg className="map-cross" width="56" height="56" viewBox="0 0 56 56" aria-hidden="true">
          <path d="M28 4v18M28 34v18M4 28h18M34 28h18" stroke="#fff" strokeWidth="6" strokeLinecap="round" />
          <path d="M28 4v18M28 34v18M4 28h18M34 28h18" stroke="#a8321f" strokeWidth="3" strokeLinecap="round" />
          <circle cx="28" cy="28" r="3" fill="#a8321f" stroke="#fff" strokeWidth="1.5" />
        </svg>
      </MapCanvas>
      <p className="pick-words" aria-live="polite">
        {placeWords ?? (at === null ? t.loading : t.centre(at.lon.toFixed(5), at.lat.toFixed(5)))}
      </p>
      <p className="pick-hint">{t.pickHint}</p>
      {onPick !== undefined && (
        <Button kind="main" wide disabled={at === null} onClick={() => at !== null && onPick(at)}>
          {t.useThis}
        </Button>
      )}
    </div>
  );
}
