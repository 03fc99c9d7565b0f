import type { BriefKind } from '#contract/briefs.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { districtOf, type Area, type Unit } from '#server/modules/grids/index.ts';
import { ledgerActor, type Actor } from '#server/modules/identity/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import { gather } from './gather.ts';
import { gatherIssue } from './gather-issue.ts';
import { layOut } from './layout.ts';
import { layOutIssue } from './layout-issue.ts';
import type { BriefsParts } from './parts.ts';
import type { Days } from './rules-period.ts';
import { insertBrief, type BriefRow } from './store.ts';

export interface BriefWish {
  kind: BriefKind;
  place: Area;
  centre: Unit;
  days: Days;
  /** Of a special brief that tells of one hot issue. */
  issueId?: string | undefined;
  recipients: readonly string[];
  actor: Actor;
  opId: string | null;
}

/** The numbers of a brief as they are now: body, how far the facts had come, and the signed head above them. */
export async function reckonBody(
  parts: BriefsParts,
  tx: Tx,
  { kind, place, centre, days, issueId }: Pick<BriefWish, 'kind' | 'place' | 'centre' | 'days' | 'issueId'>,
): Promise<Pick<BriefRow, 'body' | 'ledgerSize' | 'ledgerRoot' | 'reckonedAt'>> {
  const body =
    issueId === undefined
      ? layOut(await gather(parts, tx, { kind, place, days }), centre.name)
      : layOutIssue(await gatherIssue(parts, tx, { place, days, issueId }), centre.name);
  const head = await parts.head(tx);
  return {
    body,
    ledgerSize: head?.size ?? null,
    ledgerRoot: head?.root ?? null,
    reckonedAt: new Date(parts.clock.now()),
  };
}

/** Puts a draft in, under one ledger line, in the caller's transaction. */
export async function makeDraft(
  parts: BriefsParts,
  tx: Tx,
  { kind, place, centre, days, issueId, recipients, actor, opId }: BriefWish,
): Promise<{ row: BriefRow; ledgerId: string }> {
  const nowMs = parts.clock.now();
  const row: BriefRow = {
    id: uuidV7(nowMs),
    kind,
    areaCode: place.code,
    path: [...place.path],
    district: districtOf(place.path),
    unitId: centre.id,
    firstDay: days.first,
    lastDay: days.last,
    ...subjectOf(kind, place, issueId),
    state: 'draft',
    issueYear: null,
    issueNo: null,
    ...(await reckonBody(parts, tx, { kind, place, centre, days, issueId })),
    remarks: {},
    recipientUnits: [...recipients],
    madeAt: new Date(nowMs),
    madeBy: actor.accountId,
    issuedAt: null,
    issuedBy: null,
    version: 1,
  };
  await insertBrief(tx, row);
  const ledgerId = await record(tx, row, { action: 'brief.make', actor, atMs: nowMs, opId });
  return { row, ledgerId };
}

/** What a special brief is about: one hot issue, or all of its area. */
function subjectOf(
  kind: BriefKind,
  place: Pick<Area, 'code'>,
  issueId: string | undefined,
): Pick<BriefRow, 'subjectKind' | 'subjectId'> {
  if (kind !== 'special') return { subjectKind: null, subjectId: null };
  return issueId === undefined
    ? { subjectKind: 'area', subjectId: place.code }
    : { subjectKind: 'hot_issue', subjectId: issueId };
}

interface Note {
  action: 'brief.make' | 'brief.reckon' | 'brief.write' | 'brief.issue' | 'brief.discard';
  actor: Actor;
  atMs: number;
  opId: string | null;
  data?: Record<string, unknown>;
  words?: Record<string, unknown>;
  /** Told live beside the issuing centre. */
  units?: readonly string[];
}

/** The line of a brief: ids, codes, days and digests; words of people stand beside it. */
export function record(
  tx: Tx,
  row: BriefRow,
  { action, actor, atMs, opId, data, words, units }: Note,
): Promise<string> {
  return append(tx, {
    actor: ledgerActor(actor),
    action,
    subject: { type: 'brief', id: row.id },
    district: row.district,
    atMs,
    audience: [...new Set([row.unitId, ...(units ?? [])])].map((id) => `u:${id}`),
    opId,
    data: { kind: row.kind, areaCode: row.areaCode, firstDay: row.firstDay, lastDay: row.lastDay, ...data },
    ...(words === undefined ? {} : { words }),
  });
}
