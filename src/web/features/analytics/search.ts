import { exclusionStates } from '#contract/analytics-units.ts';
import { caseParts } from '#contract/analytics-views.ts';

/** What the list of cases shows, as it stands in the address. */
export interface CasesSearch {
  indicator?: string;
  part?: (typeof caseParts)[number];
  measure?: string;
  from?: string;
  to?: string;
  area?: string;
  class?: string;
  unit?: string;
  cell?: string;
  /** Joined by commas. */
  ids?: string;
  closedOn?: string;
  acceptedOn?: string;
}

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

function matching(value: unknown, pattern: RegExp): string | undefined {
  const found = text(value);
  return pattern.test(found) ? found : undefined;
}

const code = /^[a-z][a-z0-9_]{0,40}$/;
export const dayForm = /^\d{4}-\d{2}-\d{2}$/;
const uuid = /^[0-9a-f-]{36}$/i;

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function defined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}

/** Days, area, class and unit: what all pages of figures have in common. */
export function parseSpan(search: Record<string, unknown>) {
  return defined({
    from: matching(search['from'], dayForm),
    to: matching(search['to'], dayForm),
    area: matching(search['area'], /^\d{6,17}$/),
    class: matching(search['class'], /^[A-Za-z0-9]{1,20}$/),
    unit: matching(search['unit'], uuid),
  });
}

/** Reads the address; words that mean nothing are dropped. */
export function parseCasesSearch(search: Record<string, unknown>): CasesSearch {
  return {
    ...defined({
      indicator: matching(search['indicator'], code),
      part: caseParts.find((one) => one === search['part']),
      measure: matching(search['measure'], code),
    }),
    ...parseSpan(search),
    ...defined({
      cell: matching(search['cell'], /^-?\d+(\.\d+)?(,-?\d+(\.\d+)?){3}$/),
      ids: matching(search['ids'], /^[0-9a-f-]{36}(,[0-9a-f-]{36}){0,49}$/i),
      closedOn: matching(search['closedOn'], dayForm),
      acceptedOn: matching(search['acceptedOn'], dayForm),
    }),
  };
}

/** What the page of indicators shows. */
export interface FiguresSearch {
  from?: string;
  to?: string;
  area?: string;
  class?: string;
  unit?: string;
  /** The one shown in trend and map. */
  indicator?: string;
}

export function parseFiguresSearch(search: Record<string, unknown>): FiguresSearch {
  return { ...parseSpan(search), ...defined({ indicator: matching(search['indicator'], code) }) };
}

export const presets = ['today', 'week', 'month30', 'month', 'quarter'] as const;
export type Preset = (typeof presets)[number];

/** Days of a preset, ending today ('YYYY-MM-DD', Asia/Shanghai). */
export function daysOf(preset: Preset, today: string): { from: string; to: string } {
  const back = (days: number) =>
    new Date(Date.parse(`${today}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
  const month = Number(today.slice(5, 7));
  const quarter = String(month - ((month - 1) % 3)).padStart(2, '0');
  const from = {
    today,
    week: back(6),
    month30: back(29),
    month: `${today.slice(0, 7)}-01`,
    quarter: `${today.slice(0, 4)}-${quarter}-01`,
  }[preset];
  return { from, to: today };
}

/** What the comparison of units shows; months. */
export interface UnitsSearch {
  area?: string;
  from?: string;
  to?: string;
}

export function parseUnitsSearch(search: Record<string, unknown>): UnitsSearch {
  const month = /^\d{4}-(0[1-9]|1[0-2])$/;
  return defined({
    area: matching(search['area'], /^\d{6,9}$/),
    from: matching(search['from'], month),
    to: matching(search['to'], month),
  });
}

/** What the page of exclusions shows: those of one state, or the form for the case of this number. */
export interface ExclusionSearch {
  state?: (typeof exclusionStates)[number] | undefined;
  number?: string | undefined;
}

/** Anything unknown is left out. */
export function parseExclusionSearch(search: Record<string, unknown>): ExclusionSearch {
  const state = exclusionStates.find((one) => one === search['state']);
  const number = matching(search['number'], /^\d{8}-\d{6,10}$/);
  return { ...(state === undefined ? {} : { state }), ...(number === undefined ? {} : { number }) };
}

/** The form that proposes to leave out the case of this number. */
export const exclusionsHref = (number: string): string => `/desk/figures/exclusions?number=${number}`;
