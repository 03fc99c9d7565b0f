import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { lifecircle } from '#web/i18n/lifecircle.ts';
import { useNamed } from '#web/i18n/use-named.ts';
import { beyondOf, groups, limitSeconds, mostBeyondFirst, percentOf, toMinutes, withinOf } from './numbers.ts';
import type { AreaHeads, Matrix } from './queries.ts';
import { circleHref, useCircleSearch } from './search.ts';
import type { ClassParts } from './Sentence.tsx';
import { ShareBar } from './ShareBar.tsx';

/** The areas below, by how many cannot reach the chosen class. */
export function ClassTable({ matrix, norm, before }: ClassParts & { before: Matrix | undefined }) {
  const t = useText(lifecircle).table;
  const named = useNamed();
  const [search] = useCircleSearch();
  const minutes = toMinutes(limitSeconds(search.minutes, norm.walkMin));
  return (
    <div className="circle-table">
      <table>
        <caption>
          {t.caption(named(norm), String(minutes))} <span className="quiet">({t.mostFirst})</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{t.area}</th>
            <th scope="col" className="circle-number">
              {t.people}
            </th>
            <th scope="col">{t.within}</th>
            <th scope="col" className="circle-number">
              {t.beyond}
            </th>
            <th scope="col" className="circle-number">
              {t.elders}
            </th>
            <th scope="col" className="circle-number">
              {t.children}
            </th>
            {before !== undefined && (
              <th scope="col" className="circle-number">
                {t.change}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {mostBeyondFirst(matrix, norm.code, search.minutes).map((area) => (
            <Row key={area.code} area={area} matrix={matrix} classCode={norm.code} before={before} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  area: AreaHeads;
  matrix: Matrix;
  classCode: string;
  before: Matrix | undefined;
}

function Row({ area, matrix, classCode, before }: RowProps) {
  const t = useText(lifecircle).table;
  const [search] = useCircleSearch();
  const within = withinOf(matrix, area.code, classCode, search.minutes);
  const beyond = beyondOf(area, within);
  const href = circleHref({ ...search, class: classCode, area: area.code, cell: undefined });
  const say = (count: number | null): string => (count === null ? t.few : formatNumber(count));
  return (
    <tr>
      <th scope="row">
        <Go href={href} aria-label={t.open(area.name)}>
          {area.name}
        </Go>
      </th>
      <td className="circle-number">{say(area.people)}</td>
      <td>
        <ShareBar percent={percentOf(within?.people, area.people)} />
      </td>
      {groups.map((group) => (
        <td key={group} className="circle-number">
          <Go href={href}>{say(beyond[group])}</Go>
        </td>
      ))}
      {before !== undefined && (
        <td className="circle-number">
          <Change
            now={within?.people ?? null}
            then={withinOf(before, area.code, classCode, search.minutes)?.people ?? null}
          />
        </td>
      )}
    </tr>
  );
}

/** How many more are in reach, with its sign. */
export function Change({ now, then }: { now: number | null; then: number | null }) {
  const t = useText(lifecircle).table;
  if (now === null || then === null) return <>{t.few}</>;
  const change = now - then;
  const sign = change > 0 ? '+' : change < 0 ? '−' : '±';
  return (
    <span className={change > 0 ? 'circle-better' : change < 0 ? 'circle-worse' : 'quiet'}>
      {sign}
      {formatNumber(Math.abs(change))}
    </span>
  );
}
