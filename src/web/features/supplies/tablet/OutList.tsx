import { useState } from 'react';
import { call } from '#web/app/call.ts';
import { newOpId } from '#web/app/op-id.ts';
import type { StationHead } from '#web/app/station-slots.ts';
import { useOnline } from '#web/field/use-field.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { supplies } from '#web/i18n/supplies.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { supplyApi, type ItemWords, type Loan, type Loans } from '../api.ts';
import { useItemNames } from '../words.ts';
import { useLoanActs } from './loan-acts.ts';

interface OutListProps {
  station: StationHead;
  words: ItemWords;
  loans: Loans;
}

/** What is lent out from here, the one due first at the top. */
export function OutList({ station, words, loans }: OutListProps) {
  const t = useText(supplies).loans;
  const names = useItemNames(words.items);
  const act = useLoanActs(station, names.name);
  const [gone, setGone] = useState<readonly string[]>([]);
  const rows = loans.items.filter(({ id }) => !gone.includes(id));
  return (
    <section className="card" aria-label={t.list}>
      <h2>{t.list}</h2>
      {rows.length === 0 && <p className="hint">{t.nobody}</p>}
      <ul className="plain-list">
        {rows.map((loan) => (
          <li key={loan.id} className="supply-out" data-loan={loan.id}>
            <LoanWords loan={loan} name={names.name(loan.itemCode)} />
            <Phone loan={loan} />
            <Button
              icon="check"
              onClick={() => {
                setGone((now) => [...now, loan.id]);
                void act.bring({ itemCode: loan.itemCode, loanId: loan.id });
              }}
            >
              {t.this}
            </Button>
          </li>
        ))}
      </ul>
      {rows.some(({ overdue }) => overdue) && <p className="hint">{t.sms}</p>}
    </section>
  );
}

function LoanWords({ loan, name }: { loan: Loan; name: string }) {
  const t = useText(supplies).loans;
  return (
    <span className="supply-out-words">
      <strong>
        {name} {loan.number}
      </strong>
      {loan.overdue && <span className="tag tag-seal">{t.late}</span>}
      <br />
      <span className="hint">
        {t.lentAt(formatTime(loan.lentAt))} · {t.due(formatTime(loan.dueAt))}
      </span>
    </span>
  );
}

/** The telephone is masked until it is needed; each look is recorded. */
function Phone({ loan }: { loan: Loan }) {
  const t = useText(supplies).loans;
  const online = useOnline();
  const [phone, setPhone] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(undefined);
  if (loan.phone === null) return null;
  if (phone !== null) return <a href={`tel:${phone}`}>{phone}</a>;
  const look = (): void => {
    call(supplyApi.loanPhone, { params: { id: loan.id }, body: { opId: newOpId() } }).then(
      (answer) => setPhone(answer.phone),
      setError,
    );
  };
  return (
    <>
      <Button icon="phone" disabled={!online} onClick={look}>
        {loan.phone} {t.call}
      </Button>
      {error !== undefined && <ErrorNote error={error} onRetry={look} />}
    </>
  );
}
