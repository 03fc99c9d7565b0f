import { useQuery } from '@tanstack/react-query';
import { careRoutes } from '#contract/care.ts';
import { riskRoutes } from '#contract/risk-points.ts';
import { ask } from '#web/app/ask.ts';
import { languageChoice } from '#web/i18n/language.ts';

interface Word {
  code: string;
  name: string;
  nameEn: string;
}

function named(items: readonly Word[] | undefined, lang: 'zh' | 'en'): (code: string) => string {
  const words = new Map((items ?? []).map((item) => [item.code, lang === 'zh' ? item.name : item.nameEn]));
  return (code) => words.get(code) ?? code;
}

/** The kinds of risk points, and how each is called in the reader's language. */
export function useRiskKinds() {
  const items = useQuery({
    queryKey: ['risk-kinds'],
    queryFn: ({ signal }) => ask(riskRoutes.kinds, {}, { signal }),
    staleTime: Infinity,
  }).data?.items;
  return { kinds: items ?? [], nameOf: named(items, languageChoice.use()) };
}

/** The tags of people in care, and how each is called in the reader's language. */
export function useCareTags() {
  const items = useQuery({
    queryKey: ['care-tags'],
    queryFn: ({ signal }) => ask(careRoutes.tags, {}, { signal }),
    staleTime: Infinity,
  }).data?.items;
  return { tags: items ?? [], nameOf: named(items, languageChoice.use()) };
}
