import { useState } from 'react';
import { volunteerRoutes } from '#contract/volunteers.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { volunteers } from '#web/i18n/volunteers.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { NumberLine } from './Parts.tsx';
import { PlacesFields, PostField } from './PlacesFields.tsx';
import { volunteersKey, type Roster } from './queries.ts';
import { clockOfMinute, minuteOf } from './times.ts';

/** One shift beside the week's pattern. */
export function AddForm({ roster, onDone }: { roster: Roster; onDone: () => void }) {
  const t = useText(volunteers);
  const [wish, setWish] = useState({
    post: 'guide',
    day: roster.today,
    startMinute: 540,
    minutes: 180,
    needed: 1,
    most: 2,
    partnerId: null as string | null,
    partnerPlaces: 0,
  });
  const act = useAct(
    (body: typeof wish, opId) =>
      ask(volunteerRoutes.add, { params: { id: roster.station.id }, body: { opId, ...body } }),
    { stale: [volunteersKey], onDone },
  );
  return (
    <form
      className="roster-form"
      aria-label={t.week.add}
      onSubmit={(event) => {
        event.preventDefault();
        if (!act.isPending) act.mutate(wish);
      }}
    >
      <PostField value={wish.post} onChange={(post) => setWish({ ...wish, post })} />
      <label className="roster-field">
        <span>{t.form.day}</span>
        <input
          type="date"
          required
          min={roster.today}
          value={wish.day}
          onChange={({ target }) => setWish({ ...wish, day: target.value })}
        />
      </label>
      <label className="roster-field">
        <span>{t.form.from}</span>
        <input
          type="time"
          required
          value={clockOfMinute(wish.startMinute)}
          onChange={({ target }) => target.value !== '' && setWish({ ...wish, startMinute: minuteOf(target.value) })}
        />
      </label>
      <NumberLine
        label={t.form.minutes}
        value={wish.minutes}
        min={30}
        max={720}
        onChange={(minutes) => setWish({ ...wish, minutes })}
      />
      <PlacesFields value={wish} partners={roster.partners} onChange={setWish} />
      <button type="submit" className="tool tool-main" disabled={act.isPending}>
        {t.week.add}
      </button>
      <button type="button" className="tool" onClick={onDone}>
        {t.form.cancel}
      </button>
      <ProblemNote error={act.error} />
    </form>
  );
}
