import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { partnerRoutes } from '#contract/partners.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDate, formatNumber } from '#web/i18n/format.ts';
import { partners } from '#web/i18n/partners.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { DeliveryTable } from './DeliveryTable.tsx';
import { useNamed } from '#web/i18n/use-named.ts';
import { todayHere } from '#web/i18n/local-time.ts';
import { Answer } from '#web/ui/Answer.tsx';
import { Balance, Fold, Line, useAmount } from './Parts.tsx';
import { partnersKey, periodsQuery, type PartnerDetail, type Pledge } from './queries.ts';

/** One pledge, period by period, with the rows behind every figure. */
export function PeriodsPart({
  partner,
  pledgeId,
  onBack,
}: {
  partner: PartnerDetail;
  pledgeId: string;
  onBack: () => void;
}) {
  const t = useText(partners);
  const named = useNamed();
  const amount = useAmount();
  return (
    <>
      <button type="button" className="tool partners-alone" onClick={onBack}>
        {t.periods.back}
      </button>
      <Answer query={useQuery(periodsQuery(partner.id, pledgeId))}>
        {({ pledge, periods, outside, deliveries }) => (
          <section className="partners-part">
            <h2>{named({ name: pledge.what, nameEn: pledge.whatEn })}</h2>
            <p className="partners-row-head">
              <span>{named(partner)}</span>
              <span>{amount(pledge)}</span>
              <span className="quiet">
                {t.agreements.term(formatDate(pledge.fromDay), formatDate(pledge.endedOn ?? pledge.toDay))}
              </span>
              <Balance pledge={pledge} />
            </p>
            <h3>{t.periods.title}</h3>
            <Periods periods={periods} />
            {outside > 0 && <p className="quiet">{t.periods.outside(formatNumber(outside))}</p>}
            <h3>{t.periods.rows}</h3>
            {deliveries.length === 0 ? (
              <p className="quiet">{t.deliveries.none}</p>
            ) : (
              <DeliveryTable rows={deliveries} />
            )}
            {partner.mayManage && pledge.endedOn === null && pledge.toDay > todayHere() && (
              <EndPledge partner={partner} pledge={pledge} />
            )}
          </section>
        )}
      </Answer>
    </>
  );
}

interface Period {
  no: number;
  fromDay: string;
  toDay: string;
  due: boolean;
  promised: number;
  delivered: number;
  waiting: number;
}

/** Those that have begun, the latest first. */
function Periods({ periods }: { periods: readonly Period[] }) {
  const t = useText(partners);
  const today = todayHere();
  const begun = periods.filter(({ fromDay }) => fromDay <= today).toReversed();
  if (begun.length === 0) return <p className="quiet">{t.periods.coming}</p>;
  return (
    <div className="partners-scroll">
      <table className="partners-table">
        <thead>
          <tr>
            <th>{t.periods.period}</th>
            <th>{t.periods.days}</th>
            <th className="partners-number">{t.periods.promised}</th>
            <th className="partners-number">{t.periods.delivered}</th>
            <th>{t.pledges.balance}</th>
          </tr>
        </thead>
        <tbody>
          {begun.map((one) => (
            <tr key={one.no}>
              <th scope="row">{one.no}</th>
              <td>{t.agreements.term(formatDate(one.fromDay), formatDate(one.toDay))}</td>
              <td className="partners-number">{formatNumber(one.promised)}</td>
              <td className="partners-number">{formatNumber(one.delivered)}</td>
              <td>
                {one.due && one.delivered < one.promised && (
                  <span className="partners-behind">
                    {t.pledges.behind(formatNumber(one.promised - one.delivered))}
                  </span>
                )}
                {!one.due && <span className="quiet">{t.periods.open}</span>}
                {one.waiting > 0 && (
                  <span className="partners-waits">
                    {t.pledges.waiting} {formatNumber(one.waiting)}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function EndPledge({ partner, pledge }: { partner: PartnerDetail; pledge: Pledge }) {
  const t = useText(partners);
  const [lastDay, setLastDay] = useState(todayHere);
  const [words, setWords] = useState('');
  const act = useAct(
    (body: { lastDay: string; words: string }, opId) =>
      ask(partnerRoutes.endPledge, { params: { id: partner.id, pledgeId: pledge.id }, body: { opId, ...body } }),
    { stale: [partnersKey] },
  );
  return (
    <Fold title={t.pledges.end}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate({ lastDay, words });
        }}
      >
        <Line label={t.pledges.lastDay} value={lastDay} onChange={setLastDay} type="date" required />
        <Line label={t.pledges.why} value={words} onChange={setWords} required maxLength={200} />
        <ProblemNote error={act.error} />
        <button type="submit" className="tool tool-framed" disabled={act.isPending}>
          {t.pledges.end}
        </button>
      </form>
    </Fold>
  );
}
