import { webhookTypes, type WebhookType } from '#contract/notices-words.ts';
import { toIso } from '#kit/clock.ts';
import type { LedgerNews } from '#server/modules/ledger/index.ts';

const known: ReadonlySet<string> = new Set(webhookTypes);

/** What other systems are told of a line: by name, nothing else. No account, no reporter, no words. */
const told = [
  'number',
  'from',
  'to',
  'version',
  'tier',
  'priority',
  'categoryCode',
  'channel',
  'ownerUnitId',
  'taskId',
  'taskUnitId',
  'leadUnitId',
  'assistUnitIds',
  'unitIds',
  'fromUnitId',
  'toUnitId',
  'outcome',
  'step',
  'mark',
  'dueAt',
  'kind',
  'level',
  'deviceCode',
  'areaCode',
  'areaCodes',
  'eventId',
  'planCode',
  'severity',
  'urgency',
  'certainty',
  'identifier',
  'stage',
  'reportNo',
] as const;

/** The type of a line, if other systems may hear of it at all. */
export function webhookTypeOf(action: string): WebhookType | undefined {
  return known.has(action) ? (action as WebhookType) : undefined;
}

/** The data of a webhook's body. */
export function webhookData(line: LedgerNews): Record<string, unknown> {
  return Object.fromEntries([
    ['id', line.subjectId],
    ['subject', line.subjectType],
    ['ledgerSeq', line.seq],
    ...told.flatMap((key) => (key in line.data ? [[key, line.data[key]]] : [])),
  ]) as Record<string, unknown>;
}

/** The whole body, as Standard Webhooks has it: type, timestamp, data. */
export function webhookPayload(type: string, atMs: number, data: unknown): string {
  return JSON.stringify({ type, timestamp: toIso(atMs), data });
}
