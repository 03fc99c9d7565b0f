import type { VisitBody, VisitForm } from '#web/field/field-api.ts';
import type { HeldPhoto } from '../parts/Camera.tsx';

export type VisitMethod = VisitBody['method'];
export type VisitOutcome = VisitBody['outcome'];
/** Which part of the form lies open: nothing yet, what changed, nobody answered, something else. */
export type VisitMode = 'start' | 'changed' | 'no_answer' | 'other';
export const otherOutcomes = ['refused', 'moved_away', 'died'] as const;
export type OtherOutcome = (typeof otherOutcomes)[number];

/** Something seen on the way that others have to mend. */
export interface RaiseDraft {
  categoryCode: string | null;
  words: string;
  urgent: boolean;
}

export const emptyRaise = (): RaiseDraft => ({ categoryCode: null, words: '', urgent: false });

export interface VisitDraft {
  method: VisitMethod;
  mode: VisitMode;
  form: VisitForm;
  other: OtherOutcome | null;
  note: string;
  photos: HeldPhoto[];
  raise: RaiseDraft | null;
}

/** Everything as last time: what most visits find. */
export function emptyVisit(known: VisitForm): VisitDraft {
  return { method: 'home', mode: 'start', form: { ...known }, other: null, note: '', photos: [], raise: null };
}

/** What differs from the last answers; order and repetition of needs mean nothing. */
export function changesOf(before: VisitForm, after: VisitForm): Partial<VisitForm> {
  const plain = (codes: readonly string[] = []): string =>
    [...new Set(codes)].toSorted((a, b) => a.localeCompare(b)).join(' ');
  return {
    ...(before.living === after.living ? {} : { living: after.living }),
    ...(before.health === after.health.trim() ? {} : { health: after.health.trim() }),
    ...(before.mobility === after.mobility ? {} : { mobility: after.mobility }),
    ...(plain(before.needs) === plain(after.needs) ? {} : { needs: after.needs }),
    ...(plain(before.missing) === plain(after.missing) ? {} : { missing: after.missing }),
    ...(before.helper === after.helper.trim() ? {} : { helper: after.helper.trim() }),
    ...(before.remark === after.remark.trim() ? {} : { remark: after.remark.trim() }),
  };
}

export type VisitNeed = 'changes' | 'category' | 'raiseWords';

/** The first thing that still keeps this outcome from being recorded; null when nothing does. */
export function needOfVisit(draft: VisitDraft, outcome: VisitOutcome, known: VisitForm): VisitNeed | null {
  if (outcome === 'changed' && Object.keys(changesOf(known, draft.form)).length === 0) return 'changes';
  return needOfRaise(draft.raise);
}

/** The same for what is to be mended. */
export function needOfRaise(raise: RaiseDraft | null): 'category' | 'raiseWords' | null {
  if (raise === null) return null;
  if (raise.categoryCode === null) return 'category';
  return raise.words.trim().length < 2 ? 'raiseWords' : null;
}

/** Makes the body of the record. Call it when `needOfVisit` answers null. */
export function toVisitBody(draft: VisitDraft, outcome: VisitOutcome, known: VisitForm): VisitBody {
  const raise = toRaise(draft.raise);
  return {
    method: methodOf(draft.method, outcome),
    outcome,
    ...(outcome === 'changed' ? { changes: changesOf(known, draft.form) } : {}),
    note: draft.note.trim(),
    ...(raise === null ? {} : { raise }),
  };
}

/** As both routes want it; null when nothing is to be raised. */
export function toRaise(raise: RaiseDraft | null): { categoryCode: string; words: string; priority?: number } | null {
  if (raise === null || raise.categoryCode === null) return null;
  const { categoryCode, words, urgent } = raise;
  return { categoryCode, words: words.trim(), ...(urgent ? { priority: 0 } : {}) };
}

/** Some outcomes say themselves how they came about. */
function methodOf(method: VisitMethod, outcome: VisitOutcome): VisitMethod {
  if (outcome === 'neighbour_ok') return 'neighbour';
  return outcome === 'met_with_police' ? 'home' : method;
}

/** The first telephone number within words typed by hand: 女儿 13900000000; null when there is none. */
export function phoneIn(words: string | null): string | null {
  const found = /\+?\d[\d\- ]{5,18}\d/.exec(words ?? '');
  return found === null ? null : found[0].replaceAll(/[- ]/g, '');
}
