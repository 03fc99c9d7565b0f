import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { lifecircle } from '#web/i18n/lifecircle.ts';
import { useNamed } from '#web/i18n/use-named.ts';
import { Fact } from '#web/ui/Fact.tsx';
import type { Matrix, RunDetail, Words } from './queries.ts';
import { whenOf } from './run-words.ts';
import { useCircleSearch } from './search.ts';

interface RunFactsProps {
  words: Words;
  run: RunDetail;
  matrix: Matrix;
  mayImport: boolean;
}

/** What a result is made of, so that it can be made again; and what was left out. */
export function RunFacts({ words, run, matrix, mayImport }: RunFactsProps) {
  const t = useText(lifecircle);
  const named = useNamed();
  const r = t.run;
  const profile = words.profiles.find(({ code }) => code === run.profile);
  const { snapLimitM, cutoffS } = run.parameters as { snapLimitM: number; cutoffS: number };
  return (
    <>
      <Aside run={run} matrix={matrix} />
      <details className="circle-facts">
        <summary>{r.facts}</summary>
        <dl>
          <Fact name={r.area}>{run.areaName}</Fact>
          <Fact name={r.network}>
            {run.networkName} <code>{run.network.slice(0, 12)}</code>
          </Fact>
          <Fact name={r.facilities}>{r.count(formatNumber(run.facilities))}</Fact>
          <Fact name={r.cells}>{r.count(formatNumber(run.cells))}</Fact>
          <Fact name={r.people}>{formatNumber(run.people)}</Fact>
          <Fact name={r.profile}>
            {named(profile)}
            {profile !== undefined &&
              ` · ${
                profile.takesSteps
                  ? r.speed(formatNumber(profile.flatMs), formatNumber(profile.climbSecondsPerM))
                  : r.speedNoSteps(formatNumber(profile.flatMs))
              }`}
            {profile?.certain === false && <span className="quiet">{t.draft}</span>}
          </Fact>
          <Fact name={r.when}>{whenOf(run, t)}</Fact>
          <Fact name={r.snap}>{r.metres(formatNumber(snapLimitM))}</Fact>
          <Fact name={r.range}>{t.minutesOf(formatNumber(cutoffS / 60))}</Fact>
          <Fact name={r.code}>{run.codeVersion}</Fact>
          <Fact name={r.hash}>
            <code className="circle-hash">{run.hash}</code>
          </Fact>
          <Fact name={r.result}>
            <code className="circle-hash">{run.resultHash}</code>
          </Fact>
        </dl>
      </details>
      {mayImport && (
        <p>
          <Go href="/desk/circle/networks">{r.networks}</Go>
        </p>
      )}
    </>
  );
}

/** What was not counted, by name; coordinates that look shifted. */
function Aside({ run, matrix }: { run: RunDetail; matrix: Matrix }) {
  const t = useText(lifecircle).run;
  const [search] = useCircleSearch();
  const { facilities, cells, people } = run.aside;
  const figures = matrix.figures.find(({ classCode }) => classCode === search.class);
  const closed = figures?.closed ?? 0;
  const unknown = figures?.hoursUnknown ?? 0;
  return (
    <>
      {run.shift !== null && (
        <p className="circle-warn" role="alert">
          {t.shift(
            formatNumber(Math.round(run.shift.share * 100)),
            formatNumber(run.shift.givenM),
            formatNumber(run.shift.movedM),
          )}
        </p>
      )}
      {run.at !== null && closed + unknown > 0 && (
        <p className="quiet">{t.hours(formatNumber(closed), formatNumber(unknown))}</p>
      )}
      {facilities.length > 0 && (
        <details className="circle-facts">
          <summary className="circle-warn">{t.aside(formatNumber(facilities.length))}</summary>
          <p className="quiet">{t.asideHint}</p>
          <ul>
            {facilities.map(({ code, name, lon, lat }) => (
              <li key={code}>
                {name} <span className="quiet">{`${code} · ${lon.toFixed(5)}, ${lat.toFixed(5)}`}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {cells.length > 0 && (
        <p className="circle-warn">{t.asideCells(formatNumber(cells.length), formatNumber(people))}</p>
      )}
    </>
  );
}
