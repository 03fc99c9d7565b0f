import type { Channel, EventStatus, TaskStatus } from '#contract/events-words.ts';
import type { DeskTier } from '#kit/tiers.ts';
import type { ClockRow } from './worktime.ts';

/** An event as its table keeps it. Times are epoch milliseconds. */
export interface EventRow {
  id: string;
  number: string;
  title: string;
  description: string;
  categoryCode: string;
  ruleVersion: number;
  priority: number;
  channel: Channel;
  status: EventStatus;
  tier: DeskTier;
  ownerUnitId: string;
  city: string;
  district: string;
  street: string | null;
  community: string | null;
  grid: string | null;
  lon: number | null;
  lat: number | null;
  placeWords: string;
  outside: boolean;
  verifiedMs: number | null;
  reportedMs: number;
  filedMs: number | null;
  dispatchedMs: number | null;
  finishedMs: number | null;
  closedMs: number | null;
  endedMs: number | null;
  reopenedMs: number | null;
  dueMs: number | null;
  returns: number;
  reworks: number;
  reopens: number;
  urges: number;
  supervised: boolean;
  late: boolean;
  reportCount: number;
  rating: number | null;
  mergedInto: string | null;
  statusBefore: EventStatus | null;
  reviewMs: number | null;
  closeKind: 'checked' | 'sample_skipped' | null;
  noEvidenceReason: string | null;
  version: number;
}

export interface TaskRow {
  id: string;
  eventId: string;
  unitId: string;
  part: 'lead' | 'assist';
  status: TaskStatus;
  binding: boolean;
  instruction: string;
  assigneeId: string | null;
  offeredBy: string | null;
  offeredMs: number;
  acceptedMs: number | null;
  onSiteMs: number | null;
  doneMs: number | null;
  endedMs: number | null;
  result: string;
  reason: string;
  reportedMs: number;
  /** How often the event had been reopened when it was given. */
  round: number;
  district: string;
}

/** One event with everything a decision looks at. */
export interface CaseRows {
  event: EventRow;
  tasks: TaskRow[];
  /** Clocks that have not stopped. */
  clocks: ClockRow[];
  hands: string[];
  /** Accounts among its reporters. */
  reporters: string[];
}

/** Codes of the areas that contain it, city first. */
export function pathOf(event: Pick<EventRow, 'city' | 'district' | 'street' | 'community' | 'grid'>): string[] {
  const codes = [event.city, event.district, event.street, event.community, event.grid];
  return [...new Set(codes.filter((code) => code !== null))];
}
