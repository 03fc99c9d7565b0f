import { newOpId } from '#web/app/op-id.ts';
import type { LonLatPoint } from '#web/map/layers.ts';

/** What somebody filled in so far, kept on this phone until it has arrived. */
export interface SurveyDraft {
  /** Kept with it, so that a lost answer is not counted twice. */
  opId: string;
  classes: string[];
  groupCode: string;
  minutes: number | null;
  at: LonLatPoint | null;
  words: string;
  /** It was sent once without network. */
  waiting: boolean;
}

export const emptyDraft = (): SurveyDraft => ({
  opId: newOpId(),
  classes: [],
  groupCode: 'all',
  minutes: null,
  at: null,
  words: '',
  waiting: false,
});

const keyOf = (area: string): string => `huangge.survey.${area}`;

/** The draft for a community; an empty one where none was kept, or storage is refused. */
export function readDraft(area: string): SurveyDraft {
  try {
    const text = localStorage.getItem(keyOf(area));
    return text === null ? emptyDraft() : { ...emptyDraft(), ...(JSON.parse(text) as Partial<SurveyDraft>) };
  } catch {
    return emptyDraft();
  }
}

export function keepDraft(area: string, draft: SurveyDraft): void {
  try {
    localStorage.setItem(keyOf(area), JSON.stringify(draft));
  } catch {
    // Storage refused or full: it is kept as long as the page is open.
  }
}

export function dropDraft(area: string): void {
  try {
    localStorage.removeItem(keyOf(area));
  } catch {
    // Nothing was kept.
  }
}

/** Enough to send. */
export const isReady = ({ classes, words }: SurveyDraft): boolean => classes.length > 0 || words.trim().length >= 2;
