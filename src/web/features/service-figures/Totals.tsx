import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { serviceFigures } from '#web/i18n/service-figures.ts';
import type { Figures } from './queries.ts';

interface TotalsProps {
  data: Figures;
  station: string | undefined;
  onOpen: () => void;
}

/** The three figures everybody asks for, each with what it means and how it was before. */
export function Totals({ data: { persons, records, activities, span }, station, onOpen }: TotalsProps) {
  const t = useText(serviceFigures);
  const where = station === undefined ? '' : `&station=${station}`;
  return (
    <div className="service-figures-cards">
      {(['persons', 'records'] as const).map((key) => {
        const both = key === 'persons' ? persons : records;
        return (
          <section key={key}>
            <h2>{t[key]}</h2>
            <button
              type="button"
              className="service-figures-big"
              aria-label={t.open(t[key], formatNumber(both.now))}
              onClick={onOpen}
            >
              {formatNumber(both.now)}
            </button>
            <Change both={both} />
            <p className="quiet">{t.means[key]}</p>
          </section>
        );
      })}
      <section>
        <h2>{t.activities}</h2>
        <Go
          className="service-figures-big"
          href={`/desk/activities?state=held&from=${span.from}&to=${span.to}${where}`}
        >
          {formatNumber(activities.now)}
        </Go>
        <Change both={activities} />
        <p className="quiet">{t.means.activities}</p>
      </section>
    </div>
  );
}

/** More or fewer than before, in words: colour would only say whether somebody likes it. */
export function Change({ both: { now, before } }: { both: { now: number; before: number } }) {
  const t = useText(serviceFigures);
  const share = before === 0 ? 0 : Math.abs(Math.round(((now - before) / before) * 100));
  const words =
    before === 0 ? t.noBefore : share === 0 ? t.same : (now > before ? t.up : t.down)(`${formatNumber(share)}%`);
  return (
    <p className="service-figures-change">
      {words} <span className="quiet">{before === 0 ? '' : t.wasBefore(formatNumber(before))}</span>
    </p>
  );
}
