import { clockOf } from '#web/i18n/local-time.ts';
import { useState } from 'react';
import type { BookingOutcome } from '#contract/bookings-views.ts';
import { useNow } from '#web/app/now.ts';
import { keepAct } from '#web/field/keep-act.ts';
import { useHolder } from '#web/field/use-field.ts';
import { useText } from '#web/i18n/area.ts';
import { bookings } from '#web/i18n/bookings.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { sentenceFor } from '#web/ui/light/ErrorNote.tsx';
import { Field } from '#web/ui/light/Field.tsx';
import { toast } from '#web/ui/light/Toast.tsx';
import { tabletRoads, type Booking } from './api.ts';

const outcomes = ['solved', 'transferred', 'again', 'unsolved'] as const satisfies readonly BookingOutcome[];
/** What an office is asked about most; whoever files the event puts it right. */
const usualCategory = 'G1701';

interface TabletRowProps {
  booking: Booking;
  mark: (id: string, change: Partial<Booking>) => void;
}

/** One booking under the thumb. */
export function TabletRow({ booking, mark }: TabletRowProps) {
  const t = useText(bookings);
  const english = languageChoice.use() === 'en';
  const nowMs = useNow();
  const [serving, setServing] = useState(false);
  const { state, outcome } = booking;
  const title = `${clockOf(booking.startsAt)} ${booking.code} ${booking.title}`;
  const act = useKeep(booking, title, mark);
  const late = state === 'booked' && Date.parse(booking.noShowFrom) <= nowMs;
  return (
    <li className={`tablet-booking tablet-is-${state}`}>
      <div className="tablet-who">
        <b>{clockOf(booking.startsAt)}</b>
        <code>{booking.code}</code>
        <span>
          {english && booking.titleEn !== '' ? booking.titleEn : booking.title}
          {booking.name !== null && ` · ${booking.name}`}
          {booking.phone !== null && ` · ${booking.phone}`}
        </span>
        <span className="tablet-state">{outcome === null ? t.states[state] : t.outcomes[outcome]}</span>
      </div>
      {booking.away !== null && <p className="note note-warn">{t.day.awayIs(booking.away)}</p>}
      {state !== 'cancelled' && state !== 'served' && (
        <div className="tablet-acts">
          {state !== 'arrived' && (
            <Button kind="main" icon="check" onClick={() => act('arrive', {}, { state: 'arrived' })}>
              {t.day.arrive}
            </Button>
          )}
          <Button
            kind={state === 'arrived' && !serving ? 'main' : 'plain'}
            pressed={serving}
            onClick={() => setServing(!serving)}
          >
            {t.day.serve}
          </Button>
          {late && <Button onClick={() => act('no-show', {}, { state: 'no_show' })}>{t.day.noShow}</Button>}
        </div>
      )}
      {serving && (
        <Serving
          onServe={(body, how) => {
            act('serve', body, { state: 'served', outcome: how });
            setServing(false);
          }}
        />
      )}
    </li>
  );
}

/** Into the outbox, in the order in which it was tapped; the list shows it as soon as it is kept. */
function useKeep(booking: Booking, title: string, mark: TabletRowProps['mark']) {
  const t = useText(bookings).day;
  const holder = useHolder();
  const names = { arrive: t.arrive, serve: t.serve, 'no-show': t.noShow };
  return (verb: 'arrive' | 'serve' | 'no-show', body: Record<string, unknown>, change: Partial<Booking>): void => {
    keepAct(holder, {
      kind: `booking.${verb}`,
      path: tabletRoads.act(booking.id, verb),
      lane: booking.id,
      page: '/field/station/bookings',
      title: `${names[verb]} ${title}`,
      // What is written about somebody's matter lies sealed until it is sent.
      sealed: verb === 'serve' && (body['note'] !== '' || body['event'] !== undefined),
      body,
    }).then(
      () => mark(booking.id, change),
      (error: unknown) => toast(sentenceFor(error), 8_000),
    );
  };
}

function Serving({ onServe }: { onServe: (body: Record<string, unknown>, outcome: BookingOutcome) => void }) {
  const t = useText(bookings);
  const [outcome, setOutcome] = useState<BookingOutcome | null>(null);
  const [words, setWords] = useState('');
  const choose = (one: BookingOutcome): void => {
    // Solved is the usual end: one tap.
    if (one === 'solved') onServe({ outcome: one, note: '' }, one);
    else setOutcome(one);
  };
  const least = outcome === 'transferred' ? 4 : outcome === 'unsolved' ? 1 : 0;
  const send = (): void => {
    if (outcome === null || words.trim().length < least) return;
    const event = { categoryCode: usualCategory, description: words };
    onServe(outcome === 'transferred' ? { outcome, note: '', event } : { outcome, note: words }, outcome);
  };
  const label = { transferred: t.day.event, unsolved: t.day.noteNeeded, again: t.day.note, solved: t.day.note };
  return (
    <div className="tablet-serving">
      <div className="tablet-acts" role="group" aria-label={t.day.outcome}>
        {outcomes.map((one) => (
          <Button key={one} pressed={one === outcome} onClick={() => choose(one)}>
            {t.outcomes[one]}
          </Button>
        ))}
      </div>
      {outcome !== null && (
        <>
          <Field label={label[outcome]} value={words} onChange={setWords} maxLength={300} />
          <Button kind="main" disabled={words.trim().length < least} onClick={send}>
            {t.day.save}
          </Button>
        </>
      )}
    </div>
  );
}
