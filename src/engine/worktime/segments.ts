import { DAY_MINUTES } from './days.ts';

/** Working hours inside one local day: [startMinute, endMinute), whole minutes after midnight, 0 ≤ start < end ≤ 1440. */
export type Segment = readonly [startMinute: number, endMinute: number];

const SEGMENT = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/;

/**
 * What is wrong with a day's segments, in one sentence, or undefined when nothing is. They must be whole minutes inside
 * the day, in order, and must not overlap; segments may touch.
 */
export function findSegmentFault(segments: readonly Segment[]): string | undefined {
  let previousEnd = 0;
  for (const [start, end] of segments) {
    const text = `${start}-${end}`;
    if (!Number.isInteger(start) || !Number.isInteger(end)) return `expected whole minutes, found ${text}`;
    if (start < 0 || end > DAY_MINUTES) return `expected minutes from 0 to ${DAY_MINUTES}, found ${text}`;
    if (start >= end) return `expected a start before its end, found ${text}`;
    if (start < previousEnd)
      return `expected segments in order that do not overlap, found ${text} after ${previousEnd}`;
    previousEnd = end;
  }
  return undefined;
}

/** Writes segments as '09:00-12:00;14:00-18:00'; no segments give ''. */
export function toSegmentText(segments: readonly Segment[]): string {
  return segments.map(([start, end]) => `${toClock(start)}-${toClock(end)}`).join(';');
}

/** Reads '09:00-12:00;14:00-18:00' (also separated by blanks; 24:00 is midnight at the end). A string answer is the fault. */
export function readSegmentText(text: string): Segment[] | string {
  const segments: Segment[] = [];
  for (const part of text.split(/[;\s]+/).filter((piece) => piece !== '')) {
    const match = SEGMENT.exec(part);
    if (!match) return `expected hours like 09:00-12:00, found ${part}`;
    if (Number(match[2]) > 59 || Number(match[4]) > 59) return `expected minutes from 00 to 59, found ${part}`;
    segments.push([Number(match[1]) * 60 + Number(match[2]), Number(match[3]) * 60 + Number(match[4])]);
  }
  return findSegmentFault(segments) ?? segments;
}

function toClock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
