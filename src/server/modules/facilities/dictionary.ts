import { certainties } from '#contract/facilities-views.ts';
import { AppError } from '#kit/errors.ts';
import { readDictionary, type DictionaryWord } from '#server/files/dictionary.ts';

/** How sure the norm's value is: read in the norm, likely, known from memory of it, or a proposal of this project. */
export type Certainty = (typeof certainties)[number];
const facilityKinds = ['public', 'market', 'mixed'] as const;
const capacityUnits = ['', 'places', 'meals', 'beds'] as const;

/** A class of facilities and what its norm asks for. */
export type FacilityClass = DictionaryWord & {
  family: string;
  /** Minutes of the circle it belongs to. */
  level: 5 | 10 | 15;
  /** Minutes on foot within which everybody should reach one; 1–60. */
  walkMin: number;
  /** Metres; null: the norm names no radius. */
  radiusM: number | null;
  /** One for so many residents; null: not said. */
  perPeople: number | null;
  /** What the capacity of a facility counts; '' where capacity means nothing. */
  capacityUnit: (typeof capacityUnits)[number];
  minFloorM2: number | null;
  /** For whom it is: code of db/data/need-groups.csv. */
  group: string;
  kind: (typeof facilityKinds)[number];
  /** Tags of OpenStreetMap that are such a facility, as key=value. */
  osm: readonly string[];
  certainty: Certainty;
  source: string;
  sourceEn: string;
};

type SourcedWord = DictionaryWord & { certainty: Certainty; source: string; sourceEn: string };

type Row = Readonly<Record<string, string>>;

const file = 'facility-classes.csv';

/** @throws Error naming the row and the column */
function oneOf<T extends string>(row: Row, column: string, words: readonly T[]): T {
  const found = words.find((word) => word === row[column]);
  if (found !== undefined) return found;
  throw new Error(`${file}: ${row['code']}: ${column}: expected one of ${words.join(', ')}, found ${row[column]}.`);
}

function whole(row: Row, column: string): number | null {
  const text = row[column] ?? '';
  if (text === '') return null;
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`${file}: ${row['code']}: ${column}: expected a whole number above 0 or nothing, found ${text}.`);
}

const sourced = (row: Row) => ({
  certainty: oneOf(row, 'certainty', certainties),
  source: row['source'] ?? '',
  sourceEn: row['source_en'] ?? '',
});

function readClass(row: Row) {
  const level = ([5, 10, 15] as const).find((one) => one === Number(row['level']));
  const walkMin = whole(row, 'walk_min');
  if (level === undefined || walkMin === null)
    throw new Error(`${file}: ${row['code']}: expected a level of 5, 10 or 15 and minutes in walk_min.`);
  return {
    family: row['family'] ?? '',
    level,
    walkMin,
    radiusM: whole(row, 'radius_m'),
    perPeople: whole(row, 'per_people'),
    capacityUnit: oneOf(row, 'capacity_unit', capacityUnits),
    minFloorM2: whole(row, 'min_floor_m2'),
    group: row['group'] ?? 'all',
    kind: oneOf(row, 'kind', facilityKinds),
    osm: (row['osm'] ?? '').split('|').filter((tag) => tag !== ''),
    ...sourced(row),
  };
}

let classes: ReadonlyMap<string, FacilityClass> | undefined;

/** Classes of the life circle with their norm (db/data/facility-classes.csv), in the order of the file. @throws Error naming a wrong row */
export function facilityClasses(): ReadonlyMap<string, FacilityClass> {
  classes ??= readDictionary(file, readClass);
  return classes;
}

let owners: ReadonlyMap<string, SourcedWord> | undefined;
let groups: ReadonlyMap<string, SourcedWord> | undefined;

/** Whose an idle room may be (db/data/idle-owners.csv). */
export function idleOwners(): ReadonlyMap<string, SourcedWord> {
  owners ??= readDictionary('idle-owners.csv', sourced);
  return owners;
}

/** For whom something is needed (db/data/need-groups.csv). */
export function needGroups(): ReadonlyMap<string, SourcedWord> {
  groups ??= readDictionary('need-groups.csv', sourced);
  return groups;
}

/** @throws AppError bad_input for a class the dictionary does not have */
export function classOf(code: string, field = 'classCode'): FacilityClass {
  const found = facilityClasses().get(code);
  if (found !== undefined) return found;
  throw new AppError(
    'bad_input',
    `${field}: expected a class of facilities, found ${code}. GET /api/facilities/words lists them.`,
    { field },
  );
}

/** Classes whose capacity means something. */
export function capacityClasses(): string[] {
  return [...facilityClasses().values()].filter(({ capacityUnit }) => capacityUnit !== '').map(({ code }) => code);
}

type RuleCode = 'suppress_below' | 'shift_ask_rows' | 'shift_from_m' | 'shift_fits_m';
let rules: ReadonlyMap<string, { value: number }> | undefined;

/** A whole number of db/data/facility-rules.csv. @throws Error when it is missing or none */
export function facilityRule(code: RuleCode): number {
  rules ??= readDictionary('facility-rules.csv', (row) => ({ value: Number(row['value']) }));
  const value = rules.get(code)?.value;
  if (value !== undefined && Number.isInteger(value) && value >= 0) return value;
  throw new Error(`facility-rules.csv: expected a whole number for ${code}, found ${String(value)}.`);
}
