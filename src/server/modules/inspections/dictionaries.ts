import { AppError } from '#kit/errors.ts';
import { readDictionary, type DictionaryWord } from '#server/files/dictionary.ts';
import type { LadderStep } from './rules.ts';

/** One thing to look at, from db/data/inspection-checks.csv. */
export interface CheckItem {
  code: string;
  words: string;
  wordsEn: string;
  certain: boolean;
}

let checks: ReadonlyMap<string, DictionaryWord & { kind: string }> | undefined;

function allChecks() {
  checks ??= readDictionary('inspection-checks.csv', (row) => ({ kind: row['kind'] ?? '*' }));
  return [...checks.values()];
}

const toItem = ({ code, name, nameEn, certain }: DictionaryWord): CheckItem => ({
  code,
  words: name,
  wordsEn: nameEn,
  certain,
});

/** What to look at on points of a kind, in the order of the file. */
export function checklistOf(kind: string): CheckItem[] {
  const own = allChecks().filter((item) => item.kind === kind);
  return (own.length > 0 ? own : allChecks().filter((item) => item.kind === '*')).map(toItem);
}

/** Every list there is, in the order of the file; '*' goes with every kind that has none of its own. */
export function checklists(): { kind: string; items: CheckItem[] }[] {
  return [...Map.groupBy(allChecks(), ({ kind }) => kind)].map(([kind, items]) => ({ kind, items: items.map(toItem) }));
}

export interface Answered {
  code: string;
  words: string;
  wordsEn: string;
  ok: boolean;
}

/** Answers with the words they were given to. @throws AppError bad_input for an item that is not asked of this kind */
export function answered(kind: string, answers: readonly { code: string; ok: boolean }[]): Answered[] {
  const items = new Map(checklistOf(kind).map((item) => [item.code, item]));
  return answers.map(({ code, ok }) => {
    const item = items.get(code);
    if (item !== undefined) return { code, words: item.words, wordsEn: item.wordsEn, ok };
    throw new AppError('bad_input', `answers: expected codes of ${[...items.keys()].join(', ')}, found "${code}".`, {
      field: 'answers',
    });
  });
}

export type LadderTarget = 'unit_lead' | 'street';
export type LadderRow = LadderStep & { to: LadderTarget; name: string; nameEn: string; certain: boolean };

let ladder: readonly LadderRow[] | undefined;

/** Who is told when, from db/data/inspection-ladder.csv, lowest rung first. */
export function overdueLadder(): readonly LadderRow[] {
  ladder ??= [
    ...readDictionary('inspection-ladder.csv', (row) => ({
      rung: Number(row['rung']),
      afterDays: Number(row['after_days']),
    })).values(),
  ]
    .map(({ code, ...row }) => ({ ...row, to: code === 'street' ? ('street' as const) : ('unit_lead' as const) }))
    .toSorted((a, b) => a.rung - b.rung);
  return ladder;
}
