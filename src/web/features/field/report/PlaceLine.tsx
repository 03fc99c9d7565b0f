import { Suspense, useEffect, useState } from 'react';
import { call } from '#web/app/call.ts';
import { publicApi } from '#web/app/public-api.ts';
import { useLoad } from '#web/app/use-load.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { field } from '#web/i18n/field.ts';
import { formatDistance } from '#web/i18n/format.ts';
import { LazyPickPoint } from '#web/map/lazy.tsx';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Button } from '#web/ui/light/Button.tsx';
import { Field } from '#web/ui/light/Field.tsx';
import { Sheet } from '#web/ui/light/Sheet.tsx';
import { roughM, type ReportDraft } from './draft.ts';
import { useSpot } from './use-spot.ts';

interface Props {
  draft: ReportDraft;
  onChange: (part: Partial<ReportDraft>) => void;
  /** The person's own area, for when there is no position. */
  home: { code: string; name: string } | null;
}

/** Found by itself as the page opens; one tap shows the map, words can be added or stand alone. */
export function PlaceLine({ draft, onChange, home }: Props) {
  const t = useText(field).report;
  const shared = useText(common).map;
  const [onMap, setOnMap] = useState(false);
  const spot = useSpot((at) => onChange({ at, followEventId: null }));
  const { find } = spot;
  const known = draft.at !== null;
  useEffect(() => {
    if (!known) find();
    // Once, when the page opens.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return (
    <div className="stack">
      {draft.at !== null && <Located at={draft.at} />}
      {draft.at === null && spot.state === 'locating' && (
        <p className="located" aria-live="polite">
          <span className="spinner" aria-hidden="true" />
          {shared.locating}
        </p>
      )}
      {draft.at === null && (spot.state === 'refused' || spot.state === 'unavailable') && (
        <p className="note note-warn" aria-live="polite">
          {home === null ? shared[spot.state] : t.inMyGrid(home.name)}
        </p>
      )}
      <div className="two">
        <Button icon="map" onClick={() => setOnMap(true)}>
          {t.onMap}
        </Button>
        <Button icon="aim" busy={spot.state === 'locating'} onClick={find}>
          {t.again}
        </Button>
      </div>
      <Field
        label={t.placeWords}
        placeholder={t.placeHint}
        optional={draft.at !== null || home !== null}
        value={draft.placeWords}
        maxLength={120}
        onChange={(placeWords) => onChange({ placeWords })}
      />
      {onMap && (
        <Sheet title={t.where} onClose={() => setOnMap(false)} tall>
          <Suspense fallback={<p aria-live="polite">{shared.loading}</p>}>
            <LazyPickPoint
              start={draft.at}
              zoom={17}
              onPick={({ lon, lat }) => {
                onChange({ at: { lon, lat, accuracyM: null }, followEventId: null });
                setOnMap(false);
              }}
            />
          </Suspense>
        </Sheet>
      )}
    </div>
  );
}

function Located({ at }: { at: NonNullable<ReportDraft['at']> }) {
  const t = useText(field).report;
  const query = { lon: String(at.lon), lat: String(at.lat) };
  const areas = useLoad(JSON.stringify(query), (signal) => call(publicApi.locate, { query }, { signal })).value?.areas;
  const names = (areas ?? []).slice(-2).map((area) => area.name);
  const rough = at.accuracyM !== null && at.accuracyM > roughM;
  return (
    <div className={`located${rough ? ' located-rough' : ''}`} aria-live="polite">
      <Icon name={rough ? 'warning' : 'check'} />
      <span>
        <strong>{names.length > 0 ? names.join(' · ') : t.located}</strong>
        {at.accuracyM !== null && <small> {t.accuracy(formatDistance(Math.max(10, at.accuracyM)))}</small>}
        {rough && (
          <>
            <br />
            {t.rough}
          </>
        )}
      </span>
    </div>
  );
}
