import type { caseParts } from '#contract/analytics-views.ts';
import { toSearchText } from './search-text.ts';

/** Which cases a number stands for. Days are days of report (Asia/Shanghai), both included. */
export interface CasesFilter {
  indicator?: string | undefined;
  part?: (typeof caseParts)[number] | undefined;
  /** A measure of db/data/indicator-measures.csv, instead of an indicator and its part. */
  measure?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  area?: string | undefined;
  /** A category at any level, with all below it. */
  class?: string | undefined;
  /** The unit that leads. */
  unit?: string | undefined;
  /** West, south, east, north in degrees, joined by commas. */
  cell?: string | undefined;
  /** At most fifty events. */
  ids?: readonly string[] | undefined;
  /** Days on which they were closed, or first taken on, whenever they were reported. */
  closedOn?: string | undefined;
  acceptedOn?: string | undefined;
}

/** The address of the list of cases behind a number. */
export function casesLink(filter: CasesFilter): string {
  return `/desk/cases${toSearchText(filter)}`;
}
