import { createHash, randomBytes } from 'node:crypto';
import canonicalize from 'canonicalize';
import type * as z from 'zod';
import type { volunteerPublicRoutes } from '#contract/volunteers-public.ts';
import type { certificateView } from '#contract/volunteers-views.ts';
import type { Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { districtOf } from '#server/modules/grids/index.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { proofFor, timeline } from '#server/modules/ledger/index.ts';
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
import { addDays, dayOf } from '#kit/shanghai-days.ts';
import { certificateNumber, hoursOf, maskName, tailOf } from './rules.ts';
import {
  findCertificate,
  insertCertificate,
  listInNotice,
  lockCovering,
  withdrawRow,
  type CertificateRow,
} from './store-certificate.ts';
import { sumOfVolunteer, type HoursSum } from './store-hours.ts';
import { findVolunteer, type VolunteerRow } from './store-volunteer.ts';
import type { SignUpRow } from './store-sign-up.ts';

/** Everything the paper says; its canonical JSON (RFC 8785) after a salt is what the ledger holds the digest of. */
export interface CertificateBody {
  number: string;
  holder: string;
  phoneTail: string;
  issuer: string;
  fromDay: string;
  untilDay: string;
  issuedDay: string;
  minutes: number;
  hours: number;
  rows: { post: string; stationName: string; times: number; minutes: number; hours: number }[];
}

/** SHA-256 over salt and canonical JSON. */
export function digestBody(salt: Uint8Array, body: CertificateBody): Buffer {
  return createHash('sha256')
    .update(salt)
    .update(canonicalize(body) ?? '', 'utf8')
    .digest();
}

/** Who certifies is who recorded: the station, with the centre it belongs to. */
export function issuerName({ territory }: VolunteersParts, unitId: string): string {
  const unit = territory.unit(unitId);
  const above = typeof unit?.parentId === 'string' ? territory.unit(unit.parentId) : undefined;
  return [above?.name, unit?.name].filter((name) => name !== undefined).join(' ');
}

export function toHoursRows(parts: VolunteersParts, sums: readonly HoursSum[]): CertificateBody['rows'] {
  const step = parts.words.rules.hour_step_minutes;
  return sums.map(({ post, stationName, times, minutes }) => ({
    post,
    stationName,
    times,
    minutes,
    hours: hoursOf(minutes, step),
  }));
}

export const totalOf = (sums: readonly { minutes: number }[]): number =>
  sums.reduce((sum, { minutes }) => sum + minutes, 0);

/**
 * Issues a certificate over the confirmed hours of a person at one station; free, at once, without anybody's favour.
 * @throws AppError bad_input when the days are wrong or nothing was confirmed in them
 */
export async function issueCertificate(
  parts: VolunteersParts,
  work: Work,
  wish: { volunteer: VolunteerRow; unitId: string; from: string; until: string; byId: string | null },
): Promise<Recorded & { id: string; number: string }> {
  const { volunteer, unitId, from, until } = wish;
  const today = dayOf(work.nowMs);
  if (from > until || until > today)
    throw new AppError('bad_input', 'from, until: expected days in order, the last not after today. Choose others.', {
      field: 'until',
    });
  const sums = await sumOfVolunteer(work.tx, volunteer.id, { unitId, from, until });
  const minutes = totalOf(sums);
  const step = parts.words.rules.hour_step_minutes;
  const path = parts.territory.area(parts.territory.unit(unitId)?.areaCode ?? '')?.path;
  if (path === undefined || hoursOf(minutes, step) === 0)
    throw new AppError(
      'bad_input',
      `Expected at least ${step} confirmed minutes between these days, found ${minutes}. Choose other days.`,
      { field: 'from', minutes },
    );
  const number = certificateNumber(districtOf(path), today, randomBytes(8));
  const body: CertificateBody = {
    number,
    holder: volunteer.name === null ? '' : parts.vault.open(volunteer.name, sealedAt.name),
    phoneTail: volunteer.phone === null ? '' : tailOf(parts.vault.open(volunteer.phone, sealedAt.phone)),
    issuer: issuerName(parts, unitId),
    fromDay: from,
    untilDay: until,
    issuedDay: today,
    minutes,
    hours: hoursOf(minutes, step),
    rows: toHoursRows(parts, sums),
  };
  const bodySalt = randomBytes(16);
  const bodyHash = digestBody(bodySalt, body);
  const id = uuidV7(work.nowMs);
  const line = await note(work, {
    action: 'certificate.issue',
    subject: { type: 'certificate', id },
    held: { unitId, path },
    data: { number, volunteerId: volunteer.id, from, until, minutes, bodyHash: bodyHash.toString('hex') },
  });
  await insertCertificate(work.tx, {
    id,
    number,
    volunteerId: volunteer.id,
    unitId,
    path: [...path],
    district: districtOf(path),
    fromDay: from,
    untilDay: until,
    minutes,
    body: parts.vault.seal(JSON.stringify(body), sealedAt.body),
    bodySalt,
    bodyHash,
    ledgerId: line.ledgerId,
    noticeUntil: addDays(today, parts.words.rules.notice_days),
    issuedAt: new Date(work.nowMs),
    issuedBy: wish.byId,
  });
  return { ...line, id, number };
}

/** The head issues one for somebody at the counter. */
export function certifyAtCounter(
  parts: VolunteersParts,
  actor: Actor,
  volunteerId: string,
  body: { opId: string; stationId: string; from: string; until: string },
): Promise<Recorded & { id: string; number: string }> {
  const byId = personOf(actor);
  return run(parts, actor, { route: 'certificate.issue', body, params: { volunteerId } }, async (work) => {
    const station = await reachStation(work.tx, actor, body.stationId, 'station.manage');
    const volunteer = await findVolunteer(work.tx, volunteerId);
    if (volunteer === undefined || volunteer.name === null)
      throw new AppError('not_found', 'There is no such volunteer. Choose one of the list.');
    const { from, until } = body;
    return issueCertificate(parts, work, { volunteer, unitId: station.unitId, from, until, byId });
  });
}

export function withdrawCertificate(
  parts: VolunteersParts,
  actor: Actor,
  id: string,
  body: { opId: string; reason: string },
): Promise<Recorded> {
  personOf(actor);
  return run(parts, actor, { route: 'certificate.withdraw', body, params: { id } }, async (work) => {
    const row = await findCertificate(work.tx, { id }, true);
    if (row === undefined || !reaches(actor, 'station.manage', row))
      throw new AppError('not_found', 'There is no such certificate, or it is not yours to see.');
    if (row.withdrawnAt !== null)
      throw new AppError('transition_not_allowed', 'This certificate is withdrawn already.');
    return withdraw(work, row, body.reason);
  });
}

async function withdraw(work: Work, row: CertificateRow, why: string): Promise<Recorded> {
  await withdrawRow(work.tx, row.id, { why, nowMs: work.nowMs });
  return note(work, {
    action: 'certificate.withdraw',
    subject: { type: 'certificate', id: row.id },
    held: row,
    data: { number: row.number },
    words: { reason: why },
  });
}

/** A certificate that counted a record which was put right says something untrue: it ends, and another can be taken. */
export async function withdrawCovering(work: Work, signUp: SignUpRow): Promise<void> {
  const { volunteerId, unitId, day } = signUp;
  for (const row of await lockCovering(work.tx, { volunteerId, unitId, day }))
    await withdraw(work, row, '其中的服务记录已更正，请重新开具。');
}

export function toCertificate(parts: VolunteersParts, row: CertificateRow): z.input<typeof certificateView> {
  const { id, number, fromDay, untilDay, noticeUntil } = row;
  return {
    id,
    number,
    issuer: issuerName(parts, row.unitId),
    fromDay,
    untilDay,
    hours: hoursOf(row.minutes, parts.words.rules.hour_step_minutes),
    issuedAt: row.issuedAt.toISOString(),
    noticeUntil,
    withdrawn: row.withdrawnAt !== null,
  };
}

/** @throws Error when the bytes were changed */
export function openBody({ vault }: VolunteersParts, row: CertificateRow): CertificateBody | null {
  return row.body === null ? null : (JSON.parse(vault.open(row.body, sealedAt.body)) as CertificateBody);
}

type Check = Output<typeof volunteerPublicRoutes.check>;

/**
 * What anybody may know of a number: whether such a paper was issued, for what, and that the ledger says the same. The
 * stored words, their digest and the digest in the ledger line must agree; where they do not, the answer says so.
 * @throws AppError not_found for a number that was never issued
 */
export function checkCertificate(parts: VolunteersParts, number: string): Promise<Check> {
  return parts.database.read(systemScope, async (tx) => {
    const row = await findCertificate(tx, { number: number.trim().toUpperCase() });
    if (row === undefined)
      throw new AppError('not_found', 'No certificate of this number was issued. Compare it letter by letter.');
    const body = openBody(parts, row);
    const proven = await agrees(tx, row, body);
    const proof = await proofFor(tx, row.ledgerId);
    return {
      verdict: proven ? (row.withdrawnAt === null ? 'genuine' : 'withdrawn') : 'broken',
      number: row.number,
      holder: maskName(body?.holder ?? ''),
      issuer: body?.issuer ?? issuerName(parts, row.unitId),
      fromDay: row.fromDay,
      untilDay: row.untilDay,
      hours: hoursOf(row.minutes, parts.words.rules.hour_step_minutes),
      rows: body?.rows ?? [],
      posts: [...parts.words.posts.values()].map(({ code, name, nameEn }) => ({ code, name, nameEn })),
      issuedAt: row.issuedAt.toISOString(),
      noticeUntil: row.noticeUntil,
      withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
      withdrawnWhy: row.withdrawnWhy,
      fingerprint: row.bodyHash.toString('hex'),
      ledgerId: row.ledgerId,
      proof: proof ?? null,
    };
  });
}

async function agrees(tx: Tx, row: CertificateRow, body: CertificateBody | null): Promise<boolean> {
  if (body !== null && !digestBody(row.bodySalt, body).equals(row.bodyHash)) return false;
  const lines = await timeline(tx, 'certificate', row.id);
  const line = lines.find(({ id }) => id === row.ledgerId);
  return line?.data['bodyHash'] === row.bodyHash.toString('hex') && line.data['minutes'] === row.minutes;
}

/** Certificates in public notice at a station. */
export function listNotices(
  parts: VolunteersParts,
  station: { unitId: string },
): Promise<Output<typeof volunteerPublicRoutes.notices>> {
  return parts.database.read(systemScope, async (tx) => {
    const rows = await listInNotice(tx, station.unitId, dayOf(parts.clock.now()));
    return {
      items: rows.map((row) => ({
        number: row.number,
        holder: maskName(openBody(parts, row)?.holder ?? ''),
        issuer: issuerName(parts, row.unitId),
        hours: hoursOf(row.minutes, parts.words.rules.hour_step_minutes),
        noticeUntil: row.noticeUntil,
      })),
    };
  });
}
