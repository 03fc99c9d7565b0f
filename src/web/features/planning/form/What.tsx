import { AreaField } from '#web/app/AreaField.tsx';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { planning } from '#web/i18n/planning.ts';
import { useNamed } from '#web/i18n/use-named.ts';
import { usePlanningWords } from '../words.ts';
import type { Typed } from './wish.ts';

export interface PartProps {
  typed: Typed;
  set: (change: Partial<Typed>) => void;
}

/** What is missing, for whom, and how far is near. */
export function What({ typed, set, title }: PartProps & { title: string }) {
  const f = useText(planning).form;
  const named = useNamed();
  const { words } = usePlanningWords();
  const standard = words?.classes.find(({ code }) => code === typed.classCode)?.minutes;
  return (
    <fieldset className="planning-part">
      <legend>{f.what}</legend>
      <AreaField
        label={f.area}
        single
        value={typed.area === null ? [] : [typed.area]}
        onChange={(next) => set({ area: next[0] ?? null, taken: null })}
      />
      <label>
        {f.class}
        <select
          required
          value={typed.classCode}
          onChange={({ target }) => set({ classCode: target.value, taken: null, limitMin: '' })}
        >
          <option value="">{f.choose}</option>
          {words?.classes.map((one) => (
            <option key={one.code} value={one.code}>
              {named(one)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {f.limit}
        <input
          type="number"
          min={1}
          max={60}
          placeholder={standard === undefined ? '' : String(standard)}
          value={typed.limitMin}
          onChange={({ target }) => set({ limitMin: target.value })}
        />
        {standard !== undefined && <span className="quiet">{f.limitHint(formatNumber(standard))}</span>}
      </label>
      <label>
        {f.profile}
        <select value={typed.profile} onChange={({ target }) => set({ profile: target.value })}>
          {words?.profiles.map((one) => (
            <option key={one.code} value={one.code}>
              {named(one)}
            </option>
          ))}
        </select>
      </label>
      <Moment typed={typed} set={set} />
      <label className="planning-wide">
        {f.title}
        <input
          maxLength={80}
          placeholder={title}
          value={typed.title}
          onChange={({ target }) => set({ title: target.value })}
        />
      </label>
      <label className="planning-wide">
        {f.note}
        <textarea rows={2} maxLength={1000} value={typed.note} onChange={({ target }) => set({ note: target.value })} />
        <span className="quiet">{f.noAccess}</span>
      </label>
    </fieldset>
  );
}

function Moment({ typed: { moment }, set }: PartProps) {
  const f = useText(planning).form;
  return (
    <div className="planning-row" role="group" aria-label={f.moment}>
      <label>
        {f.moment}
        <select
          value={moment === null ? 'any' : 'at'}
          onChange={({ target }) => set({ moment: target.value === 'any' ? null : { weekday: 3, time: '19:00' } })}
        >
          <option value="any">{f.anyTime}</option>
          <option value="at">{f.atTime}</option>
        </select>
      </label>
      {moment !== null && (
        <>
          <label>
            {f.weekday}
            <select
              value={moment.weekday}
              onChange={({ target }) => set({ moment: { ...moment, weekday: Number(target.value) } })}
            >
              {f.weekdays.map((day, k) => (
                <option key={day} value={k + 1}>
                  {day}
                </option>
              ))}
            </select>
          </label>
          <label>
            {f.time}
            <input
              type="time"
              required
              value={moment.time}
              onChange={({ target }) => set({ moment: { ...moment, time: target.value } })}
            />
          </label>
          <span className="quiet">{f.momentHint}</span>
        </>
      )}
    </div>
  );
}
