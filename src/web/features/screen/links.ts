import type { EventStatus } from '#contract/events-words.ts';
import type { WidgetCode } from '#contract/screens-layout.ts';
import { casesLink } from '#web/app/cases-link.ts';
import { toSearchText } from '#web/app/search-text.ts';

/** What every number of a screen opens: the cases behind it, or the page that holds them. */

export const queueLink = (filter: {
  area: string;
  status?: readonly EventStatus[];
  late?: true;
  open?: true;
}): string => `/desk${toSearchText(filter)}`;
export const eventLink = (id: string): string => `/desk${toSearchText({ event: id })}`;
export const alarmLink = (id: string): string => `/desk/alarms${toSearchText({ alarm: id })}`;
export const warningLink = (id: string): string => `/desk/warnings${toSearchText({ warning: id })}`;
export const roomLink = (eventId: string): string => `/desk/operations/${eventId}`;
export const hotIssueLink = (id: string): string => `/desk/hot-issues/${id}`;
export const anomalyLink = (id: string, area: string): string =>
  `/desk/patterns${toSearchText({ part: 'anomalies', area, anomaly: id })}`;
export const dutyLink = (unitId: string): string => `/desk/force${toSearchText({ tab: 'roster', unit: unitId })}`;
export const closedLink = (area: string, day: string): string => casesLink({ area, closedOn: day });
export const acceptedLink = (area: string, day: string): string => casesLink({ area, acceptedOn: day });
export const dayLink = (area: string, day: string): string => casesLink({ area, from: day, to: day });
export const indicatorLink = (area: string, indicator: string, { from, to }: { from: string; to: string }): string =>
  casesLink({ area, indicator, from, to, part: 'denominator' });

/** The page behind a widget's name. */
export function headLink(code: WidgetCode, area: string): string {
  const pages: Record<WidgetCode, string> = {
    map: queueLink({ area, open: true }),
    today: `/desk/figures${toSearchText({ area })}`,
    flow: queueLink({ area, open: true }),
    alarms: '/desk/alarms',
    warnings: '/desk/warnings',
    indicators: `/desk/figures${toSearchText({ area })}`,
    hot_issues: '/desk/hot-issues',
    anomalies: `/desk/patterns${toSearchText({ part: 'anomalies', area })}`,
    forecast: `/desk/patterns${toSearchText({ part: 'forecast', area })}`,
    duty: `/desk/force${toSearchText({ tab: 'roster' })}`,
    force: `/desk/force${toSearchText({ tab: 'grids', area })}`,
    stations: '/desk/service-figures',
    operations: '/desk/operations',
    care: '/desk/visits',
    gaps: `/desk/shortfalls${toSearchText({ area })}`,
  };
  return pages[code];
}
