import type { RiskPoint } from '#server/modules/grids/index.ts';
import type { Tx } from '#server/db/pool.ts';
import { ledgerActorOf, type Actor } from '#server/modules/identity/index.ts';
import { append, type LedgerLine } from '#server/modules/ledger/index.ts';

/** Whom a line about a point is told: the areas it lies in, and the unit that answers for it. */
export function audienceOf({ path, unitId }: Pick<RiskPoint, 'path' | 'unitId'>): string[] {
  return [...path.map((code) => `a:${code}`), ...(unitId === null ? [] : [`u:${unitId}`])];
}

/** A line about a look at a point. Returns its id. */
export function recordLook(
  tx: Tx,
  actor: Actor,
  point: RiskPoint,
  line: Pick<LedgerLine, 'atMs'> & {
    id: string;
    unitId: string | null;
    opId: string;
    data: Record<string, unknown>;
    words: Record<string, unknown>;
  },
): Promise<string> {
  const { id, unitId, ...rest } = line;
  return append(tx, {
    ...rest,
    actor: ledgerActorOf(actor, unitId),
    action: 'inspection.record',
    subject: { type: 'inspection', id },
    district: point.district,
    audience: audienceOf(point),
    data: { pointId: point.id, code: point.code, areaCode: point.areaCode, ...rest.data },
  });
}
