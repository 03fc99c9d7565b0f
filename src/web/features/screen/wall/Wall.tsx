import { useCallback, useEffect, useState, type CSSProperties } from 'react';
import type { Placement } from '#contract/screens-layout.ts';
import { useText } from '#web/i18n/area.ts';
import { screen } from '#web/i18n/screen.ts';
import { ChartLinkContext, type FollowChartLink } from '#web/ui/charts/ChartLink.tsx';
import { useDailyReload, useWakeLock } from './keep-alive.ts';
import { SignInNote } from './SignInNote.tsx';
import { slowWidgets } from './reader.ts';
import type { ScreenSource, Shown } from './source.ts';
import { useWidgets, type WallView } from './use-widgets.ts';
import { WallHead } from './WallHead.tsx';
import { Widget } from './Widget.tsx';

/** One wall: a head with the time, and the widgets where they were put. */
export function Wall({ source, shown }: { source: ScreenSource; shown: Shown }) {
  const t = useText(screen);
  const { layout, areaCode, rules } = shown;
  const view = useWidgets(
    source,
    areaCode,
    layout.map(({ code }) => code),
  );
  const [wish, setWish] = useState<string | null>(null);
  useWakeLock();
  useDailyReload(rules.reloadMinute, view.error === null && view.known.size > 0);
  const follow = useCallback<FollowChartLink>(
    (href, event) => {
      if (!source.kiosk) return;
      event.preventDefault();
      setWish(href);
    },
    [source.kiosk],
  );
  return (
    <ChartLinkContext value={follow}>
      <div className="wall">
        <WallHead shown={shown} view={view} kiosk={source.kiosk} />
        <main className="wall-grid" aria-label={t.widgets}>
          {inReadingOrder(layout).map((one) => (
            <div key={one.code} className={`wall-cell wall-cell-${one.code}`} style={placeOf(one)}>
              <Widget code={one.code} area={areaCode} known={view.known.get(one.code)} staleMs={staleOf(one, shown)} />
            </div>
          ))}
        </main>
        {wish !== null && <SignInNote href={wish} onClose={() => setWish(null)} />}
        <SpokenTrouble view={view} />
      </div>
    </ChartLinkContext>
  );
}

/** The keyboard goes through a wall as eyes do: from top to bottom, from left to right. */
const inReadingOrder = (layout: readonly Placement[]): Placement[] => layout.toSorted((a, b) => a.y - b.y || a.x - b.x);

const placeOf = ({ x, y, w, h }: Placement): CSSProperties => ({
  gridColumn: `${x + 1} / span ${w}`,
  gridRow: `${y + 1} / span ${h}`,
});

const staleOf = ({ code }: Placement, { rules }: Shown): number =>
  (slowWidgets.has(code) ? rules.slowStaleS : rules.staleS) * 1000;

/** Whoever cannot see the mark in the head hears of it once. */
function SpokenTrouble({ view }: { view: WallView }) {
  const t = useText(screen);
  const [words, setWords] = useState('');
  const isLost = view.error !== null;
  useEffect(() => setWords(isLost ? t.lost : ''), [isLost, t]);
  return (
    <p className="visually-hidden" role="status">
      {words}
    </p>
  );
}
