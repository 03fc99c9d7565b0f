import { Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { Map as MapLibre } from 'maplibre-gl';
import { useNow } from '#web/app/now.ts';
import { theme as themeChoice } from '#web/app/preferences.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { ground } from '#web/i18n/ground.ts';
import { inspections } from '#web/i18n/inspections.ts';
import { LazyMapCanvas } from '#web/map/lazy.tsx';
import { middleOf } from './middle.ts';
import { riskMapQuery, type RiskMark } from './queries.ts';
import { drawRiskSign, riskLayer, riskLegend } from './risk-layer.ts';
import { levelKeys } from './risk-words.ts';
import { RiskLine } from './RiskLine.tsx';
import type { GroundSearch } from './search.ts';

export interface RiskMapProps {
  search: GroundSearch;
  onChoose: (id: string) => void;
}

/** All points that fit, where they are. The list beside it is its twin. */
export function RiskMap({ search, onChoose }: RiskMapProps) {
  const t = useText(inspections);
  const c = useText(common);
  const g = useText(ground).risk;
  const theme = themeChoice.use();
  const now = useNow();
  const [failed, setFailed] = useState(false);
  const [group, setGroup] = useState<readonly string[] | null>(null);
  const rows = useQuery(riskMapQuery(search)).data?.items;
  const latest = useRef(onChoose);
  latest.current = onChoose;
  const legend = useMemo(
    () =>
      riskLegend(
        levelKeys.map((key) => t.levelMarks[key]),
        theme,
      ),
    [t, theme],
  );
  const chosen = search.row;
  const layers = useMemo(
    () => [
      riskLayer({
        rows: rows ?? [],
        chosen,
        nowMs: now,
        theme,
        legend,
        onSelect: (id) => latest.current(id),
        onCluster: setGroup,
      }),
    ],
    [rows, chosen, now, theme, legend],
  );
  const at = useMemo(() => rows?.find(({ id }) => id === chosen) ?? middleOf(rows ?? []), [rows, chosen]);
  if (rows === undefined) return null; // begun too early, the map would first show the whole city
  if (failed) return <p className="quiet">{c.map.failed}</p>;
  const members = group === null ? [] : rows.filter(({ id }) => group.includes(id));
  return (
    <>
      <div className="ground-map">
        <Suspense fallback={<p className="waiting">{c.map.loading}</p>}>
          <LazyMapCanvas
            label={g.map}
            centre={at === null ? null : { lon: at.lon, lat: at.lat }}
            zoom={chosen === undefined ? 14 : 16}
            layers={layers}
            onReady={giveSigns}
            onFailure={() => setFailed(true)}
          />
        </Suspense>
      </div>
      <p className="quiet">{t.onMap(formatNumber(rows.length))}</p>
      {members.length > 0 && (
        <Group members={members} chosen={chosen} onChoose={onChoose} onClose={() => setGroup(null)} />
      )}
    </>
  );
}

function giveSigns(map: MapLibre): void {
  map.setMissingStyleImageResolver((id) => {
    const sign = drawRiskSign(id);
    if (sign !== undefined && !map.hasImage(id)) map.addImage(id, sign);
  });
}

interface GroupProps {
  members: readonly RiskMark[];
  chosen: string | undefined;
  onChoose: (id: string) => void;
  onClose: () => void;
}

/** A group of the map opened as a list: gravest first, reached and left by keyboard. */
function Group({ members, chosen, onChoose, onClose }: GroupProps) {
  const t = useText(inspections);
  const c = useText(common);
  const place = useRef<HTMLElement>(null);
  const latest = useRef(onClose);
  latest.current = onClose;
  useEffect(() => place.current?.focus(), [members.length]);
  useEffect(() => {
    const leave = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') latest.current();
    };
    document.addEventListener('keydown', leave);
    return () => document.removeEventListener('keydown', leave);
  }, []);
  return (
    <section ref={place} className="ground-group" tabIndex={-1} aria-label={t.cluster(formatNumber(members.length))}>
      <header>
        <h3>{t.cluster(formatNumber(members.length))}</h3>
        <button type="button" className="tool" onClick={onClose}>
          {c.close}
        </button>
      </header>
      <ul className="ground-rows">
        {members.map((point) => (
          <li key={point.id}>
            <button
              type="button"
              className="ground-row"
              aria-current={point.id === chosen ? 'true' : undefined}
              onClick={() => onChoose(point.id)}
            >
              <RiskLine point={point} more={[]} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
