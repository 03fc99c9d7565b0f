import { daysBetween } from '#kit/shanghai-days.ts';
import type * as z from 'zod';
import type { agreementView, deliveryView, pledgeView, ratingFigure } from '#contract/partners-views.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { ruleOf, type PartnerWords } from './dictionary.ts';
import { reachesStation, type StationFacts } from './parts.ts';
import { earlier } from './rules-days.ts';
import { dueBy, isAlive, isBehind } from './rules-due.ts';
import { agreementState, averageOf } from './rules.ts';
import type { AgreementRow, PledgeRow } from './store-agreement.ts';
import type { Delivered, DeliveryRow } from './store-delivery.ts';
import type { Rated } from './store-rating.ts';

/** From rows to what is told. Pure. */

/** Stations by id. Their names stand on public pages: everybody is told them. */
export type StationNames = ReadonlyMap<string, StationFacts>;

export type AgreementView = z.input<typeof agreementView>;
export type PledgeView = z.input<typeof pledgeView>;

export function toAgreement(row: AgreementRow, today: string, endingDays: number): AgreementView {
  const state = agreementState(row, today, endingDays);
  const runs = state === 'running' || state === 'ending';
  return {
    id: row.id,
    fromDay: row.fromDay,
    toDay: row.toDay,
    returns: row.returns,
    returnWords: row.returnWords,
    renews: row.renews,
    signedOn: row.signedOn,
    endedOn: row.endedOn,
    state,
    daysLeft: runs ? daysBetween(today, earlier(row.toDay, row.endedOn)) : null,
    renewalAsked:
      row.askedRenewalAt === null ? null : { at: row.askedRenewalAt.toISOString(), words: row.askedRenewalWords },
    version: row.version,
  };
}

const nothing: Delivered = { confirmed: 0, waiting: 0 };

/** A pledge of a draft is due for nothing. */
export function toPledge(
  row: PledgeRow,
  { came, stations, today }: { came: Delivered | undefined; stations: StationNames; today: string },
): PledgeView {
  const station = row.stationId === null ? undefined : stations.get(row.stationId);
  const { confirmed, waiting } = came ?? nothing;
  const due = row.signed ? dueBy(row, today) : { periods: 0, quantity: 0, current: null };
  return {
    id: row.id,
    agreementId: row.agreementId,
    stationId: row.stationId,
    stationName: station?.name ?? '',
    stationNameEn: station?.nameEn ?? '',
    resource: row.resource,
    what: row.what,
    whatEn: row.whatEn,
    quantity: row.quantity,
    unit: row.unit,
    every: row.every,
    fromDay: row.fromDay,
    toDay: row.toDay,
    endedOn: row.endedOn,
    endedWords: row.endedWords,
    duePeriods: due.periods,
    due: due.quantity,
    delivered: confirmed,
    waiting,
    behind: row.signed && isBehind(row, confirmed, today),
    alive: row.signed && isAlive(row, today),
    currentUntil: due.current?.toDay ?? null,
  };
}

export function toFigure(rated: Rated | undefined, words: PartnerWords): z.input<typeof ratingFigure> {
  const found = rated ?? { n: 0, sum: 0 };
  return { n: found.n, average: averageOf(found, ruleOf(words, 'few_ratings')) };
}

const unknownStation = { name: '', nameEn: '' };

export function toDelivery(row: DeliveryRow, stations: StationNames, actor: Actor): z.input<typeof deliveryView> {
  const station = stations.get(row.stationId);
  const { name, nameEn } = station ?? unknownStation;
  return {
    id: row.id,
    partnerId: row.partnerId,
    partnerName: row.partnerName,
    partnerNameEn: row.partnerNameEn,
    pledgeId: row.pledgeId,
    stationId: row.stationId,
    stationName: name,
    stationNameEn: nameEn,
    day: row.day,
    what: row.what,
    whatEn: row.whatEn,
    quantity: row.quantity,
    saidQuantity: row.saidQuantity,
    unit: row.unit,
    source: row.sourceType,
    state: row.state,
    refusedWords: row.refusedWords,
    notedAt: row.notedAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    mayDecide: row.state === 'waiting' && station !== undefined && reachesStation(actor, 'station.manage', station),
    version: row.version,
  };
}
