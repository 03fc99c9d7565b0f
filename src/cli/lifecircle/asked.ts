import { walkProfiles, type ProfileWord } from '#server/compute/index.ts';
import { facilityClasses, type FacilityClass } from '#server/modules/facilities/index.ts';
import { textOption, UsageError, type Options } from '../command.ts';
import { readWeekTime, type WeekTime } from './week-time.ts';

/** Codes of an option such as 'pharmacy,bank', as words of a dictionary. @throws UsageError naming those it has */
function wordsOf<T>(text: string | undefined, words: ReadonlyMap<string, T>, what: string): ReadonlyMap<string, T> {
  if (text === undefined) return words;
  const codes = text.split(/[,，]/).map((code) => code.trim()).filter((code) => code !== ''); // prettier-ignore
  const unknown = codes.filter((code) => !words.has(code));
  if (unknown.length > 0 || codes.length === 0)
    throw new UsageError(`${what} expects ${[...words.keys()].join(', ')}; found ${unknown.join(', ') || 'nothing'}.`);
  return new Map(codes.map((code) => [code, words.get(code) as T]));
}

/** Classes asked for; all unless stated. */
export function classesAsked(options: Options): ReadonlyMap<string, FacilityClass> {
  return wordsOf(textOption(options, 'classes'), facilityClasses(), '--classes');
}

/** Who walks; the adult unless stated. */
export function profilesAsked(options: Options): ReadonlyMap<string, ProfileWord> {
  return wordsOf(textOption(options, 'profile') ?? 'adult', walkProfiles(), '--profile');
}

/** The moment of the week asked about; null: whatever the time. */
export function timeAsked(options: Options): WeekTime | null {
  const text = textOption(options, 'at');
  return text === undefined ? null : readWeekTime(text);
}

/** A number of an option between two limits. @throws UsageError */
export function numberAsked(
  options: Options,
  name: string,
  fallback: number,
  [low, high]: readonly [number, number],
): number {
  const text = textOption(options, name);
  const value = text === undefined ? fallback : Number(text);
  if (!(value >= low && value <= high))
    throw new UsageError(`--${name} expects a number from ${low} to ${high}, found "${text}".`);
  return value;
}
