import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { volunteerRoutes } from '#contract/volunteers.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { volunteers } from '#web/i18n/volunteers.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { Answer, NumberLine } from './Parts.tsx';
import { PlacesFields, PostField } from './PlacesFields.tsx';
import { patternsQuery, volunteersKey, type Pattern, type Roster } from './queries.ts';
import { clockOfMinute, minuteOf } from './times.ts';

/** The week from which shifts are made. */
export function PatternsForm({ roster, onDone }: { roster: Roster; onDone: () => void }) {
  const query = useQuery(patternsQuery(roster.station.id));
  return <Answer query={query}>{({ items }) => <Lines roster={roster} before={items} onDone={onDone} />}</Answer>;
}

const fresh: Pattern = {
  post: 'guide',
  weekdays: [1, 2, 3, 4, 5],
  startMinute: 540,
  minutes: 180,
  needed: 1,
  most: 2,
  partnerId: null,
  partnerPlaces: 0,
};

function Lines({ roster, before, onDone }: { roster: Roster; before: readonly Pattern[]; onDone: () => void }) {
  const t = useText(volunteers);
  const [items, setItems] = useState<readonly Pattern[]>(before);
  const act = useAct(
    (wish: readonly Pattern[], opId) =>
      ask(volunteerRoutes.setPatterns, { params: { id: roster.station.id }, body: { opId, items: [...wish] } }),
    { stale: [volunteersKey], onDone },
  );
  const change = (k: number, next: Pattern): void => setItems(items.map((one, at) => (at === k ? next : one)));
  return (
    <form
      className="roster-patterns"
      aria-label={t.week.patterns}
      onSubmit={(event) => {
        event.preventDefault();
        if (!act.isPending) act.mutate(items);
      }}
    >
      {items.map((one, k) => (
        // Lines have no name of their own: their place is all that tells them apart.
        <fieldset key={k} className="roster-form">
          <PostField value={one.post} onChange={(post) => change(k, { ...one, post })} />
          <Weekdays value={one.weekdays} onChange={(weekdays) => change(k, { ...one, weekdays })} />
          <label className="roster-field">
            <span>{t.form.from}</span>
            <input
              type="time"
              required
              value={clockOfMinute(one.startMinute)}
              onChange={({ target }) =>
                target.value !== '' && change(k, { ...one, startMinute: minuteOf(target.value) })
              }
            />
          </label>
          <NumberLine
            label={t.form.minutes}
            value={one.minutes}
            min={30}
            max={720}
            onChange={(minutes) => change(k, { ...one, minutes })}
          />
          <PlacesFields value={one} partners={roster.partners} onChange={(next) => change(k, next)} />
          <button type="button" className="tool" onClick={() => setItems(items.filter((_, at) => at !== k))}>
            {t.form.removeLine}
          </button>
        </fieldset>
      ))}
      <div className="roster-line">
        <button type="button" className="tool tool-framed" onClick={() => setItems([...items, fresh])}>
          {t.form.addLine}
        </button>
        <button
          type="submit"
          className="tool tool-main"
          disabled={act.isPending || items.some(({ weekdays }) => weekdays.length === 0)}
        >
          {t.form.save}
        </button>
        <button type="button" className="tool" onClick={onDone}>
          {t.form.cancel}
        </button>
      </div>
      <ProblemNote error={act.error} />
    </form>
  );
}

function Weekdays({ value, onChange }: { value: readonly number[]; onChange: (value: number[]) => void }) {
  const t = useText(volunteers).form.weekdays;
  const names = [t.d1, t.d2, t.d3, t.d4, t.d5, t.d6, t.d7];
  return (
    <div className="roster-field" role="group" aria-label={t.label}>
      <span>{t.label}</span>
      <span className="roster-days">
        {names.map((name, k) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={value.includes(k + 1)}
              onChange={() =>
                onChange(
                  value.includes(k + 1)
                    ? value.filter((one) => one !== k + 1)
                    : [...value, k + 1].toSorted((a, b) => a - b),
                )
              }
            />
            {name}
          </label>
        ))}
      </span>
    </div>
  );
}
