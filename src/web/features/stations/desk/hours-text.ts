/** Hours as people type them: '08:30-12:00 14:00-18:00', past midnight '20:00-02:00', all day '00:00-24:00'. */

export type Span = [from: number, until: number];

const two = (n: number): string => String(n).padStart(2, '0');

/** 1500 minutes → '01:00' of the next day; the end of a day itself is '24:00'. */
export function clockOf(minutes: number): string {
  if (minutes === 1440) return '24:00';
  return `${two(Math.floor((minutes % 1440) / 60))}:${two(minutes % 60)}`;
}

export function toText(spans: readonly (readonly [number, number])[]): string {
  return spans.map(([from, until]) => `${clockOf(from)}-${clockOf(until)}`).join(' ');
}

/**
 * Reads what was typed; '' is closed. An end not after its begin is of the next day. Undefined when it cannot be read or
 * spans overlap. Takes the Chinese colon, dashes and commas too.
 */
export function fromText(text: string): Span[] | undefined {
  const plain = text.replaceAll(/\uff1a/g, ':').replaceAll(/[\u2013\u2014~\uff5e\u81f3]/g, '-');
  const parts = plain
    .replaceAll(/\s*-\s*/g, '-')
    .split(/[\s,;\uff0c\uff1b\u3001]+/)
    .filter((part) => part !== '');
  const spans = parts.map(spanOf);
  const good = spans.flatMap((span) => (span === undefined ? [] : [span])).toSorted((a, b) => a[0] - b[0]);
  if (good.length < spans.length) return undefined;
  return good.every(([, until], k) => until <= (good[k + 1]?.[0] ?? Infinity)) ? good : undefined;
}

function spanOf(part: string): Span | undefined {
  const found = /^(\d{1,2}):([0-5]\d)-(\d{1,2}):([0-5]\d)$/.exec(part);
  if (found === null) return undefined;
  const [fromH, fromM, untilH, untilM] = found.slice(1).map(Number) as [number, number, number, number];
  const from = fromH * 60 + fromM;
  const until = untilH * 60 + untilM;
  if (from >= 1440 || until > 1440) return undefined;
  return [from, until > from ? until : until + 1440];
}
