import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { planningRoutes } from '#contract/planning.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { planning } from '#web/i18n/planning.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { planningKey, scenariosQuery, type Scenario } from '../queries.ts';
import { namesOf, type Answer } from './names.ts';

interface DecideProps {
  scenario: Scenario;
  answer: Answer;
  supersedes: string | null;
  onClose: () => void;
}

interface Typed {
  choiceId: string | null;
  compared: string[];
  reason: string;
  minutesNo: string;
}

/** Which choice, what else lay on the table, why, and the number of the minutes. */
export function DecideForm({ scenario, answer, supersedes, onClose }: DecideProps) {
  const t = useText(planning);
  const d = t.decide;
  const c = useText(common);
  const [typed, setTyped] = useState<Typed>({ choiceId: null, compared: [], reason: '', minutesNo: '' });
  const set = (change: Partial<Typed>): void => setTyped((now) => ({ ...now, ...change }));
  const { id, version, choices } = scenario;
  const send = useAct(
    (wish: Typed, opId) => ask(planningRoutes.decide, { params: { id }, body: { opId, version, supersedes, ...wish } }),
    { stale: [planningKey], onDone: onClose },
  );
  const isWhole = typed.reason.trim().length > 1 && typed.minutesNo.trim() !== '';
  return (
    <form
      className="planning-form planning-decide"
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole) send.mutate(typed);
      }}
    >
      <fieldset className="planning-part">
        <legend>{d.which}</legend>
        <label className="planning-check">
          <input
            type="radio"
            name="choice"
            checked={typed.choiceId === null}
            onChange={() => set({ choiceId: null })}
          />
          <span>{d.engine(namesOf(scenario, answer.figures.chosen, t.sep))}</span>
        </label>
        {choices.map((choice) => (
          <label key={choice.id} className="planning-check">
            <input
              type="radio"
              name="choice"
              checked={typed.choiceId === choice.id}
              onChange={() => set({ choiceId: choice.id })}
            />
            <span>{d.choice(choice.title, namesOf(scenario, choice.figures.chosen, t.sep))}</span>
          </label>
        ))}
      </fieldset>
      <Compared scenario={scenario} typed={typed} set={set} />
      <label>
        {d.reason}
        <textarea
          required
          minLength={2}
          maxLength={2000}
          rows={3}
          value={typed.reason}
          onChange={({ target }) => set({ reason: target.value })}
        />
      </label>
      <label>
        {d.minutes}
        <input
          required
          maxLength={60}
          value={typed.minutesNo}
          onChange={({ target }) => set({ minutesNo: target.value })}
        />
      </label>
      <p className="quiet">{d.sure}</p>
      <ProblemNote error={send.error} />
      <p className="planning-buttons">
        <button type="submit" className="tool tool-framed planning-main" disabled={!isWhole || send.isPending}>
          {d.send}
        </button>
        <button type="button" className="tool" onClick={onClose}>
          {c.cancel}
        </button>
      </p>
    </form>
  );
}

interface ComparedProps {
  scenario: Scenario;
  typed: Typed;
  set: (change: Partial<Typed>) => void;
}

/** Other answered scenarios of the same class, as far as the list shows them. */
function Compared({ scenario, typed, set }: ComparedProps) {
  const d = useText(planning).decide;
  const { data } = useQuery(scenariosQuery({ class: scenario.classCode }));
  const others = (data?.items ?? []).filter(
    ({ id, answeredAt, areaCode }) =>
      id !== scenario.id && answeredAt !== null && areaCode.slice(0, 6) === scenario.areaCode.slice(0, 6),
  );
  if (others.length === 0) return null;
  return (
    <fieldset className="planning-part">
      <legend>{d.compared}</legend>
      {others.map(({ id, title }) => (
        <label key={id} className="planning-check">
          <input
            type="checkbox"
            checked={typed.compared.includes(id)}
            onChange={() =>
              set({
                compared: typed.compared.includes(id)
                  ? typed.compared.filter((one) => one !== id)
                  : [...typed.compared, id],
              })
            }
          />
          <span>{title}</span>
        </label>
      ))}
    </fieldset>
  );
}
