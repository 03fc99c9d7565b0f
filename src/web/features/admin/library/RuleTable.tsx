import { adminLibrary } from '#web/i18n/admin-library.ts';
import { useText } from '#web/i18n/area.ts';
import { words } from '#web/i18n/words.ts';
import { DataTable } from '../shared/DataTable.tsx';
import { Mark } from '../shared/Mark.tsx';
import { useName } from '../shared/names.ts';
import type { CategoryLine, Draft, Rule } from './draft.ts';
import { useDuties, useLimitWords } from './names.ts';

export interface RuleTableProps {
  lines: readonly CategoryLine[];
  published: ReadonlyMap<string, Rule>;
  draft: Draft;
  onOpen: (code: string) => void;
}

/** Category by category: who takes it, who leads, how fast. Changed lines are marked. */
export function RuleTable({ lines, published, draft, onOpen }: RuleTableProps) {
  const t = useText(adminLibrary).library;
  const w = useText(words);
  const name = useName();
  const duties = useDuties();
  const limit = useLimitWords();
  const ruleOf = ({ category }: CategoryLine): Rule | undefined =>
    draft.get(category.code) ?? published.get(category.code);
  return (
    <DataTable
      label={t.title}
      rows={lines}
      rowKey={({ category }) => category.code}
      empty={t.none}
      columns={[
        {
          head: t.category,
          cell: ({ category, depth }) => (
            <span style={{ paddingInlineStart: `${depth * 16}px` }} className="adm-marks">
              <button type="button" className="adm-link" onClick={() => onOpen(category.code)}>
                {name(category)}
              </button>
              <span className="adm-soft adm-code">{category.code}</span>
              {draft.has(category.code) && <Mark tone="warn">{t.changed}</Mark>}
              {category.retired && <Mark tone="bad">{t.retired}</Mark>}
            </span>
          ),
        },
        {
          head: t.tier,
          tight: true,
          cell: (line) => {
            const rule = ruleOf(line);
            return rule === undefined ? <span className="adm-soft">{t.noRule}</span> : w.tier[rule.tier];
          },
        },
        {
          head: t.leadUnit,
          cell: (line) => {
            const rule = ruleOf(line);
            return rule && duties.nameOf(rule.leadRole);
          },
        },
        {
          head: t.assists,
          cell: (line) => ruleOf(line)?.assistRoles.map(duties.nameOf).join(' · '),
        },
        {
          head: t.priority,
          tight: true,
          cell: (line) => {
            const rule = ruleOf(line);
            const word = priorityWord(rule?.priority);
            return word && `P${rule?.priority} ${w.priority[word]}`;
          },
        },
        {
          head: t.handle,
          tight: true,
          cell: (line) => {
            const rule = ruleOf(line);
            return rule && limit(rule.limits.handle);
          },
        },
        {
          head: t.public,
          cell: ({ category }) => (category.publicReport ? t.yes : <span className="adm-soft">{t.no}</span>),
        },
      ]}
    />
  );
}

export function priorityWord(priority: number | undefined): 'p0' | 'p1' | 'p2' | 'p3' | 'p4' | undefined {
  return (['p0', 'p1', 'p2', 'p3', 'p4'] as const)[priority ?? -1];
}
