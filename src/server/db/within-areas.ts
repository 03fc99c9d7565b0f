import { sql, type RawBuilder } from 'kysely';

/** Whose codes stand in a table: its columns, with the alias of the table where it has one. */
export interface AreaColumns {
  areaCode: RawBuilder<string>;
  /** Codes from the city down. */
  path: RawBuilder<string[]>;
}

/**
 * Rows of these areas and below, as a condition that an index on `area_code collate "C"` can serve. Under row-level security
 * PostgreSQL uses an index only for conditions that cannot leak (comparing text can not; `path && …` might), so the same
 * question asked of the path reads the whole table. It is the same question: the code of an area begins with that of the area
 * above it, but for cities, whose districts have codes of their own.
 */
export function withinAreas({ areaCode, path }: AreaColumns, areas: readonly string[]): RawBuilder<boolean> {
  if (areas.length === 0) return sql`false`;
  if (areas.some(isCity)) return sql`${path} && ${[...areas]}::text[]`;
  // ':' comes after every digit.
  const ranges = areas.map((code) => sql`${areaCode} collate "C" between ${code} and ${`${code}:`}`);
  return sql`(${sql.join(ranges, sql` or `)})`;
}

const isCity = (code: string): boolean => code.length === 6 && code.endsWith('00');
