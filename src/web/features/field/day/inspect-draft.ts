import type { InspectionBody, InspectionTask } from '#web/field/field-api.ts';
import type { HeldPhoto } from '../parts/Camera.tsx';
import { emptyRaise, needOfRaise, toRaise, type RaiseDraft } from './visit-draft.ts';

export interface InspectDraft {
  /** Codes of the checklist that are not as they should be; everything else is. */
  bad: string[];
  note: string;
  photos: HeldPhoto[];
  /** Null: the finding is only noted. */
  raise: RaiseDraft | null;
  unreachable: boolean;
}

export const emptyInspection = (): InspectDraft => ({ bad: [], note: '', photos: [], raise: null, unreachable: false });

export type InspectNeed = 'category' | 'raiseWords' | 'note';

export function needOfInspection(draft: InspectDraft): InspectNeed | null {
  if (draft.unreachable) return draft.note.trim().length < 2 ? 'note' : null;
  if (draft.raise !== null) return needOfRaise(draft.raise);
  return draft.bad.length > 0 && draft.note.trim().length < 2 && draft.photos.length === 0 ? 'note' : null;
}

/** Makes the body of the record. Call it when `needOfInspection` answers null. */
export function toInspectionBody(draft: InspectDraft, task: Pick<InspectionTask, 'checklist'>): InspectionBody {
  const note = draft.note.trim();
  if (draft.unreachable) return { result: 'not_reachable', answers: [], note };
  const finding = toRaise(draft.raise);
  const answers = task.checklist.map(({ code }) => ({ code, ok: !draft.bad.includes(code) }));
  const found = draft.bad.length > 0 || finding !== null;
  return { result: found ? 'finding' : 'fine', answers, note, ...(finding === null ? {} : { finding }) };
}

/**
 * After a tile was tapped: with the first thing found wrong a report is opened, whose words follow the tiles until they
 * are changed by hand; with the last one gone an untouched report goes too. `say`: names of what is wrong → a sentence.
 */
export function tapped(
  draft: InspectDraft,
  bad: string[],
  checklist: readonly { code: string; words: string }[],
  say: (names: readonly string[]) => string,
): Partial<InspectDraft> {
  const wordsFor = (codes: readonly string[]): string =>
    codes.length === 0 ? '' : say(checklist.filter(({ code }) => codes.includes(code)).map(({ words }) => words));
  const before = draft.raise ?? (draft.bad.length === 0 ? emptyRaise() : null);
  if (before === null) return { bad };
  const own = before.words !== '' && before.words !== wordsFor(draft.bad);
  if (bad.length === 0 && !own && before.categoryCode === null) return { bad, raise: null };
  return { bad, raise: { ...before, words: own ? before.words : wordsFor(bad) } };
}
