import { useText } from '#web/i18n/area.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { inLanguage, languageChoice } from '#web/i18n/language.ts';
import { screen } from '#web/i18n/screen.ts';
import { dutyLink, headLink } from '../links.ts';
import { Big } from './Parts.tsx';
import { saidOf } from './said.ts';
import type { ViewProps } from './WidgetView.tsx';

/** Who is there to help: hands on duty, in the grids, at the stations. Counts, never names. */

/** The shift that runs at the centre. */
export function Duty({ data }: ViewProps<'duty'>) {
  const t = useText(screen);
  const lang = languageChoice.use();
  const href = dutyLink(data.unitId);
  if (data.shifts.length === 0) return <Big name={t.duty.none} value={0} href={href} tone="seal" />;
  return (
    <div className="wall-bigs wall-bigs-1">
      {data.shifts.map(({ code, name, nameEn, endsAt, onDuty, needed }) => (
        <Big
          key={code}
          name={inLanguage(lang, name, nameEn)}
          value={t.duty.of(formatNumber(onDuty), formatNumber(needed))}
          href={href}
          tone={onDuty < needed ? 'seal' : undefined}
          note={t.duty.until(formatTime(endsAt))}
        />
      ))}
    </div>
  );
}

export function Force({ area, data: { people, grids, missing } }: ViewProps<'force'>) {
  const t = useText(screen);
  const href = headLink('force', area);
  return (
    <div className="wall-bigs wall-bigs-1">
      <Big
        name={t.force.people}
        value={people}
        href={href}
        note={
          missing > 0 ? t.force.missing(formatNumber(missing), formatNumber(grids)) : t.force.full(formatNumber(grids))
        }
      />
    </div>
  );
}

export function Stations({ area, data: { stations, open, persons, usual } }: ViewProps<'stations'>) {
  const t = useText(screen);
  return (
    <div className="wall-bigs wall-bigs-1">
      <Big
        name={t.stations.persons}
        value={persons}
        href={headLink('stations', area)}
        note={saidOf(
          t.dot,
          t.stations.open(formatNumber(open), formatNumber(stations)),
          usual !== null && t.stations.usual(formatNumber(Math.round(usual))),
        )}
      />
    </div>
  );
}

export function Care({ area, data: { due, inTime, open, hidden } }: ViewProps<'care'>) {
  const t = useText(screen);
  return (
    <div className="wall-bigs wall-bigs-1">
      <Big
        name={t.care.open}
        value={open}
        href={headLink('care', area)}
        note={saidOf(
          t.dot,
          t.care.due(formatNumber(due), formatNumber(inTime)),
          hidden > 0 && t.care.hidden(formatNumber(hidden)),
        )}
      />
    </div>
  );
}

export function Gaps({ area, data: { problems, demands } }: ViewProps<'gaps'>) {
  const t = useText(screen);
  return (
    <div className="wall-bigs wall-bigs-1">
      <Big
        name={t.gaps.problems}
        value={problems}
        href={headLink('gaps', area)}
        note={t.gaps.demands(formatNumber(demands))}
      />
    </div>
  );
}
