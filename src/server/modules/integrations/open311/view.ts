import type { EventStatus } from '#contract/events-words.ts';
import type { LonLat } from '#kit/geo.ts';
import type { Category, OpenEvent, OpenStep } from '#server/modules/events/index.ts';
import { isPart, serviceName } from './catalog.ts';
import type { Value } from './document.ts';
import { splitTail } from './tail.ts';
import { sentences, texts, type Locale } from './words.ts';

/** What a row needs besides itself to be shown. */
export interface Showing {
  locale: Locale;
  categories: ReadonlyMap<string, Category>;
  /** Name of a unit in the reader's language; null when unknown. */
  unitName(id: string): string | null;
  areaName(code: string): string | null;
  /** A point that stands for an area; null when neither it nor one above has an outline. */
  pointOf(code: string): LonLat | null;
  photoUrl(id: string): string;
}

const iso = (at: Date | null) => (at === null ? null : at.toISOString());
const orNull = (text: string | null | undefined) => (text === undefined || text === '' ? null : text);

/**
 * An event as the public may see it. No names and no words of residents, except what an Open311 client sent to be
 * published; the exact position only of parts of the city, otherwise the point that stands for the grid.
 */
export function toRequest(event: OpenEvent, show: Showing): { [key: string]: Value } {
  const { locale, categories } = show;
  const ended = event.endedAt !== null;
  // Cancelled means it should not have been there: what was written is not repeated.
  const ours = event.channel === 'open311' && event.status !== 'cancelled';
  const sent = ours ? splitTail(event.description) : { description: '', mediaUrl: null };
  const name = serviceName(categories, event.categoryCode, locale);
  const smallest = event.path.at(-1);
  const point = pointFor(event, show);
  const areas = event.path
    .slice(1)
    .toReversed()
    .flatMap((code) => show.areaName(code) ?? []);
  return {
    service_request_id: event.number,
    status: ended ? 'closed' : 'open',
    status_notes:
      event.mergedNumber === null ? sentences[locale][event.status] : texts[locale].mergedInto(event.mergedNumber),
    service_name: name,
    service_code: event.categoryCode,
    description: orNull(sent.description) ?? name,
    agency_responsible: orNull(show.unitName(event.ownerUnitId)),
    service_notice: null,
    requested_datetime: event.reportedAt.toISOString(),
    updated_datetime: (event.endedAt ?? event.updatedAt).toISOString(),
    expected_datetime: ended ? null : iso(event.dueAt),
    address: orNull(
      [...(ours && event.placeWords !== '' ? [event.placeWords] : []), ...areas].join(locale === 'en' ? ', ' : '，'),
    ),
    address_id: smallest ?? null,
    zipcode: null,
    lat: point?.[1] ?? null,
    long: point?.[0] ?? null,
    media_url: event.photoId === null ? sent.mediaUrl : show.photoUrl(event.photoId),
  };
}

function pointFor({ lon, lat, categoryCode, path }: OpenEvent, show: Showing): LonLat | null {
  const exact: LonLat | null = lon === null || lat === null ? null : [lon, lat];
  if (exact !== null && isPart(show.categories, categoryCode)) return exact;
  const smallest = path.at(-1);
  // Known to lie in the city and no more: a point would claim something.
  const point = smallest === undefined || path.length === 1 ? null : show.pointOf(smallest);
  // About a metre: finer digits of a point that stands for an area would only pretend.
  return point === null ? null : [round5(point[0]), round5(point[1])];
}

const round5 = (degrees: number) => Math.round(degrees * 100_000) / 100_000;

/** Words FixMyStreet understands; other clients take the first two for granted. */
const updateStatus: Readonly<Record<EventStatus, string>> = {
  reported: 'OPEN',
  verifying: 'INVESTIGATING',
  filed: 'INVESTIGATING',
  dispatched: 'ACTION_SCHEDULED',
  handling: 'IN_PROGRESS',
  checking: 'IN_PROGRESS',
  shelved: 'OPEN',
  closed: 'CLOSED',
  declined: 'NO_FURTHER_ACTION',
  merged: 'DUPLICATE',
  cancelled: 'NO_FURTHER_ACTION',
};

/** One step. What an office wrote for the reporter is shown only to the account that brought the report in. */
export function toUpdate(step: OpenStep, show: Showing, readerAccount: string | null): { [key: string]: Value } {
  const mayRead = readerAccount !== null && step.event.broughtBy === readerAccount;
  const merged = step.status === 'merged' ? step.event.mergedNumber : null;
  const sentence = merged === null ? sentences[show.locale][step.status] : texts[show.locale].mergedInto(merged);
  return {
    update_id: step.id,
    service_request_id: step.event.number,
    status: updateStatus[step.status],
    updated_datetime: step.at.toISOString(),
    description: mayRead && step.words !== '' ? `${sentence}\n${step.words}` : sentence,
    media_url: null,
  };
}
