import type * as z from 'zod';
import { parse } from 'csv-parse/sync';
import type { memberView } from '#contract/force-views.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { districtOf } from '#server/modules/grids/index.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { digestSecret } from '#server/vault/vault.ts';
import { assertOffers, note, reaches, run, selfOf, type ForceParts, type Recorded, type Work } from './parts.ts';
import { memberName, memberPhone } from './queries-force.ts';
import {
  endMember,
  findMember,
  insertAsk,
  insertMembers,
  listAsks,
  listMembers,
  type MemberRow,
  type NewMember,
} from './store-member.ts';

/** N, light: a name, a telephone, a link. No account, nothing to install, and they may leave at any time. */

export interface MemberWish {
  areaCode: string;
  name: string;
  phone: string | null;
  offers: readonly string[];
}

export function memberSecret({ vault }: ForceParts, id: string): string {
  return vault.deriveSecret(id, 'force_member');
}

const pathOf = (parts: ForceParts, id: string): string => `/n/${memberSecret(parts, id)}`;

/** @throws AppError not_found for an area that is not the actor's to staff */
function newMember(parts: ForceParts, actor: Actor, wish: MemberWish, nowMs: number): NewMember {
  const area = parts.territory.area(wish.areaCode);
  const unit = parts.territory.receiverOf(wish.areaCode);
  if (area === undefined || unit === undefined || !reaches(actor, 'force.edit', { path: area.path, unitId: unit.id }))
    throw new AppError(
      'not_found',
      `areaCode: expected an area you answer for, found ${wish.areaCode}. Choose one of the list.`,
      {
        field: 'areaCode',
      },
    );
  assertOffers(parts, wish.offers);
  const id = uuidV7(nowMs);
  return {
    id,
    unitId: unit.id,
    areaCode: area.code,
    path: area.path,
    district: districtOf(area.path),
    name: parts.vault.seal(wish.name, memberName),
    phone: wish.phone === null ? null : parts.vault.seal(wish.phone, memberPhone),
    offers: wish.offers,
    secretHash: digestSecret(memberSecret(parts, id)),
    invitedBy: actor.accountId,
    nowMs,
  };
}

/** Invites one helper; the link is told here and whenever it is asked for again, and stored nowhere. */
export async function inviteMember(
  parts: ForceParts,
  actor: Actor,
  body: MemberWish & { opId: string },
): Promise<Recorded & { id: string; path: string }> {
  const scope = scopeFor(actor, 'force.edit');
  const made = await run(parts, actor, { route: 'force.invite', scope, body }, async (work) => {
    const member = newMember(parts, actor, body, work.nowMs);
    await insertMembers(work.tx, [member]);
    const line = await note(work, {
      action: 'force.invite',
      subject: { type: 'force_member', id: member.id },
      path: member.path,
      data: { areaCode: member.areaCode, offers: member.offers },
      units: [member.unitId],
    });
    return { id: member.id, ...line };
  });
  return { ...made, path: pathOf(parts, made.id) };
}

interface Imported {
  added: number;
  wrong: { row: number; message: string }[];
}

/** A list of helpers as CSV (area,name,phone,offers; offers parted by |): good rows come in, each bad one is told by its row. */
export function importMembers(
  parts: ForceParts,
  actor: Actor,
  body: { opId: string; csv: string },
): Promise<Imported & { at: string; ledgerId: string | null }> {
  const rows = readRows(body.csv);
  const scope = scopeFor(actor, 'force.edit');
  return run(parts, actor, { route: 'force.import', scope, body }, async (work) => {
    const good: NewMember[] = [];
    const wrong: Imported['wrong'] = [];
    rows.forEach((row, k) => {
      try {
        good.push(newMember(parts, actor, toWish(row), work.nowMs));
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        wrong.push({ row: k + 2, message: error.message });
      }
    });
    await insertMembers(work.tx, good);
    const [first] = good;
    if (first === undefined) return { added: 0, wrong, at: new Date(work.nowMs).toISOString(), ledgerId: null };
    const line = await note(work, {
      action: 'force.import',
      subject: { type: 'unit', id: first.unitId },
      path: first.path,
      data: { added: good.length, wrong: wrong.length },
    });
    return { added: good.length, wrong, ...line };
  });
}

function readRows(csv: string): Record<string, string>[] {
  try {
    return parse(csv, {
      columns: (header: string[]) => header.map((one) => one.trim().toLowerCase()),
      bom: true,
      trim: true,
      skip_empty_lines: true,
    });
  } catch (error) {
    throw new AppError(
      'import_refused',
      `The file is not CSV: ${error instanceof Error ? error.message : ''}. Expected the columns area,name,phone,offers.`,
    );
  }
}

/** @throws AppError bad_input */
function toWish(row: Readonly<Record<string, string>>): MemberWish {
  const name = row['name'] ?? '';
  const phone = row['phone'] ?? '';
  if (name === '' || name.length > 30) throw new AppError('bad_input', 'name: expected 1 to 30 characters.');
  if (phone !== '' && !/^[0-9+\- ]{3,20}$/.test(phone))
    throw new AppError('bad_input', 'phone: expected 3 to 20 digits, or nothing.');
  const offers = (row['offers'] ?? '').split('|').map((one) => one.trim());
  return {
    areaCode: row['area'] ?? '',
    name,
    phone: phone === '' ? null : phone,
    offers: offers.filter((one) => one !== ''),
  };
}

async function own(tx: Tx, actor: Actor, id: string): Promise<MemberRow> {
  const member = await findMember(tx, scopeFor(actor, 'force.edit'), id, true);
  if (member === undefined || member.state === 'left' || member.state === 'revoked')
    throw new AppError('not_found', 'There is no such helper, or they have left. Reload the list.');
  return member;
}

function onMember<T extends object>(
  parts: ForceParts,
  actor: Actor,
  { verb, id, body }: { verb: string; id: string; body: { opId: string } },
  work: (work: Work, member: MemberRow) => Promise<T>,
): Promise<T> {
  const command = { route: `force.${verb}`, scope: scopeFor(actor, 'force.edit'), body, params: { id } };
  return run(parts, actor, command, async (one) => work(one, await own(one.tx, actor, id)));
}

/** The link once more, for whoever lost it; that it was told again is recorded. */
export async function tellLink(parts: ForceParts, actor: Actor, id: string, body: { opId: string }) {
  const line = await onMember(parts, actor, { verb: 'link', id, body }, (work, member) =>
    note(work, { action: 'force.link', subject: { type: 'force_member', id }, path: member.path }),
  );
  return { ...line, path: pathOf(parts, id) };
}

export function revokeMember(parts: ForceParts, actor: Actor, id: string, body: { opId: string }): Promise<Recorded> {
  return onMember(parts, actor, { verb: 'revoke', id, body }, async (work, member) => {
    await endMember(work.tx, id, { state: 'revoked', name: parts.vault.seal('', memberName), nowMs: work.nowMs });
    return note(work, {
      action: 'force.revoke',
      subject: { type: 'force_member', id },
      path: member.path,
      units: [member.unitId],
    });
  });
}

/** Asks a helper for something small. They may decline, and nobody counts how often. */
export function askMember(
  parts: ForceParts,
  actor: Actor,
  id: string,
  body: { opId: string; words: string },
): Promise<Recorded & { id: string }> {
  const byId = selfOf(actor);
  return onMember(parts, actor, { verb: 'ask', id, body }, async (work, member) => {
    const askId = uuidV7(work.nowMs);
    const { path, unitId } = member;
    await insertAsk(work.tx, {
      id: askId,
      memberId: id,
      path,
      district: districtOf(path),
      words: body.words,
      byId,
      nowMs: work.nowMs,
    });
    const line = await note(work, {
      action: 'force.ask',
      subject: { type: 'force_member', id },
      path,
      data: { askId },
      words: { words: body.words },
      units: [unitId],
    });
    return { id: askId, ...line };
  });
}

export async function readMembers(
  parts: ForceParts,
  actor: Actor,
  area: string | undefined,
): Promise<{ items: z.input<typeof memberView>[] }> {
  const scope = scopeFor(actor, 'force.read');
  return parts.database.read(scope, async (tx) => {
    const rows = await listMembers(tx, scope, { area, states: ['invited', 'active'] });
    const asks = await listAsks(
      tx,
      rows.map(({ id }) => id),
    );
    return {
      items: rows.map((row) => ({
        id: row.id,
        name: parts.vault.open(row.name, memberName),
        areaCode: row.areaCode,
        areaName: parts.territory.area(row.areaCode)?.name ?? row.areaCode,
        offers: row.offers,
        weekdays: row.weekdays,
        fromMinute: row.fromMinute,
        untilMinute: row.untilMinute,
        state: row.state,
        invitedAt: row.invitedAt.toISOString(),
        asks: (asks.get(row.id) ?? []).slice(0, 10).map((ask) => ({
          ...ask,
          askedAt: ask.askedAt.toISOString(),
          answeredAt: ask.answeredAt?.toISOString() ?? null,
        })),
      })),
    };
  });
}
