import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { MapLayerProps } from '#web/app/desk-slots.ts';
import { Go } from '#web/app/Go.tsx';
import { useNow } from '#web/app/now.ts';
import { theme as themeChoice } from '#web/app/preferences.ts';
import { useText } from '#web/i18n/area.ts';
import { inspections } from '#web/i18n/inspections.ts';
import { riskMapQuery } from './queries.ts';
import { riskLayer, riskLegend } from './risk-layer.ts';
import { levelKeys } from './risk-words.ts';
import { RiskGroup } from './RiskGroup.tsx';
import { RiskLine } from './RiskLine.tsx';
import './ground.css';

/** Risk points on the map of events: what is pointed at opens as a list of links. */
export function RiskOnMap({ onLayer }: MapLayerProps) {
  const t = useText(inspections);
  const theme = themeChoice.use();
  const now = useNow();
  const rows = useQuery(riskMapQuery({})).data?.items;
  const [group, setGroup] = useState<readonly string[]>([]);
  const layer = useMemo(
    () =>
      riskLayer({
        rows: rows ?? [],
        chosen: undefined,
        nowMs: now,
        theme,
        legend: riskLegend(
          levelKeys.map((key) => t.levelMarks[key]),
          theme,
        ),
        onSelect: (id) => setGroup([id]),
        onCluster: setGroup,
      }),
    [rows, now, theme, t],
  );
  useEffect(() => onLayer(layer), [onLayer, layer]);
  const members = (rows ?? []).filter(({ id }) => group.includes(id));
  if (members.length === 0) return null;
  return (
    <RiskGroup members={members} onClose={() => setGroup([])}>
      {(point) => (
        <Go className="pick-row ground-row" href={`/desk/risk-points?row=${point.id}`}>
          <RiskLine point={point} more={[]} />
        </Go>
      )}
    </RiskGroup>
  );
}
