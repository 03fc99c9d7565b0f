import { useQuery, useQueryClient } from '@tanstack/react-query';
import { colours } from '#contract/warnings-words.ts';
import { Go } from '#web/app/Go.tsx';
import { useLiveChanges } from '#web/app/live-bus.ts';
import { may, useMe } from '#web/app/me.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { warnings } from '#web/i18n/warnings.ts';
import { ColourMark } from './ColourMark.tsx';
import { activeQuery, warningKeys } from './queries.ts';
import './warnings.css';

const shown = 3;

/** Real warnings that are active over this person's ground, above every page of the desk; gravest first. */
export function WarningStrip() {
  return may(useMe(), 'warning.read') ? <Strip /> : null;
}

function Strip() {
  const t = useText(warnings);
  const client = useQueryClient();
  useLiveChanges((heard) => {
    if (heard === 'reset' || heard.action.startsWith('warning.'))
      void client.invalidateQueries({ queryKey: warningKeys.all });
  });
  const rows = (useQuery(activeQuery).data ?? []).toSorted(
    (a, b) => colours.indexOf(a.colour ?? 'blue') - colours.indexOf(b.colour ?? 'blue'),
  );
  if (rows.length === 0) return null;
  return (
    <section className="warning-strip" aria-label={t.strip.label}>
      <ul>
        {rows.slice(0, shown).map((row) => (
          <li key={row.id} className={`warning-edge-${row.colour ?? 'none'}`}>
            <ColourMark colour={row.colour} />
            <Go href={`/desk/warnings?warning=${row.id}`}>{row.headline || row.event}</Go>
            <span className="quiet warning-where">{row.areas.map(({ name }) => name).join(t.comma)}</span>
            <time className="quiet" dateTime={row.endsAt}>
              {t.until(formatTime(row.endsAt))}
            </time>
          </li>
        ))}
      </ul>
      {rows.length > shown && <Go href="/desk/warnings">{t.strip.more(rows.length - shown)}</Go>}
    </section>
  );
}
