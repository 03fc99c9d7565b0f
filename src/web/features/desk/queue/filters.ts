import { channels, eventStatuses, openStatuses, type Channel, type EventStatus } from '#contract/events-words.ts';
import type { eventRoutes } from '#contract/events.ts';
import type { ClientInput } from '#contract/route.ts';
import { deskTiers, type DeskTier } from '#kit/tiers.ts';

/** What the queue shows, as it stands in the address. Absent members do not narrow. */
export interface DeskFilter {
  status?: EventStatus[];
  priority?: number[];
  category?: string;
  area?: string;
  tier?: DeskTier;
  unit?: string;
  channel?: Channel[];
  late?: true;
  supervised?: true;
  mine?: true;
  open?: true;
  /** Calendar days (Asia/Shanghai), both included. */
  from?: string;
  to?: string;
  q?: string;
}

export const sorts = ['due', 'newest', 'priority'] as const;
export type Sort = (typeof sorts)[number];

export interface DeskSearch extends DeskFilter {
  sort?: Sort;
  /** The event shown in the detail. */
  event?: string;
  /** The queue keeps to what the map's window shows. */
  window?: true;
}

type Words = Record<string, unknown>;

/** Reads the address; words that mean nothing are dropped, so that an old or mistyped link still opens. */
export function parseDeskSearch(search: Words): DeskSearch {
  return clean({
    status: listOf(search['status'], eventStatuses),
    priority: listOf(search['priority'], ['0', '1', '2', '3', '4'] as const)?.map(Number),
    category: textOf(search['category'], 20),
    area: match(search['area'], /^\d{6,17}$/),
    tier: oneOf(search['tier'], deskTiers),
    unit: match(search['unit'], /^[0-9a-f-]{36}$/i),
    channel: listOf(search['channel'], channels),
    late: flag(search['late']),
    supervised: flag(search['supervised']),
    mine: flag(search['mine']),
    open: flag(search['open']),
    from: match(search['from'], /^\d{4}-\d{2}-\d{2}$/),
    to: match(search['to'], /^\d{4}-\d{2}-\d{2}$/),
    q: textOf(search['q'], 100),
    sort: oneOf(search['sort'], sorts),
    event: match(search['event'], /^[0-9a-f-]{36}$/i),
    window: flag(search['window']),
  });
}

/** The part that narrows: without sort, selection and window. */
export function filterOf(search: DeskSearch): DeskFilter {
  const { sort: _sort, event: _event, window: _window, ...filter } = search;
  return filter;
}

/** How many filters are set; text and `open` included. */
export function countFilters(search: DeskSearch): number {
  return Object.keys(filterOf(search)).length;
}

type ListQuery = NonNullable<ClientInput<typeof eventRoutes.list>['query']>;

/** The same as the server's query. Days become instants: from 00:00, and until the last millisecond, of Shanghai. */
export function toEventQuery(filter: DeskFilter): Omit<ListQuery, 'sort' | 'cursor' | 'limit'> {
  return clean({
    status: filter.status?.join(','),
    priority: filter.priority?.join(','),
    categoryCode: filter.category,
    areaCode: filter.area,
    tier: filter.tier,
    unitId: filter.unit,
    channel: filter.channel?.join(','),
    late: flagText(filter.late),
    supervised: flagText(filter.supervised),
    mine: flagText(filter.mine),
    open: flagText(filter.open),
    reportedFrom: filter.from === undefined ? undefined : `${filter.from}T00:00:00.000+08:00`,
    reportedTo: filter.to === undefined ? undefined : `${filter.to}T23:59:59.999+08:00`,
    q: filter.q,
  }) as Omit<ListQuery, 'sort' | 'cursor' | 'limit'>;
}

/** Soonest due first while work is open; newest first among what is over. */
export function sortOf(search: DeskSearch): Sort {
  if (search.sort !== undefined) return search.sort;
  const open: readonly EventStatus[] = openStatuses;
  const onlyOpen = search.open === true || search.mine === true || search.late === true;
  return onlyOpen || (search.status?.every((status) => open.includes(status)) ?? false) ? 'due' : 'newest';
}

function clean<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as never;
}

function listOf<W extends string>(value: unknown, allowed: readonly W[]): W[] | undefined {
  const words = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(',') : [];
  const known = allowed.filter((word) => words.includes(word));
  return known.length === 0 ? undefined : known;
}

function oneOf<W extends string>(value: unknown, allowed: readonly W[]): W | undefined {
  return allowed.find((word) => word === value);
}

function match(value: unknown, form: RegExp): string | undefined {
  return typeof value === 'string' && form.test(value) ? value : undefined;
}

function textOf(value: unknown, max: number): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim().slice(0, max);
  return text === '' ? undefined : text;
}

function flag(value: unknown): true | undefined {
  return value === true || value === 'true' ? true : undefined;
}

function flagText(value: true | undefined): 'true' | undefined {
  return value === true ? 'true' : undefined;
}
