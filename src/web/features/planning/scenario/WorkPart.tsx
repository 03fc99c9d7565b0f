import { planningRoutes } from '#contract/planning.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { planning } from '#web/i18n/planning.ts';
import { words } from '#web/i18n/words.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { planningKey, type Scenario } from '../queries.ts';

/** A draft: begin, watch, stop. */
export function WorkPart({ scenario, onEdit }: { scenario: Scenario; onEdit: () => void }) {
  const t = useText(planning).work;
  const w = useText(words).errors as Readonly<Record<string, string>>;
  const params = { id: scenario.id };
  const run = useAct(() => ask(planningRoutes.run, { params, body: { version: scenario.version } }), {
    stale: [planningKey],
  });
  if (scenario.work !== null) return <Progress scenario={scenario} work={scenario.work} />;
  return (
    <section className="planning-card" aria-label={t.run}>
      {scenario.failure !== null && (
        <p className="note-line" role="alert">
          {t.failed} {w[scenario.failure] ?? scenario.failure}
        </p>
      )}
      <p className="quiet">{t.hint}</p>
      <ProblemNote error={run.error} />
      {scenario.mayPlan && (
        <p className="planning-buttons">
          <button
            type="button"
            className="tool tool-framed planning-main"
            disabled={run.isPending}
            onClick={() => run.mutate(undefined)}
          >
            {scenario.failure === null ? t.run : t.again}
          </button>
          <button type="button" className="tool tool-framed" onClick={onEdit}>
            {t.edit}
          </button>
        </p>
      )}
    </section>
  );
}

function Progress({ scenario, work }: { scenario: Scenario; work: NonNullable<Scenario['work']> }) {
  const t = useText(planning).work;
  const cancel = useAct(() => ask(planningRoutes.cancel, { params: { id: scenario.id } }), { stale: [planningKey] });
  const { bestObjective, bound } = work;
  return (
    <section className="planning-card" aria-label={t.title} aria-busy="true">
      <h2>{t.title}</h2>
      <progress max={1} value={bestObjective === null ? undefined : work.share} aria-label={t.title} />
      <p role="status">
        {bestObjective === null || bound === null ? t.waiting : t.so(formatNumber(bestObjective), formatNumber(bound))}
      </p>
      <ProblemNote error={cancel.error} />
      {scenario.mayPlan && (
        <button type="button" className="tool tool-framed" onClick={() => cancel.mutate(undefined)}>
          {t.stop}
        </button>
      )}
    </section>
  );
}
