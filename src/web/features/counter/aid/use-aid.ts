import { useEffect } from 'react';
import { useHolder } from '#web/field/use-field.ts';
import type { AidCard } from '../counter-api.ts';
import { useStanding } from '../use-counter.ts';
import { useNamed } from '#web/i18n/use-named.ts';
import { aidActs } from './aid-acts.ts';
import { aidDrafts, beginAid, readAids, saveAid } from './aid-draft.ts';

/** Hook: the first aid of this card, begun when the card is opened; and what can be done with it. */
export function useAid(card: AidCard) {
  const holder = useHolder();
  const { account } = holder;
  const { station } = useStanding();
  const named = useNamed();
  const { account: whose, open } = aidDrafts.use();
  const draft = whose === account.id ? (open[card.code] ?? null) : null;
  useEffect(() => {
    void readAids(account.id).then(() => {
      if (aidDrafts.get().open[card.code] === undefined) void saveAid(beginAid(account.id, station.id, card.code));
    });
  }, [account.id, station.id, card.code]);
  return { draft, ...aidActs(holder, card, named(card)) };
}
