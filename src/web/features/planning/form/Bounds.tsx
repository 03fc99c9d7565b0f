import { planningGoals } from '#contract/planning-views.ts';
import { useText } from '#web/i18n/area.ts';
import { planning } from '#web/i18n/planning.ts';
import { useNamed } from '#web/i18n/use-named.ts';
import { usePlanningWords } from '../words.ts';
import type { PartProps } from './What.tsx';

/** What is better, how many places, how much money, who counts more. */
export function Bounds({ typed, set }: PartProps) {
  const t = useText(planning);
  const f = t.form;
  return (
    <>
      <fieldset className="planning-part">
        <legend>{f.goal}</legend>
        <div className="planning-tiles">
          {planningGoals.map((goal) => (
            <label key={goal} className="planning-tile" aria-label={t.goals[goal]}>
              <input type="radio" name="goal" checked={typed.goal === goal} onChange={() => set({ goal })} />
              <span>
                <strong>{t.goals[goal]}</strong>
                <small>{t.goalHints[goal]}</small>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset className="planning-part">
        <legend>{f.bounds}</legend>
        <label>
          {f.count}
          <input
            type="number"
            min={1}
            max={50}
            value={typed.choose}
            onChange={({ target }) => set({ choose: target.value })}
          />
        </label>
        <label>
          {f.budget}
          <input
            inputMode="decimal"
            value={typed.budgetWan}
            onChange={({ target }) => set({ budgetWan: target.value })}
          />
        </label>
        {typed.choose === '' && typed.budgetWan === '' && <p className="note-line">{f.boundsNeeded}</p>}
        <Weighting typed={typed} set={set} />
      </fieldset>
    </>
  );
}

function Weighting({ typed, set }: PartProps) {
  const f = useText(planning).form;
  const named = useNamed();
  const { words } = usePlanningWords();
  return (
    <label className="planning-wide">
      {f.weighting}
      <select value={typed.weighting} onChange={({ target }) => set({ weighting: target.value })}>
        {words?.weightings.map((one) => (
          <option key={one.code} value={one.code}>
            {`${named(one)} (${one.others}:${one.elders}:${one.children})${one.certain ? '' : f.uncertain}`}
          </option>
        ))}
      </select>
      <span className="quiet">{f.weightingHint}</span>
    </label>
  );
}
