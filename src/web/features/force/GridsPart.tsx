import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { forceRoles } from '#contract/force-views.ts';
import { Go } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { useText } from '#web/i18n/area.ts';
import { force } from '#web/i18n/force.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { Answer } from '#web/ui/Answer.tsx';
import { useRoleName } from './Parts.tsx';
import { gridsQuery, type GridForce } from './queries.ts';
import { ReachPart } from './ReachPart.tsx';
import { useForceSearch } from './search.ts';

/** The grids with their force on the left, who can be there now on the right; on a phone one at a time. */
export function GridsPart() {
  const t = useText(force).grids;
  const [search, go] = useForceSearch();
  const [onlyGaps, setOnlyGaps] = useState(false);
  const grids = useQuery(gridsQuery);
  const mayRead = may(useMe(), 'people.read');
  const name = grids.data?.items.find(({ areaCode }) => areaCode === search.area)?.areaName ?? search.area ?? '';
  return (
    <div className={`force-two${search.area === undefined ? '' : ' force-chosen'}`}>
      <section className="force-left" aria-label={t.table}>
        <Answer query={grids}>
          {({ items, people, missing }) => (
            <>
              <p className="force-figure" role="status">
                <b>{t.total(formatNumber(people), formatNumber(items.length))}</b>
                {missing > 0 && <span>{t.gaps(formatNumber(missing))}</span>}
                <label>
                  <input type="checkbox" checked={onlyGaps} onChange={({ target }) => setOnlyGaps(target.checked)} />{' '}
                  {t.onlyGaps}
                </label>
              </p>
              <GridTable
                rows={onlyGaps ? items.filter((row) => row.missing.length > 0 || row.uncovered) : items}
                chosen={search.area}
                onChoose={(area) => go({ area })}
              />
            </>
          )}
        </Answer>
      </section>
      <section className="force-right">
        {search.area === undefined ? (
          <p className="quiet">{t.choose}</p>
        ) : (
          <>
            <ReachPart key={search.area} area={search.area} name={name} onBack={() => go({ area: undefined })} />
            {mayRead && <Go href={`/desk/admin/people?area=${search.area}`}>{t.appoint}</Go>}
          </>
        )}
      </section>
    </div>
  );
}

interface GridTableProps {
  rows: readonly GridForce[];
  chosen: string | undefined;
  onChoose: (area: string) => void;
}

function GridTable({ rows, chosen, onChoose }: GridTableProps) {
  const t = useText(force).grids;
  const roleName = useRoleName();
  return (
    <div className="force-scroll">
      <table className="force-table">
        <thead>
          <tr>
            <th scope="col">{t.grid}</th>
            {forceRoles.map((role) => (
              <th scope="col" key={role} className="force-number">
                {roleName(role)}
              </th>
            ))}
            <th scope="col" className="force-number">
              {t.people}
            </th>
            <th scope="col">{t.state}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.areaCode} aria-current={row.areaCode === chosen ? 'true' : undefined}>
              <th scope="row">
                <button
                  type="button"
                  className="link-button"
                  aria-label={t.open(row.areaName)}
                  onClick={() => onChoose(row.areaCode)}
                >
                  {row.areaName}
                </button>
              </th>
              {forceRoles.map((role) => (
                <td key={role} className="force-number">
                  {row.counts[role]}
                </td>
              ))}
              <td className="force-number">{row.people}</td>
              <td>
                <GapWords row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function GapWords({ row }: { row: GridForce }) {
  const t = useText(force);
  const roleName = useRoleName();
  if (row.missing.length === 0 && !row.uncovered) return <span className="quiet">{t.grids.full}</span>;
  return (
    <span className="force-gap">
      {row.missing.length > 0 && t.grids.missing(row.missing.map(roleName).join(t.comma))}
      {row.uncovered && t.grids.uncovered}
    </span>
  );
}
