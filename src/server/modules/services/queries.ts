import type { Input, Output } from '#contract/route.ts';
import type { serviceRoutes } from '#contract/services.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { counterWords } from './dictionary.ts';
import type { ServedStation, ServicesParts } from './parts.ts';
import { askingEndsMs, dayStart, hourThere, warningsAt } from './rules.ts';
import { listRecords, type StoredRecord } from './store.ts';
import { countSince, countWants, listAids, listUsual, listWaiting } from './store-today.ts';

type Routes = typeof serviceRoutes;
const dayMs = 86_400_000;
/** What a station gives at an hour is judged by these days. */
const usualDays = 28;

/** Everything a tablet needs behind its counter, with or without a network until it asks again. */
export async function readCounter(parts: ServicesParts, actor: Actor): Promise<Output<Routes['counter']>> {
  const nowMs = parts.clock.now();
  const stations = await parts.stations.listFor(actor, 'station.work');
  const ids = stations.map(({ id }) => id);
  const running = await parts.listWarnings();
  const { usual, waiting, counts } = await parts.database.read(systemScope, async (tx) => ({
    usual: Map.groupBy(await listUsual(tx, ids, hourThere(nowMs), nowMs - usualDays * dayMs), byStation),
    waiting: Map.groupBy(await listWaiting(tx, ids, nowMs - askingEndsMs), byStation),
    counts: await countSince(tx, ids, dayStart(nowMs), nowMs),
  }));
  return {
    asOf: toIso(nowMs),
    words: readWords(),
    stations: stations.map((station) => ({
      ...headOf(station),
      usual: (usual.get(station.id) ?? []).map(({ kind }) => kind),
      warnings: warningsAt(running, station.path, nowMs).map(({ kind, colour, headline, endsAt }) => ({
        kind: kind ?? '',
        colour: colour ?? '',
        headline,
        endsAt: endsAt.toISOString(),
        heat: kind === 'heat',
      })),
      waiting: (waiting.get(station.id) ?? []).map(({ recordId, card, at, askAt }) => ({
        recordId,
        card,
        at: at.toISOString(),
        askAt: askAt.toISOString(),
      })),
      today: { services: counts.get(station.id)?.services ?? 0, persons: counts.get(station.id)?.persons ?? 0 },
    })),
  };
}

const byStation = ({ stationId }: { stationId: string }): string => stationId;

function headOf({ id, code, name, nameEn, unitId, areaCode, address }: ServedStation) {
  return { id, code, name, nameEn, unitId, areaCode, address };
}

export function readWords(): Output<Routes['words']> {
  const { kinds, cards, items, supplies, outcomes, corrections, wants, needs } = counterWords();
  return {
    kinds: [...kinds.values()],
    cards: [...cards.values()],
    items: [...supplies.values()].map(({ code, name, nameEn, kind }) => ({
      code,
      name,
      nameEn,
      kind,
      note: items.get(code)?.name ?? '',
      noteEn: items.get(code)?.nameEn ?? '',
      consent: items.get(code)?.consent ?? false,
    })),
    outcomes: [...outcomes.values()],
    corrections: [...corrections.values()],
    wants: [...wants.values()],
    needs: [...needs.values()],
  };
}

/** A page of a station's records, newest first. @throws AppError not_found, bad_input */
export async function listServices(
  parts: ServicesParts,
  actor: Actor,
  { params, query }: Pick<Input<Routes['list']>, 'params' | 'query'>,
): Promise<Output<Routes['list']>> {
  const station = await parts.stations.find(actor, params.id, 'station.read');
  const { limit, cursor, day, kind, aidOnly } = query;
  const fromMs = day === undefined ? null : dayStart(0, day);
  const wish = {
    stationId: station.id,
    fromMs,
    untilMs: fromMs === null ? null : fromMs + dayMs,
    kind,
    aidOnly: aidOnly === 'true',
    before: cursor === undefined ? null : readCursor(cursor),
    limit: limit + 1,
  };
  return parts.database.read(systemScope, async (tx) => {
    const rows = await listRecords(tx, wish);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const next = rows.length > limit && last !== undefined ? `${last.at.getTime()}_${last.id}` : null;
    return { items: await toRows(parts, tx, shown), next };
  });
}

async function toRows({ names }: ServicesParts, tx: Tx, rows: readonly StoredRecord[]) {
  const ids = rows.flatMap(({ accountId, corrected }) => [accountId, corrected?.accountId ?? null]);
  const known = await names(tx, [...new Set(ids.filter((id) => id !== null))]);
  const nameOf = (id: string | null): string | null => (id === null ? null : (known.get(id) ?? null));
  return rows.map(({ id, kind, persons, visitor, at, recordedAt, weather, note, aidCard, serious, ...row }) => ({
    id,
    kind,
    persons,
    visitor,
    at: at.toISOString(),
    recordedAt: recordedAt.toISOString(),
    weather,
    note,
    aidCard,
    serious,
    eventId: row.eventId,
    by: nameOf(row.accountId),
    correction:
      row.corrected === null
        ? null
        : {
            reason: row.corrected.reason,
            note: row.corrected.note,
            at: toIso(Date.parse(row.corrected.at)),
            by: nameOf(row.corrected.accountId),
          },
    aid:
      row.aid === null
        ? null
        : {
            outcome: row.aid.outcome,
            askAt: row.aid.askAt === null ? null : toIso(Date.parse(row.aid.askAt)),
            at: toIso(Date.parse(row.aid.at)),
          },
  }));
}

function readCursor(cursor: string): { at: string; id: string } {
  const match = /^(\d{1,15})_([0-9a-f-]{36})$/.exec(cursor);
  if (match?.[1] === undefined || match[2] === undefined)
    throw new AppError('bad_input', 'cursor: expected the value of "next" of the page before.', { field: 'cursor' });
  return { at: toIso(Number(match[1])), id: match[2] };
}

/** How today stands at the stations the actor sees. */
export async function readToday(parts: ServicesParts, actor: Actor): Promise<Output<Routes['today']>> {
  const nowMs = parts.clock.now();
  const stations = await parts.stations.listFor(actor, 'station.read');
  const ids = stations.map(({ id }) => id);
  const fromMs = dayStart(nowMs);
  return parts.database.read(systemScope, async (tx) => {
    const counts = await countSince(tx, ids, fromMs, nowMs);
    const waiting = Map.groupBy(await listWaiting(tx, ids, nowMs - askingEndsMs), byStation);
    const wanted = await countWants(tx, ids, fromMs);
    const names = new Map(stations.map(({ id, name }) => [id, name]));
    return {
      asOf: toIso(nowMs),
      stations: stations.map(({ id, code, name }) => {
        const count = counts.get(id);
        return {
          stationId: id,
          code,
          name,
          services: count?.services ?? 0,
          persons: count?.persons ?? 0,
          lastHour: count?.lastHour ?? 0,
          aids: count?.aids ?? 0,
          serious: count?.serious ?? 0,
          waiting: waiting.get(id)?.length ?? 0,
          wants: wanted.filter(({ stationId }) => stationId === id).reduce((sum, { times }) => sum + times, 0),
        };
      }),
      aids: (await listAids(tx, ids, fromMs)).map(({ at, ...aid }) => ({
        ...aid,
        stationName: names.get(aid.stationId) ?? '',
        at: at.toISOString(),
      })),
      wants: [...Map.groupBy(wanted, ({ want }) => want)]
        .map(([want, rows]) => ({ want, times: rows.reduce((sum, { times }) => sum + times, 0) }))
        .toSorted((a, b) => b.times - a.times),
    };
  });
}
