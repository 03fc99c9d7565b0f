import { dayMs } from '#kit/shanghai-days.ts';
import type { Input, Output } from '#contract/route.ts';
import type { screenRoutes } from '#contract/screens.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { ledgerActor, scopeFor, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import { digestSecret } from '#server/vault/vault.ts';
import { mayAt, seenArea } from './screen-access.ts';
import type { ScreenParts } from './screen-parts.ts';
import {
  findScreen,
  insertKiosk,
  insertScreen,
  listKiosks,
  revokeKiosk,
  saveScreen,
  type KioskRow,
  type ScreenRow,
} from './screen-store.ts';

type Routes = typeof screenRoutes;
type Saved = Output<Routes['create']>;

/** A new screen of an area. @throws AppError not_found, not_allowed, bad_input for a widget this installation cannot tell */
export async function createScreen(
  parts: ScreenParts,
  actor: Actor,
  body: Input<Routes['create']>['body'],
): Promise<Saved> {
  const area = seenArea(parts.territory, actor, body.areaCode);
  assertMayEdit(actor, area.path);
  const op = { opId: body.opId, actor: senderOf(actor), route: 'screen.create', request: body };
  return once(parts.database, systemScope, op, async (tx) => {
    const nowMs = parts.clock.now();
    const row: ScreenRow = {
      id: uuidV7(nowMs),
      areaCode: area.code,
      path: area.path,
      district: area.path[1] ?? area.code,
      name: body.name,
      look: body.look,
      layout: body.layout,
      version: 1,
      changedAt: new Date(nowMs),
      endedAt: null,
    };
    await insertScreen(tx, { ...row, createdBy: actor.accountId });
    const line = { action: 'screen.create', opId: body.opId, words: { name: body.name }, data: factsOf(row) };
    return { id: row.id, version: 1, at: toIso(nowMs), ledgerId: await tellOf(tx, actor, row, nowMs, line) };
  });
}

/** @throws AppError not_found, not_allowed, version_conflict */
export function arrangeScreen(
  parts: ScreenParts,
  actor: Actor,
  id: string,
  body: Input<Routes['arrange']>['body'],
): Promise<Saved> {
  return change(parts, actor, { id, route: 'screen.arrange', body }, (row) => ({
    next: { ...row, name: body.name, look: body.look, layout: body.layout },
    line: { action: 'screen.arrange', words: { name: body.name } },
  }));
}

/** Its links open nothing from then on. @throws AppError not_found, not_allowed, version_conflict */
export function endScreen(
  parts: ScreenParts,
  actor: Actor,
  id: string,
  body: Input<Routes['end']>['body'],
): Promise<Saved> {
  return change(parts, actor, { id, route: 'screen.end', body }, (row, now) => ({
    next: { ...row, endedAt: now },
    line: { action: 'screen.end', words: { name: row.name } },
  }));
}

interface Wish {
  id: string;
  route: string;
  body: { opId: string; version: number };
}
type Deed = (
  row: ScreenRow,
  now: Date,
) => { next: ScreenRow; line: { action: string; words: Record<string, unknown> } };

async function change(parts: ScreenParts, actor: Actor, { id, route, body }: Wish, deed: Deed): Promise<Saved> {
  await ownScreen(parts, actor, id);
  const op = { opId: body.opId, actor: senderOf(actor), route, request: { id, ...body } };
  return once(parts.database, systemScope, op, async (tx) => {
    const nowMs = parts.clock.now();
    const row = await lockScreen(tx, id);
    if (row.version !== body.version)
      throw new AppError(
        'version_conflict',
        `This screen was changed meanwhile: expected version ${row.version}, found ${body.version}. Read it again.`,
      );
    const { next, line } = deed(row, new Date(nowMs));
    const saved = { ...next, version: row.version + 1, changedAt: new Date(nowMs) };
    await saveScreen(tx, saved);
    const ledgerId = await tellOf(tx, actor, saved, nowMs, { ...line, opId: body.opId, data: factsOf(saved) });
    return { id, version: saved.version, at: toIso(nowMs), ledgerId };
  });
}

/**
 * A link for one wall. The secret is derived from its id and never stored, so repeating the opId tells it again.
 * @throws AppError not_found, not_allowed
 */
export async function issueKiosk(
  parts: ScreenParts,
  actor: Actor,
  screenId: string,
  body: Input<Routes['issueLink']>['body'],
): Promise<{ link: KioskRow; path: string }> {
  await ownScreen(parts, actor, screenId);
  const op = { opId: body.opId, actor: senderOf(actor), route: 'screen.issue_link', request: { screenId, ...body } };
  const { id } = await once(parts.database, systemScope, op, async (tx) => {
    const nowMs = parts.clock.now();
    const row = await lockScreen(tx, screenId);
    const linkId = uuidV7(nowMs);
    const expiresAt = new Date(nowMs + body.days * dayMs);
    await insertKiosk(tx, {
      id: linkId,
      screenId,
      name: body.name,
      secretHash: digestSecret(secretOf(parts, linkId)),
      createdAt: new Date(nowMs),
      createdBy: actor.accountId,
      expiresAt,
    });
    const data = { kioskLinkId: linkId, expiresAt: expiresAt.toISOString() };
    const line = { action: 'screen.issue_link', opId: body.opId, words: { name: body.name }, data };
    await tellOf(tx, actor, row, nowMs, line);
    return { id: linkId };
  });
  const links = await parts.database.read(systemScope, (tx) => listKiosks(tx, screenId));
  const link = links.find((one) => one.id === id);
  if (link === undefined) throw new AppError('not_found', 'There is no such link of this screen.');
  return { link, path: `/screen/k/${secretOf(parts, id)}` };
}

/** @throws AppError not_found: also when it was revoked already */
export async function endKiosk(
  parts: ScreenParts,
  actor: Actor,
  { id, linkId }: { id: string; linkId: string },
  body: { opId: string },
): Promise<Output<Routes['revokeLink']>> {
  await ownScreen(parts, actor, id);
  const op = { opId: body.opId, actor: senderOf(actor), route: 'screen.revoke_link', request: { id, linkId } };
  return once(parts.database, systemScope, op, async (tx) => {
    const nowMs = parts.clock.now();
    const row = await lockScreen(tx, id);
    if (!(await revokeKiosk(tx, id, linkId, new Date(nowMs))))
      throw new AppError('not_found', 'There is no such link of this screen, or it was taken back already.');
    const line = { action: 'screen.revoke_link', opId: body.opId, words: {}, data: { kioskLinkId: linkId } };
    return { at: toIso(nowMs), ledgerId: await tellOf(tx, actor, row, nowMs, line) };
  });
}

const secretOf = ({ vault }: ScreenParts, linkId: string): string => vault.deriveSecret(linkId, 'kiosk_link');

function assertMayEdit(actor: Actor, path: readonly string[]): void {
  if (!mayAt(actor, 'analytics.edit', path))
    throw new AppError(
      'not_allowed',
      'Expected an appointment with analytics.edit for this area; none of yours has it.',
    );
}

/** A screen in use that the actor sees and may change. @throws AppError not_found, not_allowed */
export async function ownScreen({ database }: ScreenParts, actor: Actor, id: string): Promise<ScreenRow> {
  const row = await database.read(scopeFor(actor, 'analytics.read'), (tx) => findScreen(tx, id));
  if (row === undefined) throw new AppError('not_found', 'There is no such screen, or it is not yours to see.');
  assertMayEdit(actor, row.path);
  return row;
}

async function lockScreen(tx: Tx, id: string): Promise<ScreenRow> {
  const row = await findScreen(tx, id, 'lock');
  if (row === undefined || row.endedAt !== null)
    throw new AppError('not_found', 'This screen was given up. Make a new one.');
  return row;
}

function factsOf({ areaCode, look, layout, version }: ScreenRow): Record<string, unknown> {
  return { areaCode, look, version, widgets: layout.map(({ code, x, y, w, h }) => `${code} ${x},${y} ${w}x${h}`) };
}

interface Line {
  action: string;
  opId: string;
  words: Record<string, unknown>;
  data: Record<string, unknown>;
}

function tellOf(tx: Tx, actor: Actor, { id, path, district }: ScreenRow, nowMs: number, line: Line): Promise<string> {
  return append(tx, {
    ...line,
    actor: ledgerActor(actor),
    subject: { type: 'screen', id },
    district,
    atMs: nowMs,
    audience: path.map((code) => `a:${code}`),
  });
}
