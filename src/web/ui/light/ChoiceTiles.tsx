import { useId } from 'react';
import { Icon } from '#web/ui/icons/Icon.tsx';
import type { IconName } from '#web/ui/icons/drawings.ts';

export interface Choice<T extends string> {
  value: T;
  words: string;
  icon?: IconName;
  note?: string;
}

export interface ChoiceTilesProps<T extends string> {
  label: string;
  choices: readonly Choice<T>[];
  value: T | null;
  onChange: (value: T) => void;
  /** Two or three tiles in a row where there is room; `list` is one under the other. */
  shape?: 'tiles' | 'list';
  labelHidden?: boolean;
}

/** One of a few, as large tiles; native radio buttons below, so arrow keys and screen readers work as usual. */
export function ChoiceTiles<T extends string>({
  label,
  choices,
  value,
  onChange,
  shape = 'tiles',
  labelHidden = false,
}: ChoiceTilesProps<T>) {
  const name = useId();
  return (
    <fieldset className={`choices choices-${shape}`}>
      <legend className={labelHidden ? 'visually-hidden' : 'field-label'}>{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className="choice">
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          {choice.icon !== undefined && <Icon name={choice.icon} size={28} />}
          <span className="choice-words">
            {choice.words}
            {choice.note !== undefined && <small>{choice.note}</small>}
          </span>
          <span className="choice-mark" aria-hidden="true">
            <Icon name="check" size={18} />
          </span>
        </label>
      ))}
    </fieldset>
  );
}
