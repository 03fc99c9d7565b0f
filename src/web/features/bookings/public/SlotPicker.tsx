import { useEffect, useState } from 'react';
import { call } from '#web/app/call.ts';
import { useNow } from '#web/app/now.ts';
import { useLoad } from '#web/app/use-load.ts';
import { useText } from '#web/i18n/area.ts';
import { bookingsPublic } from '#web/i18n/bookings-public.ts';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import { bookingApi, type DaySlots } from './api.ts';
import { clockOf } from '#web/i18n/local-time.ts';
import { dayWords } from './words.ts';

export interface SlotPickerProps {
  offerId: string;
  value: string | null;
  onChange: (startsAt: string | null) => void;
  /** Grows when somebody was faster: the times are read again. */
  turn: number;
}

const leftOf = ({ slots }: DaySlots): number => slots.reduce((sum, { left }) => sum + left, 0);

/** A day, then a time. What is full is shown as full, and that somebody looked for it is counted once a visit. */
export function SlotPicker({ offerId, value, onChange, turn }: SlotPickerProps) {
  const t = useText(bookingsPublic);
  const {
    value: answer,
    error,
    reload,
  } = useLoad(`${offerId} ${turn}`, (signal) => call(bookingApi.slots, { params: { id: offerId } }, { signal }));
  const [chosen, setChosen] = useState<string | null>(null);
  const days = answer?.days ?? [];
  const here = days.find(({ day }) => day === chosen) ?? days.find((one) => leftOf(one) > 0) ?? days[0];
  const fullDay = here !== undefined && leftOf(here) === 0 ? here.day : null;
  useCountFull(offerId, fullDay);
  if (error !== undefined && answer === undefined) return <ErrorNote error={error} onRetry={reload} />;
  if (answer === undefined) return <Skeleton lines={3} />;
  if (here === undefined) return <p>{t.noDays}</p>;
  const pickDay = (day: string): void => {
    setChosen(day);
    onChange(null);
  };
  return (
    <>
      <DayRow days={days} here={here.day} onPick={pickDay} />
      <div role="group" aria-label={t.time} className="book-times">
        {here.slots.map((slot) => (
          <button
            key={slot.startsAt}
            type="button"
            className="book-time"
            aria-pressed={slot.startsAt === value}
            disabled={slot.left === 0}
            onClick={() => onChange(slot.startsAt)}
          >
            <b>{clockOf(slot.startsAt)}</b>
            <small>{slot.left === 0 ? t.dayFull : slot.capacity > 1 ? t.left(slot.left) : ''}</small>
          </button>
        ))}
      </div>
    </>
  );
}

function DayRow({ days, here, onPick }: { days: readonly DaySlots[]; here: string; onPick: (day: string) => void }) {
  const nowMs = useNow();
  const t = useText(bookingsPublic);
  return (
    <div role="group" aria-label={t.day} className="book-days">
      {days.map((one) => {
        const left = leftOf(one);
        return (
          <button
            key={one.day}
            type="button"
            className="book-day"
            aria-pressed={one.day === here}
            data-full={left === 0 || undefined}
            onClick={() => onPick(one.day)}
          >
            <b>{dayWords(t, one.day, nowMs)}</b>
            <small>{left === 0 ? t.dayFull : t.dayLeft(left)}</small>
          </button>
        );
      })}
    </div>
  );
}

const counted = new Set<string>();

function useCountFull(offerId: string, day: string | null): void {
  useEffect(() => {
    if (day === null || counted.has(`${offerId} ${day}`)) return;
    counted.add(`${offerId} ${day}`);
    // Only a count: nobody waits for it, and without a network it is simply not made.
    call(bookingApi.full, { params: { id: offerId }, body: { day } }).catch(() => undefined);
  }, [offerId, day]);
}
