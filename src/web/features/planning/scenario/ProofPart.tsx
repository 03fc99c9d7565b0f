import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { planning } from '#web/i18n/planning.ts';
import type { Scenario } from '../queries.ts';
import { namesOf, type Answer } from './names.ts';

/** Why there is no better choice, or how much better one could be; in words a committee reads. */
export function ProofPart({ scenario, answer: { proof } }: { scenario: Scenario; answer: Answer }) {
  const t = useText(planning);
  const p = t.proof;
  const value = useMeasure(scenario, proof.goal);
  const [mine, bound] = [value(proof.objective), value(proof.bound)];
  const { runnerUp } = proof;
  const other = runnerUp === null ? '' : namesOf(scenario, runnerUp.chosen, t.sep);
  return (
    <section className="planning-card planning-proof" aria-labelledby="planning-proof">
      <h2 id="planning-proof">{p.title}</h2>
      <p className="planning-says">
        {proof.proven
          ? p[proof.goal](bound, mine)
          : p.open(mine, bound, `${formatNumber(Math.ceil(proof.gap * 10_000) / 100)} %`)}
      </p>
      <ul>
        {runnerUp !== null && (
          <li>{(runnerUp.proven ? p.runnerUp : p.runnerUpOpen)(other, value(runnerUp.objective))}</li>
        )}
        <li>
          {proof.choices === null
            ? p.places(formatNumber(proof.candidates))
            : p.choices(formatNumber(proof.candidates), formatNumber(proof.choices))}
        </li>
        <li>
          {p.methods[proof.method]} {p.effort(formatNumber(proof.seconds), formatNumber(proof.nodes))}
        </li>
      </ul>
      <p className="quiet">{p.use}</p>
    </section>
  );
}

/** The goal's own measure in words: people, people × minutes, minutes. */
function useMeasure({ weighting }: Scenario, goal: Answer['proof']['goal']): (value: number) => string {
  const p = useText(planning).proof;
  return (value) => {
    const shown = goal === 'cover' ? value : Math.round(value / 6) / 10;
    const weighted = weighting === 'equal' || goal === 'centre' ? '' : p.weighted;
    return `${formatNumber(shown)} ${p.units[goal]}${weighted}`;
  };
}
