import type * as z from 'zod';
import type { incidentRuleLevel } from '#contract/incidents.ts';
import { useText } from '#web/i18n/area.ts';
import { incidents } from '#web/i18n/incidents.ts';

export type RuleLevel = z.output<typeof incidentRuleLevel>;

/** "08:00;17:00" → times of day; null when it is something else. */
export function readTimes(text: string): string[] | null {
  const times = text.split(/[;；]/).filter((part) => part !== '');
  return times.every((time) => /^([01]\d|2[0-3]):[0-5]\d$/.test(time)) ? times : null;
}

export interface LevelTableProps {
  caption: string;
  levels: readonly RuleLevel[];
  onChange: (level: RuleLevel) => void;
}

/** The four levels of a rule set, each limit in its own field. */
export function LevelTable({ caption, levels, onChange }: LevelTableProps) {
  const t = useText(incidents);
  const { admin } = t;
  return (
    <div className="adm-wide">
      <table className="adm-table">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {[t.level, admin.phone, admin.written, admin.hours, admin.times, admin.certainty, admin.note].map(
              (words) => (
                <th key={words} scope="col">
                  {words}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {levels.map((row) => (
            <LevelRow key={row.level} row={row} onChange={onChange} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LevelRow({ row, onChange }: { row: RuleLevel; onChange: (level: RuleLevel) => void }) {
  const t = useText(incidents);
  const { admin } = t;
  const name = t.levels[row.level] ?? '';
  const minutes = (key: 'phoneMinutes' | 'writtenMinutes', label: string) => (
    <td data-label={label}>
      <input
        className="adm-input"
        aria-label={`${name} ${label}`}
        type="number"
        min={1}
        max={10080}
        required
        value={row[key]}
        onChange={(event) => onChange({ ...row, [key]: Number(event.target.value) })}
      />
    </td>
  );
  return (
    <tr>
      <th scope="row">{name}</th>
      {minutes('phoneMinutes', admin.phone)}
      {minutes('writtenMinutes', admin.written)}
      <td data-label={admin.hours}>
        <input
          className="adm-input"
          aria-label={`${name} ${admin.hours}`}
          type="number"
          min={1}
          max={240}
          value={row.continueHours ?? ''}
          onChange={(event) =>
            onChange({ ...row, continueHours: event.target.value === '' ? null : Number(event.target.value) })
          }
        />
      </td>
      <td data-label={admin.times}>
        <input
          className="adm-input"
          aria-label={`${name} ${admin.times}`}
          placeholder={admin.timesHint}
          value={row.continueAt.join(';')}
          onChange={(event) => onChange({ ...row, continueAt: event.target.value.split(/[;；]/) })}
          onBlur={(event) => onChange({ ...row, continueAt: readTimes(event.target.value) ?? row.continueAt })}
        />
      </td>
      <td data-label={admin.certainty}>
        <select
          className="adm-input"
          aria-label={`${name} ${admin.certainty}`}
          value={row.certainty}
          onChange={(event) => onChange({ ...row, certainty: event.target.value })}
        >
          {Object.entries(admin.certaintyWords).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </td>
      <td data-label={admin.note}>
        <input
          className="adm-input"
          aria-label={`${name} ${admin.note}`}
          maxLength={200}
          value={row.note}
          onChange={(event) => onChange({ ...row, note: event.target.value })}
        />
      </td>
    </tr>
  );
}
