import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { districtOf } from '#server/modules/grids/index.ts';
import { grantsFor, type Actor } from '#server/modules/identity/index.ts';
import type { StationRow } from '#server/modules/stations/index.ts';
import { digestSecret } from '#server/vault/vault.ts';
import { knownAs } from './known.ts';
import {
  note,
  personOf,
  reachStation,
  reaches,
  run,
  sealedAt,
  type Recorded,
  type VolunteersParts,
  type Work,
} from './parts.ts';
import { plainPhone } from './rules.ts';
import { insertExport } from './store-hours.ts';
import { listOfVolunteer } from './store-sign-up.ts';
import { findVolunteer, insertVolunteer, saveAccount, saveLink, type VolunteerRow } from './store-volunteer.ts';

/** Which words a person agreed to; a change of the words is another version. */
export const consentVersion = '2026-11';

/** The secret of a link is derived, told when it is asked for, and stored nowhere. */
export function linkSecret({ vault }: VolunteersParts, id: string, round: number): string {
  return vault.deriveSecret(`${id}:${round}`, 'volunteer');
}

export const linkPath = (parts: VolunteersParts, { id, linkRound }: { id: string; linkRound: number }): string =>
  `/v/${linkSecret(parts, id, linkRound)}`;

export interface Registering {
  station: StationRow;
  name: string;
  phone: string;
  state: 'new' | 'known';
  accountId: string | null;
}

/** Adds a person. @throws AppError bad_input for a telephone of too few digits */
export async function addVolunteer(parts: VolunteersParts, work: Work, who: Registering): Promise<VolunteerRow> {
  const phone = plainPhone(who.phone);
  if (phone.length < 7)
    throw new AppError('bad_input', 'phone: expected a telephone number of 7 digits or more. Correct it.', {
      field: 'phone',
    });
  const id = uuidV7(work.nowMs);
  await insertVolunteer(work.tx, {
    id,
    station: who.station,
    name: parts.vault.seal(who.name, sealedAt.name),
    phone: parts.vault.seal(phone, sealedAt.phone),
    phoneIndex: parts.vault.blindIndex(phone, sealedAt.phone),
    state: who.state,
    accountId: who.accountId,
    consent: consentVersion,
    linkHash: digestSecret(linkSecret(parts, id, 0)),
    nowMs: work.nowMs,
  });
  const row = await findVolunteer(work.tx, id);
  if (row === undefined) throw new Error('A volunteer just inserted is not there.');
  return row;
}

/**
 * Registers somebody who stands at the counter and agreed: known at once. The same name and telephone finds the person who
 * is there already. The link is told again to whoever asks with the same opId.
 */
export async function registerAtCounter(
  parts: VolunteersParts,
  actor: Actor,
  stationId: string,
  body: { opId: string; name: string; phone: string; self: boolean },
): Promise<Recorded & { id: string; path: string; already: boolean }> {
  const byId = personOf(actor);
  const made = await run(parts, actor, { route: 'volunteer.register', body, params: { stationId } }, async (work) => {
    const station = await reachStation(work.tx, actor, stationId, 'station.manage');
    const { name, phone } = body;
    const accountId = body.self ? byId : null;
    const probe = {
      id: '',
      name: parts.vault.seal(name, sealedAt.name),
      phoneIndex: parts.vault.blindIndex(plainPhone(phone), sealedAt.phone),
    };
    const before = await knownAs(parts, work, probe);
    const row = before ?? (await addVolunteer(parts, work, { station, name, phone, state: 'known', accountId }));
    if (before !== undefined && accountId !== null) await saveAccount(work.tx, before.id, accountId);
    const line = await note(work, {
      action: 'volunteer.register',
      subject: { type: 'volunteer', id: row.id },
      held: station,
      data: { stationId, atCounter: true, already: before !== undefined, consent: consentVersion, self: body.self },
    });
    return { ...line, id: row.id, linkRound: row.linkRound, already: before !== undefined };
  });
  const { linkRound, ...rest } = made;
  return { ...rest, path: linkPath(parts, { id: made.id, linkRound }) };
}

/** @throws AppError not_found for a person who neither registered nor signed up where the actor answers */
export async function reachVolunteer(parts: Pick<Work, 'tx'>, actor: Actor, id: string): Promise<VolunteerRow> {
  const row = await findVolunteer(parts.tx, id, true);
  if (row !== undefined && row.name !== null) {
    if (reaches(actor, 'station.manage', row)) return row;
    const places = await listOfVolunteer(parts.tx, id, 500);
    if (places.some((one) => grantsFor(actor, 'station.manage', { path: one.path, units: [one.unitId] }).length > 0))
      return row;
  }
  throw new AppError('not_found', 'There is no such volunteer, or they are not yours to see. Choose one of the list.');
}

/** The link once more for whoever lost it, or a new one; that it was told is recorded. */
export async function tellLink(
  parts: VolunteersParts,
  actor: Actor,
  id: string,
  body: { opId: string; renew: boolean },
): Promise<Recorded & { path: string }> {
  personOf(actor);
  const told = await run(parts, actor, { route: 'volunteer.link', body, params: { id } }, async (work) => {
    const row = await reachVolunteer(work, actor, id);
    const linkRound = body.renew ? await renewLink(parts, work, row) : row.linkRound;
    const line = await note(work, {
      action: body.renew ? 'volunteer.renew' : 'volunteer.link',
      subject: { type: 'volunteer', id },
      held: row,
    });
    return { ...line, linkRound };
  });
  const { linkRound, ...rest } = told;
  return { ...rest, path: linkPath(parts, { id, linkRound }) };
}

/** Ends every link of a person and makes another; answers its round. */
export async function renewLink(parts: VolunteersParts, work: Work, row: VolunteerRow): Promise<number> {
  const round = row.linkRound + 1;
  await saveLink(work.tx, row.id, { round, hash: digestSecret(linkSecret(parts, row.id, round)) });
  return round;
}

/** Name and telephone in clear, for a purpose that is recorded. Kept in no stored answer. */
export async function revealVolunteer(
  parts: VolunteersParts,
  actor: Actor,
  id: string,
  body: { opId: string; purpose: string },
): Promise<Recorded & { name: string; phone: string }> {
  personOf(actor);
  const line = await run(parts, actor, { route: 'volunteer.reveal', body, params: { id } }, async (work) => {
    const row = await reachVolunteer(work, actor, id);
    return note(work, {
      action: 'volunteer.reveal',
      subject: { type: 'volunteer', id },
      held: row,
      words: { purpose: body.purpose },
    });
  });
  const scope = { seeAll: true, areas: [], units: [], accountId: null };
  const row = await parts.database.read(scope, (tx) => findVolunteer(tx, id));
  const open = (sealed: Buffer | null | undefined, at: string): string =>
    sealed === null || sealed === undefined ? '' : parts.vault.open(sealed, at);
  return { ...line, name: open(row?.name, sealedAt.name), phone: open(row?.phone, sealedAt.phone) };
}

/** Says what a list of hours is taken out for; the file itself is fetched with the id, by the same person, within the hour. */
export function takeOutHours(
  parts: VolunteersParts,
  actor: Actor,
  stationId: string,
  body: { opId: string; from: string; until: string; purpose: string },
): Promise<Recorded & { id: string }> {
  const accountId = personOf(actor);
  return run(parts, actor, { route: 'volunteer.export', body, params: { stationId } }, async (work) => {
    const station = await reachStation(work.tx, actor, stationId, 'station.manage');
    const { from, until, purpose } = body;
    if (from > until)
      throw new AppError('bad_input', 'from, until: expected days in order. Change one.', { field: 'until' });
    const id = uuidV7(work.nowMs);
    const sealed = parts.vault.seal(purpose, sealedAt.purpose);
    await insertExport(work.tx, { id, station, accountId, purpose: sealed, from, until, nowMs: work.nowMs });
    const line = await note(work, {
      action: 'volunteer.export',
      subject: { type: 'station', id: stationId },
      held: station,
      data: { exportId: id, from, until, district: districtOf(station.path) },
      words: { purpose },
    });
    return { ...line, id };
  });
}
