import { alarmKinds, type AlarmKind } from '#contract/device-messages.ts';
import { alarmShows } from '#contract/sensing-views.ts';

export interface AlarmFilter {
  show: (typeof alarmShows)[number];
  kind?: AlarmKind | undefined;
  priority?: string | undefined;
}

export interface AlarmSearch extends AlarmFilter {
  /** The alarm shown beside the list. */
  alarm?: string | undefined;
}

/** Reads the address of the page; what does not fit is left out. */
export function parseAlarmSearch(search: Record<string, unknown>): AlarmSearch {
  const text = (name: string): string | undefined => (search[name] === undefined ? undefined : String(search[name]));
  return {
    show: alarmShows.find((one) => one === search['show']) ?? 'open',
    kind: alarmKinds.find((one) => one === search['kind']),
    priority: /^[0-4]$/.test(text('priority') ?? '') ? text('priority') : undefined,
    alarm: text('alarm'),
  };
}
