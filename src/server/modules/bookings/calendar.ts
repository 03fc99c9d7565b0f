import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { AppError } from '#kit/errors.ts';
import { systemScope } from '#server/db/scope.ts';
import { stationOf } from '#server/modules/stations/index.ts';
import { digestSecret } from '#server/vault/vault.ts';
import { bookingPath, type BookingsParts } from './parts.ts';
import { findBySecret } from './store-booking.ts';
import { findOffer } from './store-offer.ts';

/** How long before a booking its calendar entry rings, seconds. */
const ringBefore = 24 * 3600;

/** One booking as iCalendar (RFC 5545): times in UTC, the same UID for ever, SEQUENCE grows with each change. @throws AppError not_found */
export async function readBookingCalendar(
  parts: BookingsParts,
  secret: string,
): Promise<{ name: string; type: string; bytes: Buffer }> {
  return parts.database.read(systemScope, async (tx) => {
    const row = await findBySecret(tx, digestSecret(secret));
    const offer = row === undefined ? undefined : await findOffer(tx, row.offerId);
    const station = row === undefined ? undefined : await stationOf(tx, row.stationId);
    if (row === undefined || offer === undefined || station === undefined)
      throw new AppError('not_found', 'This link opens no booking. Check that the whole link was copied.');
    const calendar = ical({
      name: offer.title,
      method: ICalCalendarMethod.PUBLISH,
      prodId: { company: 'Huangge', product: 'booking', language: 'ZH' },
    });
    const entry = calendar.createEvent({
      id: `${row.id}@huangge`,
      sequence: row.version,
      start: row.startsAt,
      end: row.endsAt,
      stamp: row.bookedAt,
      summary: `${offer.title}（${row.code}）`,
      description: offer.bring.join('\n'),
      location: `${station.name} ${station.address}`.trim(),
      url: new URL(bookingPath(parts, row.id), parts.publicUrl).href,
      status: row.state === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
    entry.createAlarm({ type: ICalAlarmType.display, trigger: ringBefore });
    return {
      name: 'booking.ics',
      type: 'text/calendar; charset=utf-8',
      bytes: Buffer.from(calendar.toString(), 'utf8'),
    };
  });
}
