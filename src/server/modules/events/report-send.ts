import { ledgerActorOf } from '#server/modules/identity/index.ts';
import pg from 'pg';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import { audienceOf, happenedBefore, ledgerOpId, type CommandResult, type Kit } from './act.ts';
import type { EventRow } from './case-rows.ts';
import { secretOf, type Prepared } from './report-prepare.ts';

export interface ReportResult extends CommandResult {
  receiptSecret: string;
  outside: boolean;
  areaName: string;
}

/** What is stored as the answer to the opId: everything but the secret, which is derived again when asked again. */
export type Stored = Omit<ReportResult, 'receiptSecret'> & { reporterId: string };

type ReportWork = (
  tx: Tx,
) => Promise<{ event: EventRow; data: Record<string, unknown>; words?: Record<string, unknown> }>;

export async function sendReport(
  made: Prepared,
  verb: 'report' | 'self_handle',
  work: ReportWork,
): Promise<ReportResult> {
  return withSecret(made.kit, await storeOnce(made, `event.${verb}`, (tx) => writeReport(tx, made, verb, work)));
}

/** The rows of a report and its ledger line, in a transaction that sees everything. */
export async function writeReport(
  tx: Tx,
  made: Prepared,
  verb: 'report' | 'self_handle',
  work: ReportWork,
): Promise<Stored> {
  const { actor, body, placing, nowMs, rule, reporterId } = made;
  const { event, data, words } = await work(tx);
  const happenedAt = happenedBefore(body.at, 0, nowMs);
  const ledgerId = await append(tx, {
    actor: ledgerActorOf(actor, made.grant?.unitId ?? null),
    action: `event.${verb}`,
    subject: { type: 'event', id: event.id },
    district: event.district,
    atMs: nowMs,
    data: {
      from: null,
      to: event.status,
      version: 1,
      number: event.number,
      categoryCode: event.categoryCode,
      ruleVersion: event.ruleVersion,
      ruleTier: rule.tier,
      priority: event.priority,
      channel: event.channel,
      tier: event.tier,
      ownerUnitId: event.ownerUnitId,
      path: placing.path,
      outside: event.outside,
      reporterId,
      photos: body.attachments.length,
      ...(happenedAt === null ? {} : { happenedAt }),
      ...data,
    },
    words: { title: event.title, description: event.description, placeWords: event.placeWords, ...words },
    audience: audienceOf(null, { event, tasks: [] }, actor.accountId === null ? [] : [`p:${actor.accountId}`]),
    opId: ledgerOpId(actor, body.opId),
  });
  return {
    id: event.id,
    number: event.number,
    status: event.status,
    version: 1,
    at: toIso(nowMs),
    ledgerId,
    outside: event.outside,
    areaName: placing.area.name,
    reporterId,
  };
}

export async function storeOnce(
  { kit, actor, body }: Pick<Prepared, 'kit' | 'actor' | 'body'>,
  route: string,
  work: (tx: Tx) => Promise<Stored>,
): Promise<Stored> {
  const op = { opId: body.opId, actor: actor.accountId ?? actor.kind, route, request: body };
  try {
    return await once(kit.database, systemScope, op, work);
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.constraint === 'event_reporter_source_once') {
      throw new AppError(
        'already_exists',
        `sourceRef: "${body.sourceRef ?? ''}" of channel ${body.channel} was brought in before. Look for it by this number; follow it instead of reporting it again.`,
      );
    }
    throw error;
  }
}

export function withSecret(kit: Kit, { reporterId, ...answer }: Stored): ReportResult {
  return { ...answer, receiptSecret: secretOf(kit, reporterId) };
}
