import type * as z from 'zod';
import type { needRoutes } from '#contract/needs.ts';
import type { needVoice, NeedState } from '#contract/needs-views.ts';
import type { Input, Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { isUuid } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { grantsFor, holds, scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { timeline } from '#server/modules/ledger/index.ts';
import { findHome, understand } from './hear.ts';
import { absent, holdsNeed, type NeedsParts } from './parts.ts';
import { findNeed, listNeeds, sumNeeds, tallyVoices, type After, type NeedFilter, type NeedRow } from './store.ts';
import { countSources, listVoices, type VoiceRow } from './store-voice.ts';

type Routes = typeof needRoutes;
type RowView = Output<Routes['list']>['items'][number];
type Detail = Output<Routes['get']>;

/** The words of the dictionaries. */
export function readWords({ words }: NeedsParts): Output<Routes['words']> {
  return {
    classes: [...words.classes.values()],
    groups: [...words.groups.values()],
    rules: [...words.rules.values()],
  };
}

/** One page of the needs the actor sees. @throws AppError bad_input */
export function listOwnNeeds(
  parts: NeedsParts,
  actor: Actor,
  query: Input<Routes['list']>['query'],
): Promise<Output<Routes['list']>> {
  return parts.database.read(scopeFor(actor, 'circle.read'), async (tx) => {
    const filter = filterOf(query);
    const rows = await listNeeds(tx, filter, readCursor(query.cursor), query.limit + 1);
    const shown = rows.slice(0, query.limit);
    const last = shown.at(-1);
    const { needs, voices, people } = await sumNeeds(tx, filter);
    return {
      items: await rowViews(parts, tx, shown),
      total: needs,
      voices,
      people,
      next:
        rows.length > query.limit && last !== undefined ? `${last.people}_${last.lastAt.getTime()}_${last.id}` : null,
    };
  });
}

/** What a query asks for. */
export function filterOf({ area, class: classCode, group, states, source, q }: NeedFilter): NeedFilter {
  return { area, class: classCode, group, states: states?.length === 0 ? undefined : states, source, q };
}

function readCursor(cursor: string | undefined): After | null {
  if (cursor === undefined) return null;
  const [people, lastMs, id] = cursor.split('_');
  const read = { people: Number(people), lastMs: Number(lastMs), id: id ?? '' };
  if (isUuid(read.id) && Number.isFinite(read.people) && Number.isFinite(read.lastMs)) return read;
  throw new AppError('bad_input', 'cursor: expected the value of "next" of the page before. Start again.');
}

/** Rows with where their voices came from. */
export async function rowViews(parts: NeedsParts, tx: Tx, rows: readonly NeedRow[]): Promise<RowView[]> {
  const sources = Map.groupBy(
    await countSources(
      tx,
      rows.map(({ id }) => id),
    ),
    ({ needId }) => needId,
  );
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    classCode: row.classCode,
    classFrom: row.classFrom,
    groupCode: row.groupCode,
    areaCode: row.areaCode,
    areaName: areaNameOf(parts, row.areaCode),
    lon: row.lon,
    lat: row.lat,
    voices: row.voices,
    people: row.people,
    sources: (sources.get(row.id) ?? []).map(({ source, voices }) => ({ source, voices })),
    state: row.state,
    reason: row.reason,
    firstAt: row.firstAt.toISOString(),
    lastAt: row.lastAt.toISOString(),
    version: row.version,
  }));
}

function areaNameOf({ territory }: Pick<NeedsParts, 'territory'>, code: string): string {
  return territory.area(code)?.name ?? code;
}

export function readNeed(parts: NeedsParts, actor: Actor, id: string): Promise<Detail> {
  return parts.database.read(scopeFor(actor, 'circle.read'), async (tx) => {
    const row = await findNeed(tx, id);
    if (row === undefined) throw absent();
    return readDetail(parts, tx, row, actor);
  });
}

/** A need that was found through access, with all its voices. */
export async function readDetail(parts: NeedsParts, tx: Tx, row: NeedRow, actor: Actor): Promise<Detail> {
  const [view] = await rowViews(parts, tx, [row]);
  if (view === undefined) throw new Error('A view of one row is one view.');
  const voices = await listVoices(tx, [row.id]);
  const near = (await listNeeds(tx, { area: row.areaCode, class: row.classCode ?? 'unknown' }, null, 20)).filter(
    (one) => one.id !== row.id && holdsNeed(actor, 'circle.read', one),
  );
  return {
    ...view,
    mergedInto: row.mergedInto,
    groups: groupsOf(voices),
    minutes: minutesOf(voices),
    mayChange: holdsNeed(actor, 'circle.plan', row),
    voiceList: voices.map((one) => voiceView(parts, one, actor)),
    near: near.map(({ id, title, voices: said, people, state, areaCode, version }) => {
      return { id, title, voices: said, people, state, areaName: areaNameOf(parts, areaCode), version };
    }),
  };
}

function groupsOf(voices: readonly VoiceRow[]): Detail['groups'] {
  return [...Map.groupBy(voices, ({ groupCode }) => groupCode)]
    .map(([groupCode, all]) => ({
      groupCode,
      voices: all.length,
      people: all.reduce((sum, one) => sum + one.people, 0),
    }))
    .toSorted((a, b) => b.people - a.people || (a.groupCode < b.groupCode ? -1 : 1));
}

const steps = [5, 10, 15, 30] as const;
/** More than the longest step. */
const longer = 600;

function minutesOf(voices: readonly VoiceRow[]): Detail['minutes'] {
  const told = voices.flatMap(({ minutesNow }) => (minutesNow === null ? [] : [minutesNow]));
  const stepOf = (minutes: number): number => steps.find((one) => minutes <= one) ?? longer;
  return [...Map.groupBy(told, stepOf)]
    .map(([upTo, all]) => ({ upTo, voices: all.length }))
    .toSorted((a, b) => a.upTo - b.upTo);
}

function voiceView(parts: NeedsParts, voice: VoiceRow, actor: Actor): z.input<typeof needVoice> {
  const { needId: _need, saidAt, ...rest } = voice;
  return {
    ...rest,
    saidAt: saidAt.toISOString(),
    areaName: areaNameOf(parts, voice.areaCode),
    link: linkOf(voice, actor),
  };
}

/** Where what was said stands in this program, for whoever may open it there. */
function linkOf({ source, sourceRef }: VoiceRow, actor: Actor): string | null {
  if (source === 'event' && holds(actor, 'event.read')) return `/desk?event=${sourceRef}`;
  const [first = '', second] = sourceRef.split('/');
  if (second === undefined) return null;
  if (source === 'meeting' && holds(actor, 'group.read')) return `/desk/groups?group=${first}`;
  if (source === 'booking' && holds(actor, 'station.read')) return `/desk/stations/${first}?part=bookings`;
  return null;
}

/** Every change of a need, the latest first. @throws AppError not_found */
export function readHistory(parts: NeedsParts, actor: Actor, id: string): Promise<Output<Routes['history']>> {
  return parts.database.read(scopeFor(actor, 'circle.read'), async (tx) => {
    const row = await findNeed(tx, id);
    if (row === undefined) throw absent();
    const lines = (await timeline(tx, 'need', id)).toReversed().slice(0, 200);
    const named = grantsFor(actor, 'people.read', { path: row.path, units: [] }).length > 0;
    const who = await parts.names(tx, named ? [...new Set(lines.flatMap(({ actorId }) => actorId ?? []))] : []);
    return {
      items: lines.map(({ id: lineId, action, at, actorId, data, words }) => ({
        id: lineId,
        action,
        at: at.toISOString(),
        by: actorId === null ? null : (who.get(actorId) ?? null),
        data,
        words: words ?? {},
      })),
    };
  });
}

/** What hearing this would do; nothing is kept. @throws AppError bad_input */
export function guessNeed(
  parts: NeedsParts,
  actor: Actor,
  { lon, lat, ...body }: Input<Routes['guess']>['body'],
): Promise<Output<Routes['guess']>> {
  const point = lon === null || lat === null ? null : ([lon, lat] as const);
  const understood = understand(parts, { ...body, point });
  return parts.database.read(scopeFor(actor, 'circle.read'), async (tx) => {
    const saidMs = body.saidAt === null ? parts.clock.now() : Date.parse(body.saidAt);
    const home = await findHome(parts, tx, understood, saidMs);
    const need = home === null ? undefined : await findNeed(tx, home.id);
    const [joins] = need === undefined ? [] : await rowViews(parts, tx, [need]);
    const { text, cleaned, classCode, classGuess, groupCode, groupGuess } = understood;
    return {
      text,
      cleaned,
      classCode,
      because: classGuess?.because ?? null,
      groupCode,
      groupBecause: groupGuess?.because ?? null,
      joins: joins ?? null,
    };
  });
}

/** Sums by class, over what the actor sees. */
export function tallyOwn(
  parts: NeedsParts,
  actor: Actor,
  { area, states }: Input<Routes['tally']>['query'],
): Promise<Output<Routes['tally']>> {
  return parts.database.read(scopeFor(actor, 'circle.read'), async (tx) => ({
    items: await tally(tx, { areaCode: area, states }),
  }));
}

/** Voices by class and group, most people first; for modules above too, in their transaction and its scope. */
export async function tally(
  tx: Tx,
  wanted: { areaCode?: string | undefined; states?: readonly NeedState[] | undefined },
): Promise<NeedTally[]> {
  const rows = await tallyVoices(tx, wanted);
  return rows
    .flatMap(({ groupCode: group, ...sums }) => {
      if (group !== null) return [];
      const groups = rows.flatMap(({ classCode, groupCode, ...one }) =>
        classCode === sums.classCode && groupCode !== null ? [{ groupCode, ...one }] : [],
      );
      return [{ ...sums, groups }];
    })
    .toSorted((a, b) => b.people - a.people);
}

export type NeedTally = Output<Routes['tally']>['items'][number];
