import { language, languageChoice, type Language } from './language.ts';

/** The same keys with the same arguments; a missing or surplus key of the translation is a type error. */
export type SameWords<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...input: infer A) => string
      ? (...input: A) => string
      : SameWords<T[K]>;
};

/** The words of one part of the screens, in both languages. zh is the source. */
export interface Area<T> {
  readonly zh: T;
  readonly en: SameWords<T>;
}

/** The words of an area in the reader's language; re-renders when the language changes. */
export function useText<T>(area: Area<T>): SameWords<T> {
  return area[languageChoice.use()] as SameWords<T>;
}

/** The same outside components. */
export function textOf<T>(area: Area<T>, of: Language = language()): SameWords<T> {
  return area[of] as SameWords<T>;
}
