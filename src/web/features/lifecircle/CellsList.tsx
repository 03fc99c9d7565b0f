import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { lifecircle } from '#web/i18n/lifecircle.ts';
import { beyondFirst, limitSeconds, toMinutes } from './numbers.ts';
import { cellsQuery, type Cell } from './queries.ts';
import { useCircleSearch } from './search.ts';
import type { ClassParts } from './Sentence.tsx';

const turn = 12;

/** The homes beyond the limit, those of most people first: the map's twin. */
export function CellsList({ words, run, matrix, norm }: ClassParts) {
  const t = useText(lifecircle).cells;
  const [search, go] = useCircleSearch();
  const [shown, setShown] = useState(turn);
  const { data } = useQuery(cellsQuery(run.id, norm.code, search.area ?? matrix.area.code));
  if (data === undefined) return null;
  const limitS = limitSeconds(search.minutes, norm.walkMin);
  const beyond = beyondFirst(data.items, limitS);
  const rest = Math.min(turn, beyond.length - shown);
  return (
    <section className="circle-cells" aria-labelledby="circle-cells">
      <h2 id="circle-cells">{t.title(formatNumber(beyond.length))}</h2>
      {beyond.length === 0 && <p className="quiet">{t.none}</p>}
      <ul>
        {beyond.slice(0, shown).map((cell) => (
          <li key={cell.code}>
            {cell.merged ? (
              <span className="circle-row">
                <CellWords cell={cell} cutoffMinutes={words.rules.cutoffMinutes} />
              </span>
            ) : (
              <button type="button" className="circle-row" onClick={() => go({ cell: cell.code })}>
                <CellWords cell={cell} cutoffMinutes={words.rules.cutoffMinutes} />
              </button>
            )}
          </li>
        ))}
      </ul>
      {rest > 0 && <Button onClick={() => setShown(shown + turn)}>{t.more(formatNumber(rest))}</Button>}
    </section>
  );
}

function CellWords({ cell, cutoffMinutes }: { cell: Cell; cutoffMinutes: number }) {
  const t = useText(lifecircle).cells;
  const people = cell.people === null ? t.fewPeople : t.people(formatNumber(cell.people));
  return (
    <>
      <b>
        {cell.seconds === null
          ? t.rowNone(people, String(cutoffMinutes))
          : t.row(people, String(toMinutes(cell.seconds)))}
      </b>
      <span className="quiet">
        {`${cell.areaName} `}
        {cell.elders !== null && cell.elders > 0 && `${t.elders(formatNumber(cell.elders))} `}
        {cell.children !== null && cell.children > 0 && t.children(formatNumber(cell.children))}
        {cell.merged && ` ${t.merged}`}
      </span>
    </>
  );
}
