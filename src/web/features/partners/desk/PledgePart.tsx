import { useState } from 'react';
import { partnerRoutes } from '#contract/partners.ts';
import { pledgeEveries, type PledgeEvery } from '#contract/partners-words.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDate, formatNumber } from '#web/i18n/format.ts';
import { partners } from '#web/i18n/partners.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { useNamed } from '#web/i18n/use-named.ts';
import { Balance, Fold, Line, Pick, useAmount, usePartnerWords } from './Parts.tsx';
import { partnersKey, type Agreement, type PartnerDetail, type Pledge } from './queries.ts';
import { usePartnerSearch } from './search.ts';

/** What was promised and what came; each row opens period by period. */
export function PledgePart({ partner }: { partner: PartnerDetail }) {
  const t = useText(partners).pledges;
  const { pledgeList, agreements, exit, mayManage } = partner;
  const drafts = new Set(agreements.filter(({ state }) => state === 'draft').map(({ id }) => id));
  const isPast = (one: Pledge) => !one.alive && !drafts.has(one.agreementId) && one.due > 0;
  const now = pledgeList.filter((one) => !isPast(one)).toSorted((a, b) => Number(b.alive) - Number(a.alive));
  const past = pledgeList.filter(isPast);
  const open = agreements.filter(({ state }) => state !== 'ended');
  return (
    <section className="partners-part">
      <h3>{t.title}</h3>
      <p className="quiet">{t.lead}</p>
      {now.length === 0 ? <p className="quiet">{t.none}</p> : <PledgeTable pledges={now} />}
      {past.length > 0 && (
        <Fold title={t.past}>
          <PledgeTable pledges={past} />
        </Fold>
      )}
      {mayManage && exit === null && open.length > 0 && (
        <Fold title={t.add}>
          <AddPledge partner={partner} agreements={open} />
        </Fold>
      )}
    </section>
  );
}

function PledgeTable({ pledges }: { pledges: readonly Pledge[] }) {
  const t = useText(partners).pledges;
  return (
    <div className="partners-scroll">
      <table className="partners-table">
        <thead>
          <tr>
            <th>{t.what}</th>
            <th>{t.where}</th>
            <th>{t.amount}</th>
            <th className="partners-number">{t.due}</th>
            <th className="partners-number">{t.delivered}</th>
            <th>{t.balance}</th>
          </tr>
        </thead>
        <tbody>
          {pledges.map((one) => (
            <PledgeRow key={one.id} pledge={one} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function PledgeRow({ pledge }: { pledge: Pledge }) {
  const t = useText(partners);
  const [, go] = usePartnerSearch();
  const named = useNamed();
  const amount = useAmount();
  const what = named({ name: pledge.what, nameEn: pledge.whatEn });
  const station = named({ name: pledge.stationName, nameEn: pledge.stationNameEn });
  return (
    <tr>
      <th scope="row">
        <button
          type="button"
          className="link-button"
          aria-label={t.pledges.open(what)}
          onClick={() => go({ pledge: pledge.id })}
        >
          {what}
        </button>
        {pledge.endedOn !== null && <small className="quiet"> {t.pledges.ended}</small>}
      </th>
      <td>{pledge.stationId === null ? t.allStations : station}</td>
      <td>{amount(pledge)}</td>
      <td className="partners-number">{formatNumber(pledge.due)}</td>
      <td className="partners-number">{formatNumber(pledge.delivered)}</td>
      <td>
        <span className="partners-row-head">
          {pledge.due > 0 || pledge.delivered > 0 ? <Balance pledge={pledge} /> : null}
          {pledge.waiting > 0 && (
            <span className="partners-waits">
              {t.pledges.waiting} {formatNumber(pledge.waiting)}
            </span>
          )}
        </span>
      </td>
    </tr>
  );
}

interface Wish {
  agreementId: string;
  stationId: string | null;
  resource: string;
  what: string;
  whatEn: string;
  quantity: number;
  unit: string;
  every: PledgeEvery;
  fromDay: string;
  toDay: string;
}

function AddPledge({ partner, agreements }: { partner: PartnerDetail; agreements: readonly Agreement[] }) {
  const t = useText(partners);
  const p = t.pledges;
  const named = useNamed();
  const { choices, stations } = usePartnerWords();
  const [wish, setWish] = useState<Wish>(() => ({
    agreementId: agreements[0]?.id ?? '',
    stationId: null,
    resource: 'goods',
    what: '',
    whatEn: '',
    quantity: 1,
    unit: 'piece',
    every: 'monthly',
    fromDay: agreements[0]?.fromDay ?? '',
    toDay: agreements[0]?.toDay ?? '',
  }));
  const put = (change: Partial<Wish>): void => setWish((before) => ({ ...before, ...change }));
  const act = useAct(
    (body: Wish, opId) => ask(partnerRoutes.pledge, { params: { id: partner.id }, body: { opId, ...body } }),
    { stale: [partnersKey], onDone: () => put({ what: '', whatEn: '' }) },
  );
  const terms = agreements.map((one) => ({
    value: one.id,
    words: t.agreements.term(formatDate(one.fromDay), formatDate(one.toDay)),
  }));
  const chooseTerm = (id: string): void => {
    const { fromDay, toDay } = agreements.find((one) => one.id === id) ?? wish;
    put({ agreementId: id, fromDay, toDay });
  };
  return (
    <form
      className="partners-grid"
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate(wish);
      }}
    >
      {terms.length > 1 && <Pick label={p.agreement} value={wish.agreementId} choices={terms} onChange={chooseTerm} />}
      <Line label={p.content} value={wish.what} onChange={(what) => put({ what })} required maxLength={60} />
      <Line label={p.contentEn} value={wish.whatEn} onChange={(whatEn) => put({ whatEn })} maxLength={120} />
      <Pick
        label={p.resource}
        value={wish.resource}
        choices={choices('resources')}
        onChange={(resource) => put({ resource })}
      />
      <Pick
        label={p.where}
        value={wish.stationId ?? ''}
        choices={[
          { value: '', words: t.allStations },
          ...stations.map((one) => ({ value: one.id, words: named(one) })),
        ]}
        onChange={(id) => put({ stationId: id === '' ? null : id })}
      />
      <Pick
        label={p.every}
        value={wish.every}
        choices={pledgeEveries.map((one) => ({ value: one, words: t.every[one] }))}
        onChange={(every) => put({ every: pledgeEveries.find((one) => one === every) ?? 'monthly' })}
      />
      <Line
        label={p.quantity}
        value={String(wish.quantity)}
        onChange={(text) => put({ quantity: Number(text) })}
        type="number"
        min={1}
        max={1_000_000}
        required
      />
      <Pick label={p.unit} value={wish.unit} choices={choices('units')} onChange={(unit) => put({ unit })} />
      <Line
        label={t.agreements.from}
        value={wish.fromDay}
        onChange={(fromDay) => put({ fromDay })}
        type="date"
        required
      />
      <Line label={t.agreements.to} value={wish.toDay} onChange={(toDay) => put({ toDay })} type="date" required />
      <ProblemNote error={act.error} />
      <button type="submit" className="tool tool-framed" disabled={act.isPending}>
        {t.agreements.send}
      </button>
    </form>
  );
}
