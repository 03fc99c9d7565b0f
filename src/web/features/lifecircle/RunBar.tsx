import { Button } from 'antd';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { lifecircleRoutes } from '#contract/lifecircle.ts';
import { ask } from '#web/app/ask.ts';
import { may, useMe } from '#web/app/me.ts';
import { useSend } from '#web/app/use-send.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDate, formatTime } from '#web/i18n/format.ts';
import { lifecircle } from '#web/i18n/lifecircle.ts';
import { useNamed } from '#web/i18n/use-named.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { circleKeys, runQuery, type Run, type Words } from './queries.ts';
import { whenOf } from './run-words.ts';
import { readAt, useCircleSearch } from './search.ts';

interface RunBarProps {
  words: Words;
  runs: readonly Run[];
  /** What is shown; undefined: nothing fits. */
  run: Run | undefined;
  area: string | undefined;
}

/** Which measurement is shown, measuring anew with its progress, and what it is compared with. */
export function RunBar({ words, runs, run, area }: RunBarProps) {
  const t = useText(lifecircle).run;
  const me = useMe();
  const [search, go] = useCircleSearch();
  const { busy, error, same, measure, stop } = useMeasure();
  const plans = may(me, 'circle.plan');
  const going = runs.find(({ state }) => state === 'running');
  const failed = runs[0]?.state === 'failed' ? runs[0] : undefined;
  // Measured like what was measured before, so that both can be compared.
  const model = run ?? runs.find(({ state }) => state === 'done');
  const { data: detail } = useQuery(runQuery(model?.id));
  // Who looks at a larger run from below measures their own area.
  const wish = model === undefined ? (area ?? homeOf(me)) : detail?.mayPlan === false ? homeOf(me) : model.areaCode;
  return (
    <section className="circle-run" aria-label={t.facts}>
      <p>
        {run === undefined ? t.none : t.line(formatTime(run.startedAt), formatDate(run.day))}
        {run === undefined && <span className="quiet"> {plans ? t.noneHint : t.noneAsk}</span>}
      </p>
      {plans && wish !== undefined && going === undefined && (
        <Button disabled={busy !== ''} onClick={() => void measure(wish, search.profile, readAt(search.at))}>
          {run === undefined ? t.measure : t.again}
        </Button>
      )}
      {going !== undefined && <Progress run={going} onStop={plans ? () => void stop(going.id) : undefined} />}
      {run !== undefined && runs.length > 1 && (
        <label>
          {t.compare}
          <select
            value={search.with ?? ''}
            onChange={(event) => go({ with: event.target.value === '' ? undefined : event.target.value })}
          >
            <option value="">{t.compareNone}</option>
            {runs
              .filter(
                ({ id, state, areaCode }) =>
                  id !== run.id && state === 'done' && (search.area !== undefined || areaCode === run.areaCode),
              )
              .map((one) => (
                <RunOption key={one.id} run={one} words={words} />
              ))}
          </select>
        </label>
      )}
      <div role="status">
        {same && <p className="quiet">{t.same}</p>}
        {failed !== undefined && <p className="circle-warn">{t.failed(failed.problem)}</p>}
      </div>
      <ProblemNote error={error} />
    </section>
  );
}

function RunOption({ run, words }: { run: Run; words: Words }) {
  const t = useText(lifecircle);
  const named = useNamed();
  const who = named(words.profiles.find(({ code }) => code === run.profile));
  return <option value={run.id}>{t.run.option(formatTime(run.startedAt), who, whenOf(run, t))}</option>;
}

function Progress({ run, onStop }: { run: Run; onStop: (() => void) | undefined }) {
  const t = useText(lifecircle).run;
  const percent = Math.round((run.progress ?? 0) * 100);
  return (
    <div className="circle-progress" role="status">
      <span>{t.measuring}</span>
      <progress max={100} value={percent} aria-label={t.progress(String(percent))} />
      <span>{t.progress(String(percent))}</span>
      {onStop !== undefined && <Button onClick={onStop}>{t.stop}</Button>}
    </div>
  );
}

/** The district of whoever plans: what they measure when nothing was measured yet. */
function homeOf(me: ReturnType<typeof useMe>): string | undefined {
  return me?.appointments.flatMap(({ areaCode }) => areaCode ?? [])[0];
}

function useMeasure() {
  const client = useQueryClient();
  const [, go] = useCircleSearch();
  const [same, setSame] = useState(false);
  const { busy, error, send } = useSend(() => void client.invalidateQueries({ queryKey: circleKeys.runs }));
  return {
    busy,
    error,
    same,
    async measure(areaCode: string, profile: string, at: { weekday: number; minute: number } | null) {
      const answer = await send(`measure ${areaCode} ${profile} ${JSON.stringify(at)}`, (opId) =>
        ask(lifecircleRoutes.measure, { body: { opId, areaCode, profile, at } }),
      );
      setSame(answer?.same ?? false);
      if (answer !== undefined) go({ run: undefined });
    },
    stop: (id: string) =>
      send(`stop ${id}`, (opId) => ask(lifecircleRoutes.cancel, { params: { id }, body: { opId } })),
  };
}
