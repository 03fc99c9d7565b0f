import { useState } from 'react';
import { planningRoutes } from '#contract/planning.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { planning } from '#web/i18n/planning.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { planningKey, type Scenario } from '../queries.ts';
import { useFigures } from '../words.ts';
import { namesOf, type Answer } from './names.ts';

interface TriesProps {
  scenario: Scenario;
  answer: Answer;
  chosen: readonly string[];
  onChoose: (keys: readonly string[] | undefined) => void;
}

/** Another choice by hand: the map's twin for the keyboard. Kept when somebody wants it on the table. */
export function Tries({ scenario, answer, chosen, onChoose }: TriesProps) {
  const t = useText(planning);
  const say = useFigures();
  const isEngine = sameKeys(chosen, answer.figures.chosen);
  // Places along the streets may be hundreds: those chosen, and the map for the others.
  const listed = scenario.candidates.filter(({ kind, key }) => kind !== 'street' || chosen.includes(key));
  return (
    <section className="planning-card planning-no-print" aria-labelledby="planning-tries">
      <h2 id="planning-tries">{t.tries.title}</h2>
      <p className="quiet">{t.tries.lead}</p>
      <ul className="planning-choices">
        {listed.map(({ key, name, costYuan }) => (
          <li key={key}>
            <label className="planning-check">
              <input
                type="checkbox"
                checked={chosen.includes(key)}
                onChange={() => onChoose(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key])}
              />
              <span>
                {name} <span className="quiet">{say.money(costYuan)}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      {isEngine ? (
        <p className="quiet">{t.tries.isEngine}</p>
      ) : (
        <p className="planning-buttons">
          <button type="button" className="tool tool-framed" onClick={() => onChoose(undefined)}>
            {t.tries.asEngine}
          </button>
        </p>
      )}
      {!isEngine && chosen.length > 0 && scenario.mayPlan && scenario.state === 'answered' && (
        <Keep scenario={scenario} chosen={chosen} />
      )}
      <Kept scenario={scenario} onChoose={onChoose} />
    </section>
  );
}

const sameKeys = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((key) => b.includes(key));

function Keep({ scenario, chosen }: { scenario: Scenario; chosen: readonly string[] }) {
  const t = useText(planning);
  const [title, setTitle] = useState('');
  const places = namesOf(scenario, chosen, t.sep);
  const send = useAct(
    (wish: { title: string; chosen: string[] }, opId) =>
      ask(planningRoutes.keepChoice, { params: { id: scenario.id }, body: { opId, ...wish } }),
    { stale: [planningKey], onDone: () => setTitle('') },
  );
  return (
    <form
      className="planning-row"
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate({ title: title.trim() === '' ? places.slice(0, 80) : title.trim(), chosen: [...chosen] });
      }}
    >
      <label>
        {t.tries.name}
        <input maxLength={80} placeholder={places} value={title} onChange={({ target }) => setTitle(target.value)} />
      </label>
      <button type="submit" className="tool tool-framed" disabled={send.isPending}>
        {t.tries.keep}
      </button>
      <ProblemNote error={send.error} />
    </form>
  );
}

function Kept({ scenario, onChoose }: Pick<TriesProps, 'scenario' | 'onChoose'>) {
  const t = useText(planning);
  return (
    <ul className="planning-kept">
      {scenario.choices.map(({ id, title, figures, madeBy, createdAt }) => (
        <li key={id}>
          <strong>{title}</strong> <span className="quiet">{t.tries.by(madeBy ?? t.dash, formatTime(createdAt))}</span>{' '}
          <button type="button" className="link-button" onClick={() => onChoose(figures.chosen)}>
            {t.tries.show}
          </button>
        </li>
      ))}
    </ul>
  );
}
