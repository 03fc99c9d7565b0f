import { useText } from '#web/i18n/area.ts';
import { facilities } from '#web/i18n/facilities.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import type { Hours } from './queries.ts';

const all = [1, 2, 3, 4, 5, 6, 7];
const usual: Hours[number] = { days: all, from: '08:00', to: '18:00' };

/** Hours line by line: which days, from when till when. Null: not known. */
export function HoursField({ value, onChange }: { value: Hours | null; onChange: (hours: Hours | null) => void }) {
  const t = useText(facilities);
  const h = t.hours;
  const set = (k: number, change: Partial<Hours[number]>): void =>
    onChange((value ?? []).map((span, n) => (n === k ? { ...span, ...change } : span)));
  return (
    <fieldset className="fac-hours">
      <legend>{h.legend}</legend>
      <label className="fac-tick">
        <input
          type="checkbox"
          checked={value !== null}
          onChange={({ target }) => onChange(target.checked ? [usual] : null)}
        />
        {t.form.known}
      </label>
      {value?.map((span, k) => (
        // Lines have no identity of their own; they are only added at the end.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={k} className="fac-span" role="group" aria-label={`${h.legend} ${k + 1}`}>
          <DayButtons days={span.days} onChange={(days) => set(k, { days })} />
          <span className="fac-times">
            <input
              type="time"
              aria-label={h.from}
              value={span.from}
              required
              onChange={({ target }) => set(k, { from: target.value })}
            />
            {h.to}
            <input
              type="time"
              aria-label={h.until}
              value={span.to === '24:00' ? '00:00' : span.to}
              required
              onChange={({ target }) => set(k, { to: target.value === '00:00' ? '24:00' : target.value })}
            />
            <button
              type="button"
              className="tool"
              aria-label={h.remove(String(k + 1))}
              onClick={() => onChange(value.filter((_, n) => n !== k))}
            >
              <Icon name="cross" size={16} />
            </button>
          </span>
        </div>
      ))}
      {value !== null && (
        <>
          <span className="form-buttons">
            <button type="button" className="tool tool-framed" onClick={() => onChange([...value, usual])}>
              {h.add}
            </button>
            <button
              type="button"
              className="tool tool-framed"
              onClick={() => onChange([{ days: all, from: '00:00', to: '24:00' }])}
            >
              {h.always}
            </button>
          </span>
          <small className="quiet">{value.length === 0 ? t.facts.hoursNone : h.hint}</small>
        </>
      )}
    </fieldset>
  );
}

function DayButtons({ days, onChange }: { days: readonly number[]; onChange: (days: number[]) => void }) {
  const h = useText(facilities).hours;
  return (
    <span className="fac-days">
      {all.map((day) => {
        const on = days.includes(day);
        return (
          <button
            key={day}
            type="button"
            aria-pressed={on}
            aria-label={h.dayNames[day - 1]}
            onClick={() => {
              const next = on ? days.filter((one) => one !== day) : [...days, day].toSorted((a, b) => a - b);
              if (next.length > 0) onChange(next);
            }}
          >
            {h.days[day - 1]}
          </button>
        );
      })}
      {(
        [
          [h.workdays, [1, 2, 3, 4, 5]],
          [h.weekend, [6, 7]],
          [h.daily, all],
        ] as const
      ).map(([words, chosen]) => (
        <button key={words} type="button" className="fac-days-all" onClick={() => onChange([...chosen])}>
          {words}
        </button>
      ))}
    </span>
  );
}
