import { AppError } from '#kit/errors.ts';
import { matchHeaders, readCsv, wrongRow, type CsvFile, type FieldTable } from '#server/modules/grids/index.ts';

/**
 * Rows of a CSV or JSON file under the names this program knows. JSON: an array of objects, or an object with one array of
 * objects in it, as interfaces answer. @throws AppError import_refused when it cannot be read as a whole
 */
export function readRows(
  text: string,
  format: 'csv' | 'json',
  fields: FieldTable,
  map: Readonly<Record<string, string>>,
): Promise<CsvFile> {
  return format === 'csv' ? readCsv(text, fields, map) : Promise.resolve(readJson(text, fields, map));
}

function readJson(text: string, fields: FieldTable, map: Readonly<Record<string, string>>): CsvFile {
  const items = listIn(parse(text));
  const objects = items.map((item) => (isObject(item) ? item : undefined));
  const headers = [...new Set(objects.flatMap((item) => Object.keys(item ?? {})))];
  if (headers.length === 0)
    throw new AppError('import_refused', 'The file has no rows. Expected an array of objects with at least one.');
  const { mapped } = matchHeaders(headers, fields, map);
  const wrong = objects.flatMap((item, k) =>
    item === undefined ? [wrongRow(k + 1, 'row', 'an object', items[k])] : [],
  );
  const rows = objects.flatMap((item, k) =>
    item === undefined ? [] : [{ line: k + 1, get: (field: string) => cellOf(item[mapped[field] ?? '']) }],
  );
  return { rows, wrong, mapped, read: items.length };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : '';
    throw new AppError('import_refused', `The file is not JSON: ${why}. Mend it and repeat; nothing was imported.`);
  }
}

/** The rows: the value itself, else the first array of objects within two steps. */
function listIn(value: unknown, depth = 0): unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  if (isObject(value) && depth < 2)
    for (const one of Object.values(value)) {
      const found = listIn(one, depth + 1);
      if (found.length > 0) return found;
    }
  return [];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function cellOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' ? String(value) : '';
}
