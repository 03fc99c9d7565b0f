import { useRef } from 'react';
import type { WidgetData } from '#contract/screens-views.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDate, formatDuration, formatNumber } from '#web/i18n/format.ts';
import { inLanguage, languageChoice } from '#web/i18n/language.ts';
import { screen } from '#web/i18n/screen.ts';
import { ChartLink } from '#web/ui/charts/ChartLink.tsx';
import { IntervalBand } from '#web/ui/charts/IntervalBand.tsx';
import { Sparkline } from '#web/ui/charts/Sparkline.tsx';
import { useBox } from '#web/ui/charts/use-box.ts';
import { dayLink, headLink, indicatorLink } from '../links.ts';
import type { ViewProps } from './WidgetView.tsx';

type Indicator = WidgetData['indicators']['items'][number];

type Beside = Indicator['beside'][number];

function tell(value: number | null, unit: Indicator['unit'] | Beside['unit']): string {
  if (value === null) return '–';
  if (unit === 'percent') return `${formatNumber(Math.round(value * 1000) / 10)}%`;
  return unit === 'minutes' ? formatDuration(value * 60_000) : formatNumber(value);
}

const rowEm = 2.65;

/** Key indicators with their grade; beside a rate that may be pleased, what pleasing it would hide. */
export function Indicators({ area, data }: ViewProps<'indicators'>) {
  const t = useText(screen);
  const lang = languageChoice.use();
  const ref = useRef<HTMLDivElement>(null);
  const nameOf = ({ unit, code, name, nameEn }: Beside): string =>
    unit === 'minutes' ? t.waited[code as keyof typeof t.waited] : inLanguage(lang, name, nameEn);
  const { height, em } = useBox(ref);
  const room = Math.max(1, Math.floor(height / (em * rowEm)));
  return (
    <div ref={ref} className="wall-rows">
      <ul className="wall-indicators">
        {data.items.slice(0, room).map(({ code, name, nameEn, unit, value, grade, trend, beside }) => {
          const named = inLanguage(lang, name, nameEn);
          return (
            <li key={code}>
              <span className="wall-indicator-name">{named}</span>
              <Sparkline values={trend} name={t.trend(named)} tone="river" />
              <b>
                <ChartLink href={indicatorLink(area, code, data)} aria-label={t.open(named, tell(value, unit))}>
                  {tell(value, unit)}
                </ChartLink>
              </b>
              <span className={`wall-grade wall-grade-${grade ?? 'none'}`} title={t.grade(grade ?? '–')}>
                {grade ?? '–'}
              </span>
              <small>{beside.map((one) => `${nameOf(one)} ${tell(one.value, one.unit)}`).join(t.dot)}</small>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** What the next days will probably bring, with the interval. */
export function Forecast({ area, data: { past, next } }: ViewProps<'forecast'>) {
  const t = useText(screen);
  const short = (day: string): string => `${Number(day.slice(5, 7))}/${Number(day.slice(8))}`;
  return (
    <IntervalBand
      bare
      title={t.widget.forecast}
      past={past.map(({ day, count }) => ({
        key: day,
        name: formatDate(day),
        short: short(day),
        value: count,
        href: dayLink(area, day),
      }))}
      next={next.map(({ day, middle, low, high }) => ({
        key: day,
        name: formatDate(day),
        short: short(day),
        middle: Math.round(middle),
        low: Math.round(low),
        high: Math.round(high),
        href: headLink('forecast', area),
      }))}
    />
  );
}
