import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { visitRoutes } from '#contract/visits.ts';
import { ask } from '#web/app/ask.ts';
import { useCareTags } from '#web/app/ground-words.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { visits } from '#web/i18n/visits.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { rulesQuery, visitKeys, type VisitRule } from './queries.ts';

/** How often, and what happens when nobody answers: each rule with its basis. A change takes a reason. */
export function Rules() {
  const t = useText(visits);
  const { data, error, refetch } = useQuery(rulesQuery);
  return (
    <>
      <p className="quiet">{t.rulesLead}</p>
      <ProblemNote error={error} onRetry={() => void refetch()} />
      {data !== undefined && (
        <div className="visits-table">
          <table>
            <caption className="visually-hidden">{t.tab.rules}</caption>
            <thead>
              <tr>
                {[t.rule, t.whom, t.amount, t.basis].map((words) => (
                  <th key={words} scope="col">
                    {words}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.items.map((rule) => (
                <RuleRow key={`${rule.code} ${rule.version}`} rule={rule} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function RuleRow({ rule }: { rule: VisitRule }) {
  const t = useText(visits);
  const lang = languageChoice.use();
  const { nameOf } = useCareTags();
  const [open, setOpen] = useState(false);
  const names = (codes: readonly string[]): string =>
    codes.map((code) => (code === '*' ? t.everybody : nameOf(code))).join(t.comma);
  return (
    <tr>
      <th scope="row">
        {lang === 'zh' ? rule.name : rule.nameEn}{' '}
        {rule.tier !== null && <span className="tag">{t.tier[rule.tier]}</span>}
      </th>
      <td>
        {names(rule.tags)}
        {rule.also.length > 0 && <span className="quiet visits-line">{t.also(names(rule.also))}</span>}
      </td>
      <td>
        {t.amountOf(rule.amount, t.unit[rule.unit])}
        {open ? (
          <RuleForm rule={rule} onClose={() => setOpen(false)} />
        ) : (
          <button
            type="button"
            className="tool visits-give"
            aria-label={t.changeWhich(rule.name)}
            onClick={() => setOpen(true)}
          >
            {t.change}
          </button>
        )}
      </td>
      <td className="quiet">
        {t.certainty[rule.certainty as keyof typeof t.certainty]} {rule.source}
      </td>
    </tr>
  );
}

function RuleForm({ rule, onClose }: { rule: VisitRule; onClose: () => void }) {
  const t = useText(visits);
  const [amount, setAmount] = useState(rule.amount);
  const [reason, setReason] = useState('');
  const act = useAct(
    (body: { amount: number; reason: string }, opId) =>
      ask(visitRoutes.editRule, {
        params: { code: rule.code },
        body: { ...body, opId, version: rule.version, tags: rule.tags, also: rule.also },
      }),
    { stale: [visitKeys.rules, visitKeys.plan], onDone: onClose },
  );
  return (
    <form
      className="visits-form"
      onSubmit={(pressed) => {
        pressed.preventDefault();
        act.mutate({ amount, reason });
      }}
    >
      <input
        type="number"
        aria-label={t.amount}
        min={rule.kind === 'cycle' ? 1 : 0}
        max={rule.unit === 'percent' ? 100 : 400}
        required
        value={amount}
        onChange={({ target }) => setAmount(Number(target.value))}
      />
      <input
        type="text"
        aria-label={t.reasonOf}
        placeholder={t.reasonOf}
        minLength={2}
        maxLength={200}
        required
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      <button type="submit" className="tool tool-framed" disabled={act.isPending || amount === rule.amount}>
        {t.save}
      </button>
      <button type="button" className="tool" onClick={onClose}>
        {t.cancel}
      </button>
      <ProblemNote error={act.error} />
    </form>
  );
}
