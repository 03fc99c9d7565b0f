import { useText } from '#web/i18n/area.ts';
import { bookings } from '#web/i18n/bookings.ts';
import { weekdayName, type HoursRow } from './hours.ts';

interface HoursFieldProps {
  rows: readonly HoursRow[];
  onChange: (rows: readonly HoursRow[]) => void;
}

/** Some days with the same hours in each row. */
export function HoursField({ rows, onChange }: HoursFieldProps) {
  const t = useText(bookings);
  const set = (k: number, part: Partial<HoursRow>): void =>
    onChange(rows.map((row, n) => (n === k ? { ...row, ...part } : row)));
  return (
    <fieldset className="bookings-hours">
      <legend>{t.form.hours}</legend>
      {rows.map((row, k) => (
        // The rows have no identity but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={k} className="bookings-row">
          <Days row={row} onChange={(weekdays) => set(k, { weekdays })} />
          <label className="bookings-row">
            {t.form.from}
            <input type="time" required value={row.from} onChange={({ target }) => set(k, { from: target.value })} />
          </label>
          <label className="bookings-row">
            {t.form.until}
            <input type="time" required value={row.until} onChange={({ target }) => set(k, { until: target.value })} />
          </label>
          {rows.length > 1 && (
            <button type="button" className="link-button" onClick={() => onChange(rows.filter((_, n) => n !== k))}>
              {t.form.dropHours}
            </button>
          )}
        </div>
      ))}
      <button
        type="button"
        className="link-button"
        onClick={() => onChange([...rows, { weekdays: [], from: '14:00', until: '17:00' }])}
      >
        {t.form.addHours}
      </button>
    </fieldset>
  );
}

function Days({ row, onChange }: { row: HoursRow; onChange: (weekdays: number[]) => void }) {
  const t = useText(bookings);
  const toggle = (day: number): void =>
    onChange(
      row.weekdays.includes(day)
        ? row.weekdays.filter((one) => one !== day)
        : [...row.weekdays, day].toSorted((a, b) => a - b),
    );
  return (
    <span className="bookings-row">
      {[1, 2, 3, 4, 5, 6, 7].map((day) => (
        <label key={day} className="bookings-check">
          <input type="checkbox" checked={row.weekdays.includes(day)} onChange={() => toggle(day)} />
          {weekdayName(t, day)}
        </label>
      ))}
    </span>
  );
}
