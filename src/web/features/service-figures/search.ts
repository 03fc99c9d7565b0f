import { figurePeriods, figureVisitors } from '#contract/service-figures.ts';

/** What a number counts beside period and station: none of these is everything. */
export interface CountedBy {
  kind?: string;
  visitor?: (typeof figureVisitors)[number];
  weather?: string;
  partner?: string;
  activity?: string;
  weekday?: number;
  hour?: number;
}

/** What the address of the page says. */
export interface FiguresSearch {
  period: (typeof figurePeriods)[number];
  day?: string;
  to?: string;
  station?: string;
  /** A number was pressed: its records are shown. */
  of?: CountedBy;
}

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
const matching = (value: unknown, pattern: RegExp): string | undefined => {
  const found = text(value);
  return pattern.test(found) ? found : undefined;
};
const day = /^\d{4}-\d{2}-\d{2}$/;
const uuid = /^[0-9a-f-]{36}$/;

/** Anything unknown is left out. */
export function parseFiguresSearch(search: Record<string, unknown>): FiguresSearch {
  const of = parseOf(search);
  return {
    period: figurePeriods.find((one) => one === search['period']) ?? 'month',
    ...defined({
      day: matching(search['day'], day),
      to: matching(search['to'], day),
      station: matching(search['station'], uuid),
      of,
    }),
  };
}

function parseOf(search: Record<string, unknown>): CountedBy | undefined {
  const weekday = matching(search['weekday'], /^[0-6]$/);
  const hour = matching(search['hour'], /^(\d|1\d|2[0-3])$/);
  const found: CountedBy = defined({
    kind: matching(search['kind'], /^[a-z][a-z0-9_]{0,40}$/),
    visitor: figureVisitors.find((one) => one === search['visitor']),
    weather: matching(search['weather'], /^([a-z_0-9]+\.[a-z]+|none)$/),
    partner: matching(search['partner'], uuid),
    activity: matching(search['activity'], uuid),
    weekday: weekday === undefined ? undefined : Number(weekday),
    hour: hour === undefined ? undefined : Number(hour),
  });
  return Object.keys(found).length > 0 || text(search['list']) === '1' ? found : undefined;
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function defined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}

/** The address of a search, flat. */
export function flatSearch({ of, ...rest }: FiguresSearch): Record<string, string | number> {
  return { ...rest, ...(of === undefined ? {} : { list: 1, ...of }) };
}

/** Period and station, as the server asks for them. */
export function whichOf({ period, day: on, to, station }: FiguresSearch) {
  return {
    period,
    ...(on === undefined ? {} : { day: on }),
    ...(period === 'custom' ? { to: to ?? on ?? '' } : {}),
    ...(station === undefined ? {} : { station }),
  };
}

const dayMs = 86_400_000;

/** A day 'YYYY-MM-DD' so many days later. */
export function dayAfter(on: string, days: number): string {
  return new Date(Date.parse(`${on}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** Any day of the next period after one that begins at `from`: as long as the longest of its kind. */
export function nextDay(period: FiguresSearch['period'], from: string): string {
  return dayAfter(from, { day: 1, week: 7, month: 31, quarter: 92, custom: 1 }[period]);
}
