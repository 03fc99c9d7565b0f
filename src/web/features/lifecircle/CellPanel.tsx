import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useText } from '#web/i18n/area.ts';
import { formatDistance, formatNumber } from '#web/i18n/format.ts';
import { lifecircle } from '#web/i18n/lifecircle.ts';
import { useNamed } from '#web/i18n/use-named.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { isSlowBack, toMinutes } from './numbers.ts';
import { cellQuery, type CellTimes, type Run, type Words } from './queries.ts';
import { useCircleSearch } from './search.ts';

/** One home: how far everything is, there and back. */
export function CellPanel({ words, run, code }: { words: Words; run: Run; code: string }) {
  const t = useText(lifecircle);
  const [search, go] = useCircleSearch();
  const { data, error } = useQuery(cellQuery(run.id, code));
  const say = (count: number | null): string => (count === null ? t.cells.fewPeople : formatNumber(count));
  return (
    <section className="circle-cell" aria-labelledby="circle-cell">
      <header>
        <h2 id="circle-cell">{t.cell.title}</h2>
        <Button onClick={() => go({ cell: undefined })}>{t.cell.close}</Button>
      </header>
      <ProblemNote error={error} />
      {data !== undefined && (
        <>
          <p>
            {data.cell.areaName} · {t.cells.people(say(data.cell.people))} · {t.cells.elders(say(data.cell.elders))} ·{' '}
            {t.cells.children(say(data.cell.children))}
          </p>
          <div className="circle-table">
            <table>
              <thead>
                <tr>
                  <th scope="col">{t.cell.facility}</th>
                  <th scope="col" className="circle-number">
                    {t.cell.there}
                  </th>
                  <th scope="col" className="circle-number">
                    {t.cell.back}
                  </th>
                  <th scope="col">{t.cell.nearest}</th>
                </tr>
              </thead>
              <tbody>
                {data.items.map((item) => (
                  <TimeRow key={item.classCode} item={item} words={words} chosen={item.classCode === search.class} />
                ))}
              </tbody>
            </table>
          </div>
          {data.items.some((item) => isSlowBack(item, words.rules)) && <p className="quiet">{t.cell.slowBackWhy}</p>}
        </>
      )}
    </section>
  );
}

interface TimeRowProps {
  item: CellTimes['items'][number];
  words: Words;
  chosen: boolean;
}

function TimeRow({ item, words, chosen }: TimeRowProps) {
  const t = useText(lifecircle);
  const named = useNamed();
  const [, go] = useCircleSearch();
  const over = item.seconds === null || item.seconds > item.limitS;
  const slow = isSlowBack(item, words.rules);
  const minutes = (seconds: number): string => t.minutesOf(String(toMinutes(seconds)));
  return (
    <tr className={chosen ? 'circle-chosen' : undefined}>
      <th scope="row">
        <button type="button" className="circle-link" onClick={() => go({ class: item.classCode })}>
          {named(words.classes.find(({ code }) => code === item.classCode))}
        </button>
        {over && <span className="circle-warn">{t.cell.over}</span>}
      </th>
      <td className="circle-number">
        {item.seconds === null ? t.cell.none(String(words.rules.cutoffMinutes)) : minutes(item.seconds)}
      </td>
      <td className="circle-number">
        {item.back !== null && minutes(item.back)}
        {slow && <span className="circle-warn">{t.cell.slowBack}</span>}
      </td>
      <td>
        {item.facility?.name}{' '}
        {item.straightM !== null && <span className="quiet">{t.cell.straight(formatDistance(item.straightM))}</span>}
      </td>
    </tr>
  );
}
