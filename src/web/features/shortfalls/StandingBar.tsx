import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ClientOutput } from '#contract/route.ts';
import { shortfallRoutes } from '#contract/shortfalls.ts';
import { ask } from '#web/app/ask.ts';
import { Go } from '#web/app/Go.tsx';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDate, formatNumber, formatTime } from '#web/i18n/format.ts';
import { shortfalls } from '#web/i18n/shortfalls.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { shortfallKey, standingQuery, type Standing } from './queries.ts';
import { hrefOf } from './search.ts';

type Done = ClientOutput<typeof shortfallRoutes.produce>;

/** From which measurement the lists were made, whether there is a newer one, and making them. */
export function StandingBar({ area }: { area: string | undefined }) {
  const t = useText(shortfalls).standing;
  const standing = useQuery(standingQuery(area)).data;
  const [done, setDone] = useState<Done | null>(null);
  const act = useAct((areaCode: string, opId) => ask(shortfallRoutes.produce, { body: { opId, areaCode } }), {
    stale: [shortfallKey, ['needs']],
    onDone: setDone,
  });
  if (standing === undefined) return null;
  const { areaCode, run } = standing;
  const made = standing.producedAt !== null;
  return (
    <div className="shortfalls-standing">
      <p>{wordsOf(standing, t)}</p>
      {run === null && areaCode !== null && (
        <Go className="tool tool-framed" href={hrefOf('circle', { area: areaCode })}>
          {t.openMap}
        </Go>
      )}
      {run !== null && standing.mayProduce && areaCode !== null && (
        <button
          type="button"
          className="tool tool-framed"
          disabled={act.isPending}
          aria-busy={act.isPending}
          onClick={() => act.mutate(areaCode)}
        >
          {made ? t.again : t.make}
        </button>
      )}
      <ProblemNote error={act.error} />
      {done !== null && <p role="status">{t.done(...sumOf(done))}</p>}
    </div>
  );
}

function wordsOf(
  standing: Standing,
  t: (typeof shortfalls)['zh']['standing'] | (typeof shortfalls)['en']['standing'],
): string {
  const { areaCode, areaName, run, producedAt, producedFrom } = standing;
  if (areaCode === null) return t.noArea;
  if (run === null) return t.none(areaName);
  if (producedAt === null) return t.unmade(formatDate(run.day));
  return producedFrom === run.id ? t.made(formatTime(producedAt), formatDate(run.day)) : t.newer(formatDate(run.day));
}

function sumOf({ problems, demands }: Done): [string, string, string] {
  const sum = (of: (counts: Done['problems']) => number): string => formatNumber(of(problems) + of(demands));
  return [sum(({ added }) => added), sum(({ changed }) => changed), sum(({ gone }) => gone)];
}
