import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useRiskKinds } from '#web/app/ground-words.ts';
import { may, useMe } from '#web/app/me.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { inspections } from '#web/i18n/inspections.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { CycleForm, type CycleOf } from './CycleForm.tsx';
import { lookRulesQuery, type LookRules } from './queries.ts';
import { levelKeys } from './risk-words.ts';

const everyOther = '*';

/** How often points are looked at by kind and level, who hears of what is missed, and what is looked at. */
export function Cycles() {
  const t = useText(inspections).board;
  const c = useText(common);
  const { data, error, refetch } = useQuery(lookRulesQuery);
  const [open, setOpen] = useState<CycleOf | null>(null);
  if (data === undefined && error === null)
    return (
      <p className="waiting" role="status">
        {c.loading}
      </p>
    );
  return (
    <>
      <ProblemNote error={error} onRetry={() => void refetch()} />
      <p className="quiet">{t.cyclesLead}</p>
      {data !== undefined && (
        <>
          <Table rules={data} onOpen={setOpen} />
          <Ladder ladder={data.ladder} />
          <Checklists checklists={data.checklists} />
        </>
      )}
      {open !== null && data !== undefined && <CycleForm of={open} rules={data.items} onClose={() => setOpen(null)} />}
    </>
  );
}

function useKindName(): (kind: string) => string {
  const other = useText(inspections).board.otherKinds;
  const { nameOf } = useRiskKinds();
  return (kind) => (kind === everyOther ? other : nameOf(kind));
}

function Table({ rules, onOpen }: { rules: LookRules; onOpen: (of: CycleOf) => void }) {
  const t = useText(inspections);
  const nameOf = useKindName();
  const { kinds } = useRiskKinds();
  return (
    <div className="looks-table">
      <table>
        <caption>{t.cycle}</caption>
        <thead>
          <tr>
            <th scope="col">{t.board.kind}</th>
            {levelKeys.map((key) => (
              <th key={key} scope="col">
                {t.levelMarks[key]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[everyOther, ...kinds.map(({ code }) => code)].map((kind) => (
            <tr key={kind}>
              <th scope="row">{nameOf(kind)}</th>
              {levelKeys.map((key, k) => (
                <td key={key}>
                  <Cell
                    of={{ kind, level: k + 1, name: `${nameOf(kind)} · ${t.levelMarks[key]}` }}
                    rules={rules}
                    onOpen={onOpen}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ of, rules, onOpen }: { of: CycleOf; rules: LookRules; onOpen: (of: CycleOf) => void }) {
  const t = useText(inspections);
  const me = useMe();
  const own = rules.items.find(({ kind, level }) => kind === of.kind && level === of.level);
  const rule = own ?? rules.items.find(({ kind, level }) => kind === everyOther && level === of.level);
  if (rule === undefined) return null;
  return (
    <>
      <b>{t.cycleDays(formatNumber(rule.days))}</b>
      <span className="quiet looks-line">{t.board.again(formatNumber(rule.followUpDays))}</span>
      <span className="quiet looks-line" title={rule.source}>
        {own === undefined ? t.board.asOthers : rule.certain ? t.board.decided : t.board.draft}
      </span>
      {may(me, 'grids.edit') && (
        <button
          type="button"
          className="tool looks-change"
          aria-label={t.board.changeOf(of.name)}
          onClick={() => onOpen(of)}
        >
          {t.board.change}
        </button>
      )}
    </>
  );
}

function Ladder({ ladder }: { ladder: LookRules['ladder'] }) {
  const t = useText(inspections).board;
  const zh = languageChoice.use() === 'zh';
  return (
    <section aria-label={t.ladder}>
      <h2>{t.ladder}</h2>
      <ol className="looks-steps">
        {ladder.map((step) => (
          <li key={step.rung}>
            {t.after(formatNumber(step.afterDays), zh ? step.name : step.nameEn)}{' '}
            {!step.certain && <span className="tag">{t.draft}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Checklists({ checklists }: { checklists: LookRules['checklists'] }) {
  const t = useText(inspections).board;
  const zh = languageChoice.use() === 'zh';
  const nameOf = useKindName();
  return (
    <section aria-label={t.checks}>
      <h2>{t.checks}</h2>
      <p className="quiet">{t.checksLead}</p>
      {checklists.map(({ kind, items }) => (
        <details key={kind} className="looks-checks">
          <summary>
            {nameOf(kind)} <span className="quiet">{t.items(formatNumber(items.length))}</span>
          </summary>
          <ul>
            {items.map(({ code, words, wordsEn, certain }) => (
              <li key={code}>
                {zh ? words : wordsEn} {!certain && <span className="tag">{t.draft}</span>}
              </li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  );
}
