import { useNavigate, useSearch } from '@tanstack/react-router';

export const limits = ['standard', '5', '10', '15'] as const;
export type Limit = (typeof limits)[number];

/** What the address of the page says: any view can be sent in a message. */
export interface CircleSearch {
  /** Class of facilities. */
  class: string;
  minutes: Limit;
  /** Who walks. */
  profile: string;
  /** Weekday (1 Monday to 7) and minute of the day, '5-1320'; absent: at any time. */
  at?: string | undefined;
  area?: string | undefined;
  /** A run chosen by hand; absent: the latest that fits the other choices. */
  run?: string | undefined;
  /** The run it is compared with. */
  with?: string | undefined;
  /** The cell that is opened. */
  cell?: string | undefined;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Anything unknown is left out. */
export function parseCircleSearch(search: Record<string, unknown>): CircleSearch {
  const text = (key: string, pattern: RegExp): string | undefined => {
    const value = String(search[key] ?? '');
    return pattern.test(value) ? value : undefined;
  };
  const optional = {
    at: text('at', /^[1-7]-\d{1,4}$/),
    area: text('area', /^\d{6,17}$/),
    run: text('run', uuid),
    with: text('with', uuid),
    cell: text('cell', /^[\w.:-]{1,60}$/),
  };
  return {
    class: text('class', /^[a-z0-9_]{1,40}$/) ?? 'fresh_market',
    minutes: limits.find((one) => one === String(search['minutes'])) ?? 'standard',
    profile: text('profile', /^[a-z0-9_]{1,40}$/) ?? 'adult',
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
}

export interface AtTime {
  weekday: number;
  minute: number;
}

export function readAt(at: string | undefined): AtTime | null {
  const found = /^([1-7])-(\d{1,4})$/.exec(at ?? '');
  const minute = Number(found?.[2]);
  return found === null || minute > 1439 ? null : { weekday: Number(found[1]), minute };
}

export const writeAt = (at: AtTime | null): string | undefined =>
  at === null ? undefined : `${at.weekday}-${at.minute}`;

/** The page's address and how to change it; what is undefined leaves the address. */
export function useCircleSearch(): [CircleSearch, (change: Partial<CircleSearch>) => void] {
  const search = parseCircleSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  return [
    search,
    (change) =>
      void navigate({
        to: '.',
        search: { ...search, ...change } as never,
        replace: change.area === undefined && change.cell === undefined,
      }),
  ];
}

/** The address of a view of the page, as links of this feature write it. */
export function circleHref(search: CircleSearch): string {
  const entries = Object.entries(search).filter(([, value]) => value !== undefined) as [string, string][];
  return `/desk/circle?${new URLSearchParams(entries).toString()}`;
}
