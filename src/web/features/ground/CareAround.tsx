import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { CareMark } from '#web/app/CareMark.tsx';
import { useCareTags } from '#web/app/ground-words.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { inspections } from '#web/i18n/inspections.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { careAroundQuery, type CareAroundPoint } from './queries.ts';

type Within = CareAroundPoint['colours'][number]['within'];

/** How many people in care live around a risk point, by urgency and category. Nobody in particular. */
export function CareAround({ id }: { id: string }) {
  const t = useText(inspections).care;
  const { nameOf } = useCareTags();
  const { data, error, refetch } = useQuery(careAroundQuery(id));
  if (data === undefined) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  const colours = data.colours.filter(({ within }) => within.some(({ count }) => count !== 0));
  return (
    <section className="ground-looks" aria-label={t.title}>
      <h3>{t.title}</h3>
      {colours.length === 0 ? (
        <p className="quiet">{t.none(formatNumber(data.radiiM.at(-1) ?? 0))}</p>
      ) : (
        <>
          <p className="quiet">{t.lead}</p>
          <Counts head={t.colour} radiiM={data.radiiM}>
            {colours.map(({ colour, within }) => (
              <Line key={colour} name={<CareMark colour={colour} />} within={within} />
            ))}
          </Counts>
          <Counts head={t.tag} radiiM={data.radiiM}>
            {data.tags.map(({ code, within }) => (
              <Line key={code} name={nameOf(code)} within={within} />
            ))}
          </Counts>
        </>
      )}
    </section>
  );
}

function Counts({ head, radiiM, children }: { head: string; radiiM: readonly number[]; children: ReactNode }) {
  const t = useText(inspections).care;
  return (
    <table className="ground-glance">
      <thead>
        <tr>
          <th scope="col">{head}</th>
          {radiiM.map((radius) => (
            <th key={radius} scope="col">
              {t.radius(formatNumber(radius))}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

function Line({ name, within }: { name: ReactNode; within: Within }) {
  const t = useText(inspections).care;
  return (
    <tr>
      <td>{name}</td>
      {within.map(({ count, atLeast }, k) => {
        const told = count === null ? t.few : formatNumber(count);
        return <td key={k}>{atLeast ? t.atLeast(told) : told}</td>;
      })}
    </tr>
  );
}
