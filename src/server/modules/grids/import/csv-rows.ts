import { parse, type CsvError, type Info } from 'csv-parse';
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
 * number of cells or broken quotes are told by line, the others are read on.
 * @throws AppError import_refused when the header cannot be understood
 */
export async function readCsv(
  text: string,
  fields: FieldTable,
  map: Readonly<Record<string, string>>,
): Promise<CsvFile> {
  const file: CsvFile = { rows: [], wrong: [], mapped: {}, read: 0 };
  let places: ReadonlyMap<string, number> | undefined;
  let width = 0;
  const parser = parse(text, {
    bom: true,
    info: true,
    delimiter: delimiterOf(text),
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => void (error && file.wrong.push(brokenRow(error))),
  });
  for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
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
      file.rows.push({ line: info.lines, get: (field) => record[columns.get(field) ?? -1]?.trim() ?? '' });
    else file.wrong.push(wrongRow(info.lines, 'row', `${width} cells`, `${record.length} cells`));
  }
  if (file.read + file.wrong.length === 0) {
    throw new AppError('import_refused', 'The file has no rows. Expected a header line and at least one row below it.');
  }
  file.read += file.wrong.filter(({ column }) => column === 'quotes').length;
  return file;
}

function brokenRow(error: CsvError): WrongRow {
  const line = typeof error['lines'] === 'number' ? error['lines'] : null;
  return wrongRow(line, 'quotes', 'quotes only around whole cells, doubled inside', error.code);
}

/** Comma, or semicolon or tab when the first line has more of them. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/));
  const count = (sign: string): number => header.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

function matchHeaders(
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
