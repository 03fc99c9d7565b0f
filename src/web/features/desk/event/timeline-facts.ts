import { clockSteps, eventStatuses, type ClockStep, type EventStatus, type Verb } from '#contract/events-words.ts';

/** What a line of the ledger says of an event, read with care: old lines stay as they were written. */
export interface LineFacts {
  /** Null when the status stayed the same or there was none before. */
  change: { from: EventStatus; to: EventStatus } | null;
  leadUnitId: string | null;
  assistUnitIds: string[];
  toUnitId: string | null;
  category: { from: string; to: string } | null;
  priority: { from: number; to: number } | null;
  outcome: 'confirmed' | 'not_found' | 'pass' | 'fail' | null;
  photos: number;
  /** A clock's mark: 80, 100 or 150 percent of its limit. */
  mark: { step: ClockStep; percent: number } | null;
  happenedAt: string | null;
  reviewAt: string | null;
  rating: number | null;
  callNumber: string | null;
  /** The event it was merged into. */
  intoNumber: string | null;
  /** Everything people wrote, in the order it is shown. */
  said: string[];
}

const outcomes = ['confirmed', 'not_found', 'pass', 'fail'] as const;
const spoken = [
  'title',
  'description',
  'note',
  'reason',
  'instruction',
  'result',
  'noEvidenceReason',
  'words',
  'placeWords',
];

export function factsOf(line: {
  verb: Verb;
  data: Record<string, unknown>;
  words: Record<string, unknown>;
}): LineFacts {
  const { data } = line;
  const from = eventStatuses.find((one) => one === data['from']);
  const to = eventStatuses.find((one) => one === data['to']);
  const step = clockSteps.find((one) => one === data['step']);
  const percent = numberOf(data['mark']);
  const moved = line.verb === 'escalate' || line.verb === 'delegate' || line.verb === 'relocate';
  return {
    change: from === undefined || to === undefined || from === to ? null : { from, to },
    leadUnitId: textOf(data['leadUnitId']),
    assistUnitIds: [...idsOf(data['assistUnitIds']), ...idsOf(data['unitIds'])],
    toUnitId: moved ? (textOf(data['toUnitId']) ?? textOf(data['ownerUnitId'])) : null,
    category: pair(textOf(data['categoryBefore']), textOf(data['categoryAfter'])),
    priority: pair(numberOf(data['priorityBefore']), numberOf(data['priorityAfter'])),
    outcome: outcomes.find((one) => one === data['outcome']) ?? null,
    photos: numberOf(data['photos']) ?? 0,
    mark: step === undefined || percent === null ? null : { step, percent },
    happenedAt: textOf(data['happenedAt']),
    reviewAt: textOf(data['reviewAt']),
    rating: numberOf(data['rating']),
    callNumber: textOf(data['callNumber']) ?? textOf(line.words['callNumber']),
    intoNumber: textOf(data['intoNumber']),
    // A report's own title and text stand above already.
    said:
      line.verb === 'report' || line.verb === 'self_handle'
        ? saidOf(line.words, ['result', 'noEvidenceReason'])
        : saidOf(line.words, spoken),
  };
}

function saidOf(words: Record<string, unknown>, keys: readonly string[]): string[] {
  return keys.flatMap((key) => {
    const text = words[key];
    return typeof text === 'string' && text.trim() !== '' ? [text.trim()] : [];
  });
}

function pair<T>(from: T | null, to: T | null): { from: T; to: T } | null {
  return from === null || to === null || from === to ? null : { from, to };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function idsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
