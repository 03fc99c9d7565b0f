import { AppError } from '#kit/errors.ts';
import { readDictionary, type DictionaryWord } from '#server/files/dictionary.ts';

export const itemKinds = ['consumable', 'medicine', 'device', 'loan'] as const;
export type ItemKind = (typeof itemKinds)[number];

export type Item = DictionaryWord & {
  kind: ItemKind;
  unit: string;
  unitEn: string;
  expiry: 'required' | 'optional' | 'none';
  /** Wanted at a station that has not said otherwise. */
  minimum: number;
  /** How long it is lent, in hours; null for what is not lent. */
  loanHours: number | null;
};

let items: ReadonlyMap<string, Item> | undefined;

/** Everything stations may have, from db/data/supply-items.csv, in its order. @throws Error naming a wrong row */
export function supplyItems(): ReadonlyMap<string, Item> {
  items ??= readDictionary('supply-items.csv', (row) => {
    const kind = itemKinds.find((one) => one === row['kind']);
    const expiry = (['required', 'optional', 'none'] as const).find((one) => one === row['expiry']);
    const minimum = Number(row['minimum']);
    const loanHours = row['loan_hours'] === '' || row['loan_hours'] === undefined ? null : Number(row['loan_hours']);
    if (
      kind === undefined ||
      expiry === undefined ||
      !Number.isInteger(minimum) ||
      (kind === 'loan') !== (loanHours !== null)
    )
      throw new Error(
        `supply-items.csv: the row ${row['code'] ?? ''} has a wrong kind, expiry, minimum or loan_hours.`,
      );
    return { kind, expiry, minimum, loanHours, unit: row['unit'] ?? '', unitEn: row['unit_en'] ?? '' };
  });
  return items;
}

/** @throws AppError bad_input for a word that the dictionary does not have */
export function itemOf(code: string, field = 'itemCode'): Item {
  const item = supplyItems().get(code);
  if (item !== undefined) return item;
  throw new AppError(
    'bad_input',
    `${field}: expected an item of the list, found ${code}. GET /api/supplies/items lists them.`,
    {
      field,
    },
  );
}

export type Reason = DictionaryWord & { usedFor: 'count' | 'write_off' };
let reasons: ReadonlyMap<string, Reason> | undefined;

export function supplyReasons(): ReadonlyMap<string, Reason> {
  reasons ??= readDictionary('supply-reasons.csv', (row) => ({
    usedFor: row['used_for'] === 'count' ? ('count' as const) : ('write_off' as const),
  }));
  return reasons;
}

/** @throws AppError bad_input */
export function assertReason(code: string, usedFor: Reason['usedFor']): void {
  if (supplyReasons().get(code)?.usedFor === usedFor) return;
  const fitting = [...supplyReasons().values()].filter((one) => one.usedFor === usedFor).map((one) => one.code);
  throw new AppError('bad_input', `reason: expected one of ${fitting.join(', ')}, found "${code}".`, {
    field: 'reason',
  });
}

type RuleCode = 'expiring_days' | 'overdue_told_hours' | 'lost_after_days' | 'late_record_hours';
let rules: ReadonlyMap<string, { value: number }> | undefined;

/** A whole number of db/data/supply-rules.csv. @throws Error when it is missing or none */
export function supplyRule(code: RuleCode): number {
  rules ??= readDictionary('supply-rules.csv', (row) => ({ value: Number(row['value']) }));
  const value = rules.get(code)?.value;
  if (value !== undefined && Number.isInteger(value) && value >= 0) return value;
  throw new Error(`supply-rules.csv: expected a whole number for ${code}, found ${String(value)}.`);
}
