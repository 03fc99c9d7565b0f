import { useQuery } from '@tanstack/react-query';
import { useText } from '#web/i18n/area.ts';
import { inLanguage, languageChoice } from '#web/i18n/language.ts';
import { needs } from '#web/i18n/needs.ts';
import { wordsQuery } from './queries.ts';

interface ClassFieldProps {
  value: string | null;
  /** Words of "none of them". */
  none: string;
  onChange: (code: string | null) => void;
}

/** Which class of facility would answer it. */
export function ClassField({ value, none, onChange }: ClassFieldProps) {
  const t = useText(needs);
  const lang = languageChoice.use();
  const classes = useQuery(wordsQuery).data?.classes ?? [];
  return (
    <label className="form-field">
      {t.class}
      <select value={value ?? ''} onChange={({ target }) => onChange(target.value === '' ? null : target.value)}>
        <option value="">{none}</option>
        {classes.map(({ code, name, nameEn }) => (
          <option key={code} value={code}>
            {inLanguage(lang, name, nameEn)}
          </option>
        ))}
      </select>
    </label>
  );
}
