import { languageChoice } from '#web/i18n/language.ts';
import { FormFrame as PlainFrame, type FormFrameProps } from '#web/ui/FormFrame.tsx';

interface Named {
  code: string;
  name: string;
  nameEn: string;
}

type FrameProps = Omit<FormFrameProps, 'area' | 'noValidate' | 'width'> & { wide?: boolean };

/** A form about supplies above the page. */
export function FormFrame({ wide, ...rest }: FrameProps) {
  return <PlainFrame {...rest} {...(wide === true ? { width: 760 } : {})} area="supplies-form" noValidate />;
}

interface LineProps {
  label: string;
  value: string;
  type?: 'text' | 'date' | 'number';
  max?: number;
  hint?: string | undefined;
  onChange: (value: string) => void;
}

export function Line({ label, value, type = 'text', max = 40, hint, onChange }: LineProps) {
  return (
    <label className="form-field">
      {label}
      <input
        type={type}
        value={value}
        {...(type === 'number' ? { min: 0, max: 100_000 } : { maxLength: max })}
        autoComplete="off"
        onChange={({ target }) => onChange(target.value)}
      />
      {hint !== undefined && <small className="supplies-wrong">{hint}</small>}
    </label>
  );
}

/** Hook: items or reasons as choices in the reader's language. */
export function useChoices(): (rows: readonly Named[]) => { value: string; words: string }[] {
  const english = languageChoice.use() === 'en';
  return (rows) => rows.map(({ code, name, nameEn }) => ({ value: code, words: english ? nameEn : name }));
}
