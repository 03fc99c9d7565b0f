import { isDeepStrictEqual } from 'node:util';
import type { Tx } from '#server/db/pool.ts';
import { ledgerActor, type Actor } from '#server/modules/identity/index.ts';
import { append, type LedgerLine } from '#server/modules/ledger/index.ts';
import type { IdleRow } from './store-idle.ts';
import type { FacilityRow } from './store.ts';

/** A line about a facility or an idle resource, told to the areas it stands in. Answers its id. */
export function tell(
  tx: Tx,
  action: `facility.${string}` | `idle_resource.${string}`,
  row: Pick<FacilityRow | IdleRow, 'id' | 'code' | 'areaCode' | 'path' | 'district'>,
  { actor, data, ...rest }: Pick<LedgerLine, 'atMs' | 'data' | 'words' | 'opId'> & { actor: Actor },
): Promise<string> {
  return append(tx, {
    ...rest,
    actor: ledgerActor(actor),
    action,
    subject: { type: action.slice(0, action.indexOf('.')), id: row.id },
    district: row.district,
    audience: row.path.map((code) => `a:${code}`),
    data: { code: row.code, areaCode: row.areaCode, ...data },
  });
}

/** Facts of a facility an auditor may see; what people wrote stands beside the line. */
export function facilityFacts(row: FacilityRow): Record<string, unknown> {
  const { classCode, lon, lat, capacity, floorM2, hours, stepFree, openedOn, closedOn, source, checkedOn } = row;
  return { classCode, lon, lat, capacity, floorM2, hours, stepFree, openedOn, closedOn, source, checkedOn };
}

export const facilityWords = ({ name, address, note }: FacilityRow) => ({ name, address, note });

/** Whether nothing differs that is written of a facility. */
export function isSameFacility(a: FacilityRow, b: FacilityRow): boolean {
  const all = (row: FacilityRow) => [facilityFacts(row), facilityWords(row), row.areaCode, row.path];
  return isDeepStrictEqual(all(a), all(b));
}

/** Facts of an idle resource an auditor may see. */
export function idleFacts(row: IdleRow): Record<string, unknown> {
  const { lon, lat, areaM2, ownerKind, condition, uses, freeFrom, state, reservedFor } = row;
  return { lon, lat, areaM2, ownerKind, condition, uses, freeFrom, state, reservedFor };
}

export const idleWords = ({ name, address, owner, note }: IdleRow) => ({ name, address, owner, note });
