import type { VisitForm } from '#contract/visits.ts';
import { AppError } from '#kit/errors.ts';
import type { FormWord } from './dictionary.ts';

export const emptyForm: VisitForm = {
  living: null,
  health: '',
  mobility: null,
  needs: [],
  missing: [],
  helper: '',
  remark: '',
};
export const formFields = Object.keys(emptyForm) as (keyof VisitForm)[];

/**
 * The answers before the first visit: what the register says already is not asked again. A tag that an answer amounts to
 * (counts_as of the dictionary) gives that answer.
 */
export function firstForm(words: ReadonlyMap<string, FormWord>, tags: readonly string[]): VisitForm {
  const said = [...words.values()].filter(({ countsAs }) => countsAs !== null && tags.includes(countsAs));
  const of = (field: string): string | null => said.find((word) => word.field === field)?.code ?? null;
  const living = tags.includes('elder_alone') ? 'alone' : tags.includes('elder_couple') ? 'couple' : of('living');
  return { ...emptyForm, living, mobility: of('mobility') };
}

/** Only what really differs; lists are compared as sets. */
export function changedFields(before: VisitForm, changes: Partial<VisitForm>): (keyof VisitForm)[] {
  const plain = (value: VisitForm[keyof VisitForm] | undefined): string =>
    JSON.stringify(Array.isArray(value) ? [...new Set(value)].toSorted((a, b) => (a < b ? -1 : 1)) : value);
  return formFields.filter(
    (field) => changes[field] !== undefined && plain(changes[field]) !== plain(before[field] ?? emptyForm[field]),
  );
}

/** The answers as they stand after a visit. @throws AppError bad_input for a word the dictionary lacks */
export function applyChanges(
  words: ReadonlyMap<string, FormWord>,
  before: VisitForm,
  changes: Partial<VisitForm>,
): VisitForm {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const after: VisitForm = { ...before, ...given };
  for (const [field, code] of wordsIn(after)) {
    if (words.get(code)?.field === field) continue;
    const known = [...words.values()].filter((word) => word.field === field).map((word) => word.code);
    throw new AppError('bad_input', `changes.${field}: expected ${known.join(', ')}, found ${code}.`, { field });
  }
  return { ...after, needs: [...new Set(after.needs)], missing: [...new Set(after.missing ?? [])] };
}

/** What is said to be missing nearby now and was not before: said once, it is one voice. */
export function newlyMissing(before: VisitForm, after: VisitForm): string[] {
  const had = new Set(before.missing ?? []);
  return (after.missing ?? []).filter((code) => !had.has(code));
}

/** True when an answer became one that counts as a major change. */
export function isMajor(words: ReadonlyMap<string, FormWord>, before: VisitForm, after: VisitForm): boolean {
  const had = new Set(wordsIn(before).map(([, code]) => code));
  return wordsIn(after).some(([, code]) => !had.has(code) && words.get(code)?.major === true);
}

/** The care tags that the answers amount to. */
export function tagsOfForm(words: ReadonlyMap<string, FormWord>, form: VisitForm): string[] {
  return [...new Set(wordsIn(form).flatMap(([, code]) => words.get(code)?.countsAs ?? []))];
}

function wordsIn({ living, mobility, needs, missing = [] }: VisitForm): [string, string][] {
  return [
    ...(living === null ? [] : [['living', living] as [string, string]]),
    ...(mobility === null ? [] : [['mobility', mobility] as [string, string]]),
    ...needs.map((code): [string, string] => ['needs', code]),
    ...missing.map((code): [string, string] => ['missing', code]),
  ];
}
