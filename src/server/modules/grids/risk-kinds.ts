import { readDictionary, type DictionaryWord } from '#server/files/dictionary.ts';

/** A kind of risk point, from db/data/risk-kinds.csv. */
export type RiskKind = DictionaryWord;

let kinds: ReadonlyMap<string, RiskKind> | undefined;

/** The kinds by code, in the order of the file; read once. */
export function riskKinds(): ReadonlyMap<string, RiskKind> {
  kinds ??= readDictionary('risk-kinds.csv', () => ({}));
  return kinds;
}
