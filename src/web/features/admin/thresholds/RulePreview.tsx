import { adminDevices } from '#web/i18n/admin-devices.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { previewOf, type PreviewRule } from './preview.ts';

const width = 480;
const height = 120;

/** What the numbers mean, in words and as a small drawing over invented readings. */
export function RulePreview({ rule }: { rule: PreviewRule }) {
  const t = useText(adminDevices).thresholds;
  const { values, active } = previewOf(rule);
  const all = [...values, rule.raiseAt, rule.clearAt];
  const low = Math.min(...all);
  const high = Math.max(...all);
  const x = (k: number): number => (k / (values.length - 1)) * width;
  const y = (value: number): number => height - 6 - ((value - low) / (high - low || 1)) * (height - 12);
  const label = t.drawn(active.length);
  return (
    <figure className="rule-preview">
      <figcaption>{t.preview}</figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        {active.map(({ from, to }) => (
          <rect key={from} x={x(from)} y={0} width={Math.max(4, x(to) - x(from))} height={height} />
        ))}
        <line className="rule-raise" x1={0} x2={width} y1={y(rule.raiseAt)} y2={y(rule.raiseAt)} />
        <line className="rule-clear" x1={0} x2={width} y1={y(rule.clearAt)} y2={y(rule.clearAt)} />
        <polyline points={values.map((value, k) => `${x(k).toFixed(1)},${y(value).toFixed(1)}`).join(' ')} />
      </svg>
      <small>{label}</small>
      <p>
        {t.hysteresis.apart(formatNumber(rule.raiseAt), formatNumber(rule.clearAt))}{' '}
        {rule.holdOffS > 0 && t.hysteresis.hold(rule.holdOffS)}
      </p>
    </figure>
  );
}
