import { useText } from '#web/i18n/area.ts';
import { field } from '#web/i18n/field.ts';

/** Phrases that save typing: a tap adds one to the words, another tap takes it away. */
export function QuickWords({
  label,
  phrases,
  value,
  onChange,
}: {
  label: string;
  phrases: readonly string[];
  value: string;
  onChange: (value: string) => void;
}) {
  const { comma } = useText(field).act;
  return (
    <fieldset className="bare chips" aria-label={label}>
      {phrases.map((phrase) => (
        <button
          key={phrase}
          type="button"
          className="chip"
          aria-pressed={hasPhrase(value, phrase)}
          onClick={() => onChange(togglePhrase(value, phrase, comma))}
        >
          {phrase}
        </button>
      ))}
    </fieldset>
  );
}

const between = /[，,;；\n]\s*/;

export function hasPhrase(text: string, phrase: string): boolean {
  return text.split(between).includes(phrase);
}

/** Adds the phrase at the end, or takes it out; what was typed by hand stays. */
export function togglePhrase(text: string, phrase: string, comma: string): string {
  const parts = text.split(between).filter((part) => part !== '');
  return (parts.includes(phrase) ? parts.filter((part) => part !== phrase) : [...parts, phrase]).join(comma);
}
