import type { ClockKind } from '#contract/events-words.ts';
import type { Tx } from '#server/db/pool.ts';

export async function insertExtension(
  tx: Tx,
  asked: {
    id: string;
    eventId: string;
    taskId: string;
    amount: number;
    kind: ClockKind;
    reason: string;
    askedBy: string | null;
    askedMs: number;
  },
): Promise<void> {
  await tx.db
    .insertInto('extension')
    .values({
      id: asked.id,
      event_id: asked.eventId,
      task_id: asked.taskId,
      amount: asked.amount,
      kind: asked.kind,
      reason: asked.reason,
      status: 'asked',
      asked_by: asked.askedBy,
      asked_at: new Date(asked.askedMs).toISOString(),
    })
    .execute();
}

export async function findExtension(
  tx: Tx,
  eventId: string,
  id: string,
): Promise<
  { id: string; taskId: string; amount: number; kind: ClockKind; status: string; askedMs: number } | undefined
> {
  const row = await tx.db
    .selectFrom('extension')
    .select(['id', 'task_id as taskId', 'amount', 'kind', 'status', 'asked_at as askedAt'])
    .where('id', '=', id)
    .where('event_id', '=', eventId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { askedAt, ...rest } = row;
  return { ...rest, kind: row.kind as ClockKind, askedMs: new Date(askedAt).getTime() };
}

export async function decideExtension(
  tx: Tx,
  decided: { id: string; status: 'granted' | 'refused'; by: string | null; atMs: number; reason: string },
): Promise<void> {
  await tx.db
    .updateTable('extension')
    .set({
      status: decided.status,
      decided_by: decided.by,
      decided_at: new Date(decided.atMs).toISOString(),
      decision_reason: decided.reason,
    })
    .where('id', '=', decided.id)
    .execute();
}

export async function insertCall(
  tx: Tx,
  call: {
    id: string;
    eventId: string;
    number: string;
    calledAt: string;
    incidentNumber: string;
    note: string;
    recordedBy: string | null;
  },
): Promise<void> {
  await tx.db
    .insertInto('call_record')
    .values({
      id: call.id,
      event_id: call.eventId,
      number: call.number,
      called_at: call.calledAt,
      incident_number: call.incidentNumber,
      note: call.note,
      recorded_by: call.recordedBy,
    })
    .execute();
}
