import type { volunteerPublicRoutes } from '#contract/volunteers-public.ts';
import type { Output } from '#contract/route.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { issuerName, toCertificate, toHoursRows, totalOf } from './certificates.ts';
import { holdLink } from './commands-own.ts';
import { consentVersion } from './commands-volunteer.ts';
import { publicStation, sealedAt, type VolunteersParts } from './parts.ts';
import { stationNames } from './queries-people.ts';
import { toAttendance } from './queries-roster.ts';
import { addDays, dayOf } from '#kit/shanghai-days.ts';
import { hoursOf } from './rules.ts';
import { listOfHolder } from './store-certificate.ts';
import { listCorrected, listIssuers, listRequests, sumOfVolunteer } from './store-hours.ts';
import { listOfVolunteer, listOpenSwaps, listSwapsAt, type SignUpRow } from './store-sign-up.ts';
import { listOffered } from './store-shift.ts';
import type { VolunteerRow } from './store-volunteer.ts';

const wordsOf = ({ words }: VolunteersParts) =>
  [...words.posts.values()].map(({ code, name, nameEn }) => ({ code, name, nameEn }));

const timesOf = ({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }) => ({
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
});

/** Places a station offers to anybody in the coming days. */
export function readOffered(
  parts: VolunteersParts,
  code: string,
): Promise<Output<typeof volunteerPublicRoutes.shifts>> {
  return parts.database.read(systemScope, async (tx) => {
    const station = await publicStation(tx, code, parts.clock.now());
    const nowMs = parts.clock.now();
    const rows = await listOffered(tx, station.id, nowMs, addDays(dayOf(nowMs), parts.words.rules.ahead_days));
    return {
      posts: wordsOf(parts),
      consent: consentVersion,
      items: rows.map((row) => ({
        id: row.id,
        post: row.post,
        day: row.day,
        ...timesOf(row),
        left: row.most - row.partnerPlaces - row.openTaken,
        wanted: row.openTaken + row.partnerTaken < row.needed,
      })),
    };
  });
}

type Page = Output<typeof volunteerPublicRoutes.view>;

/** Everything that is one's own, behind one's link. */
export function readOwnPage(parts: VolunteersParts, secret: string): Promise<Page> {
  return parts.database.read(systemScope, async (tx) => {
    const volunteer = await holdLink(tx, secret);
    const stations = await stationNames(tx);
    const home = stations.get(volunteer.stationId);
    const nowMs = parts.clock.now();
    const places = await listOfVolunteer(tx, volunteer.id, 400);
    const step = parts.words.rules.hour_step_minutes;
    const sums = await sumOfVolunteer(tx, volunteer.id, null);
    const minutes = totalOf(sums);
    return {
      name: volunteer.name === null ? '' : parts.vault.open(volunteer.name, sealedAt.name),
      since: dayOf(volunteer.createdAt.getTime()),
      known: volunteer.state === 'known',
      station: { code: home?.code ?? '', name: home?.name ?? '', nameEn: home?.nameEn ?? '' },
      posts: wordsOf(parts),
      today: dayOf(nowMs),
      coming: await comingOf(tx, places, stations, nowMs),
      swaps: (await listSwapsAt(tx, { volunteerId: volunteer.id, nowMs })).map((row) => ({
        id: row.swapId,
        post: row.post,
        day: row.day,
        ...timesOf(row),
        stationName: stations.get(row.stationId)?.name ?? '',
      })),
      hours: hoursOf(minutes, step),
      minutes,
      rows: toHoursRows(parts, sums),
      records: await recordsOf(parts, tx, { places, stations, nowMs }),
      ...(await papersOf(parts, tx, volunteer)),
      calendarPath: `/api/public/volunteer-calendar/${secret}.ics`,
    };
  });
}

type Stations = Awaited<ReturnType<typeof stationNames>>;

async function comingOf(
  tx: Tx,
  places: readonly SignUpRow[],
  stations: Stations,
  nowMs: number,
): Promise<Page['coming']> {
  const ahead = places.filter((one) => one.endsAt.getTime() > nowMs && one.presence === null).toReversed();
  const swaps = await listOpenSwaps(
    tx,
    ahead.map(({ id }) => id),
  );
  return ahead.map((one) => {
    const station = stations.get(one.stationId);
    return {
      id: one.id,
      post: one.post,
      stationName: station?.name ?? '',
      stationNameEn: station?.nameEn ?? '',
      address: station?.address ?? '',
      ...timesOf(one),
      place: one.place,
      swapAsked: swaps.has(one.id),
    };
  });
}

const shownRecords = 100;

async function recordsOf(
  parts: VolunteersParts,
  tx: Tx,
  { places, stations, nowMs }: { places: readonly SignUpRow[]; stations: Stations; nowMs: number },
): Promise<Page['records']> {
  const past = places.filter((one) => one.endsAt.getTime() <= nowMs || one.presence !== null).slice(0, shownRecords);
  const ids = past.map(({ id }) => id);
  const corrected = await listCorrected(tx, ids);
  const requests = await listRequests(tx, ids);
  return past.map((one) => {
    const request = requests.get(one.id);
    return {
      id: one.id,
      post: one.post,
      stationName: stations.get(one.stationId)?.name ?? '',
      ...timesOf(one),
      attendance: toAttendance(parts, one),
      corrected: corrected.get(one.id) ?? null,
      request:
        request === undefined
          ? null
          : {
              state: request.state,
              dueDay: request.dueDay,
              answer: request.answer === null ? '' : parts.vault.open(request.answer, sealedAt.answer),
            },
    };
  });
}

async function papersOf(
  parts: VolunteersParts,
  tx: Tx,
  volunteer: VolunteerRow,
): Promise<Pick<Page, 'issuers' | 'certificates'>> {
  const step = parts.words.rules.hour_step_minutes;
  const issuers = await listIssuers(tx, volunteer.id);
  return {
    issuers: issuers.map(({ unitId, firstDay, lastDay, minutes }) => ({
      unitId,
      name: issuerName(parts, unitId),
      firstDay,
      lastDay,
      hours: hoursOf(minutes, step),
    })),
    certificates: (await listOfHolder(tx, volunteer.id)).map((row) => toCertificate(parts, row)),
  };
}
