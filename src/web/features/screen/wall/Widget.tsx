import { Component, type ReactNode } from 'react';
import type { WidgetCode } from '#contract/screens-layout.ts';
import { useNow } from '#web/app/now.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { screen } from '#web/i18n/screen.ts';
import { ChartLink } from '#web/ui/charts/ChartLink.tsx';
import { headLink } from '../links.ts';
import { WidgetView } from '../widgets/WidgetView.tsx';
import type { Known } from './reader.ts';

interface WidgetProps {
  code: WidgetCode;
  area: string;
  known: Known | undefined;
  /** From this age on, in ms, its numbers are marked as standing still. */
  staleMs: number;
}

/** One place on the wall: its name, its numbers, and how old they are once they stand still. */
export function Widget({ code, area, known, staleMs }: WidgetProps) {
  const t = useText(screen);
  const now = useNow();
  const isMissing = known !== undefined && known.atMs === 0;
  // `now` moves every quarter of a minute; what was just told is never older than it.
  const isStale = known !== undefined && known.atMs > 0 && now - known.atMs > staleMs;
  return (
    <section className={isStale ? 'widget widget-stale' : 'widget'} aria-label={t.widget[code]}>
      <header>
        <h2>
          <ChartLink href={headLink(code, area)}>{t.widget[code]}</ChartLink>
        </h2>
        {isStale && <p className="widget-since">{t.since(formatTime(known.atMs))}</p>}
      </header>
      <div className="widget-body">
        {known === undefined && <p className="widget-quiet">{t.reading}</p>}
        {isMissing && <p className="widget-quiet">{t.missing}</p>}
        {known !== undefined && !isMissing && (
          <Held key={code} words={t.missing}>
            <WidgetView code={code} area={area} data={known.data} />
          </Held>
        )}
      </div>
    </section>
  );
}

/** One widget that cannot be drawn does not take the wall with it. */
class Held extends Component<{ words: string; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }
  override render(): ReactNode {
    return this.state.failed ? <p className="widget-quiet">{this.props.words}</p> : this.props.children;
  }
}
