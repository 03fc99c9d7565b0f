import type { Input, Output } from '#contract/route.ts';
import { figureVisitors, type serviceFigureRoutes } from '#contract/service-figures.ts';
import { SHANGHAI_OFFSET_MINUTES } from '#engine/worktime/calendar.ts';
import { dayAt, dayStartMs, toIsoDate } from '#engine/worktime/days.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { tellCounts } from '#server/modules/people/index.ts';
import { figureRule, weatherWord } from './figures-dictionary.ts';
import type { FigureParts, FigureStation, Moment } from './figures-parts.ts';
import {
  demandCells,
  findGaps,
  oneDecimal,
  periodOf,
  rosterHours,
  stepOf,
  stepsOf,
  weekdaysIn,
  type Days,
  type Period,
  type PeriodKind,
} from './figures-rules.ts';
import { countSpans } from './figures-store-records.ts';
import { hoursIn, tallyAll, tallyHours, tallySteps, type TallyRow } from './figures-store.ts';

type Routes = typeof serviceFigureRoutes;
export type Figures = Output<Routes['get']>;
type Counted = Figures['byKind'][number];

/** Fewer than this of what visitors said of themselves are not told. */
export const leastTold = 5;

interface Which {
  period: PeriodKind;
  day?: string | undefined;
  to?: string | undefined;
  station?: string | undefined;
  area?: string | undefined;
}

export const todayOf = (nowMs: number): number => dayAt(nowMs, SHANGHAI_OFFSET_MINUTES);
export const startOf = (day: number): number => dayStartMs(day, SHANGHAI_OFFSET_MINUTES);
export const momentOf = ({ first, last }: Days): Moment => ({ fromMs: startOf(first), toMs: startOf(last + 1) });

/** The stations and days a question is about. @throws AppError not_found, bad_input */
export async function chosen(
  parts: FigureParts,
  actor: Actor,
  { period, day, to, station, area }: Which,
): Promise<{ stations: readonly FigureStation[]; ids: string[]; days: Period }> {
  const seen = await parts.listStations(actor, 'station.read');
  const stations = seen.filter(({ id, path }) => (station ?? id) === id && (area === undefined || path.includes(area)));
  if (stations.length === 0 && (station !== undefined || area !== undefined))
    throw new AppError('not_found', 'There is no such station or area, or it is not yours to see.');
  const days = periodOf({ kind: period, day, to }, todayOf(parts.clock.now()));
  return { stations, ids: stations.map(({ id }) => id), days };
}

export const spanOf = (days: Period): Figures['span'] => ({
  from: toIsoDate(days.first),
  to: toIsoDate(days.last),
  whole: days.whole,
  before: { from: toIsoDate(days.before.first), to: toIsoDate(days.before.last) },
});

/** What was given in a period, from the tally. @throws AppError not_found, bad_input */
export async function getFigures(
  parts: FigureParts,
  actor: Actor,
  query: Input<Routes['get']>['query'],
): Promise<Figures> {
  const { stations, ids, days } = await chosen(parts, actor, query);
  return parts.database.read(systemScope, (tx) => figuresOf(parts, tx, { stations, ids, days }));
}

interface Asked {
  stations: readonly FigureStation[];
  ids: readonly string[];
  days: Period;
}

export async function figuresOf(parts: FigureParts, tx: Tx, { stations, ids, days }: Asked): Promise<Figures> {
  const tally = await tallyAll(tx, ids, days);
  const { of } = tally;
  const partners = await parts.partnerNames(
    tx,
    of('partner').flatMap(({ value }) => (value === '' ? [] : [value])),
  );
  const byStation = new Map(tally.byStation.map((row) => [row.value, row]));
  const sum = (key: keyof Omit<TallyRow, 'value'>) => of('weather').reduce((total, row) => total + row[key], 0);
  const unknown = (code: string) => ({ name: code, nameEn: code });
  return {
    span: spanOf(days),
    stations: stations.map(({ id, code, name, nameEn }) => ({ id, code, name, nameEn })),
    records: { now: sum('records'), before: sum('recordsBefore') },
    persons: { now: sum('persons'), before: sum('personsBefore') },
    ...(await activitiesOf(parts, tx, ids, days)),
    byKind: counted(of('kind'), (code) => ({ code, ...(parts.serviceKind(code) ?? unknown(code)) })),
    byStation: stations.map(({ id, name, nameEn }) => toCounted(byStation.get(id), { code: id, name, nameEn })),
    byPartner: counted(
      of('partner').filter(({ value }) => value !== ''),
      (id) => ({ code: id, ...(partners.get(id) ?? unknown(id)) }),
    ),
    byWeather: counted(of('weather'), weatherWord),
    visitors: visitorsOf(of('visitor')),
    hours: tableOf(hoursIn(tally)),
    days: weekdaysIn(days),
    trend: await trendOf(tx, ids, days),
  };
}

type Named = Pick<Counted, 'code' | 'name' | 'nameEn'>;

function toCounted(row: TallyRow | undefined, named: Named): Counted {
  return {
    ...named,
    records: { now: row?.records ?? 0, before: row?.recordsBefore ?? 0 },
    persons: { now: row?.persons ?? 0, before: row?.personsBefore ?? 0 },
  };
}

/** The most first; of equals by code. */
function counted(rows: readonly TallyRow[], nameOf: (value: string) => Named): Counted[] {
  return rows
    .map((row) => toCounted(row, nameOf(row.value)))
    .toSorted(
      (a, b) => b.persons.now - a.persons.now || b.persons.before - a.persons.before || a.code.localeCompare(b.code),
    );
}

async function activitiesOf(
  { countHeld, activityKind }: FigureParts,
  tx: Tx,
  stations: readonly string[],
  days: Period,
): Promise<Pick<Figures, 'activities' | 'byActivityKind'>> {
  const now = await countHeld(tx, { stations, ...momentOf(days) });
  const before = await countHeld(tx, { stations, ...momentOf(days.before) });
  const total = (rows: typeof now, kind?: string) =>
    rows.reduce((sum, row) => sum + (kind === undefined || row.kind === kind ? row.n : 0), 0);
  const kinds = [...new Set([...now, ...before].map(({ kind }) => kind))];
  const both = (kind?: string) => ({ now: total(now, kind), before: total(before, kind) });
  return {
    activities: both(),
    byActivityKind: kinds
      .map((code) => ({ code, ...(activityKind(code) ?? { name: code, nameEn: code }), activities: both(code) }))
      .toSorted((a, b) => b.activities.now - a.activities.now || a.code.localeCompare(b.code)),
  };
}

/** What people said of themselves: small counts are left out, and as many more as would give them away. */
function visitorsOf(rows: readonly TallyRow[]): Figures['visitors'] {
  const said = figureVisitors.filter((code) => code !== 'untold');
  const of = (code: string) => rows.find(({ value }) => value === code);
  const now = tellCounts(said.map((code) => of(code)?.persons ?? 0));
  const before = tellCounts(said.map((code) => of(code)?.personsBefore ?? 0));
  const untold = of('');
  const all = rows.reduce((sum, { persons }) => sum + persons, 0);
  return {
    told: now.total,
    share: now.total === null || all === 0 ? null : Math.round((now.total / all) * 1000) / 1000,
    least: leastTold,
    items: [
      ...said.map((code, k) => ({ code, persons: now.counts[k] ?? null, before: before.counts[k] ?? null })),
      // Beside the total of all, this would tell a total that is too small to be told.
      {
        code: 'untold' as const,
        persons: now.total === null ? null : (untold?.persons ?? 0),
        before: before.total === null ? null : (untold?.personsBefore ?? 0),
      },
    ],
  };
}

function tableOf(rows: readonly { weekday: number; hour: number; persons: number }[]): number[][] {
  const table = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  for (const { weekday, hour, persons } of rows) {
    const row = table[weekday];
    if (row !== undefined) row[hour] = persons;
  }
  return table;
}

async function trendOf(tx: Tx, stations: readonly string[], days: Period): Promise<Figures['trend']> {
  const step = stepOf(days);
  const persons = await tallySteps(tx, stations, days, step);
  const items = stepsOf(days).map(({ first, last }) => ({
    from: toIsoDate(first),
    to: toIsoDate(last),
    persons: persons.get(toIsoDate(first).slice(0, step === 'day' ? 10 : 7)) ?? 0,
  }));
  return { step, items };
}

/** When people come, beside who is there. @throws AppError not_found, bad_input */
export async function getDemand(
  parts: FigureParts,
  actor: Actor,
  query: Input<Routes['demand']>['query'],
): Promise<Output<Routes['demand']>> {
  const { ids, days } = await chosen(parts, actor, query);
  return parts.database.read(systemScope, (tx) => demandOf(parts, tx, ids, days));
}

export async function demandOf(
  { listRoster, clock }: Pick<FigureParts, 'listRoster' | 'clock'>,
  tx: Tx,
  stations: readonly string[],
  days: Period,
): Promise<Output<Routes['demand']>> {
  const [perVolunteer, leastPersons] = [figureRule('per_volunteer'), figureRule('least_persons')];
  const rule = {
    perVolunteer: perVolunteer.value,
    leastPersons: leastPersons.value,
    certain: perVolunteer.certain && leastPersons.certain,
  };
  // The rest of today has not happened: neither who came nor who was there.
  const moment = momentOf(days);
  const spans = await listRoster(tx, { stations, ...moment, toMs: Math.min(moment.toMs, clock.now()) });
  const roster = rosterHours(spans, days, SHANGHAI_OFFSET_MINUTES);
  const cells = demandCells(tableOf(await tallyHours(tx, stations, days)), roster, weekdaysIn(days));
  const rosterDays = new Set(spans.map(({ fromMs }) => todayOf(fromMs))).size;
  return { span: spanOf(days), rosterDays, cells, gaps: rosterDays === 0 ? [] : findGaps(cells, rule), rule };
}

/** Person-times of today until now, beside what this weekday usually has by now. */
export async function getToday(parts: FigureParts, actor: Actor): Promise<Output<Routes['today']>> {
  const nowMs = parts.clock.now();
  const today = todayOf(nowMs);
  const stations = (await parts.listStations(actor, 'station.read')).filter(
    ({ closedOn }) => closedOn === null || closedOn >= toIsoDate(today),
  );
  const weeks = figureRule('usual_weeks').value;
  const spans = Array.from({ length: weeks + 1 }, (_, back) => {
    const fromMs = startOf(today - 7 * back);
    return { fromMs, toMs: fromMs + nowMs - startOf(today) };
  });
  const rows = await parts.database.read(systemScope, (tx) =>
    countSpans(
      tx,
      stations.map(({ id }) => id),
      spans,
    ),
  );
  const items = stations.map(({ id, code, name, nameEn }) => {
    const own = rows.filter(({ stationId }) => stationId === id);
    const past = own.filter(({ span }) => span > 0);
    const persons = own.find(({ span }) => span === 0)?.persons ?? 0;
    return { id, code, name, nameEn, persons, usual: usualOf(past, weeks) };
  });
  const known = items.flatMap(({ usual }) => usual ?? []);
  return {
    at: toIso(nowMs),
    day: toIsoDate(today),
    persons: items.reduce((sum, { persons }) => sum + persons, 0),
    usual: known.length < items.length || known.length === 0 ? null : oneDecimal(known.reduce((sum, n) => sum + n, 0)),
    items,
  };
}

/** The mean over the weeks, a week without anybody counting as none; null where too few weeks are known. */
function usualOf(past: readonly { span: number; persons: number }[], weeks: number): number | null {
  const furthest = past.reduce((most, { span }) => Math.max(most, span), 0);
  if (furthest < figureRule('usual_least').value) return null;
  return oneDecimal(past.reduce((sum, { persons }) => sum + persons, 0) / Math.min(furthest, weeks));
}
