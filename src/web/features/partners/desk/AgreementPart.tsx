import { useState } from 'react';
import { partnerRoutes } from '#contract/partners.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDate, formatNumber } from '#web/i18n/format.ts';
import { partners } from '#web/i18n/partners.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { todayHere } from '#web/i18n/local-time.ts';
import { Fold, Line, StateMark, Ticks, usePartnerWords } from './Parts.tsx';
import { partnersKey, type Agreement, type PartnerDetail } from './queries.ts';

/** What is agreed, the latest first; a draft is signed here, one that ends is renewed here. */
export function AgreementPart({ partner }: { partner: PartnerDetail }) {
  const t = useText(partners).agreements;
  const { agreements, mayManage, exit } = partner;
  const renewed = new Set(agreements.map(({ renews }) => renews));
  const last = agreements.find(({ signedOn }) => signedOn !== null);
  const canDraft = mayManage && exit === null;
  const canRenew = canDraft && last !== undefined && last.state !== 'waiting' && !renewed.has(last.id);
  return (
    <section className="partners-part">
      <h3>{t.title}</h3>
      {agreements.length === 0 && <p className="quiet">{t.none}</p>}
      <ul className="partners-lines">
        {agreements.map((one) => (
          <li key={one.id}>
            <One partner={partner} agreement={one} />
          </li>
        ))}
      </ul>
      {canRenew && (
        <Fold title={t.renew}>
          <p className="quiet">{t.renewNote}</p>
          <Draft id={partner.id} old={last} />
        </Fold>
      )}
      {canDraft && last === undefined && agreements.length === 0 && (
        <Fold title={t.draft} open>
          <Draft id={partner.id} old={null} />
        </Fold>
      )}
    </section>
  );
}

function One({ partner, agreement }: { partner: PartnerDetail; agreement: Agreement }) {
  const t = useText(partners);
  const a = t.agreements;
  const { wordOf } = usePartnerWords();
  const returns = [
    ...agreement.returns.map((code) => wordOf('returns', code)),
    ...(agreement.returnWords === '' ? [] : [agreement.returnWords]),
  ];
  const address = `/api/partners/${partner.id}/agreements/${agreement.id}/document`;
  return (
    <>
      <div className="partners-row-head">
        <b className="partners-number">
          {a.term(formatDate(agreement.fromDay), formatDate(agreement.endedOn ?? agreement.toDay))}
        </b>
        <StateMark state={agreement.state} />
        {agreement.daysLeft !== null && <span className="quiet">{t.left(formatNumber(agreement.daysLeft))}</span>}
        {agreement.signedOn !== null && <span className="quiet">{a.signed(formatDate(agreement.signedOn))}</span>}
        {agreement.renews !== null && <span className="tag">{a.renews}</span>}
        <a className="tool" href={address} download>
          {a.document}
        </a>
      </div>
      <p className="quiet">
        {a.returns} {returns.length === 0 ? a.noReturns : returns.join(t.comma)}
      </p>
      {agreement.state === 'draft' && partner.mayManage && <Sign partner={partner} agreement={agreement} />}
    </>
  );
}

function Sign({ partner, agreement }: { partner: PartnerDetail; agreement: Agreement }) {
  const t = useText(partners).agreements;
  const [signedOn, setSignedOn] = useState(todayHere);
  const act = useAct(
    (day: string, opId) =>
      ask(partnerRoutes.sign, {
        params: { id: partner.id, agreementId: agreement.id },
        body: { opId, version: agreement.version, signedOn: day },
      }),
    { stale: [partnersKey] },
  );
  return (
    <form
      className="partners-row-head partners-inline"
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate(signedOn);
      }}
    >
      <Line label={t.signedOn} value={signedOn} onChange={setSignedOn} type="date" max={todayHere()} required />
      <button type="submit" className="tool tool-framed" disabled={act.isPending}>
        {t.sign}
      </button>
      <ProblemNote error={act.error} />
    </form>
  );
}

const dayAfter = (day: string, n: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);
/** A year, as most agreements run; it is only what the form begins with. */
const yearDays = 365;

function Draft({ id, old }: { id: string; old: Agreement | null }) {
  const t = useText(partners).agreements;
  const { choices } = usePartnerWords();
  const [from, setFrom] = useState(() => (old === null ? todayHere() : dayAfter(old.endedOn ?? old.toDay, 1)));
  const [to, setTo] = useState(() => dayAfter(from, yearDays - 1));
  const [returns, setReturns] = useState<string[]>(old?.returns ?? []);
  const [other, setOther] = useState(old?.returnWords ?? '');
  const act = useAct(
    (terms: { fromDay: string; toDay: string; returns: string[]; returnWords: string; renews: string | null }, opId) =>
      ask(partnerRoutes.draft, { params: { id }, body: { opId, ...terms } }),
    { stale: [partnersKey] },
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate({ fromDay: from, toDay: to, returns, returnWords: other, renews: old?.id ?? null });
      }}
    >
      <div className="partners-row-head">
        <Line label={t.from} value={from} onChange={setFrom} type="date" required />
        <Line label={t.to} value={to} onChange={setTo} type="date" min={from} required />
      </div>
      <Ticks label={t.returns} choices={choices('returns')} value={returns} onChange={setReturns} />
      <Line label={t.other} value={other} onChange={setOther} maxLength={300} />
      <ProblemNote error={act.error} />
      <button type="submit" className="tool tool-framed" disabled={act.isPending}>
        {t.send}
      </button>
    </form>
  );
}
