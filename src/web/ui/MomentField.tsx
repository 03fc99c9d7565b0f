import { useId, useState } from 'react';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { fromLocal, toLocal } from '#web/i18n/local-time.ts';

export interface MomentFieldProps {
  label: string;
  hint?: string;
  /** ISO 8601, or '' for none. */
  value: string;
  onChange: (value: string) => void;
}

/** "605", "0605", "6:5", also with the wide colon of Chinese keyboards → "06:05"; null when it is no time of a 24-hour day. */
export function readClock(text: string): string | null {
  const bare = text.trim();
  const found = /^(\d{1,2})[:\uff1a](\d{1,2})$/.exec(bare) ?? /^(\d{1,2})(\d{2})$/.exec(bare);
  if (found === null) return null;
  const [hours, minutes] = [Number(found[1]), Number(found[2])];
  if (hours > 23 || minutes > 59) return null;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

/** A day and a time in Shanghai. The clock has 24 hours whatever the browser prefers: a report must not say 6 for 18. */
export function MomentField({ label, hint, value, onChange }: MomentFieldProps) {
  const t = useText(common).moment;
  const id = useId();
  const [told, setTold] = useState(value);
  const [day, setDay] = useState(() => toLocal(value).slice(0, 10));
  const [time, setTime] = useState(() => toLocal(value).slice(11));
  if (value !== told) {
    setTold(value);
    setDay(toLocal(value).slice(0, 10));
    setTime(toLocal(value).slice(11));
  }
  const tell = (nextDay: string, nextTime: string): void => {
    const clock = readClock(nextTime);
    const next = nextDay === '' || clock === null ? '' : fromLocal(`${nextDay}T${clock}`);
    setTold(next);
    if (next !== value) onChange(next);
  };
  const wrong = time !== '' && readClock(time) === null;
  return (
    <div className="form-field" role="group" aria-labelledby={id}>
      <span id={id} className="moment-label">
        {label}
      </span>
      <span className="moment">
        <input
          type="date"
          aria-label={t.day}
          value={day}
          onChange={(event) => {
            setDay(event.target.value);
            tell(event.target.value, time);
          }}
        />
        <input
          className="moment-time"
          inputMode="numeric"
          maxLength={5}
          placeholder={t.example}
          aria-label={t.time}
          aria-invalid={wrong}
          value={time}
          onChange={(event) => {
            setTime(event.target.value);
            tell(day, event.target.value);
          }}
          onBlur={() => setTime(readClock(time) ?? time)}
        />
      </span>
      {wrong ? <small className="moment-wrong">{t.wrong}</small> : hint !== undefined && <small>{hint}</small>}
    </div>
  );
}
