import { Suspense, useCallback, useState } from 'react';
import { useDeskSlots, type DeskMapLayer } from '#web/app/desk-slots.ts';
import { may, useMe } from '#web/app/me.ts';
import { textOf, useText } from '#web/i18n/area.ts';
import { desk } from '#web/i18n/desk.ts';
import { languageChoice } from '#web/i18n/language.ts';
import type { MapLayer } from '#web/map/layers.ts';

/** What other features draw on the map of events now, by id. */
export type Drawn = Readonly<Record<string, MapLayer>>;

/** Layers of other features that are switched on, and how they say what to draw. */
export function useDrawn() {
  const [drawn, setDrawn] = useState<Drawn>({});
  const take = useCallback((layer: MapLayer) => setDrawn((now) => ({ ...now, [layer.id]: layer })), []);
  const drop = useCallback((id: string) => setDrawn(({ [id]: _dropped, ...rest }) => rest), []);
  return { drawn, take, drop };
}

interface LayersProps {
  take: (layer: MapLayer) => void;
  drop: (id: string) => void;
}

/** A box for each layer of other features, and over the map what those switched on have to say. */
export function MapLayers({ take, drop }: LayersProps) {
  const t = useText(desk).map;
  const me = useMe();
  const layers = useDeskSlots().mapLayers.filter(({ anyOf }) => may(me, ...anyOf));
  if (layers.length === 0) return null;
  return (
    <div className="map-panel">
      <fieldset className="map-layers" aria-label={t.also}>
        {layers.map((layer) => (
          <Choice key={layer.id} layer={layer} drop={drop} />
        ))}
      </fieldset>
      {layers.map((layer) => (
        <Shown key={layer.id} layer={layer} take={take} />
      ))}
    </div>
  );
}

function Choice({ layer: { id, title, shown }, drop }: { layer: DeskMapLayer; drop: (id: string) => void }) {
  const lang = languageChoice.use();
  return (
    <label>
      <input
        type="checkbox"
        checked={shown.use() === 'on'}
        onChange={({ target }) => {
          shown.set(target.checked ? 'on' : 'off');
          if (!target.checked) drop(id);
        }}
      />
      {textOf(title, lang)}
    </label>
  );
}

function Shown({ layer: { shown, Layer }, take }: { layer: DeskMapLayer; take: (layer: MapLayer) => void }) {
  if (shown.use() === 'off') return null;
  return (
    <Suspense fallback={null}>
      <Layer onLayer={take} />
    </Suspense>
  );
}
