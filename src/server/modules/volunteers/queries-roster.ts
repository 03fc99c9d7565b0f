import type * as z from 'zod';
import type { volunteerRoutes } from '#contract/volunteers.ts';
import type { attendanceView, personMark, shiftView, signUpView } from '#contract/volunteers-views.ts';
import type { Output } from '#contract/route.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { stationsInUse, type StationRow } from '#server/modules/stations/index.ts';
import { isOwn } from './commands-attendance.ts';
import { reachStation, reaches, sealedAt, type VolunteersParts } from './parts.ts';
import { sumOfStation } from './store-hours.ts';
import { toHoursRows, totalOf } from './certificates.ts';
import { addDays, dayOf, weekdayOf } from '#kit/shanghai-days.ts';
import { daysBetween, hoursOf, marksOf, maskName, tailOf } from './rules.ts';
import { listNeverCame, listOpenSwaps, listSigned, listUnconfirmed, type SignUpRow } from './store-sign-up.ts';
import { listOpenBetween, listPatterns, listShifts, type ShiftRow } from './store-shift.ts';
import { listPartners, partnerNames } from './store-partner.ts';
import { findVolunteer, type VolunteerRow } from './store-volunteer.ts';

export const toStation = ({ id, code, name, nameEn }: StationRow) => ({ id, code, name, nameEn });

/** A person as staff see them: first letter and last four digits. */
export function toMark(
  { vault }: VolunteersParts,
  row: VolunteerRow | undefined,
  volunteerId: string,
): z.input<typeof personMark> {
  const open = (sealed: Buffer | null | undefined, at: string): string =>
    sealed === null || sealed === undefined ? '' : vault.open(sealed, at);
  return {
    volunteerId,
    name: maskName(open(row?.name, sealedAt.name)),
    phoneTail: tailOf(open(row?.phone, sealedAt.phone)),
  };
}

export function toAttendance({ words }: VolunteersParts, row: SignUpRow): z.input<typeof attendanceView> {
  const ms = (at: Date | null): number | null => at?.getTime() ?? null;
  const shift = { startMs: row.startsAt.getTime(), endMs: row.endsAt.getTime() };
  const told = { arrivedMs: ms(row.arrivedAt), leftMs: ms(row.leftAt) };
  return {
    arrivedAt: row.arrivedAt?.toISOString() ?? null,
    leftAt: row.leftAt?.toISOString() ?? null,
    presence: row.presence,
    minutes: row.minutes,
    confirmedAt: row.confirmedAt?.toISOString() ?? null,
    ...marksOf(shift, told, words.rules.grace_minutes),
  };
}

/** Places as staff see them. */
export async function toSignUps(
  parts: VolunteersParts,
  tx: Tx,
  { actor, rows }: { actor: Actor; rows: readonly SignUpRow[] },
): Promise<z.input<typeof signUpView>[]> {
  const first = await listNeverCame(
    tx,
    rows.map(({ volunteerId }) => volunteerId),
  );
  const swaps = await listOpenSwaps(
    tx,
    rows.map(({ id }) => id),
  );
  const people = new Map<string, VolunteerRow | undefined>();
  const list = [];
  for (const row of rows) {
    if (!people.has(row.volunteerId)) people.set(row.volunteerId, await findVolunteer(tx, row.volunteerId));
    const person = people.get(row.volunteerId);
    list.push({
      ...toMark(parts, person, row.volunteerId),
      id: row.id,
      place: row.place,
      first: first.has(row.volunteerId),
      own: person !== undefined && (await isOwn(parts, person, actor.accountId)),
      swapAsked: swaps.has(row.id),
      attendance: toAttendance(parts, row),
      version: row.version,
    });
  }
  return list;
}

const missingOf = (row: ShiftRow): number =>
  row.state === 'open' ? Math.max(0, row.needed - row.openTaken - row.partnerTaken) : 0;

async function toShifts(
  parts: VolunteersParts,
  tx: Tx,
  { actor, rows, named }: { actor: Actor; rows: readonly ShiftRow[]; named: boolean },
): Promise<z.input<typeof shiftView>[]> {
  const partners = await partnerNames(
    tx,
    rows.flatMap(({ partnerId }) => partnerId ?? []),
  );
  const ids = rows.map(({ id }) => id);
  const signed = named ? await listSigned(tx, ids) : [];
  const views = await toSignUps(parts, tx, { actor, rows: signed });
  const byShift = Map.groupBy(views, (_, k) => signed[k]?.shiftId ?? '');
  return rows.map((row) => ({
    id: row.id,
    stationId: row.stationId,
    post: row.post,
    day: row.day,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    needed: row.needed,
    most: row.most,
    partner: row.partnerId === null ? null : (partners.get(row.partnerId) ?? null),
    partnerPlaces: row.partnerPlaces,
    openTaken: row.openTaken,
    partnerTaken: row.partnerTaken,
    missing: missingOf(row),
    state: row.state,
    version: row.version,
    signUps: byShift.get(row.id) ?? [],
  }));
}

/** Seven days of a station, from Monday of this week when no day is named (then with the night shift that still runs). Names only for those who work there. */
export function readRoster(
  parts: VolunteersParts,
  actor: Actor,
  stationId: string,
  from: string | undefined,
): Promise<Output<typeof volunteerRoutes.roster>> {
  return parts.database.read(systemScope, async (tx) => {
    const station = await reachStation(tx, actor, stationId, 'station.read');
    const nowMs = parts.clock.now();
    const today = dayOf(nowMs);
    const first = from ?? addDays(today, 1 - weekdayOf(today));
    // Early on Monday a night shift of last week may still run, or wait to be ended.
    const runningMs = from === undefined ? nowMs - parts.words.rules.late_minutes * 60_000 : undefined;
    const rows = await listShifts(tx, stationId, { from: first, until: addDays(first, 6), runningMs });
    const days = daysBetween(first, addDays(first, 6));
    const hours = await parts.hoursOn(stationId, days);
    const mayManage = reaches(actor, 'station.manage', station);
    const named = mayManage || reaches(actor, 'station.work', station);
    return {
      station: toStation(station),
      today,
      days: days.map((day, k) => ({ day, open: [...(hours[k] ?? [])] })),
      shifts: await toShifts(parts, tx, { actor, rows, named }),
      partners: await listPartners(tx, station.path),
      mayManage,
    };
  });
}

export function readPatterns(parts: VolunteersParts, actor: Actor, stationId: string) {
  return parts.database.read(systemScope, async (tx) => {
    await reachStation(tx, actor, stationId, 'station.read');
    return { items: (await listPatterns(tx, stationId)).map((one) => ({ ...one, weekdays: [...one.weekdays] })) };
  });
}

/** Who is there now, where people are missing, what waits to be confirmed: one row for each station the actor sees. */
export function readToday(parts: VolunteersParts, actor: Actor): Promise<Output<typeof volunteerRoutes.today>> {
  const scope = scopeFor(actor, 'station.read');
  const nowMs = parts.clock.now();
  const today = dayOf(nowMs);
  return parts.database.read(scope, async (tx) => {
    const shifts = await listOpenBetween(tx, addDays(today, -1), addDays(today, 1));
    const byStation = Map.groupBy(shifts, ({ stationId }) => stationId);
    const items = [];
    for (const station of await stationsInUse(tx, scope, nowMs)) {
      const own = byStation.get(station.id) ?? [];
      const missingOn = (day: string): number =>
        own
          .filter((one) => one.day === day && one.endsAt.getTime() > nowMs)
          .reduce((sum, one) => sum + missingOf(one), 0);
      const running = own.filter(({ startsAt, endsAt }) => startsAt.getTime() <= nowMs && endsAt.getTime() > nowMs);
      const signed = await listSigned(
        tx,
        own.filter(({ day, endsAt }) => day === today || (day < today && endsAt.getTime() > nowMs)).map(({ id }) => id),
      );
      items.push({
        station: toStation(station),
        on: signed.filter(({ arrivedAt, presence }) => arrivedAt !== null && presence === null).length,
        wanted: running.reduce((sum, { needed }) => sum + needed, 0),
        missingToday: missingOn(today),
        missingTomorrow: missingOn(addDays(today, 1)),
        toConfirm: (await listUnconfirmed(tx, station.id, termOf(parts, nowMs))).length,
      });
    }
    return { items };
  });
}

const termOf = ({ words }: VolunteersParts, nowMs: number) => ({
  nowMs,
  sinceMs: nowMs - words.rules.confirm_days * 86_400_000,
});

/** Ended and not confirmed. */
export function readWaiting(
  parts: VolunteersParts,
  actor: Actor,
  stationId: string,
): Promise<Output<typeof volunteerRoutes.waiting>> {
  return parts.database.read(systemScope, async (tx) => {
    await reachStation(tx, actor, stationId, 'station.work');
    const rows = await listUnconfirmed(tx, stationId, termOf(parts, parts.clock.now()));
    const views = await toSignUps(parts, tx, { actor, rows });
    return {
      items: rows.flatMap(({ post, day, startsAt, endsAt }, k) => {
        const view = views[k];
        const times = { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
        return view === undefined ? [] : [{ ...view, post, day, ...times }];
      }),
    };
  });
}

/** Hours of a station by post: nobody is named, nobody is ranked. */
export function readHours(
  parts: VolunteersParts,
  actor: Actor,
  stationId: string,
  span: { from: string; until: string },
): Promise<Output<typeof volunteerRoutes.hours>> {
  return parts.database.read(systemScope, async (tx) => {
    await reachStation(tx, actor, stationId, 'station.read');
    const sums = await sumOfStation(tx, stationId, span);
    const minutes = totalOf(sums);
    const rows = toHoursRows(parts, sums).map(({ stationName: _name, ...row }) => row);
    return { rows, minutes, hours: hoursOf(minutes, parts.words.rules.hour_step_minutes) };
  });
}
