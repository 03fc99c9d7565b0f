import type { volunteerRoutes } from '#contract/volunteers.ts';
import type { Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { allStations } from '#server/modules/stations/index.ts';
import { toCertificate, toHoursRows, totalOf } from './certificates.ts';
import { reachStation, sealedAt, type VolunteersParts } from './parts.ts';
import { toAttendance, toMark } from './queries-roster.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import { hoursOf } from './rules.ts';
import { listOfHolder } from './store-certificate.ts';
import { listOpenRequests, sumOfVolunteer } from './store-hours.ts';
import { findSignUp, listOfVolunteer } from './store-sign-up.ts';
import { findVolunteer, listOfStation } from './store-volunteer.ts';

/** Volunteers of a station, the newest first; no figures beside names, so that there is nothing to rank. */
export function readPeople(
  parts: VolunteersParts,
  actor: Actor,
  stationId: string,
): Promise<Output<typeof volunteerRoutes.people>> {
  return parts.database.read(systemScope, async (tx) => {
    await reachStation(tx, actor, stationId, 'station.manage');
    const rows = await listOfStation(tx, stationId);
    return {
      items: rows.map((row) => ({
        ...toMark(parts, row, row.id),
        state: row.state === 'known' ? ('known' as const) : ('new' as const),
        since: dayOf(row.createdAt.getTime()),
        sharedPhone: row.shared,
      })),
    };
  });
}

const shownRecords = 60;

/** One person at this station: their records here, hours by post, certificates. */
export function readPerson(
  parts: VolunteersParts,
  actor: Actor,
  { id: stationId, volunteerId }: { id: string; volunteerId: string },
): Promise<Output<typeof volunteerRoutes.person>> {
  return parts.database.read(systemScope, async (tx) => {
    const station = await reachStation(tx, actor, stationId, 'station.manage');
    const row = await findVolunteer(tx, volunteerId);
    const places = await listOfVolunteer(tx, volunteerId, 2000);
    const here = places.filter((one) => one.stationId === stationId);
    if (row === undefined || row.name === null || (row.stationId !== stationId && here.length === 0))
      throw new AppError('not_found', 'There is no such volunteer at this station. Choose one of the list.');
    const sums = (await sumOfVolunteer(tx, volunteerId, null)).filter((one) => one.stationId === stationId);
    const minutes = totalOf(sums);
    const certificates = await listOfHolder(tx, volunteerId);
    return {
      ...toMark(parts, row, row.id),
      since: dayOf(row.createdAt.getTime()),
      version: row.version,
      minutes,
      hours: hoursOf(minutes, parts.words.rules.hour_step_minutes),
      rows: toHoursRows(parts, sums),
      records: here.slice(0, shownRecords).map((one) => ({
        signUpId: one.id,
        post: one.post,
        stationName: station.name,
        startsAt: one.startsAt.toISOString(),
        endsAt: one.endsAt.toISOString(),
        attendance: toAttendance(parts, one),
        version: one.version,
      })),
      certificates: certificates
        .filter(({ unitId }) => unitId === station.unitId)
        .map((one) => toCertificate(parts, one)),
    };
  });
}

/** What volunteers of a station say is wrong and nobody has answered; the first due first. */
export function readRequests(
  parts: VolunteersParts,
  actor: Actor,
  stationId: string,
): Promise<Output<typeof volunteerRoutes.requests>> {
  return parts.database.read(systemScope, async (tx) => {
    await reachStation(tx, actor, stationId, 'station.manage');
    const items = [];
    for (const request of await listOpenRequests(tx, stationId)) {
      const signUp = await findSignUp(tx, request.signUpId);
      if (signUp === undefined) continue;
      items.push({
        ...toMark(parts, await findVolunteer(tx, signUp.volunteerId), signUp.volunteerId),
        id: request.id,
        signUpId: signUp.id,
        said: parts.vault.open(request.said, sealedAt.said),
        askedAt: request.askedAt.toISOString(),
        dueDay: request.dueDay,
        post: signUp.post,
        startsAt: signUp.startsAt.toISOString(),
        endsAt: signUp.endsAt.toISOString(),
        attendance: toAttendance(parts, signUp),
        signUpVersion: signUp.version,
      });
    }
    return { items };
  });
}

/** Names of stations by id, those given up too, for pages that show several. */
export async function stationNames(tx: Tx) {
  return new Map((await allStations(tx)).map((one) => [one.id, one]));
}
