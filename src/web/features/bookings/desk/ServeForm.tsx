import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { bookingOutcomes, type BookingOutcome } from '#contract/bookings-views.ts';
import { bookingRoutes } from '#contract/bookings.ts';
import { ask } from '#web/app/ask.ts';
import { publicApi } from '#web/app/public-api.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { bookings } from '#web/i18n/bookings.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { bookingKey, type Booking } from './queries.ts';

/** What an office is asked about most: the form begins with it. */
const usualCategory = 'G1701';

interface Serving {
  outcome: BookingOutcome;
  note: string;
  event?: { categoryCode: string; description: string };
}

/** What came of it; handed on makes the event in the same act. */
export function ServeForm({ booking, onDone }: { booking: Booking; onDone: () => void }) {
  const t = useText(bookings);
  const [outcome, setOutcome] = useState<BookingOutcome>('solved');
  const [note, setNote] = useState('');
  const [category, setCategory] = useState(usualCategory);
  const [description, setDescription] = useState('');
  const { version } = booking;
  const act = useAct(
    (body: Serving, opId) => ask(bookingRoutes.serve, { params: { id: booking.id }, body: { opId, version, ...body } }),
    { stale: [bookingKey], onDone },
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate({
      outcome,
      note,
      ...(outcome === 'transferred' ? { event: { categoryCode: category, description } } : {}),
    });
  };
  return (
    <form className="bookings-form" aria-label={t.day.outcome} onSubmit={submit}>
      <div className="bookings-row" role="group" aria-label={t.day.outcome}>
        {bookingOutcomes.map((one) => (
          <button
            key={one}
            type="button"
            className="tool tool-framed"
            aria-pressed={one === outcome}
            onClick={() => setOutcome(one)}
          >
            {t.outcomes[one]}
          </button>
        ))}
      </div>
      {outcome === 'transferred' && (
        <>
          <CategoryField value={category} onChange={setCategory} />
          <label className="form-field">
            {t.day.event}
            <textarea
              rows={3}
              required
              minLength={4}
              maxLength={2000}
              value={description}
              onChange={({ target }) => setDescription(target.value)}
            />
          </label>
        </>
      )}
      <label className="form-field">
        {outcome === 'unsolved' ? t.day.noteNeeded : t.day.note}
        <input
          required={outcome === 'unsolved'}
          maxLength={300}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
      </label>
      <ProblemNote error={act.error} />
      <button type="submit" className="tool tool-framed" disabled={act.isPending}>
        {t.day.save}
      </button>
    </form>
  );
}

function CategoryField({ value, onChange }: { value: string; onChange: (code: string) => void }) {
  const t = useText(bookings).day;
  const english = languageChoice.use() === 'en';
  const { data } = useQuery({
    queryKey: ['public-categories'],
    queryFn: ({ signal }) => ask(publicApi.categories, {}, { signal }),
    staleTime: Infinity,
  });
  const items = data?.items ?? [];
  const parents = new Set(items.map(({ parentCode }) => parentCode));
  return (
    <label className="form-field">
      {t.category}
      <select value={value} onChange={({ target }) => onChange(target.value)}>
        {items
          .filter(({ code }) => !parents.has(code))
          .map(({ code, name, nameEn }) => (
            <option key={code} value={code}>
              {english ? nameEn : name}
            </option>
          ))}
      </select>
    </label>
  );
}
