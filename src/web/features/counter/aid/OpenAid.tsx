import { useEffect } from 'react';
import { useHolder } from '#web/field/use-field.ts';
import { useText } from '#web/i18n/area.ts';
import { counterAid } from '#web/i18n/counter-aid.ts';
import { formatTime } from '#web/i18n/format.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Link } from '#web/ui/light/Link.tsx';
import { cardPath } from '../paths.ts';
import { useStanding } from '../use-counter.ts';
import { useNamed } from '#web/i18n/use-named.ts';
import { aidDrafts, isBegun, readAids } from './aid-draft.ts';

/** First aid that was begun on this tablet and not ended: one line each, back to its card. */
export function OpenAids() {
  const t = useText(counterAid);
  const named = useNamed();
  const { words } = useStanding();
  const { account } = useHolder();
  const { account: whose, open } = aidDrafts.use();
  useEffect(() => {
    void readAids(account.id);
  }, [account.id]);
  if (whose !== account.id) return null;
  return Object.values(open)
    .filter(isBegun)
    .map(({ card, recordId, startedMs }) => (
      <Link key={recordId} to={cardPath(card)} className="aid-open">
        <Icon name="clock" />
        <span>{t.unfinished(named(words.cards.find(({ code }) => code === card)), formatTime(startedMs))}</span>
        <Icon name="forward" />
      </Link>
    ));
}
