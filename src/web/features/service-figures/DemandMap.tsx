import { useQuery } from '@tanstack/react-query';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { serviceFigures } from '#web/i18n/service-figures.ts';
import { Awaited } from '#web/ui/Answer.tsx';
import { ScrollFrame } from '#web/ui/ScrollFrame.tsx';
import { demandQuery, type Demand } from './queries.ts';
import type { CountedBy, FiguresSearch } from './search.ts';

/** A week by hours: how many come and how many are on duty. The map is a table, so it needs no twin. */
export function DemandMap({ search, onOpen }: { search: FiguresSearch; onOpen: (of: CountedBy) => void }) {
  const t = useText(serviceFigures).demand;
  const { data, error, refetch } = useQuery(demandQuery(search));
  return (
    <section>
      <h2>{t.title}</h2>
      <Awaited query={{ data, error, refetch }} />
      {data !== undefined && (
        <>
          <p className="quiet">{data.rosterDays === 0 ? t.noRoster : t.means}</p>
          <Week data={data} onOpen={onOpen} />
          {data.rosterDays > 0 && <Facts data={data} />}
        </>
      )}
    </section>
  );
}

function Week({ data, onOpen }: { data: Demand; onOpen: (of: CountedBy) => void }) {
  const t = useText(serviceFigures).demand;
  const hours = data.cells.map(({ hour }) => hour);
  const [first, last] = [Math.min(...hours), Math.max(...hours)];
  const shown = Array.from({ length: Math.max(0, last - first + 1) }, (_, k) => first + k);
  const most = Math.max(1, ...data.cells.map(({ persons }) => persons));
  const days = [...new Set(data.cells.map(({ weekday }) => weekday))].toSorted((a, b) => a - b);
  const of = new Map(data.cells.map((cell) => [cell.weekday * 24 + cell.hour, cell]));
  return (
    <ScrollFrame area="service-figures-week" label={t.title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.hours}</th>
            {shown.map((hour) => (
              <th key={hour} scope="col">
                {hour}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((weekday) => (
            <tr key={weekday}>
              <th scope="row">{t.weekday[weekday]}</th>
              {shown.map((hour) => {
                const cell = of.get(weekday * 24 + hour);
                return (
                  <td key={hour}>
                    {cell !== undefined && (
                      <Cell
                        cell={cell}
                        share={cell.persons / most}
                        gap={isGap(data, weekday, hour)}
                        roster={data.rosterDays > 0}
                        onOpen={() => onOpen({ weekday, hour })}
                      />
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

const isGap = ({ gaps }: Demand, weekday: number, hour: number): boolean =>
  gaps.some((gap) => gap.weekday === weekday && gap.fromHour <= hour && hour < gap.toHour);

interface CellProps {
  cell: Demand['cells'][number];
  share: number;
  gap: boolean;
  roster: boolean;
  onOpen: () => void;
}

function Cell({ cell: { weekday, hour, persons, onDuty }, share, gap, roster, onOpen }: CellProps) {
  const t = useText(serviceFigures);
  const when = t.list.hourOf(t.demand.weekday[weekday] ?? '', hour);
  const name = roster
    ? t.demand.cell(when, formatNumber(persons), formatNumber(onDuty))
    : t.open(when, formatNumber(persons));
  return (
    <button
      type="button"
      className={gap ? 'service-figures-cell service-figures-gap' : 'service-figures-cell'}
      style={{ '--share': `${Math.round(share * 100)}%` } as React.CSSProperties}
      title={name}
      onClick={onOpen}
    >
      <span className="visually-hidden">{name}</span>
      <b aria-hidden="true">{formatNumber(persons >= 10 ? Math.round(persons) : persons)}</b>
      {roster && <small aria-hidden="true">{t.demand.onDuty(formatNumber(onDuty))}</small>}
    </button>
  );
}

function Facts({ data: { gaps, rule } }: { data: Demand }) {
  const t = useText(serviceFigures).demand;
  return (
    <>
      <h3>{t.facts}</h3>
      <p className="quiet">
        {t.rule(formatNumber(rule.leastPersons), formatNumber(rule.perVolunteer))} {!rule.certain && t.draft}
      </p>
      {gaps.length === 0 ? (
        <p>{t.noFacts}</p>
      ) : (
        <ul className="service-figures-facts">
          {gaps.map(({ weekday, fromHour, toHour, persons, onDuty }) => (
            <li key={`${weekday} ${fromHour}`}>
              {t.fact(t.weekday[weekday] ?? '', fromHour, toHour, formatNumber(persons), formatNumber(onDuty))}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
