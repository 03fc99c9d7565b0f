import { useQuery } from '@tanstack/react-query';
import { useText } from '#web/i18n/area.ts';
import { force } from '#web/i18n/force.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { words } from '#web/i18n/words.ts';
import { wordsQuery } from './queries.ts';

interface Named {
  name: string;
  nameEn: string;
}

/** The name in the reader's language. */
export function useNamed(): (one: Named) => string {
  const english = languageChoice.use() === 'en';
  return ({ name, nameEn }) => (english && nameEn !== '' ? nameEn : name);
}

/** Names of offers and reasons by their codes. */
export function useForceWords() {
  const named = useNamed();
  const { offers = [], reasons = [] } = useQuery(wordsQuery).data ?? {};
  const nameIn = (list: readonly (Named & { code: string })[], code: string): string => {
    const found = list.find((one) => one.code === code);
    return found === undefined ? code : named(found);
  };
  return {
    offers,
    reasons,
    offerName: (code: string) => nameIn(offers, code),
    reasonName: (code: string) => nameIn(reasons, code),
  };
}

/** Names of roles; a role this page does not know shows its code. */
export function useRoleName(): (role: string) => string {
  const roles: Readonly<Record<string, string>> = useText(words).role;
  return (role) => roles[role] ?? role;
}

/** Choices of offers as ticks. */
export function OfferTicks({ value, onChange }: { value: readonly string[]; onChange: (next: string[]) => void }) {
  const t = useText(force);
  const { offers, offerName } = useForceWords();
  return (
    <fieldset className="force-ticks">
      <legend>{t.helpers.offers}</legend>
      {offers.map(({ code }) => (
        <label key={code}>
          <input
            type="checkbox"
            checked={value.includes(code)}
            onChange={({ target }) => onChange(target.checked ? [...value, code] : value.filter((one) => one !== code))}
          />
          {offerName(code)}
        </label>
      ))}
    </fieldset>
  );
}

interface PickProps {
  label: string;
  value: string;
  choices: readonly { value: string; words: string }[];
  onChange: (value: string) => void;
}

export function Pick({ label, value, choices, onChange }: PickProps) {
  return (
    <label className="force-field">
      <span>{label}</span>
      <select value={value} onChange={({ target }) => onChange(target.value)}>
        {choices.map((one) => (
          <option key={one.value} value={one.value}>
            {one.words}
          </option>
        ))}
      </select>
    </label>
  );
}

interface LineProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  type?: 'text' | 'date' | 'number' | 'tel' | 'time' | 'datetime-local';
  required?: boolean;
  maxLength?: number;
  pattern?: string;
  step?: 'any';
}

export function Line({ label, value, onChange, type = 'text', ...rest }: LineProps) {
  return (
    <label className="force-field">
      <span>{label}</span>
      <input type={type} value={value} onChange={({ target }) => onChange(target.value)} {...rest} />
    </label>
  );
}

/** Words parted by spaces or commas, as a list. */
export function toList(text: string): string[] {
  return text.split(/[\s,，、]+/).filter((one) => one !== '');
}
