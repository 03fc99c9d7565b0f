import { createHash } from 'node:crypto';
import type { careExportRoutes } from '#contract/care-files.ts';
import type { Input, Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { districtOf } from '#server/modules/grids/index.ts';
import {
  grantsFor,
  ledgerActor,
  ledgerActorOf,
  scopeFor,
  shanghaiDay,
  type Grant,
} from '#server/modules/identity/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import type { Work } from './commands.ts';
import { makeCareFile, type CareFile } from './export-file.ts';
import { exportRoles, exportValidMs, mayDecide, mayTake, stateAt } from './export-rules.ts';
import {
  countFile,
  decideExport,
  findExport,
  insertExport,
  isMadeBy,
  listFile,
  noteTaken,
  type StoredExport,
} from './export-store.ts';
import { careTags } from './tags.ts';

type Wish = Input<typeof careExportRoutes.ask>['body'];
interface Done {
  row: StoredExport;
  ledgerId: string;
}

/** Asks for a file of people in care. @throws AppError bad_input, not_allowed, not_found when nobody would be in it */
export async function askExport(work: Work, wish: Wish): Promise<Done> {
  const area = work.territory.area(wish.area);
  const grant =
    area === undefined ? undefined : grantsFor(work.actor, 'care.export', { path: area.path, units: [] })[0];
  if (area === undefined || grant === undefined || work.actor.accountId === null)
    throw new AppError('not_allowed', `None of your appointments lets you ask for a file of area ${wish.area}.`, {
      code: wish.area,
    });
  const known = [...careTags().values()].filter(({ restricted }) => !restricted).map(({ code }) => code);
  const stranger = wish.tags.find((tag) => !known.includes(tag));
  if (stranger !== undefined)
    throw new AppError('bad_input', `tags: expected ${known.join(', ')}, found another word.`, {
      field: 'tags',
    });
  const people = await countFile(work.tx, {
    scope: scopeFor(work.actor, 'care.export'),
    area: area.code,
    tags: wish.tags,
  });
  if (people === 0) throw new AppError('not_found', 'Nobody in care fits. Choose a larger area or other tags.');
  const id = uuidV7(work.atMs);
  await insertExport(
    work.tx,
    {
      id,
      areaCode: area.code,
      path: area.path,
      district: districtOf(area.path),
      tags: [...new Set(wish.tags)],
      fields: [...new Set(wish.fields)],
      people,
      purpose: work.vault.seal(wish.purpose, 'care_export.purpose'),
      askedBy: work.actor.accountId,
      askedUnitId: grant.unitId,
      atMs: work.atMs,
      expiresMs: work.atMs + exportValidMs,
    },
    shanghaiDay(work.atMs).replaceAll('-', ''),
  );
  const row = await read(work, id);
  return { row, ledgerId: await record(work, 'care.export_ask', row, grant, { purpose: wish.purpose }) };
}

/**
 * Approves or refuses what somebody else asked for.
 * @throws AppError not_found, not_allowed for the asker and for whoever owes the asker the right to decide, in_use when it
 * was decided or has expired, version_conflict
 */
export async function decideOnExport(
  work: Work,
  id: string,
  { approved, reason, version }: { approved: boolean; reason: string | null; version: number },
): Promise<Done> {
  const before = await lock(work, id);
  await assertMayDecide(work, before);
  if (before.version !== version)
    throw new AppError('version_conflict', `You saw version ${version}, it is now ${before.version}. Load it again.`, {
      expected: version,
      found: before.version,
    });
  await decideExport(work.tx, id, {
    state: approved ? 'approved' : 'refused',
    by: work.actor.accountId ?? '',
    atMs: work.atMs,
    expiresMs: approved ? work.atMs + exportValidMs : before.expiresAt.getTime(),
    reason: reason === null ? null : work.vault.seal(reason, 'care_export.reason'),
  });
  const row = await read(work, id);
  const grant = grantsFor(work.actor, 'care.export', { path: row.path, units: [] })[0];
  const action = approved ? 'care.export_approve' : 'care.export_refuse';
  return { row, ledgerId: await record(work, action, row, grant, { reason }) };
}

/**
 * Makes the approved file and notes that it was taken, by whom, and who is in it. Call it in a transaction of its own: the
 * answer may be kept nowhere.
 * @throws AppError not_found, not_allowed before the approval, after the 24 hours, and for anybody but the asker
 */
export async function takeExport(work: Work, id: string): Promise<Output<typeof careExportRoutes.take>> {
  const row = await lock(work, id);
  if (!mayTake(work.actor, row, work.atMs))
    throw new AppError(
      'not_allowed',
      `Only whoever asked may take the file, once approved and for 24 hours. It is: ${stateAt(row, work.atMs)}.`,
      { state: stateAt(row, work.atMs) },
    );
  const rows = await listFile(work.tx, {
    scope: scopeFor(work.actor, 'care.export'),
    area: row.areaCode,
    tags: row.tags,
  });
  const purpose = work.vault.open(row.purpose, 'care_export.purpose');
  const bytes = await makeCareFile(work, { row, purpose, atMs: work.atMs } satisfies CareFile, rows);
  const sha256 = createHash('sha256').update(bytes).digest();
  await noteTaken(work.tx, row, { people: rows.map((person) => person.id), sha256, atMs: work.atMs });
  const grant = grantsFor(work.actor, 'care.export', { path: row.path, units: [] })[0];
  const facts = { sha256: sha256.toString('hex'), taken: rows.length };
  await record(work, 'care.export_take', row, grant, {}, facts);
  return {
    name: `${row.number}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    base64: bytes.toString('base64'),
    sha256: sha256.toString('hex'),
    people: rows.length,
  };
}

async function lock(work: Work, id: string): Promise<StoredExport> {
  const row = await findExport(work.tx, scopeFor(work.actor, 'care.export'), id, true);
  if (row !== undefined) return row;
  throw new AppError('not_found', 'There is no such file asked for, or it is not yours to see.', { id });
}

async function read(work: Work, id: string): Promise<StoredExport> {
  const row = await findExport(work.tx, scopeFor(work.actor, 'care.export'), id);
  if (row === undefined) throw new Error(`Export ${id} was saved but cannot be read.`);
  return row;
}

async function assertMayDecide(work: Work, row: StoredExport): Promise<void> {
  const state = stateAt(row, work.atMs);
  if (state !== 'asked')
    throw new AppError('in_use', `This is decided or over already: ${state}. Whoever needs the file may ask again.`, {
      state,
    });
  if (!mayDecide(work.actor, row, work.atMs))
    throw new AppError('not_allowed', 'A file needs two people: somebody else with this right over the area decides.');
  const owed = await isMadeBy(work.tx, {
    accountId: work.actor.accountId ?? '',
    roles: exportRoles,
    path: row.path,
    maker: row.askedBy,
    today: shanghaiDay(work.atMs),
  });
  if (owed)
    throw new AppError(
      'not_allowed',
      'You were given this right by the very person who asks. Somebody appointed by others must decide.',
    );
}

/** The numbers of the line: never names, never what is in the file. The asker and, at first, those who may decide hear it. */
function record(
  work: Work,
  action: string,
  row: StoredExport,
  grant: Grant | undefined,
  words: Record<string, unknown>,
  facts: Record<string, unknown> = {},
): Promise<string> {
  const { number, areaCode, tags, fields, people, expiresAt, askedBy } = row;
  return append(work.tx, {
    actor: grant === undefined ? ledgerActor(work.actor) : ledgerActorOf(work.actor, grant.unitId),
    action,
    subject: { type: 'care_export', id: row.id },
    district: row.district,
    atMs: work.atMs,
    data: { number, areaCode, tags, fields, people, dueAt: expiresAt.toISOString(), ...facts },
    words,
    audience: action === 'care.export_ask' ? row.path.map((code) => `a:${code}`) : [`p:${askedBy}`],
    opId: work.opId,
  });
}
