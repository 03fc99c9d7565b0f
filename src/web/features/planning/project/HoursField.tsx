import { useText } from '#web/i18n/area.ts';
import { planning } from '#web/i18n/planning.ts';
import type { Hours } from './hours.ts';

interface HoursProps {
  hours: Hours;
  onChange: (hours: Hours) => void;
}

const choices = { every: [1, 2, 3, 4, 5, 6, 7], work: [1, 2, 3, 4, 5], end: [6, 7] } as const;
type Choice = keyof typeof choices;

const choiceOf = (days: readonly number[]): Choice =>
  days.length === 7 ? 'every' : days.includes(6) || days.includes(7) ? 'end' : 'work';

/** Opening hours: one span or several. */
export function HoursField({ hours, onChange }: HoursProps) {
  const t = useText(planning);
  const p = t.project;
  const change = (k: number, next: Hours[number] | null): void =>
    onChange(hours.flatMap((span, at) => (at === k ? (next ?? []) : span)));
  return (
    <fieldset className="planning-part">
      <legend>{p.hours}</legend>
      {hours.map((span, k) => (
        // Spans have no name of their own; they are only added at the end.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={k} className="planning-row">
          <label>
            {p.days}
            <select
              value={choiceOf(span.days)}
              onChange={({ target }) => change(k, { ...span, days: [...choices[target.value as Choice]] })}
            >
              <option value="every">{p.everyDay}</option>
              <option value="work">{p.workdays}</option>
              <option value="end">{p.weekend}</option>
            </select>
          </label>
          <label>
            {p.from}
            <input
              type="time"
              required
              value={span.from}
              onChange={({ target }) => change(k, { ...span, from: target.value })}
            />
          </label>
          <label>
            {p.to}
            <input
              type="time"
              required
              value={span.to}
              onChange={({ target }) => change(k, { ...span, to: target.value })}
            />
          </label>
          {hours.length > 1 && (
            <button type="button" className="tool" onClick={() => change(k, null)}>
              {t.form.remove}
            </button>
          )}
        </div>
      ))}
      <button
        type="button"
        className="tool tool-framed"
        onClick={() => onChange([...hours, { days: [6, 7], from: '07:00', to: '20:00' }])}
      >
        {p.addHours}
      </button>
    </fieldset>
  );
}
