import type { Tx } from '#server/db/pool.ts';
import { readBookingCalendar } from './calendar.ts';
import { readBookingWords } from './dictionary.ts';
import { bookingHandlers, bookingLinkHandlers } from './handlers.ts';
import { forget, lapse, remind } from './jobs.ts';
import type { BookingsParts } from './parts.ts';
import { listUnmet } from './unmet.ts';

export type { BookingsParts } from './parts.ts';
export { daysFrom } from './rules-slots.ts';
export type Bookings = ReturnType<typeof createBookings>;

/** 七务一全: its routes, what modules above ask of it, and what goes on by itself. */
export function createBookings(given: Omit<BookingsParts, 'words'>) {
  const parts: BookingsParts = { ...given, words: readBookingWords() };
  return {
    handlers: bookingHandlers(parts),
    linkHandlers: bookingLinkHandlers(parts),
    calendar: (secret: string) => readBookingCalendar(parts, secret),
    /** For the need list of the life circle: every wish since then, answered or not. */
    listUnmet: (tx: Tx, wanted: { sinceMs: number }) => listUnmet(tx, wanted),
    jobs: {
      remindProviders: () => remind(parts, 'tomorrow'),
      remindStations: () => remind(parts, 'today'),
      lapse: () => lapse(parts),
      forget: () => forget(parts),
    },
  };
}
