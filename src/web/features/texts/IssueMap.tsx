import { Suspense, useMemo, useRef, useState } from 'react';
import { theme as themeChoice } from '#web/app/preferences.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { texts } from '#web/i18n/texts.ts';
import { LazyMapCanvas } from '#web/map/lazy.tsx';
import { middleOf } from '#web/map/middle.ts';
import { caseLayer, issueLayer } from './issue-layer.ts';
import type { Case, Issue } from './queries.ts';

/** Issues where they are, or the events of one. The list beside it is its twin. */
export function IssueMap({
  issues,
  cases,
  onChoose,
}: {
  issues?: readonly Issue[] | undefined;
  cases?: readonly Case[];
  onChoose: (id: string) => void;
}) {
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
  if (points.length === 0) return null;
  if (failed) return <p className="quiet">{c.map.failed}</p>;
  return (
    <div className="list-map">
      <Suspense fallback={<p className="waiting">{c.map.loading}</p>}>
        <LazyMapCanvas
          label={cases === undefined ? t.map : t.mapOne}
          centre={middleOf(points)}
          zoom={cases === undefined ? 13 : 15}
          layers={layers}
          onFailure={() => setFailed(true)}
        />
      </Suspense>
    </div>
  );
}

function placed<T extends { lon: number | null; lat: number | null }>(
  all: readonly T[],
): (T & { lon: number; lat: number })[] {
  return all.flatMap((one) => (one.lon === null || one.lat === null ? [] : [{ ...one, lon: one.lon, lat: one.lat }]));
}
