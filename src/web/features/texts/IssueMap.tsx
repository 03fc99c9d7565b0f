import { Suspense, useMemo, useRef, useState } from 'react';
import { theme as themeChoice } from '#web/app/preferences.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { texts } from '#web/i18n/texts.ts';
import { LazyMapCanvas } from '#web/map/lazy.tsx';
import { fitOf } from '#web/map/fit.ts';
import type { LonLatPoint } from '#web/map/layers.ts';
import { caseLayer, issueLayer, pointedLayer } from './issue-layer.ts';
import type { Case, Issue } from './queries.ts';

interface IssueMapProps {
  issues?: readonly Issue[] | undefined;
  cases?: readonly Case[];
  /** The issue that is pointed at in the list. */
  pointed?: string | undefined;
  onChoose: (id: string) => void;
}

/** Issues where they are, or the events of one. The list beside it is its twin. */
export function IssueMap({ issues, cases, pointed, onChoose }: IssueMapProps) {
  const t = useText(texts).hot;
  const c = useText(common);
  const theme = themeChoice.use();
  const [failed, setFailed] = useState(false);
  const latest = useRef(onChoose);
  latest.current = onChoose;
  const points = useMemo(() => placed<Issue | Case>(cases ?? issues ?? []), [cases, issues]);
  const layers = useMemo(() => {
    const onSelect = (id: string): void => latest.current(id);
    if (cases !== undefined)
      return [caseLayer(placed(cases), { theme, onSelect, words: { open: t.legendOpen, ended: t.legendEnded } })];
    return [issueLayer(placed(issues ?? []), { theme, onSelect, words: t.legendIssue })];
  }, [issues, cases, theme, t]);
  const drawn = useMemo(() => {
    if (cases !== undefined) return layers;
    return [
      ...layers,
      pointedLayer(
        placed(issues ?? []).find(({ id }) => id === pointed),
        theme,
      ),
    ];
  }, [layers, issues, cases, pointed, theme]);
  // What was first shown decides; later answers must not pull the map from under somebody's hand.
  const first = useRef<View | null>(null);
  first.current ??= viewOf(points);
  const view = first.current;
  if (view === null) return null;
  if (failed) return <p className="quiet">{c.map.failed}</p>;
  return (
    <div className="list-map">
      <Suspense fallback={<p className="waiting">{c.map.loading}</p>}>
        <LazyMapCanvas
          label={cases === undefined ? t.map : t.mapOne}
          centre={view.at}
          zoom={view.zoom}
          layers={drawn}
          onFailure={() => setFailed(true)}
        />
      </Suspense>
    </div>
  );
}

type View = NonNullable<ReturnType<typeof fitOf>>;

/** All of the points with a rim around; the pane is wider than high, and one point alone is not a whole map. */
function viewOf(points: readonly LonLatPoint[]): View | null {
  const fit = fitOf(
    points.map(({ lon, lat }) => ({
      type: 'Feature',
      properties: null,
      geometry: { type: 'Point', coordinates: [lon, lat] },
    })),
  );
  return fit === null ? null : { at: fit.at, zoom: Math.min(16, fit.zoom - 0.6) };
}

function placed<T extends { lon: number | null; lat: number | null }>(
  all: readonly T[],
): (T & { lon: number; lat: number })[] {
  return all.flatMap((one) => (one.lon === null || one.lat === null ? [] : [{ ...one, lon: one.lon, lat: one.lat }]));
}
