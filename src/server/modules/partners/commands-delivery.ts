import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { PartnerDeliveryState } from '#contract/partners-words.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { servesArea } from './access.ts';
import {
  absent,
  assertVersion,
  assertWords,
  note,
  reachesStation,
  run,
  type PartnersParts,
  type Recorded,
  type StationFacts,
  type Work,
} from './parts.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import { lockPledge, type PledgeRow } from './store-agreement.ts';
import { insertDelivery, lockDelivery, saveDecided, type DeliveryRow } from './store-delivery.ts';
import { findPartner, type PartnerRow } from './store-partner.ts';

export interface DeliveryEntry {
  stationId: string;
  pledgeId: string | null;
  quantity: number;
  day: string;
  what: string;
  unit?: string | undefined;
}

/**
 * What a delivery is counted in, and that it belongs together: a pledge of this partner to this station that was running
 * then (or had run: what comes late still comes).
 * @throws AppError bad_input
 */
export function unitOf(
  { partner, pledge, station }: { partner: PartnerRow; pledge: PledgeRow | undefined; station: StationFacts },
  entry: DeliveryEntry,
  today: string,
): string {
  if (entry.day > today)
    throw new AppError('bad_input', `day: expected ${today} or earlier, found ${entry.day}.`, { field: 'day' });
  if (entry.pledgeId === null) return entry.unit ?? 'piece';
  const isTo = pledge?.stationId === null ? servesArea(partner, station) : pledge?.stationId === station.id;
  if (pledge === undefined || !pledge.signed || !isTo)
    throw new AppError(
      'bad_input',
      'pledgeId: expected a signed pledge of this partner to this station. Choose one of the list, or none.',
      { field: 'pledgeId' },
    );
  if (entry.day < pledge.fromDay)
    throw new AppError('bad_input', `day: this pledge begins on ${pledge.fromDay}, found ${entry.day}.`, {
      field: 'day',
    });
  return pledge.unit;
}

/** Noted at the station: by its head it is confirmed at once, by others it waits for the head. */
export async function noteAtStation(
  parts: PartnersParts,
  actor: Actor,
  id: string,
  body: DeliveryEntry & { opId: string },
): Promise<Recorded & { id: string; state: PartnerDeliveryState }> {
  const station = await parts.stations.find(actor, body.stationId, 'station.work');
  if (body.pledgeId === null && body.what === '')
    throw new AppError('bad_input', 'what: say what was delivered, where no pledge says it.', { field: 'what' });
  if (body.unit !== undefined) assertWords(parts.words.units, [body.unit], 'unit');
  return run(parts, actor, { verb: 'deliver', word: 'station.work', body, params: { id } }, async (work) => {
    const partner = await findPartner(work.tx, { areas: [], above: station.path, stationIds: [station.id] }, id);
    if (partner === undefined) throw absent();
    const pledge = body.pledgeId === null ? undefined : await lockPledge(work.tx, id, body.pledgeId);
    const unit = unitOf({ partner, pledge, station }, body, dayOf(work.nowMs));
    const state = reachesStation(actor, 'station.manage', station) ? 'confirmed' : 'waiting';
    const deliveryId = uuidV7(work.nowMs);
    await insertDelivery(work.tx, {
      id: deliveryId,
      partnerId: id,
      pledgeId: body.pledgeId,
      stationId: station.id,
      district: station.district,
      day: body.day,
      what: body.what,
      quantity: body.quantity,
      unit,
      sourceType: 'station',
      sourceId: null,
      state,
      notedMs: work.nowMs,
      notedBy: actor.accountId,
      decidedBy: state === 'confirmed' ? actor.accountId : null,
    });
    const line = await note(work, {
      action: 'partner.deliver',
      subject: { type: 'partner', id },
      district: station.district,
      data: {
        deliveryId,
        stationId: station.id,
        pledgeId: body.pledgeId,
        quantity: body.quantity,
        unit,
        day: body.day,
        source: 'station',
        state,
      },
      units: [station.unitId],
    });
    return { id: deliveryId, state, ...line };
  });
}

export interface Decision {
  opId: string;
  version: number;
  confirm: boolean;
  quantity?: number | undefined;
  words: string;
}

/** The head of the station says whether it came, and how much. @throws AppError not_found, reason_needed, transition_not_allowed */
export async function decideDelivery(
  parts: PartnersParts,
  actor: Actor,
  id: string,
  body: Decision,
): Promise<Recorded> {
  const reached = await parts.stations.listFor(actor, 'station.manage');
  if (!body.confirm && body.words === '')
    throw new AppError('reason_needed', 'words: say why this is not confirmed; the partner reads it.', {
      field: 'words',
    });
  return run(parts, actor, { verb: 'decide', word: 'station.manage', body, params: { id } }, async (work) => {
    const { delivery, station } = await lockWaiting(work, reached, id);
    assertVersion(delivery.version, body.version);
    const quantity = body.confirm ? (body.quantity ?? delivery.quantity) : delivery.quantity;
    const state = body.confirm ? 'confirmed' : 'refused';
    await saveDecided(work.tx, id, {
      state,
      quantity,
      saidQuantity: quantity === delivery.quantity ? null : delivery.quantity,
      words: body.confirm ? '' : body.words,
      byId: actor.accountId,
      nowMs: work.nowMs,
    });
    return note(work, {
      action: body.confirm ? 'partner.confirm' : 'partner.refuse',
      subject: { type: 'partner', id: delivery.partnerId },
      district: station.district,
      data: { deliveryId: id, pledgeId: delivery.pledgeId, stationId: station.id, quantity, said: delivery.quantity },
      units: [station.unitId],
    });
  });
}

async function lockWaiting(
  { tx }: Work,
  reached: readonly StationFacts[],
  id: string,
): Promise<{ delivery: DeliveryRow; station: StationFacts }> {
  const delivery = await lockDelivery(tx, id);
  const station = reached.find((one) => one.id === delivery?.stationId);
  if (delivery === undefined || station === undefined)
    throw new AppError('not_found', 'There is no such delivery, or it is not yours to confirm. Reload the list.');
  if (delivery.state !== 'waiting')
    throw new AppError('transition_not_allowed', `This delivery is ${delivery.state} already. Reload the list.`);
  return { delivery, station };
}
