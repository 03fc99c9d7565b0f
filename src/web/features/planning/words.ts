import { useQuery } from '@tanstack/react-query';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { planning } from '#web/i18n/planning.ts';
import { useNamed } from '#web/i18n/use-named.ts';
import { wordsQuery, type Words } from './queries.ts';

type Kind = 'classes' | 'profiles' | 'weightings';

/** The dictionaries, and how a code is called in the reader's language. */
export function usePlanningWords(): { words: Words | undefined; nameOf: (kind: Kind, code: string) => string } {
  const { data: words } = useQuery(wordsQuery);
  const named = useNamed();
  return { words, nameOf: (kind, code) => named(words?.[kind].find((one) => one.code === code)) || code };
}

/** Figures as they are said here. */
export function useFigures() {
  const t = useText(planning);
  return {
    people: (n: number | null | undefined): string =>
      n === null || n === undefined ? t.dash : t.people(formatNumber(n)),
    minutes: (seconds: number | null | undefined): string =>
      seconds === null || seconds === undefined ? t.dash : t.minutes(formatNumber(Math.round(seconds / 6) / 10)),
    money: (yuan: number | null | undefined): string =>
      yuan === null || yuan === undefined ? t.noCost : t.wan(formatNumber(Math.round(yuan / 1_000) / 10)),
    ratio: (value: number | null | undefined): string =>
      value === null || value === undefined ? t.dash : value.toFixed(3),
  };
}

/** 万元 as somebody types them, as yuan; null for nothing typed or no number. */
export function yuanOf(typed: string): number | null {
  const value = Number(typed.replaceAll(',', ''));
  return typed.trim() === '' || !Number.isFinite(value) || value < 0 ? null : Math.round(value * 10_000);
}

/** Yuan as 万元 to be typed over. */
export const wanOf = (yuan: number | null): string => (yuan === null ? '' : String(yuan / 10_000));
