import { findDayFault } from './calendar.ts';
import type { CalendarDay, DayKind } from './calendar.ts';
import { findDayNumber } from './days.ts';
import { readSegmentText, toSegmentText } from './segments.ts';
import type { Segment } from './segments.ts';

/*
 * A calendar's exceptional days as a text file that a clerk can edit in a spreadsheet:
 *   # coverage: 2024-01-01..2026-12-31      lines that begin with # are remarks; this one is also read
 *   date,kind,name,segments                 the header, in this order
 *   2026-02-14,work,春节,                    segments only where they differ: 09:00-12:00;14:00-18:00
 */

export interface CalendarRow {
  date: string;
  kind: DayKind;
  name: string;
  segments: Segment[];
}

/** A line that was not understood. `line` counts from 1 as editors do; `message` says what was expected and found. */
export interface CalendarCsvError {
  line: number;
  message: string;
}

/** The dates, both included, for which a file says that it holds every exception. */
export interface CalendarCoverage {
  from: string;
  until: string;
}

export interface CalendarCsv {
  rows: CalendarRow[];
  errors: CalendarCsvError[];
  coverage: CalendarCoverage | undefined;
}

const HEADER = ['date', 'kind', 'name', 'segments'];
const REMARK = /^"?#\s*/;
const COVERAGE = /^coverage:\s*([\d/-]+)\.\.([\d/-]+)[\s",]*$/;
const LOOSE_DATE = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/;

/**
 * Reads the text of a calendar file. Never throws: every wrong line is reported and left out, so that all faults can be
 * mended in one go; a caller should take the rows only when there are no errors. Accepts what spreadsheets make of such a
 * file: a byte-order mark, CRLF, blank lines, quoted fields, trailing empty columns, dates like 2026/2/4.
 */
export function parseCalendarCsv(text: string): CalendarCsv {
  const result: CalendarCsv = { rows: [], errors: [], coverage: undefined };
  const lineOfDate = new Map<string, number>();
  let headerSeen = false;
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .forEach((content, index) => {
      const line = index + 1;
      if (REMARK.test(content)) {
        const answer = readRemark(content.replace(REMARK, ''));
        if (typeof answer === 'string') result.errors.push({ line, message: answer });
        else result.coverage = answer ?? result.coverage;
        return;
      }
      if (content.replaceAll(',', '').trim() === '') return;
      const answer = headerSeen ? readRow(content, lineOfDate) : readHeader(content);
      headerSeen = true;
      if (typeof answer === 'string') result.errors.push({ line, message: answer });
      else if (answer) {
        lineOfDate.set(answer.date, line);
        result.rows.push(answer);
      }
    });
  if (!headerSeen)
    result.errors.push({ line: 1, message: `expected the header ${HEADER.join(',')}, found an empty file` });
  return result;
}

/** Writes rows, ordered by date, in the form parseCalendarCsv reads; `remarks` become lines that begin with #. */
export function toCalendarCsv(
  rows: readonly CalendarRow[],
  { remarks = [], coverage }: { remarks?: readonly string[]; coverage?: CalendarCoverage } = {},
): string {
  const head = remarks.map((remark) => `# ${remark}`);
  if (coverage) head.push(`# coverage: ${coverage.from}..${coverage.until}`);
  const body = rows
    .toSorted((a, b) => (a.date < b.date ? -1 : 1))
    .map((row) => [row.date, row.kind, quote(row.name), toSegmentText(row.segments)].join(','));
  return [...head, HEADER.join(','), ...body, ''].join('\n');
}

/** Rows as the `days` of a Calendar. Of two rows for one date the later stands (parseCalendarCsv reports such pairs). */
export function toCalendarDays(rows: readonly CalendarRow[]): Map<string, CalendarDay> {
  return new Map(
    rows.map(({ date, kind, name, segments }) => [
      date,
      { kind, ...(segments.length > 0 ? { segments } : {}), ...(name === '' ? {} : { name }) },
    ]),
  );
}

/** The coverage stated in a remark; undefined for any other remark; a string answer is the fault. */
function readRemark(remark: string): CalendarCoverage | string | undefined {
  if (!remark.startsWith('coverage')) return undefined;
  const match = COVERAGE.exec(remark);
  const from = toStrictDate(match?.[1] ?? '');
  const until = toStrictDate(match?.[2] ?? '');
  const real = findDayNumber(from) !== undefined && findDayNumber(until) !== undefined && from <= until;
  return real ? { from, until } : `expected # coverage: 2024-01-01..2026-12-31, found # ${remark.slice(0, 80)}`;
}

/** 2026/2/4 as 2026-02-04; any other text as it is. */
function toStrictDate(text: string): string {
  const match = LOOSE_DATE.exec(text);
  return match ? [match[1], match[2]?.padStart(2, '0'), match[3]?.padStart(2, '0')].join('-') : text;
}

function readHeader(content: string): string | undefined {
  const found = splitLine(content);
  if (typeof found === 'string') return found;
  const fits = HEADER.every((name, index) => found[index]?.toLowerCase() === name);
  return fits ? undefined : `expected the header ${HEADER.join(',')}, found ${content.slice(0, 80)}`;
}

function readRow(content: string, lineOfDate: ReadonlyMap<string, number>): CalendarRow | string {
  const fields = splitLine(content);
  if (typeof fields === 'string') return fields;
  const [dateText = '', kind = '', name = '', hours = '', ...rest] = fields;
  const date = toStrictDate(dateText);
  if (rest.some((field) => field !== '')) return `expected 4 columns, found ${fields.length}; quote a name with commas`;
  if (kind !== 'work' && kind !== 'rest' && kind !== 'half') {
    return `kind: expected work, rest or half, found ${kind === '' ? 'nothing' : kind}`;
  }
  const segments = readSegmentText(hours);
  if (typeof segments === 'string') return `segments: ${segments}`;
  const fault = findDayFault(date, { kind, segments });
  if (fault) return fault;
  const earlier = lineOfDate.get(date);
  return earlier === undefined
    ? { date, kind, name, segments }
    : `expected each date once, found ${date} also on line ${earlier}`;
}

/** Fields of one line, trimmed, quotes removed; a string answer is the fault. */
function splitLine(content: string): string[] | string {
  const fields: string[] = [];
  let rest = content;
  for (;;) {
    const match = /^\s*"((?:[^"]|"")*)"\s*(,|$)/.exec(rest) ?? /^([^",]*)(,|$)/.exec(rest);
    if (!match) return `expected quotes to be closed and doubled inside, found ${rest.slice(0, 80)}`;
    fields.push((match[1] ?? '').replaceAll('""', '"').trim());
    if (match[2] === '') return fields;
    rest = rest.slice(match[0].length);
  }
}

function quote(field: string): string {
  const oneLine = field.replaceAll(/[\r\n]+/g, ' ');
  return /[",]/.test(oneLine) ? `"${oneLine.replaceAll('"', '""')}"` : oneLine;
}
