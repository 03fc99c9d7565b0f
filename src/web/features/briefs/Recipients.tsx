import { useText } from '#web/i18n/area.ts';
import { briefs } from '#web/i18n/briefs.ts';
import type { Choices } from './queries.ts';

interface RecipientsProps {
  choices: Choices['recipients'];
  value: readonly string[];
  onChange: (ids: string[]) => void;
}

/** Units a brief goes to: check boxes, so that a list is seen at once. */
export function Recipients({ choices, value, onChange }: RecipientsProps) {
  const t = useText(briefs);
  return (
    <fieldset className="briefs-recipients">
      <legend>{t.recipients}</legend>
      <p className="quiet">{t.recipientsHint}</p>
      <div>
        {choices.map(({ id, name }) => (
          <label key={id}>
            <input
              type="checkbox"
              checked={value.includes(id)}
              onChange={({ target }) => onChange(target.checked ? [...value, id] : value.filter((one) => one !== id))}
            />
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
