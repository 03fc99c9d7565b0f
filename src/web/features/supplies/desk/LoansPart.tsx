import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { supplyRoutes } from '#contract/supplies.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { supplies } from '#web/i18n/supplies.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import type { Loan } from '../api.ts';
import { useItemNames } from '../words.ts';
import { loansQuery, supplyKey } from './queries.ts';
import type { SupplyView } from './SuppliesPart.tsx';
import { ThingsPart } from './ThingsPart.tsx';

/** What is lent out, and the labels of what is lent. */
export function LoansPart(view: SupplyView) {
  const t = useText(supplies).loans;
  const names = useItemNames(view.words.items);
  const query = useQuery(loansQuery(view.station.id));
  const loans = query.data?.items ?? [];
  return (
    <>
      <p className="quiet">{t.lead}</p>
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      <ul className="supplies-kinds">
        {query.data?.kinds
          .filter(({ here, out }) => here + out > 0)
          .map(({ itemCode, here, out, overdue }) => (
            <li key={itemCode}>
              <b>{names.name(itemCode)}</b> {t.here(here)} · {t.out(out)}
              {overdue > 0 && <span className="supplies-mark supplies-bad">{t.overdue(overdue)}</span>}
            </li>
          ))}
      </ul>
      <h2>{t.list}</h2>
      {query.data !== undefined && loans.length === 0 && <p className="quiet">{t.nobody}</p>}
      <ul className="supplies-list">
        {loans.map((loan) => (
          <LoanLine key={loan.id} loan={loan} name={names.name(loan.itemCode)} view={view} />
        ))}
      </ul>
      {loans.some(({ overdue }) => overdue) && <p className="quiet">{t.sms}</p>}
      <ThingsPart {...view} />
    </>
  );
}

function LoanLine({ loan, name, view }: { loan: Loan; name: string; view: SupplyView }) {
  const t = useText(supplies).loans;
  const { mayWork, mayManage } = view.stock;
  const bring = useAct(
    (loanId: string, opId) =>
      ask(supplyRoutes.giveBack, { params: { id: view.station.id }, body: { opId, itemCode: loan.itemCode, loanId } }),
    { stale: [supplyKey] },
  );
  const end = useAct(
    (state: 'lost' | 'damaged', opId) =>
      ask(supplyRoutes.endLoan, { params: { id: loan.id }, body: { opId, state, version: loan.version } }),
    { stale: [supplyKey] },
  );
  return (
    <li data-loan={loan.id}>
      <b>
        {name} {loan.number}
      </b>
      <span>
        {t.lentAt(formatTime(loan.lentAt))} · {t.due(formatTime(loan.dueAt))}
        {loan.overdue && <span className="supplies-mark supplies-bad">{t.late}</span>}
      </span>
      <span className="supplies-tools">
        {mayWork && <Phone loan={loan} />}
        {mayWork && (
          <button
            type="button"
            className="tool tool-framed"
            disabled={bring.isPending}
            onClick={() => bring.mutate(loan.id)}
          >
            {t.this}
          </button>
        )}
        {mayManage && (
          <button type="button" className="tool" disabled={end.isPending} onClick={() => end.mutate('damaged')}>
            {t.broken}
          </button>
        )}
        {mayManage && loan.mayEnd && (
          <button type="button" className="tool" disabled={end.isPending} onClick={() => end.mutate('lost')}>
            {t.lost}
          </button>
        )}
      </span>
      <ProblemNote error={bring.error ?? end.error} />
    </li>
  );
}

/** Masked until it is needed; each look is recorded. */
function Phone({ loan }: { loan: Loan }) {
  const t = useText(supplies).loans;
  const [phone, setPhone] = useState<string | null>(null);
  const look = useAct((id: string, opId) => ask(supplyRoutes.loanPhone, { params: { id }, body: { opId } }), {
    onDone: (answer) => setPhone(answer.phone),
  });
  if (loan.phone === null) return null;
  if (phone !== null) return <a href={`tel:${phone}`}>{phone}</a>;
  return (
    <button type="button" className="tool" disabled={look.isPending} onClick={() => look.mutate(loan.id)}>
      {loan.phone} {t.call}
    </button>
  );
}
