import { uuidV7 } from '#kit/ids.ts';
import { systemScope } from '#server/db/scope.ts';
import { systemActor } from '#server/modules/identity/index.ts';
import { ruleOf } from './dictionary.ts';
import { note, type BookingsParts } from './parts.ts';
import { addDays, dayMs, dayOf, startOf } from '#kit/shanghai-days.ts';
import { lapsePast } from './store-booking.ts';
import { claimReminder, countByUnit, forgetPhones } from './store-figures.ts';

/** Tells each station what is booked today, or each providing unit what is booked tomorrow: once a day, however often it runs. */
export function remind(parts: BookingsParts, kind: 'tomorrow' | 'today'): Promise<number> {
  const nowMs = parts.clock.now();
  const day = addDays(dayOf(nowMs), kind === 'tomorrow' ? 1 : 0);
  return parts.database.inTx(systemScope, async (tx) => {
    const whose = kind === 'tomorrow' ? 'provider' : 'station';
    const rows = await countByUnit(tx, whose, startOf(day), startOf(day) + dayMs);
    const work = { tx, actor: systemActor, nowMs, opId: uuidV7(nowMs) };
    let told = 0;
    for (const { unitId, path, district, n } of rows) {
      if (!(await claimReminder(tx, { unitId, day, kind, nowMs }))) continue;
      await note(work, {
        action: kind === 'tomorrow' ? 'booking.tomorrow' : 'booking.today',
        subject: { type: 'booking', id: unitId },
        place: { unitId, path, district },
        data: { day, bookings: n, unitId },
      });
      told++;
    }
    return told;
  });
}

/** Bookings of past days of which nobody wrote down what came: they are said to be just that. */
export function lapse(parts: BookingsParts): Promise<number> {
  const nowMs = parts.clock.now();
  return parts.database.inTx(systemScope, async (tx) => {
    const rows = await lapsePast(tx, startOf(dayOf(nowMs)));
    const work = { tx, actor: systemActor, nowMs, opId: uuidV7(nowMs) };
    for (const { unitId, path, district, lapsed } of rows)
      await note(work, {
        action: 'booking.lapse',
        subject: { type: 'booking', id: unitId },
        place: { unitId, path, district },
        data: { lapsed },
      });
    return rows.reduce((sum, { lapsed }) => sum + lapsed, 0);
  });
}

/** Numbers and names do not stay longer than needed. */
export function forget(parts: BookingsParts): Promise<number> {
  const nowMs = parts.clock.now();
  const before = (code: string): number => nowMs - ruleOf(parts.words, code) * dayMs;
  return parts.database.inTx(systemScope, async (tx) => {
    const forgotten = await forgetPhones(tx, before('keep_days'), before('unmet_keep_days'));
    if (forgotten === 0) return 0;
    const city = parts.territory.city();
    await note(
      { tx, actor: systemActor, nowMs, opId: uuidV7(nowMs) },
      {
        action: 'booking.forget',
        subject: { type: 'booking', id: city.code },
        place: { unitId: parts.territory.receiverOf(city.code)?.id ?? '', path: city.path, district: city.code },
        data: { forgotten },
      },
    );
    return forgotten;
  });
}
