/** A service is written down: once, with what it took from stock, the call to 120 and the event, all or nothing. */
import type { Input, Output } from '#contract/route.ts';
import type { serviceRoutes } from '#contract/services.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { tellsOfSomebody } from '#kit/personal-words.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { ledgerActorOf, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import { counterWords, wordOf } from './dictionary.ts';
import type { ServedStation, ServicesParts } from './parts.ts';
import { aidWords, givenAt, takenBy, warningsAt, weatherWord, type RunningWarning, type Taking } from './rules.ts';
import { findStations, holdRecords, insertRecord, listActivities, listPartners } from './store.ts';

type Route = typeof serviceRoutes.record;
type Body = Input<Route>['body'];
type Given = Body['items'][number];
type Answer = Output<Route>;
type Report = Awaited<ReturnType<ServicesParts['events']['joinReport']>>;

interface Ready {
  given: Given;
  atMs: number;
  take: Taking[];
  report: Report | undefined;
}

interface Work {
  parts: ServicesParts;
  actor: Actor;
  station: ServedStation;
  body: Body;
  nowMs: number;
  running: readonly RunningWarning[];
}

/**
 * Records services of one station. A record the station has already is answered as such; one that was corrected stays
 * corrected. The right to work there is looked at when it arrives, so what a tablet kept is judged then.
 * @throws AppError not_found for a station that is not the actor's; bad_input; what a report throws
 */
export async function recordServices(
  parts: ServicesParts,
  actor: Actor,
  stationId: string,
  body: Body,
): Promise<Answer> {
  const station = await parts.stations.find(actor, stationId, 'station.work');
  const work: Work = { parts, actor, station, body, nowMs: parts.clock.now(), running: await parts.listWarnings() };
  refuseTwins(body.items);
  const ready: Ready[] = [];
  for (const given of body.items) ready.push(await prepare(work, given, ready));
  const op = { opId: body.opId, actor: senderOf(actor), route: 'service.record', request: { stationId, body } };
  return once(parts.database, systemScope, op, (tx) => writeAll(tx, work, ready));
}

function refuseTwins(items: readonly Given[]): void {
  if (new Set(items.map(({ id }) => id)).size === items.length) return;
  throw new AppError('bad_input', 'items: expected an id of its own for each service; found the same one twice.', {
    field: 'items',
  });
}

async function prepare(work: Work, given: Given, before: readonly Ready[]): Promise<Ready> {
  const words = counterWords();
  const kind = wordOf(words.kinds, given.kind, 'kind');
  refuseNames(given.note, 'note');
  const take = given.take ?? takenBy(kind.items, given.persons);
  for (const { itemCode } of take) wordOf(words.supplies, itemCode, 'take');
  if (given.aid !== undefined) refuseUnasked(take, given.aid.consent);
  const atMs = givenAt(given.at ?? work.body.at, work.nowMs);
  const withPhotos = before.every(({ report }) => report === undefined);
  return { given, atMs, take, report: await joinEvent(work, given, { atMs, withPhotos }) };
}

/** No names, telephones, numbers of documents: a record is of a service, not of a person. @throws AppError bad_input */
export function refuseNames(note: string, field: string): void {
  if (!tellsOfSomebody(note)) return;
  throw new AppError(
    'personal_data',
    `${field}: expected a few words about the service; found what looks like a telephone, a document number or a mail address. Leave it out.`,
    { field },
  );
}

/** Medicine is given to who was asked, or whose doctor said so. @throws AppError bad_input */
export function refuseUnasked(take: readonly Taking[], consent: boolean): void {
  const { items } = counterWords();
  const first = take.find(({ itemCode }) => items.get(itemCode)?.consent === true);
  if (first === undefined || consent) return;
  throw new AppError(
    'bad_input',
    `consent: expected true, because "${first.itemCode}" is given only to who agreed after being asked (or on a doctor's word).`,
    { field: 'consent' },
  );
}

/** The event that a serious case makes by itself, or that somebody behind the counter wants made. */
async function joinEvent(
  { parts, actor, station, nowMs, body }: Work,
  { id, aid, raise, visitor }: Given,
  { atMs, withPhotos }: { atMs: number; withPhotos: boolean },
): Promise<Report | undefined> {
  const card = aid === undefined ? undefined : wordOf(counterWords().cards, aid.card, 'aid.card');
  const grave = card !== undefined && aid?.serious === true;
  if (!grave && raise === undefined) return undefined;
  const called = aid?.called120At ?? null;
  const calledMs = called === null ? null : givenAt(called, nowMs);
  const said = [grave ? aidWords(card.name, calledMs, visitor) : '', raise?.words ?? ''].filter((one) => one !== '');
  refuseNames(raise?.words ?? '', 'raise.words');
  const priority = raise?.priority ?? (grave ? card.seriousPriority : undefined);
  return parts.events.joinReport(actor, {
    opId: id,
    at: toIso(atMs),
    categoryCode: raise?.categoryCode ?? card?.categoryCode ?? '',
    title: '',
    description: said.join('\n'),
    lon: station.lon,
    lat: station.lat,
    placeWords: station.name,
    areaCode: station.areaCode,
    ...(priority === undefined ? {} : { priority }),
    ...(calledMs === null ? {} : { called: { number: '120', at: toIso(calledMs) } }),
    attachments: withPhotos ? body.attachments : [],
    channel: 'station',
    sourceRef: `service:${id}`,
  });
}

async function writeAll(tx: Tx, work: Work, ready: readonly Ready[]): Promise<Answer> {
  const { station, nowMs } = work;
  const ids = ready.map(({ given }) => given.id);
  await holdRecords(tx, ids);
  const there = await findStations(tx, ids);
  for (const stationId of there.values())
    if (stationId !== station.id)
      throw new AppError('already_exists', 'items: expected ids made for these services; found one that is taken.');
  await refuseStrangers(tx, work, ready);
  const items: Answer['items'] = [];
  let first: { id: string; number: string } | undefined;
  let ledgerId: string | null = null;
  for (const one of ready) {
    if (there.has(one.given.id)) {
      items.push({ id: one.given.id, state: 'already', eventId: null, short: [] });
      continue;
    }
    const made = await writeOne(tx, work, one);
    first ??= made.event;
    ledgerId = made.ledgerId;
    items.push({ id: one.given.id, state: 'recorded', eventId: made.event?.id ?? null, short: made.short });
  }
  return { at: toIso(nowMs), ledgerId, eventId: first?.id ?? null, eventNumber: first?.number ?? null, items };
}

/** Activities are the station's own, partners exist. */
async function refuseStrangers(tx: Tx, { station }: Work, ready: readonly Ready[]): Promise<void> {
  const activityIds = ready.flatMap(({ given }) => given.activityId ?? []);
  const partnerIds = ready.flatMap(({ given }) => given.partnerId ?? []);
  const activities = await listActivities(tx, station.id, activityIds);
  const partners = await listPartners(tx, partnerIds);
  if (activityIds.some((id) => !activities.has(id)))
    throw new AppError('bad_input', 'activityId: expected an activity of this station.', { field: 'activityId' });
  if (partnerIds.some((id) => !partners.has(id)))
    throw new AppError('bad_input', 'partnerId: expected a partner of the stations.', { field: 'partnerId' });
}

async function writeOne(tx: Tx, work: Work, { given, atMs, take, report }: Ready) {
  const { parts, actor, station, nowMs } = work;
  const event = report === undefined ? undefined : await report(tx);
  const weather = weatherWord(warningsAt(work.running, station.path, atMs));
  const serious = given.aid?.serious === true;
  const { id, kind, persons, visitor, note, activityId, partnerId } = given;
  await insertRecord(tx, {
    id,
    stationId: station.id,
    district: station.district,
    activityId,
    partnerId,
    kind,
    persons,
    visitor,
    atMs,
    recordedMs: nowMs,
    weather,
    note,
    aidCard: given.aid?.card ?? null,
    serious,
    eventId: event?.id ?? null,
    accountId: actor.accountId,
  });
  const { short } =
    take.length === 0
      ? { short: [] }
      : await parts.stock.takeOut(tx, { stationId: station.id, atMs, serviceId: id, items: take, actor });
  const ledgerId = await append(tx, {
    actor: ledgerActorOf(actor, station.unitId),
    action: 'service.record',
    subject: { type: 'service', id },
    district: station.district,
    atMs: nowMs,
    data: {
      stationId: station.id,
      kind,
      persons,
      visitor,
      weather,
      ...(given.aid === undefined ? {} : { card: given.aid.card, serious, consent: given.aid.consent }),
      ...(take.length === 0 ? {} : { taken: take, short }),
      ...(event === undefined ? {} : { eventId: event.id, number: event.number }),
      ...(activityId === null ? {} : { activityId }),
      ...(partnerId === null ? {} : { partnerId }),
      ...(atMs === nowMs ? {} : { happenedAt: toIso(atMs) }),
    },
    words: { note },
    audience: audienceOf(station),
    opId: work.body.opId,
  });
  return { event, short, ledgerId };
}

/** Who is told live: whoever has the area, and the station itself. */
export function audienceOf({ path, unitId }: ServedStation): string[] {
  return [...path.map((code) => `a:${code}`), `u:${unitId}`];
}
