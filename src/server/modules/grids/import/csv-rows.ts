import { CsvError, parse, type Info } from 'csv-parse';
import { wrongRow, type WrongRow } from './wrong-rows.ts';
import { AppError } from '#kit/errors.ts';

/** A column of the file, under the name this program knows it by. */
export type FieldTable = Record<string, readonly string[]>;

export interface CsvRow {
  line: number;
  /** field → text, spaces around it removed; '' when the cell is empty or the file has no such column */
  get(field: string): string;
}

export interface CsvFile {
  rows: CsvRow[];
  wrong: WrongRow[];
  /** field → header of the file */
  mapped: Record<string, string>;
  read: number;
}

/**
 * Reads a CSV text. Headers are matched to fields by their usual names, or by `map` (field → header). Rows with a wrong
 * number of cells are told by line, the others are read on.
 * @throws AppError import_refused when the header cannot be understood or a quote is not closed in its line
 */
export async function readCsv(
  text: string,
  fields: FieldTable,
  map: Readonly<Record<string, string>>,
): Promise<CsvFile> {
  const file: CsvFile = { rows: [], wrong: [], mapped: {}, read: 0 };
  let places: ReadonlyMap<string, number> | undefined;
  let width = 0;
  let lastLine = 0;
  for await (const { record, info } of recordsOf(text)) {
    const line = info.lines;
    if (record.some((cell) => /[\r\n]/.test(cell))) throw openQuote(lastLine + 1, `closes only in line ${line}`);
    lastLine = line;
    if (places === undefined) {
      const found = matchHeaders(record, fields, map);
      places = found.places;
      file.mapped = found.mapped;
      width = record.length;
      continue;
    }
    if (record.every((cell) => cell.trim() === '')) continue;
    file.read++;
    const columns = places;
    if (record.length === width)
      file.rows.push({ line, get: (field) => record[columns.get(field) ?? -1]?.trim() ?? '' });
    else file.wrong.push(wrongRow(line, 'row', `${width} cells`, `${record.length} cells`));
  }
  if (file.read === 0) {
    throw new AppError('import_refused', 'The file has no rows. Expected a header line and at least one row below it.');
  }
  return file;
}

async function* recordsOf(text: string): AsyncGenerator<{ record: string[]; info: Info }> {
  let lines = 0;
  const parser = parse(text, {
    bom: true,
    info: true,
    delimiter: delimiterOf(text),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    on_record: (record: string[], context) => {
      lines = context.lines; // how far the parser itself is: it runs ahead of whoever reads
      return record;
    },
  });
  try {
    yield* parser as AsyncIterable<{ record: string[]; info: Info }>;
  } catch (error) {
    if (error instanceof CsvError) throw openQuote(lines + 1, 'is never closed');
    throw error;
  }
}

/** A stray quote swallows the rows after it, so the file is refused as a whole: skipping it would lose them unseen. */
function openQuote(line: number, how: string): AppError {
  const wrong = [wrongRow(line, 'quotes', 'cells of one line, quotes in pairs', `a quote that ${how}`)];
  return new AppError(
    'import_refused',
    `Line ${line} opens a quote that ${how}. Mend that line and repeat; nothing was imported.`,
    { wrong, wrongCount: 1 },
  );
}

/** Comma, or semicolon or tab when the first line has more of them. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/));
  const count = (sign: string): number => header.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

/** Which column holds which field, by the usual names or by `map`. @throws AppError import_refused */
export function matchHeaders(
  headers: readonly string[],
  fields: FieldTable,
  map: Readonly<Record<string, string>>,
): { places: Map<string, number>; mapped: Record<string, string> } {
  const places = new Map<string, number>();
  const mapped: Record<string, string> = {};
  for (const [field, header] of Object.entries(map)) {
    if (!Object.hasOwn(fields, field))
      throw new AppError('import_refused', `There is no field "${field}". Known: ${Object.keys(fields).join(', ')}.`, {
        field,
      });
    const place = headers.findIndex((text) => plain(text) === plain(header));
    if (place < 0)
      throw new AppError(
        'import_refused',
        `The file has no column "${header}" for ${field}. It has: ${headers.join(', ')}.`,
        { field, header },
      );
    places.set(field, place);
  }
  for (const [field, names] of Object.entries(fields)) {
    const known = [field, ...names].map(plain);
    const place = headers.findIndex((text, k) => known.includes(plain(text)) && ![...places.values()].includes(k));
    if (!places.has(field) && place >= 0) places.set(field, place);
  }
  for (const [field, place] of places) mapped[field] = headers[place] ?? '';
  return { places, mapped };
}

/** Headers are compared without case, spaces, signs and what stands in brackets. */
function plain(header: string): string {
  return header
    .toLowerCase()
    .replace(/[（(].*?[)）]/g, '')
    .replace(/[\s_\-.]/g, '');
}
