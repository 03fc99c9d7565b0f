import { analytics } from '#web/i18n/analytics.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import type { UnitLine } from './unit-queries.ts';

const [width, height, left, bottom, top, right] = [720, 280, 46, 240, 12, 700];
const round = (value: number): number => Math.round(value * 100) / 100;

/** Observed over expected against expected, with the limits of chance; the table below says the same. */
export function Funnel({ units }: { units: readonly UnitLine[] }) {
  const t = useText(analytics).units;
  const lang = languageChoice.use();
  const shown = units.filter(({ ratio }) => ratio !== null);
  if (shown.length < 2) return null;
  const most = Math.max(...shown.map(({ expectedLate }) => expectedLate)) * 1.1;
  const high = Math.max(2, ...shown.map(({ ratio }) => ratio ?? 0)) * 1.08;
  const x = (expected: number): number => left + (expected / most) * (right - left);
  const y = (ratio: number): number => bottom - (Math.min(ratio, high) / high) * (bottom - top);
  return (
    <figure className="analytics-funnel">
      <figcaption>
        <b>{t.funnel}</b> <span className="quiet">{t.funnelMeans}</span>
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${t.funnel}: ${t.funnelMeans}`}>
        <line className="analytics-funnel-axis" x1={left} y1={bottom} x2={right} y2={bottom} />
        <line className="analytics-funnel-axis" x1={left} y1={top} x2={left} y2={bottom} />
        <line className="analytics-funnel-one" x1={left} y1={y(1)} x2={right} y2={y(1)} />
        {[0, 1, 2].map((tick) => (
          <text key={tick} x={left - 8} y={y(tick) + 4} textAnchor="end">
            {tick}
          </text>
        ))}
        {[0.25, 0.5, 0.75, 1].map((share) => (
          <text key={share} x={x(most * share)} y={bottom + 18} textAnchor="middle">
            {formatNumber(Math.round(most * share))}
          </text>
        ))}
        <text x={right} y={height - 6} textAnchor="end">
          {t.funnelX}
        </text>
        <text x={left + 6} y={top + 8}>
          {t.funnelY}
        </text>
        {[1.96, 3.09].map((z) => (
          <Limits key={z} z={z} most={most} x={x} y={y} />
        ))}
        {shown.map(({ unit, ratio, expectedLate, band }) => (
          <circle
            key={unit.id}
            className={`analytics-funnel-${band ?? 'none'}`}
            cx={x(expectedLate)}
            cy={y(ratio ?? 0)}
            r="6"
          >
            <title>
              {t.point(
                lang === 'zh' ? unit.name : unit.nameEn,
                formatNumber(round(ratio ?? 0)),
                formatNumber(round(expectedLate)),
              )}
            </title>
          </circle>
        ))}
      </svg>
      <p className="quiet">
        <span className="analytics-key analytics-key-95" aria-hidden="true" /> {t.limit95}{' '}
        <span className="analytics-key analytics-key-998" aria-hidden="true" /> {t.limit998}
      </p>
    </figure>
  );
}

/** 1 ± z ÷ √expected: what chance does to a count of rare things. */
function Limits({ z, most, x, y }: { z: number; most: number; x: (e: number) => number; y: (r: number) => number }) {
  const at = Array.from({ length: 60 }, (_, k) => ((k + 1) / 60) * most);
  const path = (sign: 1 | -1): string =>
    at
      .map((e, k) => `${k === 0 ? 'M' : 'L'}${round(x(e))} ${round(y(Math.max(0, 1 + (sign * z) / Math.sqrt(e))))}`)
      .join('');
  return <path className={z < 2 ? 'analytics-funnel-95' : 'analytics-funnel-998'} d={path(1) + path(-1)} />;
}
