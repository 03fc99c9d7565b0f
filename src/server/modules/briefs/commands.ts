import { briefSections, type briefRoutes } from '#contract/briefs.ts';
import type { Input, Output } from '#contract/route.ts';
import { findPersonalData } from '#engine/text/personal-data.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { scopeFor, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { once } from '#server/modules/ledger/index.ts';
import { assertDraft, centreOf, mayEdit, noBrief, placeToBrief } from './access.ts';
import { briefRules } from './dictionary.ts';
import { writeBrief } from './files.ts';
import { makeDraft, reckonBody, record } from './make.ts';
import type { BriefsParts } from './parts.ts';
import { assertOver, daysOf, type Days } from './rules-period.ts';
import { findBrief, findSame, insertFiles, lockCentre, nextNumber, saveBrief, type BriefRow } from './store.ts';
import { briefView } from './views.ts';

type Routes = typeof briefRoutes;
type Done = Output<Routes['make']>;
const formats = ['docx', 'pdf', 'xlsx'] as const;

/** Drafts a brief of days that are over. @throws AppError not_found, bad_input, already_exists */
export async function makeBrief(parts: BriefsParts, actor: Actor, body: Input<Routes['make']>['body']): Promise<Done> {
  const { place, centre } = placeToBrief(parts, actor, body.areaCode);
  const days = daysWanted(body);
  assertOver(days, dayOf(parts.clock.now()), body.kind === 'special' ? briefRules().special_days_most : 31);
  const op = { opId: body.opId, actor: senderOf(actor), route: 'briefs.make', request: body };
  return once(parts.database, systemScope, op, async (tx) => {
    await lockCentre(tx, centre.id);
    const same = { unitId: centre.id, kind: body.kind, firstDay: days.first, lastDay: days.last };
    const there = body.kind === 'special' ? undefined : await findSame(tx, same);
    if (there !== undefined)
      throw new AppError('already_exists', 'There is a brief of these days already. Open it.', { id: there });
    const wish = {
      kind: body.kind,
      place,
      centre,
      days,
      issueId: body.issueId,
      recipients: [],
      actor,
      opId: body.opId,
    };
    const { row, ledgerId } = await makeDraft(parts, tx, wish);
    return answer(parts, tx, actor, row, ledgerId);
  });
}

/** @throws AppError bad_input for a special brief without its last day, or another with an issue */
function daysWanted({ kind, day, to, issueId }: Input<Routes['make']>['body']): Days {
  if (kind !== 'special' && issueId !== undefined)
    throw new AppError('bad_input', `issueId: expected with a special brief only, found a ${kind} one.`, {
      field: 'issueId',
    });
  if (kind !== 'special') return daysOf(kind, day);
  if (to === undefined)
    throw new AppError('bad_input', 'to: expected the last day of a special brief, found none.', { field: 'to' });
  return { first: day, last: to };
}

interface Change {
  id: string;
  body: { opId: string; version: number };
  route: string;
}

/** A draft that the actor may edit, locked, for one change; what `work` answers is the row to be shown. */
function change(
  parts: BriefsParts,
  actor: Actor,
  { id, body, route }: Change,
  work: (tx: Tx, row: BriefRow) => Promise<{ row: BriefRow; ledgerId: string }>,
): Promise<Done> {
  const op = { opId: body.opId, actor: senderOf(actor), route, request: { id, ...body } };
  return once(parts.database, systemScope, op, async (tx) => {
    const row = await findBrief(tx, scopeFor(actor, 'analytics.edit'), id, true);
    if (row === undefined || !mayEdit(actor, row.path)) throw noBrief();
    assertDraft(row, body.version);
    const { row: next, ledgerId } = await work(tx, row);
    return answer(parts, tx, actor, next, ledgerId);
  });
}

async function answer(parts: BriefsParts, tx: Tx, actor: Actor, row: BriefRow, ledgerId: string): Promise<Done> {
  return { brief: await briefView(parts, tx, actor, row), at: toIso(parts.clock.now()), ledgerId };
}

/** The numbers of a draft again, as the record stands now; its words stay. @throws AppError not_found, version_conflict */
export function reckonBrief(
  parts: BriefsParts,
  actor: Actor,
  id: string,
  body: Input<Routes['reckon']>['body'],
): Promise<Done> {
  return change(parts, actor, { id, body, route: 'briefs.reckon' }, async (tx, row) => {
    const place = parts.territory.area(row.areaCode);
    const centre = centreOf(parts, row.path);
    if (place === undefined || centre === undefined) throw noBrief();
    const days = { first: row.firstDay, last: row.lastDay };
    const saved = await saveBrief(tx, {
      ...row,
      ...(await reckonBody(parts, tx, { kind: row.kind, place, centre, days, issueId: issueOf(row) })),
    });
    const note = { action: 'brief.reckon' as const, actor, atMs: parts.clock.now(), opId: body.opId };
    return { row: saved, ledgerId: await record(tx, saved, note) };
  });
}

const issueOf = ({ subjectKind, subjectId }: BriefRow): string | undefined =>
  subjectKind === 'hot_issue' ? (subjectId ?? undefined) : undefined;

/** Writes, or empties, the words of one section. @throws AppError not_found, version_conflict, personal_data, bad_input */
export async function writeRemark(
  parts: BriefsParts,
  actor: Actor,
  id: string,
  body: Input<Routes['write']>['body'],
): Promise<Done> {
  const { section, text, machine } = body;
  if (!briefSections[section])
    throw new AppError('bad_input', 'section: this section holds numbers only. Choose another.', { field: 'section' });
  const found = findPersonalData(text);
  if (found.length > 0)
    throw new AppError(
      'personal_data',
      'text: briefs go to many desks. Take out names, telephones and numbers of people.',
      {
        kinds: [...new Set(found.map(({ kind }) => kind))],
      },
    );
  return change(parts, actor, { id, body, route: 'briefs.write' }, async (tx, row) => {
    const atMs = parts.clock.now();
    const remark = { text, at: toIso(atMs), by: actor.accountId, machine };
    const remarks = { ...row.remarks, [section]: remark };
    const saved = await saveBrief(tx, { ...row, remarks });
    const note = { action: 'brief.write' as const, actor, atMs, opId: body.opId };
    const ledgerId = await record(tx, saved, { ...note, data: { section, machine, letters: [...text].length }, words: { text } }); // prettier-ignore
    return { row: saved, ledgerId };
  });
}

/** Gives a draft its number and freezes it: what is downloaded from now on are these bytes. @throws AppError not_found, version_conflict, bad_input */
export async function issueBrief(
  parts: BriefsParts,
  actor: Actor,
  id: string,
  body: Input<Routes['issue']>['body'],
): Promise<Done> {
  const recipients = body.recipients.map((unitId) => {
    const unit = parts.territory.unit(unitId);
    if (unit === undefined)
      throw new AppError('bad_input', `recipients: expected units of the city, found ${unitId}.`, {
        field: 'recipients',
      });
    return unit;
  });
  return change(parts, actor, { id, body, route: 'briefs.issue' }, async (tx, row) => {
    await lockCentre(tx, row.unitId);
    const nowMs = parts.clock.now();
    const year = Number(dayOf(nowMs).slice(0, 4));
    const issued: BriefRow = {
      ...row,
      state: 'issued',
      issueYear: year,
      issueNo: await nextNumber(tx, { unitId: row.unitId, kind: row.kind, year }),
      recipientUnits: recipients.map((unit) => unit.id),
      issuedAt: new Date(nowMs),
      issuedBy: actor.accountId,
    };
    const more = { recipients: recipients.map((unit) => unit.name), nowMs };
    const files = await Promise.all(formats.map((format) => writeBrief(issued, format, more)));
    const saved = await saveBrief(tx, issued);
    await insertFiles(tx, id, files);
    const ledgerId = await record(tx, saved, {
      action: 'brief.issue',
      actor,
      atMs: nowMs,
      opId: body.opId,
      units: issued.recipientUnits,
      data: {
        year,
        number: `${issued.issueNo ?? ''}`,
        sha256: Object.fromEntries(files.map(({ format, sha256 }) => [format, sha256])),
        unitIds: issued.recipientUnits,
      },
    });
    return { row: saved, ledgerId };
  });
}

/** A draft that is not wanted; its days may be drafted again. @throws AppError not_found, version_conflict */
export async function discardBrief(
  parts: BriefsParts,
  actor: Actor,
  id: string,
  body: Input<Routes['discard']>['body'],
): Promise<Output<Routes['discard']>> {
  const { at, ledgerId } = await change(parts, actor, { id, body, route: 'briefs.discard' }, async (tx, row) => {
    const saved = await saveBrief(tx, { ...row, state: 'discarded' });
    const note = { action: 'brief.discard' as const, actor, atMs: parts.clock.now(), opId: body.opId };
    return { row: saved, ledgerId: await record(tx, saved, note) };
  });
  return { at, ledgerId };
}
