import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { PartnerState } from '#contract/partners-words.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { partners } from '#web/i18n/partners.ts';
import { useNamed } from '#web/i18n/use-named.ts';
import { wordsQuery, type Pledge } from './queries.ts';
import './partners.css';

type Lists = 'kinds' | 'resources' | 'units' | 'returns' | 'exits';

/** Words of the dictionaries: as choices, and by code. */
export function usePartnerWords() {
  const named = useNamed();
  const { data } = useQuery(wordsQuery);
  return {
    stations: data?.stations ?? [],
    choices: (list: Lists) => (data?.[list] ?? []).map((one) => ({ value: one.code, words: named(one) })),
    wordOf: (list: Lists, code: string): string => {
      const found = data?.[list].find((one) => one.code === code);
      return found === undefined ? code : named(found);
    },
  };
}

/** 每周 12 桶 */
export function useAmount(): (pledge: Pick<Pledge, 'every' | 'quantity' | 'unit'>) => string {
  const t = useText(partners);
  const { wordOf } = usePartnerWords();
  return ({ every, quantity, unit }) => t.amount(t.every[every], formatNumber(quantity), wordOf('units', unit));
}

export function StateMark({ state }: { state: PartnerState }) {
  return <span className={`partners-mark partners-${state}`}>{useText(partners).states[state]}</span>;
}

/** Short, over or even, in words; colour only adds to them. */
export function Balance({ pledge }: { pledge: Pick<Pledge, 'due' | 'delivered' | 'behind'> }) {
  const t = useText(partners).pledges;
  const { due, delivered, behind } = pledge;
  if (behind) return <span className="partners-behind">{t.behind(formatNumber(due - delivered))}</span>;
  if (delivered > due) return <span className="quiet">{t.over(formatNumber(delivered - due))}</span>;
  return <span className="quiet">{t.even}</span>;
}

interface PickProps {
  label: string;
  value: string;
  choices: readonly { value: string; words: string }[];
  onChange: (value: string) => void;
}

export function Pick({ label, value, choices, onChange }: PickProps) {
  return (
    <label className="partners-field">
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
  type?: 'text' | 'date' | 'number' | 'tel';
  required?: boolean;
  maxLength?: number;
  min?: string | number;
  max?: string | number;
  pattern?: string;
  hint?: string;
}

export function Line({ label, value, onChange, type = 'text', hint, ...rest }: LineProps) {
  return (
    <label className="partners-field">
      <span>{label}</span>
      <input type={type} value={value} autoComplete="off" onChange={({ target }) => onChange(target.value)} {...rest} />
      {hint !== undefined && <small className="quiet">{hint}</small>}
    </label>
  );
}

/** Choices of codes as ticks. */
export function Ticks({
  label,
  choices,
  value,
  onChange,
}: {
  label: string;
  choices: readonly { value: string; words: string }[];
  value: readonly string[];
  onChange: (next: string[]) => void;
}) {
  return (
    <fieldset className="partners-ticks">
      <legend>{label}</legend>
      {choices.map((one) => (
        <label key={one.value}>
          <input
            type="checkbox"
            checked={value.includes(one.value)}
            onChange={({ target }) =>
              onChange(target.checked ? [...value, one.value] : value.filter((code) => code !== one.value))
            }
          />
          {one.words}
        </label>
      ))}
    </fieldset>
  );
}

/** A form that opens in its place. */
export function Fold({ title, open, children }: { title: string; open?: boolean; children: ReactNode }) {
  return (
    <details className="partners-form" open={open}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}

/** Five stars as words for readers of screens, as shapes for the eye. */
export function Stars({ stars }: { stars: number }) {
  const t = useText(partners).ratings;
  return (
    <span className="partners-stars" role="img" aria-label={t.stars(String(stars))}>
      {'★★★★★'.slice(0, stars)}
      {'☆☆☆☆☆'.slice(stars)}
    </span>
  );
}

/** 2026Q3 in the reader's words. */
export function useQuarter(): (quarter: string) => string {
  const t = useText(partners).ratings;
  return (quarter) => t.quarter(quarter.slice(0, 4), quarter.slice(5));
}
