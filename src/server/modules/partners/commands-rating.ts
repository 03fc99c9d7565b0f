import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { systemScope } from '#server/db/scope.ts';
import { anonymous, ledgerActor, type Actor } from '#server/modules/identity/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import { absent, note, run, type PartnersParts, type Recorded } from './parts.ts';
import { partnersAt } from './ports.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import { quarterOf } from './rules-days.ts';
import { findPartner } from './store-partner.ts';
import { insertResidentRating, lockRating, saveHidden, saveStationRating } from './store-rating.ts';

/** Ratings are of organisations. The station's own and those of residents are never mixed into one figure. */

export async function rateByStation(
  parts: PartnersParts,
  actor: Actor,
  id: string,
  body: { opId: string; stationId: string; stars: number; words: string },
): Promise<Recorded> {
  const station = await parts.stations.find(actor, body.stationId, 'station.manage');
  return run(parts, actor, { verb: 'rate', word: 'station.manage', body, params: { id } }, async (work) => {
    const partner = await findPartner(work.tx, { areas: [], above: station.path, stationIds: [station.id] }, id);
    if (partner === undefined) throw absent();
    const day = dayOf(work.nowMs);
    const quarter = quarterOf(day);
    await saveStationRating(work.tx, {
      id: uuidV7(work.nowMs),
      partnerId: id,
      stationId: station.id,
      district: station.district,
      stars: body.stars,
      words: body.words,
      day,
      quarter,
      nowMs: work.nowMs,
      accountId: actor.accountId,
    });
    return note(work, {
      action: 'partner.rate',
      subject: { type: 'partner', id },
      district: station.district,
      data: { stationId: station.id, quarter, stars: body.stars },
      units: [station.unitId],
    });
  });
}

export interface ResidentRating {
  opId: string;
  browserKey: string;
  stars: number;
  words: string;
}

/**
 * A resident rates a partner that is at the station today. One each day and browser, kept by a digest of the browser's own
 * random key and the day: it stops a finger, not somebody who means it, and no two days of one browser can be matched.
 * @throws AppError not_found, already_exists
 */
export function rateByResident(
  parts: PartnersParts,
  { code, id }: { code: string; id: string },
  body: ResidentRating,
): Promise<Recorded> {
  const { database, vault, clock, stations } = parts;
  const nowMs = clock.now();
  const day = dayOf(nowMs);
  const browserHash = vault.blindIndex(`${body.browserKey} ${day}`, 'partner_rating.browser');
  // The key itself is in no request that is kept.
  const { browserKey: _, ...request } = body;
  const op = {
    opId: body.opId,
    actor: browserHash.toString('hex').slice(0, 32),
    route: 'partner.resident_rate',
    request,
  };
  return once(database, systemScope, op, async (tx) => {
    const station = (await stations.listStations(tx)).find((one) => one.code === code);
    const here = station === undefined ? [] : await partnersAt(tx, station.id, day);
    if (station === undefined || !here.some((one) => one.id === id))
      throw new AppError('not_found', 'This partner is not at this station today. Reload the page.');
    const rating = { partnerId: id, stationId: station.id, district: station.district, day, nowMs };
    const kept = { id: uuidV7(nowMs), stars: body.stars, words: body.words, browserHash };
    if (!(await insertResidentRating(tx, { ...rating, ...kept })))
      throw new AppError('already_exists', 'This browser rated this partner today. Once a day is enough; thank you.');
    const ledgerId = await append(tx, {
      actor: ledgerActor(anonymous),
      action: 'partner.resident_rate',
      subject: { type: 'partner', id },
      district: station.district,
      atMs: nowMs,
      data: { stationId: station.id, stars: body.stars },
      opId: body.opId,
    });
    return { at: new Date(nowMs).toISOString(), ledgerId };
  });
}

/** Words that should not stay (a name, an insult) are emptied; the stars count on. */
export async function hideWords(
  parts: PartnersParts,
  actor: Actor,
  id: string,
  body: { opId: string },
): Promise<Recorded> {
  const reached = await parts.stations.listFor(actor, 'station.manage');
  return run(parts, actor, { verb: 'hide_words', word: 'station.manage', body, params: { id } }, async (work) => {
    const rating = await lockRating(work.tx, id);
    if (rating === undefined || !reached.some((one) => one.id === rating.stationId))
      throw new AppError('not_found', 'There is no such rating, or it is not yours to see. Reload the page.');
    await saveHidden(work.tx, id, work.nowMs);
    return note(work, {
      action: 'partner.hide_words',
      subject: { type: 'partner', id: rating.partnerId },
      district: rating.district,
      data: { ratingId: id },
    });
  });
}
