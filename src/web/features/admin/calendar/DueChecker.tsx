import { useState } from 'react';
import type { Calendar } from '#engine/worktime/calendar.ts';
import { dueAt } from '#engine/worktime/limit-clock.ts';
import { adminLibrary } from '#web/i18n/admin-library.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { ChoiceField, TextField } from '../shared/Field.tsx';
import { limitOf, limitUnits } from '../library/limit-text.ts';
import { Note } from '../shared/Note.tsx';

/** "If it starts then, when is it due?" — answered here with the same engine as on the server, pending days included. */
export function DueChecker({ calendar }: { calendar: Calendar }) {
  const t = useText(adminLibrary);
  const [form, setForm] = useState(() => ({ date: today(), time: '10:00', count: '5', unit: 'wd' }));
  const unit = limitUnits.find((one) => one === form.unit) ?? 'wd';
  const startMs = Date.parse(`${form.date}T${form.time}:00+08:00`);
  const { kind, amount } = limitOf(Number(form.count), unit);
  const valid = Number.isFinite(startMs) && Number.isInteger(amount) && amount >= 0 && amount <= 100_000;
  const due = valid ? dueAt(calendar, { kind, startMs, limit: amount, pauses: [] }) : null;
  return (
    <section className="adm-sheet adm-form">
      <h2>{t.due.title}</h2>
      <p className="adm-soft">{t.due.how}</p>
      <div className="adm-row">
        <TextField label={t.due.date} type="date" value={form.date} onChange={(date) => setForm({ ...form, date })} />
        <TextField label={t.due.time} type="time" value={form.time} onChange={(time) => setForm({ ...form, time })} />
      </div>
      <div className="adm-row">
        <TextField
          label={t.due.limit}
          type="number"
          min={0}
          max={10_000}
          value={form.count}
          onChange={(count) => setForm({ ...form, count })}
        />
        <ChoiceField
          label={t.due.unit}
          value={unit}
          options={limitUnits.map((value) => ({ value, words: t.limit.names[value] }))}
          onChange={(next) => setForm({ ...form, unit: next })}
        />
      </div>
      {due !== null && due.at !== null && (
        <Note kind={due.certain ? 'good' : 'warn'}>
          <p>
            <strong>{t.due.answer(formatTime(due.at))}</strong>
          </p>
          {!due.certain && <p>{t.due.uncertain}</p>}
        </Note>
      )}
    </section>
  );
}

function today(): string {
  return new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
}
