import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { warnings } from '#web/i18n/warnings.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { ColourMark } from './ColourMark.tsx';
import type { WarningRow } from './queries.ts';

export interface WarningListProps {
  rows: readonly WarningRow[];
  chosen: string | undefined;
  onChoose: (id: string) => void;
}

/** One line a message, newest first; the table twin of the map: it names the ground of each. */
export function WarningList({ rows, chosen, onChoose }: WarningListProps) {
  const t = useText(warnings);
  if (rows.length === 0) return <p className="warnings-none">{t.list.none}</p>;
  return (
    <ol className="warnings-rows">
      {rows.map((row) => (
        <li key={row.id} className={`warning-edge-${row.state === 'active' ? (row.colour ?? 'none') : 'over'}`}>
          <button
            type="button"
            className="warnings-row"
            aria-current={row.id === chosen ? 'true' : undefined}
            onClick={() => onChoose(row.id)}
          >
            <span className="warnings-marks">
              <ColourMark colour={row.colour} />
              <b>{row.headline || row.event}</b>
            </span>
            <WarningMarks row={row} />
            <span className="quiet">
              {row.outside ? t.outside : row.areas.map(({ name }) => name).join(t.comma)} · {formatTime(row.startsAt)}{' '}
              {t.until(formatTime(row.endsAt))}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}

/** State, type and nature in words, each with its own sign. */
export function WarningMarks({ row }: { row: WarningRow }) {
  const t = useText(warnings);
  return (
    <span className="warnings-marks">
      <span className={row.state === 'active' ? 'tag tag-supervised' : 'tag'}>
        <Icon name={row.state === 'active' ? 'warning' : row.state === 'coming' ? 'clock' : 'check'} size={13} />
        {t.state[row.state]}
      </span>
      {row.msgType !== 'Alert' && <span className="tag tag-river">{t.msgType[row.msgType]}</span>}
      {row.status !== 'Actual' && <span className="tag tag-urged">{t.status[row.status]}</span>}
      {row.origin === 'issued' && <span className="tag tag-leaf">{t.origin.issued}</span>}
    </span>
  );
}
