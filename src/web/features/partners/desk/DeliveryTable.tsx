import { useState } from 'react';
import { partnerRoutes } from '#contract/partners.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { partners } from '#web/i18n/partners.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { useNamed } from '#web/i18n/use-named.ts';
import { Line, usePartnerWords } from './Parts.tsx';
import { partnersKey, type Delivery } from './queries.ts';

/** Deliveries, the latest day first; what waits for the viewer is decided in its row. */
export function DeliveryTable({ rows, withPartner = false }: { rows: readonly Delivery[]; withPartner?: boolean }) {
  const t = useText(partners);
  const named = useNamed();
  const { wordOf } = usePartnerWords();
  const d = t.deliveries;
  return (
    <div className="partners-scroll">
      <table className="partners-table">
        <thead>
          <tr>
            <th>{d.day}</th>
            <th>{withPartner ? d.partner : t.station}</th>
            <th>{d.what}</th>
            <th className="partners-number">{d.quantity}</th>
            <th>{d.source}</th>
            <th>{d.state}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td className="partners-nowrap">{row.day}</td>
              <td>
                {withPartner
                  ? named({ name: row.partnerName, nameEn: row.partnerNameEn })
                  : named({ name: row.stationName, nameEn: row.stationNameEn })}
              </td>
              <td>
                {named({ name: row.what, nameEn: row.whatEn })}
                {row.pledgeId === null && <small className="quiet"> {d.unpledged}</small>}
              </td>
              <td className="partners-number">
                {formatNumber(row.quantity)} {wordOf('units', row.unit)}
                {row.saidQuantity !== null && (
                  <small className="quiet"> {d.said(formatNumber(row.saidQuantity))}</small>
                )}
              </td>
              <td>{d.sources[row.source]}</td>
              <td>
                {row.mayDecide ? (
                  <Decide row={row} />
                ) : (
                  <span className={`partners-d-${row.state}`}>{d.states[row.state]}</span>
                )}
                {row.refusedWords !== '' && <small className="quiet"> {row.refusedWords}</small>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** One press when it is right; otherwise what was counted, or why not. */
function Decide({ row }: { row: Delivery }) {
  const t = useText(partners).deliveries;
  const [how, setHow] = useState<'plain' | 'counted' | 'refused'>('plain');
  const [counted, setCounted] = useState(String(row.quantity));
  const [words, setWords] = useState('');
  const act = useAct(
    (input: { confirm: boolean; quantity?: number; words?: string }, opId) =>
      ask(partnerRoutes.decide, { params: { id: row.id }, body: { opId, version: row.version, ...input } }),
    { stale: [partnersKey] },
  );
  if (how === 'plain')
    return (
      <span className="partners-row-head">
        <button
          type="button"
          className="tool tool-framed"
          disabled={act.isPending}
          onClick={() => act.mutate({ confirm: true })}
        >
          {t.confirm}
        </button>
        <button type="button" className="tool" onClick={() => setHow('counted')}>
          {t.counted}
        </button>
        <button type="button" className="tool" onClick={() => setHow('refused')}>
          {t.refuse}
        </button>
        <ProblemNote error={act.error} />
      </span>
    );
  return (
    <form
      className="partners-row-head partners-inline"
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate(how === 'counted' ? { confirm: true, quantity: Number(counted) } : { confirm: false, words });
      }}
    >
      {how === 'counted' ? (
        <Line label={t.counted} value={counted} onChange={setCounted} type="number" min={1} max={1_000_000} required />
      ) : (
        <Line label={t.why} value={words} onChange={setWords} required maxLength={200} />
      )}
      <button type="submit" className="tool tool-framed" disabled={act.isPending}>
        {how === 'counted' ? t.confirm : t.send}
      </button>
      <ProblemNote error={act.error} />
    </form>
  );
}
