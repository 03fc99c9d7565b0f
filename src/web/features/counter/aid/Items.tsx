import { useText } from '#web/i18n/area.ts';
import { counterAid } from '#web/i18n/counter-aid.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import type { AidCard, AidItem } from '../counter-api.ts';
import { useStanding } from '../use-counter.ts';
import { useNamed } from '#web/i18n/use-named.ts';
import { countOf, withOne, withoutOne, type AidDraft } from './aid-draft.ts';

interface ItemsProps {
  card: AidCard;
  draft: AidDraft;
  onChange: (part: Partial<AidDraft>) => void;
}

/** What leaves stock, one tap each. Where somebody must be asked first, the tap itself says that they were. */
export function Items({ card, draft, onChange }: ItemsProps) {
  const t = useText(counterAid);
  const { words } = useStanding();
  const items = card.items.flatMap((code) => words.items.find((item) => item.code === code) ?? []);
  if (items.length === 0) return <p className="hint">{t.nothingGiven}</p>;
  return (
    <section className="aid-items" aria-label={t.items}>
      {items.map((item) => (
        <ItemRow
          key={item.code}
          item={item}
          given={countOf(draft.take, item.code) + countOf(draft.taken, item.code)}
          canTakeBack={countOf(draft.take, item.code) > 0}
          onGive={() => onChange({ take: withOne(draft.take, item.code), consent: draft.consent || item.consent })}
          onTakeBack={() => onChange({ take: withoutOne(draft.take, item.code) })}
        />
      ))}
    </section>
  );
}

interface ItemRowProps {
  item: AidItem;
  given: number;
  canTakeBack: boolean;
  onGive: () => void;
  onTakeBack: () => void;
}

export function ItemRow({ item, given, canTakeBack, onGive, onTakeBack }: ItemRowProps) {
  const t = useText(counterAid);
  const named = useNamed();
  const language = languageChoice.use();
  const note = language === 'en' && item.noteEn !== '' ? item.noteEn : item.note;
  return (
    <div className="aid-item" data-item={item.code}>
      <div className="aid-item-words">
        <strong>{named(item)}</strong>
        {note !== '' && <small>{note}</small>}
      </div>
      {canTakeBack && (
        <button type="button" className="icon-button" aria-label={t.oneLess(named(item))} onClick={onTakeBack}>
          <Icon name="minus" />
        </button>
      )}
      <button type="button" className="button button-plain aid-give" onClick={onGive}>
        {given > 0 && <b aria-label={t.given(given)}>×{given}</b>}
        <span>{item.consent ? t.giveAsked : t.give}</span>
      </button>
    </div>
  );
}
