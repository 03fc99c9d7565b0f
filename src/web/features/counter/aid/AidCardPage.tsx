import { useState } from 'react';
import { useText } from '#web/i18n/area.ts';
import { counterAid } from '#web/i18n/counter-aid.ts';
import { formatTime } from '#web/i18n/format.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Button } from '#web/ui/light/Button.tsx';
import { Link } from '#web/ui/light/Link.tsx';
import { Sheet } from '#web/ui/light/Sheet.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import type { AidCard } from '../counter-api.ts';
import { counterPaths } from '../paths.ts';
import { Visitors } from '../record/HowMany.tsx';
import { useStanding } from '../use-counter.ts';
import { useNamed } from '#web/i18n/use-named.ts';
import type { AidDraft } from './aid-draft.ts';
import { Items } from './Items.tsx';
import { Steps } from './Steps.tsx';
import { useAid } from './use-aid.ts';

/** One card: 120 first, what to do in big words, what is given with one tap, how it ended. */
export function AidCardPage({ card }: { card: AidCard }) {
  const t = useText(counterAid);
  const named = useNamed();
  const aid = useAid(card);
  const { draft } = aid;
  const [ending, setEnding] = useState(false);
  if (draft === null) return <Skeleton lines={6} />;
  return (
    <div className="aid">
      <div className="aid-title">
        <Link to={counterPaths.aid} className="back-link">
          <Icon name="back" />
          <span>{t.otherCard}</span>
        </Link>
        <h2>{named(card)}</h2>
      </div>
      <Call draft={draft} onCall={() => void aid.callHelp(draft)} onTell={() => void aid.tellStreet(draft)} />
      <Visitors
        visitor={draft.visitor}
        onVisitor={(visitor) => void aid.change(draft, draft.recorded ? {} : { visitor })}
      />
      <div className="aid-columns">
        <Steps card={card} done={draft.steps} onSteps={(steps) => void aid.change(draft, { steps })} />
        <Items card={card} draft={draft} onChange={(part) => void aid.change(draft, part)} />
      </div>
      <div className="two">
        <Button kind="main" icon="check" onClick={() => setEnding(true)}>
          {t.end}
        </Button>
        {!draft.recorded && (
          <Button kind="quiet" onClick={() => void aid.giveUp(draft)}>
            {t.giveUp}
          </Button>
        )}
      </div>
      {ending && (
        <End card={card} onClose={() => setEnding(false)} onEnd={(outcome, ask) => void aid.end(draft, outcome, ask)} />
      )}
    </div>
  );
}

interface CallProps {
  draft: AidDraft;
  onCall: () => void;
  onTell: () => void;
}

/** The call is one tap: the tablet dials where it can, keeps the time, and tells the command centre. */
function Call({ draft, onCall, onTell }: CallProps) {
  const t = useText(counterAid);
  const { station } = useStanding();
  return (
    <section className="aid-call" aria-label={t.call}>
      <a className="aid-120" href="tel:120" onClick={onCall}>
        <Icon name="phone" size={34} />
        <span>{draft.calledMs === null ? t.call : t.callAgain}</span>
      </a>
      <div className="aid-say">
        {draft.calledMs !== null && <strong>{t.calledAt(formatTime(new Date(draft.calledMs).toISOString()))}</strong>}
        <span>{t.sayWhere}</span>
        <b>
          {station.address} {station.name}
        </b>
      </div>
      {!draft.serious && (
        <Button kind="danger" icon="warning" onClick={onTell}>
          {t.tellStreet}
        </Button>
      )}
      {draft.serious && (
        <p className="aid-told">
          <Icon name="check" /> {t.told}
        </p>
      )}
    </section>
  );
}

function End({
  card,
  onClose,
  onEnd,
}: {
  card: AidCard;
  onClose: () => void;
  onEnd: (o: string, ask: boolean) => void;
}) {
  const t = useText(counterAid);
  const named = useNamed();
  const { words } = useStanding();
  const [ask, setAsk] = useState(true);
  return (
    <Sheet title={t.how} onClose={onClose}>
      <div className="stack">
        {card.askAgainH !== null && (
          <label className="aid-ask">
            <input type="checkbox" checked={ask} onChange={(event) => setAsk(event.target.checked)} />
            <span>{t.askAgain(card.askAgainH)}</span>
          </label>
        )}
        <div className="two">
          {words.outcomes.map((outcome) => (
            <Button key={outcome.code} onClick={() => onEnd(outcome.code, ask)}>
              {named(outcome)}
            </Button>
          ))}
        </div>
        <p className="hint">{t.noNames}</p>
      </div>
    </Sheet>
  );
}
