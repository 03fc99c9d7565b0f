import { Suspense, useMemo, useRef, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useNow } from '#web/app/now.ts';
import { theme as themeChoice } from '#web/app/preferences.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { ground } from '#web/i18n/ground.ts';
import { inspections } from '#web/i18n/inspections.ts';
import { LazyMapCanvas } from '#web/map/lazy.tsx';
import { middleOf } from '#web/map/middle.ts';
import { riskMapQuery } from './queries.ts';
import { riskLayer, riskLegend } from './risk-layer.ts';
import { levelKeys } from './risk-words.ts';
import { RiskGroup } from './RiskGroup.tsx';
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
      <div className="list-map ground-map">
        <Suspense fallback={<p className="waiting">{c.map.loading}</p>}>
          <LazyMapCanvas
            label={g.map}
            centre={at === null ? null : { lon: at.lon, lat: at.lat }}
            zoom={chosen === undefined ? 14 : 16}
            layers={layers}
            onFailure={() => setFailed(true)}
          />
        </Suspense>
      </div>
      <p className="quiet">{t.onMap(formatNumber(rows.length))}</p>
      {members.length > 0 && (
        <RiskGroup members={members} onClose={() => setGroup(null)}>
          {(point) => (
            <button
              type="button"
              className="pick-row ground-row"
              aria-current={point.id === chosen ? 'true' : undefined}
              onClick={() => onChoose(point.id)}
            >
              <RiskLine point={point} more={[]} />
            </button>
          )}
        </RiskGroup>
      )}
    </>
  );
}
