import { useQuery } from '@tanstack/react-query';
import { facilityRoutes } from '#contract/facilities.ts';
import type { ClientOutput } from '#contract/route.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { ask } from './ask.ts';

export type FacilityWords = ClientOutput<typeof facilityRoutes.words>;
export type FacilityClassWord = FacilityWords['classes'][number];

const none: FacilityWords = { classes: [], owners: [], groups: [], suppressBelow: 0 };

/** Classes of facilities, kinds of owners and groups of people, and how each is called in the reader's language. */
export function useFacilityWords() {
  const lang = languageChoice.use();
  const words =
    useQuery({
      queryKey: ['facility-words'],
      queryFn: ({ signal }) => ask(facilityRoutes.words, {}, { signal }),
      staleTime: Infinity,
    }).data ?? none;
  const namer = (items: readonly { code: string; name: string; nameEn: string }[]) => (code: string) => {
    const found = items.find((one) => one.code === code);
    return found === undefined ? code : lang === 'zh' ? found.name : found.nameEn;
  };
  return {
    ...words,
    className: namer(words.classes),
    ownerName: namer(words.owners),
    groupName: namer(words.groups),
  };
}
