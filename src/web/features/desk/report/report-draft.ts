import type { Channel } from '#contract/events-words.ts';
import type { eventRoutes } from '#contract/events.ts';
import type { ClientInput } from '#contract/route.ts';

/** What a seat has typed so far; kept on this device until it is recorded. */
export interface ReportDraft {
  channel: Channel;
  sourceRef: string;
  categoryCode: string;
  title: string;
  description: string;
  lon: number | null;
  lat: number | null;
  /** Name of what was chosen by search or map. */
  placeName: string;
  placeWords: string;
  areaCode: string;
  phone: string;
  name: string;
  priority: number | null;
  follow: { id: string; number: string } | null;
  /** Emergency numbers already called, with the moment of each. */
  calls: { number: string; calledAt: string; opId: string }[];
  opId: string;
}

export const seatChannels = [
  'hotline',
  'superior',
  'group',
  'patrol',
  'camera',
  'grid_worker',
] as const satisfies readonly Channel[];

const key = 'huangge.draft.report';

export function freshReport(channel: Channel = 'hotline'): ReportDraft {
  return {
    channel,
    sourceRef: '',
    categoryCode: '',
    title: '',
    description: '',
    lon: null,
    lat: null,
    placeName: '',
    placeWords: '',
    areaCode: '',
    phone: '',
    name: '',
    priority: null,
    follow: null,
    calls: [],
    opId: crypto.randomUUID(),
  };
}

export function readReport(): ReportDraft {
  try {
    const found = JSON.parse(localStorage.getItem(key) ?? 'null') as Partial<ReportDraft> | null;
    return typeof found?.opId === 'string' ? { ...freshReport(), ...found } : freshReport();
  } catch {
    return freshReport();
  }
}

export function keepReport(draft: ReportDraft | null): void {
  try {
    if (draft === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // Refused storage: the draft lasts for the visit.
  }
}

export type ReportGap = 'needCategory' | 'needPlace';

/** What is still missing, in the order of the form. */
export function gapsOf(draft: ReportDraft): ReportGap[] {
  const placed = draft.lon !== null || (draft.areaCode !== '' && draft.placeWords.trim() !== '');
  return [...(draft.categoryCode === '' ? ['needCategory' as const] : []), ...(placed ? [] : ['needPlace' as const])];
}

export function toReportBody(draft: ReportDraft): NonNullable<ClientInput<typeof eventRoutes.report>['body']> {
  const said = [draft.placeName, draft.placeWords.trim()].filter((one) => one !== '');
  return {
    opId: draft.opId,
    channel: draft.channel,
    categoryCode: draft.categoryCode,
    title: draft.title.trim(),
    description: draft.description.trim(),
    lon: draft.lon,
    lat: draft.lat,
    placeWords: said.join(' ').slice(0, 200),
    ...(draft.areaCode === '' ? {} : { areaCode: draft.areaCode }),
    ...(draft.priority === null ? {} : { priority: draft.priority }),
    ...(draft.sourceRef.trim() === '' ? {} : { sourceRef: draft.sourceRef.trim() }),
    ...(draft.phone.trim() === '' ? {} : { phone: draft.phone.trim() }),
    ...(draft.name.trim() === '' ? {} : { name: draft.name.trim() }),
    ...(draft.follow === null ? {} : { followEventId: draft.follow.id }),
  };
}
