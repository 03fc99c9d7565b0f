import type { briefRoutes } from '#contract/briefs.ts';
import type { Input, Output } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { systemScope } from '#server/db/scope.ts';
import { districtOf } from '#server/modules/grids/index.ts';
import { ledgerActor, senderOf, systemActor, type Actor } from '#server/modules/identity/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import { centreOf, placeToBrief } from './access.ts';
import { makeDraft } from './make.ts';
import type { BriefsParts } from './parts.ts';
import { dueDays } from './rules-period.ts';
import { findSchedule, listSchedules, lockSchedule, saveSchedule, type ScheduleRow } from './store-schedule.ts';
import { findSame, lockCentre } from './store.ts';
import { scheduleView } from './views.ts';

type Route = (typeof briefRoutes)['schedule'];

/** Sets when a centre's drafts make themselves. @throws AppError not_found, bad_input, version_conflict */
export async function setSchedule(
  parts: BriefsParts,
  actor: Actor,
  body: Input<Route>['body'],
): Promise<Output<Route>> {
  const { place, centre } = placeToBrief(parts, actor, body.areaCode);
  if (centre.areaCode !== place.code)
    throw new AppError('bad_input', 'areaCode: expected an area with a centre of its own.', { field: 'areaCode' });
  const op = { opId: body.opId, actor: senderOf(actor), route: 'briefs.schedule', request: body };
  return once(parts.database, systemScope, op, async (tx) => {
    const atMs = parts.clock.now();
    await lockCentre(tx, centre.id);
    const before = await findSchedule(tx, centre.id, body.kind);
    if ((before?.version ?? 0) !== body.version)
      throw new AppError(
        'version_conflict',
        'Somebody changed this schedule in the meantime. Load it again and repeat.',
      );
    const [hours = 0, minutes = 0] = body.at.split(':').map(Number);
    const row: ScheduleRow = {
      id: before?.id ?? uuidV7(atMs),
      unitId: centre.id,
      areaCode: place.code,
      path: [...place.path],
      district: districtOf(place.path),
      kind: body.kind,
      atMinute: hours * 60 + minutes,
      workdaysOnly: body.workdaysOnly,
      recipientUnits: body.recipients.filter((id) => parts.territory.unit(id) !== undefined),
      enabled: body.enabled,
      lastDay: before?.lastDay ?? null,
      version: body.version + 1,
    };
    await saveSchedule(tx, row);
    const { kind, atMinute, workdaysOnly, enabled } = row;
    const ledgerId = await append(tx, {
      actor: ledgerActor(actor),
      action: 'brief.schedule',
      subject: { type: 'brief_schedule', id: row.id },
      district: row.district,
      atMs,
      audience: [`u:${centre.id}`],
      opId: body.opId,
      data: { areaCode: place.code, kind, atMinute, workdaysOnly, enabled, unitIds: row.recipientUnits },
    });
    return { schedule: scheduleView(parts, row), at: toIso(atMs), ledgerId };
  });
}

/** Drafts what is due, each in a transaction of its own; safe to run twice and by two processes. Answers how many. */
export async function makeDue(parts: BriefsParts): Promise<number> {
  const schedules = await parts.database.read(systemScope, (tx) => listSchedules(tx));
  const calendar = await parts.calendar();
  let made = 0;
  for (const one of schedules) {
    if (dueDays(one, parts.clock.now(), calendar) === undefined) continue;
    if (await makeOne(parts, one.id)) made++;
  }
  return made;
}

function makeOne(parts: BriefsParts, id: string): Promise<boolean> {
  return parts.database.inTx(systemScope, async (tx) => {
    const row = await lockSchedule(tx, id);
    const days = row === undefined ? undefined : dueDays(row, parts.clock.now(), await parts.calendar());
    const place = row === undefined ? undefined : parts.territory.area(row.areaCode);
    const centre = place === undefined ? undefined : centreOf(parts, place.path);
    if (row === undefined || days === undefined || place === undefined || centre === undefined) return false;
    await lockCentre(tx, centre.id);
    const same = { unitId: centre.id, kind: row.kind, firstDay: days.first, lastDay: days.last };
    // A person was quicker: the schedule only notes that these days are told.
    const there = await findSame(tx, same);
    const wish = {
      kind: row.kind,
      place,
      centre,
      days,
      recipients: row.recipientUnits,
      actor: systemActor,
      opId: null,
    };
    if (there === undefined) await makeDraft(parts, tx, wish);
    else await noteDone(tx, row, parts.clock.now());
    await saveSchedule(tx, { ...row, lastDay: days.last });
    return there === undefined;
  });
}

async function noteDone(tx: Parameters<typeof append>[0], { id, district, unitId }: ScheduleRow, atMs: number) {
  await append(tx, {
    actor: { kind: 'system', accountId: null },
    action: 'brief.schedule',
    subject: { type: 'brief_schedule', id },
    district,
    atMs,
    audience: [`u:${unitId}`],
  });
}
