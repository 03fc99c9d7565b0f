import { usePath } from '#web/app/address.ts';
import { useText } from '#web/i18n/area.ts';
import { counterAid } from '#web/i18n/counter-aid.ts';
import { Icon, isIconName } from '#web/ui/icons/Icon.tsx';
import { Link } from '#web/ui/light/Link.tsx';
import { cardPath, counterPaths } from '../paths.ts';
import { useStanding } from '../use-counter.ts';
import { useNamed } from '#web/i18n/use-named.ts';
import { AidCardPage } from './AidCardPage.tsx';
import { OpenAids } from './OpenAid.tsx';
import { Waiting } from './Waiting.tsx';

/** First aid: choose what it looks like, then be led through it. */
export function AidPart() {
  const { words } = useStanding();
  const code = usePath().slice(counterPaths.aid.length + 1);
  const card = words.cards.find((one) => one.code === code);
  return card === undefined ? <Cards /> : <AidCardPage key={card.code} card={card} />;
}

function Cards() {
  const t = useText(counterAid);
  const named = useNamed();
  const { station, words } = useStanding();
  const hot = station.warnings.some(({ heat }) => heat);
  const cards = hot ? words.cards.toSorted((a, b) => Number(b.heat) - Number(a.heat)) : words.cards;
  return (
    <>
      <Waiting />
      <OpenAids />
      <h2>{t.choose}</h2>
      <section className="counter-tiles aid-cards" aria-label={t.choose}>
        {cards.map((card) => (
          <Link
            key={card.code}
            to={cardPath(card.code)}
            className={`counter-tile aid-tile${hot && card.heat ? ' aid-hot' : ''}`}
          >
            <Icon name={isIconName(card.icon) ? card.icon : 'heart'} size={38} />
            <span>{named(card)}</span>
            {card.callFirst && <small>{t.callFirst}</small>}
          </Link>
        ))}
      </section>
      <p className="hint">{t.notAdvice}</p>
    </>
  );
}
