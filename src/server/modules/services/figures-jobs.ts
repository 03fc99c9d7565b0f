import { systemScope } from '#server/db/scope.ts';
import { systemActor } from '#server/modules/identity/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import type { FigureParts } from './figures-parts.ts';
import { todayOf } from './figures-queries.ts';
import { monthOf } from './figures-report.ts';
import { periodOf } from './figures-rules.ts';
import { tallyAll } from './figures-store.ts';

/** Tells each station that gave anything last month that the month can be read: one line each. */
export async function tellMonths(parts: FigureParts): Promise<number> {
  const stations = await parts.listStations(systemActor, 'station.read');
  const nowMs = parts.clock.now();
  const today = todayOf(nowMs);
  const month = monthOf(periodOf({ kind: 'month' }, today).before.first);
  const { first, last } = periodOf({ kind: 'month', day: `${month}-01` }, today);
  return parts.database.inTx(systemScope, async (tx) => {
    const ids = stations.map(({ id }) => id);
    const days = { first, last, whole: true, before: { first, last: first - 1 } };
    const given = new Map((await tallyAll(tx, ids, days, ['weather'])).byStation.map((row) => [row.value, row]));
    let told = 0;
    for (const { id, unitId, path, district } of stations) {
      const sums = given.get(id);
      if (sums === undefined || sums.records === 0) continue;
      await append(tx, {
        actor: { kind: 'system', accountId: null },
        action: 'service.month',
        subject: { type: 'station', id },
        district,
        atMs: nowMs,
        audience: [...path.map((code) => `a:${code}`), `u:${unitId}`],
        data: { firstDay: `${month}-01`, records: sums.records, persons: sums.persons },
      });
      told++;
    }
    return told;
  });
}
