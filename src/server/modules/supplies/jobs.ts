import { systemScope } from '#server/db/scope.ts';
import { systemActor } from '#server/modules/identity/index.ts';
import { supplyRule } from './dictionary.ts';
import { note, placeOf } from './note.ts';
import type { SuppliesParts } from './parts.ts';
import { followStock } from './restock.ts';
import { addDays, dayOf } from '#kit/shanghai-days.ts';
import { tellOverdue } from './store-loan.ts';
import { listUntold, saveTold, type DueLot } from './store-lots.ts';

/**
 * What the days bring: batches that expire soon or have expired are told once each, one line for each station; what has
 * expired may leave too little behind. Loans long past their time are told to the station that lent them, once. Doing it
 * twice, or in two processes, tells nothing twice. Answers how many lines were written.
 */
export async function followDays({ database, clock }: SuppliesParts): Promise<number> {
  return database.inTx(systemScope, async (tx) => {
    const nowMs = clock.now();
    const today = dayOf(nowMs);
    const lots = await listUntold(tx, today, addDays(today, supplyRule('expiring_days')));
    let lines = 0;
    for (const [stationId, here] of Map.groupBy(lots, (lot) => lot.stationId)) {
      const place = await placeOf(tx, stationId);
      if (place === undefined) continue;
      for (const told of ['over', 'soon'] as const) {
        const these = here.filter(({ over }) => over === (told === 'over'));
        if (these.length === 0) continue;
        await saveTold(
          tx,
          these.map(({ id }) => id),
          told,
        );
        const data = { what: told, day: today, count: these.length, itemCodes: codesOf(these) };
        await note(tx, { actor: systemActor, action: 'supply.expire', place, nowMs, data });
        if (told === 'over') await followStock(tx, place, codesOf(these), nowMs);
        lines += 1;
      }
    }
    const overdue = await tellOverdue(tx, nowMs - supplyRule('overdue_told_hours') * 3_600_000, nowMs);
    for (const [stationId, here] of Map.groupBy(overdue, (loan) => loan.stationId)) {
      const place = await placeOf(tx, stationId);
      if (place === undefined) continue;
      const data = { count: here.length, itemCodes: codesOf(here) };
      await note(tx, { actor: systemActor, action: 'loan.overdue', place, nowMs, data });
      lines += 1;
    }
    return lines;
  });
}

const codesOf = (rows: readonly Pick<DueLot, 'itemCode'>[]): string[] => [
  ...new Set(rows.map(({ itemCode }) => itemCode)),
];
