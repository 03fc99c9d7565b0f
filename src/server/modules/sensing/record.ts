import type { Tx } from '#server/db/pool.ts';
import { append, type LedgerActor } from '#server/modules/ledger/index.ts';

/** What a line about an alarm says of it in any case: enough for a desk to sound without asking again. */
export interface AlarmFacts {
  id: string;
  kind: string;
  priority: number;
  deviceCode: string | null;
  sourceCode: string | null;
  path: readonly string[];
  areaCode: string;
  district: string;
  unitId: string;
  eventId: string | null;
  test: boolean;
}

export const program: LedgerActor = { kind: 'system', accountId: null };

/** One line about an alarm, told live in its areas and to the unit that answers. */
export function recordAlarm(
  tx: Tx,
  verb: string,
  alarm: AlarmFacts,
  line: {
    actor: LedgerActor;
    atMs: number;
    opId?: string | null;
    data?: Record<string, unknown>;
    words?: Record<string, unknown>;
    tell?: readonly string[];
  },
): Promise<string> {
  return append(tx, {
    actor: line.actor,
    action: `alarm.${verb}`,
    subject: { type: 'alarm', id: alarm.id },
    district: alarm.district,
    atMs: line.atMs,
    data: {
      alarmId: alarm.id,
      kind: alarm.kind,
      priority: alarm.priority,
      deviceCode: alarm.deviceCode,
      areaCode: alarm.areaCode,
      eventId: alarm.eventId,
      ...(alarm.sourceCode === null ? {} : { sourceCode: alarm.sourceCode }),
      ...(alarm.test ? { test: true } : {}),
      ...line.data,
    },
    words: line.words,
    audience: [...new Set([...alarm.path.map((code) => `a:${code}`), `u:${alarm.unitId}`, ...(line.tell ?? [])])],
    opId: line.opId ?? null,
  });
}
