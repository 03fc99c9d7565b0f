import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { serviceFigures } from '#web/i18n/service-figures.ts';
import type { Counted, Figures } from './queries.ts';
import type { CountedBy } from './search.ts';

interface CountedProps {
  title: string;
  first: string;
  means?: string;
  rows: readonly Counted[];
  onOpen: (code: string) => void;
}

/** Persons by one thing, now and before; each number opens its records. */
export function CountedTable({ title, first, means, rows, onOpen }: CountedProps) {
  const lang = languageChoice.use();
  const there = rows.filter(({ persons }) => persons.now > 0 || persons.before > 0);
  const most = Math.max(1, ...there.map(({ persons }) => persons.now));
  if (there.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      {means !== undefined && <p className="quiet">{means}</p>}
      <table className="service-figures-table">
        <Head first={first} />
        <tbody>
          {there.map(({ code, name, nameEn, persons }) => {
            const named = lang === 'zh' ? name : nameEn;
            return (
              <tr key={code}>
                <th scope="row">{named}</th>
                <td>
                  <OpenNumber name={named} n={persons.now} onOpen={() => onOpen(code)} />
                </td>
                <td className="quiet">{formatNumber(persons.before)}</td>
                <td aria-hidden="true">
                  <span className="service-figures-bar" style={{ width: `${(persons.now / most) * 100}%` }} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function Head({ first }: { first: string }) {
  const t = useText(serviceFigures);
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        <th scope="col">{t.now}</th>
        <th scope="col">{t.past}</th>
        <td aria-hidden="true" />
      </tr>
    </thead>
  );
}

function OpenNumber({ name, n, onOpen }: { name: string; n: number; onOpen: () => void }) {
  const t = useText(serviceFigures);
  if (n === 0) return <>0</>;
  return (
    <button type="button" className="service-figures-open" aria-label={t.open(name, formatNumber(n))} onClick={onOpen}>
      {formatNumber(n)}
    </button>
  );
}

interface VisitorsProps {
  visitors: Figures['visitors'];
  onOpen: (visitor: NonNullable<CountedBy['visitor']>) => void;
}

/** What visitors said of themselves, and how many said anything. */
export function Visitors({ visitors: { told, share, least, items }, onOpen }: VisitorsProps) {
  const t = useText(serviceFigures);
  const tell = (n: number | null): string => (n === null ? t.few : formatNumber(n));
  const said =
    told === null || share === null
      ? t.visitorsFew(formatNumber(least))
      : t.visitorsMeans(`${formatNumber(Math.round(share * 100))}%`, formatNumber(least));
  const most = Math.max(1, ...items.map(({ persons }) => persons ?? 0));
  return (
    <section>
      <h2>{t.visitors}</h2>
      <p className="quiet">{said}</p>
      {told !== null && (
        <table className="service-figures-table">
          <Head first={t.visitor} />
          <tbody>
            {items.map(({ code, persons, before }) => (
              <tr key={code}>
                <th scope="row">{t.visitorOf[code]}</th>
                <td className={persons === null ? 'quiet' : undefined}>
                  {persons === null ? (
                    t.few
                  ) : (
                    <OpenNumber name={t.visitorOf[code]} n={persons} onOpen={() => onOpen(code)} />
                  )}
                </td>
                <td className="quiet">{tell(before)}</td>
                <td aria-hidden="true">
                  <span className="service-figures-bar" style={{ width: `${((persons ?? 0) / most) * 100}%` }} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** Activities held, by kind. */
export function ByActivity({ rows }: { rows: Figures['byActivityKind'] }) {
  const t = useText(serviceFigures);
  const lang = languageChoice.use();
  const most = Math.max(1, ...rows.map(({ activities }) => activities.now));
  if (rows.length === 0) return null;
  return (
    <section>
      <h2>{t.byActivity}</h2>
      <table className="service-figures-table">
        <Head first={t.kind} />
        <tbody>
          {rows.map(({ code, name, nameEn, activities }) => (
            <tr key={code}>
              <th scope="row">{lang === 'zh' ? name : nameEn}</th>
              <td>{formatNumber(activities.now)}</td>
              <td className="quiet">{formatNumber(activities.before)}</td>
              <td aria-hidden="true">
                <span className="service-figures-bar" style={{ width: `${(activities.now / most) * 100}%` }} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
