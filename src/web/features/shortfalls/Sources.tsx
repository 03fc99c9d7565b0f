import { useState, type ReactNode } from 'react';
import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { formatDate, formatNumber, formatTime } from '#web/i18n/format.ts';
import { shortfalls } from '#web/i18n/shortfalls.ts';
import { Fact } from '#web/ui/Fact.tsx';
import { History } from './History.tsx';
import type { DemandDetail, ProblemDetail } from './queries.ts';
import { hrefOf } from './search.ts';
import { minutesOf, useHeads } from './words.ts';

export type Detail = ProblemDetail | DemandDetail;

/** Whom it touches. */
export function HeadFacts({ row }: { row: Detail }) {
  const t = useText(shortfalls).facts;
  const heads = useHeads();
  return (
    <>
      <Fact name={t.people}>{heads.count(row.people)}</Fact>
      <Fact name={t.elders}>{heads.count(row.elders)}</Fact>
      <Fact name={t.children}>{heads.count(row.children)}</Fact>
      {row.nearestS !== null && <Fact name={t.nearest}>{t.minutes(minutesOf(row.nearestS))}</Fact>}
    </>
  );
}

/** Says that figures moved on after somebody corrected them, or that nothing produces the line any more. */
export function MovedNote({ row: { now, goneAt } }: { row: Detail }) {
  const t = useText(shortfalls);
  const heads = useHeads();
  return (
    <>
      {now !== null && (
        <p className="shortfalls-note">
          {t.nowIs(heads.people(now.people), heads.count(now.elders), heads.count(now.children))}
        </p>
      )}
      {goneAt !== null && <p className="shortfalls-note">{t.goneSince(formatTime(goneAt))}</p>}
    </>
  );
}

/** To the map of the life circle and to the needs, with what this line is about. */
export function RowLinks({ row: { classCode, areaCode, runId, needs } }: { row: Detail }) {
  const t = useText(shortfalls);
  return (
    <>
      {runId !== null && (
        <Go className="tool tool-framed" href={hrefOf('circle', { class: classCode, area: areaCode, run: runId })}>
          {t.onCircle}
        </Go>
      )}
      {needs > 0 && (
        <Go className="tool tool-framed" href={hrefOf('needs', { class: classCode, area: areaCode })}>
          {t.toNeeds(formatNumber(needs))}
        </Go>
      )}
    </>
  );
}

/** Where a line comes from: what people say, whose homes, which run, and what was changed by hand. */
export function Sources({ row }: { row: Detail }) {
  const t = useText(shortfalls);
  return (
    <>
      <Part title={t.needs.title}>
        <Needs row={row} />
      </Part>
      <Part title={t.cells.title}>
        <Cells row={row} />
      </Part>
      <RunFacts row={row} />
      <Part title={t.history.title}>
        <History row={row} />
      </Part>
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="shortfalls-part">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Needs({ row: { needList } }: { row: Detail }) {
  const t = useText(shortfalls);
  const heads = useHeads();
  if (needList.length === 0) return <p className="quiet">{t.needs.none}</p>;
  return (
    <ul className="shortfalls-plain">
      {needList.map(({ id, title, voices, people, state }) => (
        <li key={id}>
          <Go href={hrefOf('needs', { need: id })}>{title}</Go>
          <span className="quiet">{t.needs.line(formatNumber(voices), heads.people(people))}</span>
          <span className="tag">{t.needStates[state] ?? state}</span>
        </li>
      ))}
    </ul>
  );
}

const firstCells = 8;

function Cells({ row: { cells, moreCells } }: { row: Detail }) {
  const t = useText(shortfalls).cells;
  const heads = useHeads();
  const [all, setAll] = useState(false);
  if (cells.length === 0) return <p className="quiet">{t.none}</p>;
  const shown = all ? cells : cells.slice(0, firstCells);
  return (
    <>
      <p className="quiet">{t.lead}</p>
      <table className="shortfalls-table">
        <thead>
          <tr>
            <th scope="col">{t.area}</th>
            <th scope="col">{t.people}</th>
            <th scope="col">{t.minutes}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ areaName, people, seconds, lon, lat }) => (
            <tr key={`${lon} ${lat} ${String(people)}`}>
              <td>{areaName}</td>
              <td>{heads.count(people)}</td>
              <td>{seconds === null ? t.beyond : <Minutes seconds={seconds} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {!all && cells.length > firstCells && (
        <button type="button" className="link-button" onClick={() => setAll(true)}>
          {t.show(formatNumber(cells.length))}
        </button>
      )}
      {moreCells > 0 && <p className="quiet">{t.more(formatNumber(moreCells))}</p>}
    </>
  );
}

const Minutes = ({ seconds }: { seconds: number }) => <>{useText(shortfalls).facts.minutes(minutesOf(seconds))}</>;

function RunFacts({ row: { run } }: { row: Detail }) {
  const t = useText(shortfalls).run;
  if (run === null) return null;
  return (
    <details className="shortfalls-part">
      <summary>
        {t.title} <span className="quiet">{t.facts(formatDate(run.day), formatTime(run.finishedAt))}</span>
      </summary>
      <dl className="named-facts shortfalls-facts shortfalls-digests">
        <Fact name={t.hash}>
          <code>{run.hash}</code>
        </Fact>
        <Fact name={t.network}>
          <code>{run.network}</code>
        </Fact>
        <Fact name={t.version}>
          <code>{run.codeVersion}</code>
        </Fact>
      </dl>
    </details>
  );
}
