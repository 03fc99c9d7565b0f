import { AppError } from '#kit/errors.ts';

/** A row that cannot be imported, so that whoever made the file can find and mend it. */
export interface WrongRow {
  /** Line of the CSV file, or number of the GeoJSON feature, counted from 1; null: the file as a whole. */
  line: number | null;
  column: string;
  expected: string;
  found: string;
}

/** Rows told in answers; the number of all is always told. */
const told = 200;

export function wrongRow(line: number | null, column: string, expected: string, found: unknown): WrongRow {
  const text = typeof found === 'string' ? found : (JSON.stringify(found) ?? 'nothing');
  return { line, column, expected, found: text.length > 80 ? `${text.slice(0, 80)}…` : text };
}

export function describeWrong({ line, column, expected, found }: WrongRow): string {
  return `${line === null ? 'file' : `line ${line}`}: ${column}: expected ${expected}, found ${JSON.stringify(found)}`;
}

export function firstWrong(wrong: readonly WrongRow[]): WrongRow[] {
  return wrong.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)).slice(0, told);
}

/** @throws AppError import_refused with the wrong rows in `detail.wrong` */
export function refuseWrong(wrong: readonly WrongRow[], read: number): void {
  const list = firstWrong(wrong);
  const [first] = list;
  if (first === undefined) return;
  throw new AppError(
    'import_refused',
    `${wrong.length} of ${read} rows are wrong; nothing was imported. First: ${describeWrong(first)}. Mend the file, or skip the wrong rows.`,
    {
      wrong: list,
      wrongCount: wrong.length,
      read,
    },
  );
}

/** What every import answers. */
export interface ImportAnswer {
  read: number;
  created: number;
  changed: number;
  unchanged: number;
  byTier: Record<string, number>;
  wrong: WrongRow[];
  wrongCount: number;
  notes: string[];
  dryRun: boolean;
}
