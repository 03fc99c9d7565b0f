import { systemScope } from '#server/db/scope.ts';
import { append } from '#server/modules/ledger/index.ts';
import { districtOf } from '#server/modules/grids/index.ts';
import type { VolunteersParts } from './parts.ts';
import { addDays, dayOf, startOf } from '#kit/shanghai-days.ts';
import { lockShort, saveShortTold } from './store-shift.ts';

/** The head hears of tomorrow's gaps in the afternoon, when there is still time to call somebody. */
const tellFromMinute = 15 * 60;

/** Tells each station once of the shifts of tomorrow that lack people; returns how many stations were told. */
export async function tellShort(parts: VolunteersParts): Promise<number> {
  const nowMs = parts.clock.now();
  const today = dayOf(nowMs);
  if (nowMs < startOf(today) + tellFromMinute * 60_000) return 0;
  const day = addDays(today, 1);
  return parts.database.inTx(systemScope, async (tx) => {
    const byStation = Map.groupBy(await lockShort(tx, day), ({ stationId }) => stationId);
    for (const [stationId, rows] of byStation) {
      const [first] = rows;
      if (first === undefined) continue;
      await saveShortTold(
        tx,
        rows.map(({ id }) => id),
        nowMs,
      );
      await append(tx, {
        actor: { kind: 'system', accountId: null },
        action: 'shift.short',
        subject: { type: 'station', id: stationId },
        district: districtOf(first.path),
        atMs: nowMs,
        data: {
          day,
          stationUnitId: first.unitId,
          shifts: rows.length,
          missing: rows.reduce((sum, one) => sum + one.needed - one.openTaken - one.partnerTaken, 0),
        },
        audience: [`u:${first.unitId}`],
      });
    }
    return byStation.size;
  });
}
