import type { Tx } from '#server/db/pool.ts';
import { ledgerActorOf, type Actor } from '#server/modules/identity/index.ts';
import { append, type LedgerLine } from '#server/modules/ledger/index.ts';
import type { StationRow } from './store.ts';

/** Whom a line about a station is told: the areas it stands in, and its own unit. */
export function audienceOf({ path, unitId }: Pick<StationRow, 'path' | 'unitId'>): string[] {
  return [...path.map((code) => `a:${code}`), `u:${unitId}`];
}

/** A line about a station; words are what people wrote. Returns its id. */
export function tell(
  tx: Tx,
  action: string,
  station: StationRow,
  line: Pick<LedgerLine, 'atMs' | 'data' | 'words' | 'opId'> & { actor: Actor },
): Promise<string> {
  const { actor, data, ...rest } = line;
  return append(tx, {
    ...rest,
    actor: ledgerActorOf(actor, actor.grants.some(({ unitId }) => unitId === station.unitId) ? station.unitId : null),
    action,
    subject: { type: 'station', id: station.id },
    district: station.district,
    audience: audienceOf(station),
    data: { code: station.code, areaCode: station.areaCode, ...data },
  });
}
