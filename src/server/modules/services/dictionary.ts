/** The words of the counter, from db/data. */
import { kindAsks } from '#contract/services-views.ts';
import { AppError } from '#kit/errors.ts';
import { readDictionary, type DictionaryWord } from '#server/files/dictionary.ts';
import type { Taking } from './rules.ts';

export interface ServiceKind extends DictionaryWord {
  icon: string;
  items: Taking[];
  asks: (typeof kindAsks)[number];
}
export interface AidStep extends DictionaryWord {
  timerS: number | null;
  danger: boolean;
}
export interface AidCard extends DictionaryWord {
  icon: string;
  categoryCode: string;
  seriousPriority: number;
  items: string[];
  askAgainH: number | null;
  callFirst: boolean;
  heat: boolean;
  steps: AidStep[];
}
export interface AidItem extends DictionaryWord {
  consent: boolean;
}

export interface CounterWords {
  kinds: ReadonlyMap<string, ServiceKind>;
  cards: ReadonlyMap<string, AidCard>;
  /** What is said before something is given; by code of db/data/supply-items.csv. */
  items: ReadonlyMap<string, AidItem>;
  supplies: ReadonlyMap<string, DictionaryWord & { kind: string }>;
  outcomes: ReadonlyMap<string, DictionaryWord & { askLater: boolean }>;
  corrections: ReadonlyMap<string, DictionaryWord>;
  wants: ReadonlyMap<string, DictionaryWord & { icon: string }>;
  needs: ReadonlyMap<string, DictionaryWord & { icon: string }>;
}

let words: CounterWords | undefined;

/** Read once. */
export function counterWords(): CounterWords {
  words ??= {
    kinds: readDictionary('service-kinds.csv', (row) => ({
      icon: row['icon'] ?? 'other',
      items: takings(row['items'] ?? ''),
      asks: kindAsks.find((one) => one === row['asks']) ?? ('' as const),
    })),
    cards: readCards(),
    items: readDictionary('aid-items.csv', (row) => ({ consent: row['consent'] === 'yes' })),
    supplies: readDictionary('supply-items.csv', (row) => ({ kind: row['kind'] ?? '' })),
    outcomes: readDictionary('aid-outcomes.csv', (row) => ({ askLater: row['ask_later'] === 'yes' })),
    corrections: readDictionary('service-corrections.csv', () => ({})),
    wants: readDictionary('service-wants.csv', iconOf),
    needs: readDictionary('service-needs.csv', iconOf),
  };
  return words;
}

const iconOf = (row: Readonly<Record<string, string>>) => ({ icon: row['icon'] ?? 'other' });

/** 'code:quantity;…' */
function takings(text: string): Taking[] {
  return text
    .split(';')
    .filter((part) => part !== '')
    .map((part) => {
      const [itemCode = '', quantity = '1'] = part.split(':');
      return { itemCode, quantity: Number(quantity) };
    });
}

function readCards(): ReadonlyMap<string, AidCard> {
  // Codes of steps are unique within their card only.
  const steps: (AidStep & { card: string })[] = [];
  readDictionary('aid-steps.csv', (row) => {
    steps.push({
      card: row['card'] ?? '',
      code: row['code'] ?? '',
      name: row['name'] ?? '',
      nameEn: row['name_en'] ?? '',
      certain: row['certainty'] === 'certain',
      timerS: row['timer_s'] === '' ? null : Number(row['timer_s']),
      danger: row['danger'] === 'yes',
    });
    return {};
  });
  return new Map(
    [
      ...readDictionary('aid-cards.csv', (row) => ({
        icon: row['icon'] ?? 'heart',
        categoryCode: row['category'] ?? '',
        seriousPriority: Number(row['serious_priority']),
        items: (row['items'] ?? '').split(';').filter((code) => code !== ''),
        askAgainH: row['ask_again_h'] === '' ? null : Number(row['ask_again_h']),
        callFirst: row['call_first'] === 'yes',
        heat: row['heat'] === 'yes',
      })).values(),
    ].map((card) => [card.code, { ...card, steps: steps.filter((step) => step.card === card.code) }]),
  );
}

/** @throws AppError bad_input naming the words there are */
export function wordOf<W>(list: ReadonlyMap<string, W>, code: string, field: string): W {
  const word = list.get(code);
  if (word !== undefined) return word;
  throw new AppError('bad_input', `${field}: expected one of ${[...list.keys()].join(', ')}; found "${code}".`, {
    field,
  });
}
