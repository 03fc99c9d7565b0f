import { useQuery } from '@tanstack/react-query';
import { may, useMe } from '#web/app/me.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { lifecircle } from '#web/i18n/lifecircle.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { CellPanel } from './CellPanel.tsx';
import { CellsList } from './CellsList.tsx';
import { CircleCards } from './CircleCards.tsx';
import { CircleMaps } from './CircleMaps.tsx';
import { ClassTable } from './ClassTable.tsx';
import { Filters } from './Filters.tsx';
import { MatrixTable } from './MatrixTable.tsx';
import { matrixQuery, runQuery, runsQuery, wordsQuery, type Matrix, type Run, type Words } from './queries.ts';
import { RunBar } from './RunBar.tsx';
import { RunFacts } from './RunFacts.tsx';
import { Sentence } from './Sentence.tsx';
import { readAt, useCircleSearch, type CircleSearch } from './search.ts';
import './lifecircle.css';

/** Who walks how long to what: one class on the map and in a table, all classes below it. */
export function CirclePage() {
  const t = useText(lifecircle);
  const c = useText(common);
  const [search] = useCircleSearch();
  const words = useQuery(wordsQuery);
  const runs = useQuery(runsQuery(search.area));
  const error = words.error ?? runs.error;
  const ready = words.data !== undefined && runs.data !== undefined;
  return (
    <div className="page-flow circle">
      <header>
        <h1>{t.title}</h1>
        <p className="quiet">{t.lead}</p>
      </header>
      <ProblemNote error={error} onRetry={() => void Promise.all([words.refetch(), runs.refetch()])} />
      {!ready && error === null && (
        <p className="waiting" role="status">
          {c.loading}
        </p>
      )}
      {ready && (
        <>
          <Filters words={words.data} />
          <Measured words={words.data} runs={runs.data.items} />
        </>
      )}
    </div>
  );
}

function Measured({ words, runs }: { words: Words; runs: readonly Run[] }) {
  const [search] = useCircleSearch();
  const run = chosenRun(runs, search);
  const { data: matrix, error, refetch } = useQuery(matrixQuery(run?.id, search.area));
  const { data: before } = useQuery(matrixQuery(search.with, search.area));
  return (
    <>
      <RunBar words={words} runs={runs} run={run} area={matrix?.area.code ?? search.area} />
      <ProblemNote error={error} onRetry={() => void refetch()} />
      {run !== undefined && matrix !== undefined && (
        <Result words={words} run={run} matrix={matrix} before={search.with === undefined ? undefined : before} />
      )}
    </>
  );
}

interface ResultProps {
  words: Words;
  run: Run;
  matrix: Matrix;
  before: Matrix | undefined;
}

function Result({ words, run, matrix, before }: ResultProps) {
  const me = useMe();
  const [search] = useCircleSearch();
  const { data: detail } = useQuery(runQuery(run.id));
  const norm = matrix.classes.find(({ code }) => code === search.class) ?? matrix.classes[0];
  if (norm === undefined) return null;
  const parts = { words, run, matrix, norm };
  return (
    <>
      <CircleCards words={words} matrix={matrix} />
      <Sentence {...parts} />
      <div className="circle-body">
        <div className="circle-lists">
          {search.cell === undefined ? (
            <>
              {matrix.parts.length > 0 && <ClassTable {...parts} before={before} />}
              <CellsList {...parts} />
            </>
          ) : (
            <CellPanel words={words} run={run} code={search.cell} />
          )}
        </div>
        <CircleMaps {...parts} before={search.with} />
      </div>
      <MatrixTable matrix={matrix} before={before} />
      {detail !== undefined && (
        <RunFacts words={words} run={detail} matrix={matrix} mayImport={may(me, 'circle.plan')} />
      )}
    </>
  );
}

/**
 * The run the address names, else the latest that is done and fits walker and time: of the widest area where none was chosen,
 * since those who look at no area want to see all.
 */
export function chosenRun(runs: readonly Run[], { run, area, profile, at }: CircleSearch): Run | undefined {
  const named = runs.find(({ id }) => id === run);
  if (named !== undefined) return named;
  const time = readAt(at);
  const fits = runs.filter(
    (one) =>
      one.state === 'done' &&
      one.profile === profile &&
      (one.at?.weekday ?? 0) === (time?.weekday ?? 0) &&
      (one.at?.minute ?? -1) === (time?.minute ?? -1),
  );
  if (area !== undefined) return fits[0];
  return fits.toSorted((a, b) => a.areaCode.length - b.areaCode.length || (a.startedAt < b.startedAt ? 1 : -1))[0];
}
