import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { partnerRoutes } from '#contract/partners.ts';
import { ask } from '#web/app/ask.ts';
import { may, useMe } from '#web/app/me.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDate, formatNumber } from '#web/i18n/format.ts';
import { partners } from '#web/i18n/partners.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { AgreementPart } from './AgreementPart.tsx';
import { DeliveryTable } from './DeliveryTable.tsx';
import { ExitPart } from './ExitPart.tsx';
import { FactsForm } from './FactsForm.tsx';
import { LinkPart } from './LinkPart.tsx';
import { useNamed } from '#web/i18n/use-named.ts';
import { Answer } from '#web/ui/Answer.tsx';
import { Fact } from '#web/ui/Fact.tsx';
import { Line, StateMark, usePartnerWords } from './Parts.tsx';
import { PeriodsPart } from './PeriodsPart.tsx';
import { PledgePart } from './PledgePart.tsx';
import { RatingPart } from './RatingPart.tsx';
import { deliveriesQuery, partnerQuery, partnersKey, type PartnerDetail } from './queries.ts';
import { usePartnerSearch } from './search.ts';

/** One partner: who it is, what is agreed, what came, how it is rated, and the way out. */
export function PartnerPane({ id }: { id: string }) {
  const [search, go] = usePartnerSearch();
  return (
    <Answer query={useQuery(partnerQuery(id))}>
      {(partner) =>
        search.pledge === undefined ? (
          <Whole partner={partner} />
        ) : (
          <PeriodsPart partner={partner} pledgeId={search.pledge} onBack={() => go({ pledge: undefined })} />
        )
      }
    </Answer>
  );
}

function Whole({ partner }: { partner: PartnerDetail }) {
  const t = useText(partners);
  const named = useNamed();
  return (
    <>
      <header className="partners-row-head">
        <h2>{named(partner)}</h2>
        <StateMark state={partner.state} />
        {partner.untilDay !== null && <span className="quiet">{t.until(formatDate(partner.untilDay))}</span>}
        {partner.daysLeft !== null && <span className="quiet">{t.left(formatNumber(partner.daysLeft))}</span>}
      </header>
      <Asked partner={partner} />
      <Facts partner={partner} />
      <AgreementPart partner={partner} />
      <PledgePart partner={partner} />
      <Deliveries id={partner.id} />
      <RatingPart partner={partner} />
      {partner.mayManage && <LinkPart id={partner.id} />}
      <ExitPart partner={partner} />
    </>
  );
}

/** What the partner asks for, with the answer beside it. */
function Asked({ partner }: { partner: PartnerDetail }) {
  const t = useText(partners);
  const act = useAct(
    (input: { what: 'renewal' | 'contact'; accept: boolean }, opId) =>
      ask(partnerRoutes.answerAsk, { params: { id: partner.id }, body: { opId, ...input } }),
    { stale: [partnersKey] },
  );
  if (partner.asks.length === 0) return null;
  const renewal = partner.agreements.find(({ renewalAsked }) => renewalAsked !== null)?.renewalAsked ?? null;
  return (
    <div className="partners-asked" role="status">
      {renewal !== null && (
        <p>
          {t.askedRenewal} {renewal.words}
        </p>
      )}
      {partner.askedContact !== null && <p>{t.askedContact(partner.askedContact.name, partner.askedContact.phone)}</p>}
      {partner.mayManage &&
        partner.asks.map((what) => (
          <span key={what} className="partners-row-head">
            <span className="quiet">{t.asks[what]}</span>
            {what === 'contact' && (
              <button
                type="button"
                className="tool tool-framed"
                disabled={act.isPending}
                onClick={() => act.mutate({ what, accept: true })}
              >
                {t.accept}
              </button>
            )}
            <button
              type="button"
              className="tool"
              disabled={act.isPending}
              onClick={() => act.mutate({ what, accept: false })}
            >
              {t.decline}
            </button>
          </span>
        ))}
      <ProblemNote error={act.error} />
    </div>
  );
}

function Facts({ partner }: { partner: PartnerDetail }) {
  const t = useText(partners);
  const { wordOf } = usePartnerWords();
  const [editing, setEditing] = useState(false);
  const heads = may(useMe(), 'station.manage');
  const mayReveal = (heads || partner.mayManage) && partner.contact !== null;
  if (editing)
    return (
      <>
        <FactsForm partner={partner} onDone={() => setEditing(false)} />
        <button type="button" className="tool partners-alone" onClick={() => setEditing(false)}>
          {t.facts.cancel}
        </button>
      </>
    );
  const { contact } = partner;
  return (
    <>
      <dl className="partners-facts">
        <Fact name={t.kind} none={t.facts.none}>
          {wordOf('kinds', partner.kind)}
        </Fact>
        <Fact name={t.facts.area} none={t.facts.none}>
          {partner.areaName}
        </Fact>
        <Fact name={t.facts.organisation} none={t.facts.none}>
          {partner.organisation}
        </Fact>
        <Fact name={t.facts.creditCode} none={t.facts.none}>
          {partner.creditCode ?? ''}
        </Fact>
        <Fact name={t.facts.contact} none={t.facts.none}>
          {contact === null ? '' : t.reveal.shown(contact.name, contact.phone)}
        </Fact>
      </dl>
      <div className="partners-row-head">
        {partner.mayManage && (
          <button type="button" className="tool tool-framed" onClick={() => setEditing(true)}>
            {t.facts.edit}
          </button>
        )}
        {mayReveal && <Reveal id={partner.id} />}
      </div>
    </>
  );
}

/** The telephone is shown for a purpose, and the look is recorded. */
function Reveal({ id }: { id: string }) {
  const t = useText(partners).reveal;
  const [open, setOpen] = useState(false);
  const [purpose, setPurpose] = useState('');
  const act = useAct((text: string, opId) =>
    ask(partnerRoutes.reveal, { params: { id }, body: { opId, purpose: text } }),
  );
  if (act.data !== undefined) return <b className="partners-number">{t.shown(act.data.name, act.data.phone)}</b>;
  if (!open)
    return (
      <button type="button" className="tool" onClick={() => setOpen(true)}>
        {t.open}
      </button>
    );
  return (
    <form
      className="partners-row-head"
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate(purpose);
      }}
    >
      <Line label={t.purpose} value={purpose} onChange={setPurpose} required maxLength={200} />
      <button type="submit" className="tool tool-framed" disabled={act.isPending || purpose.trim().length < 2}>
        {t.show}
      </button>
      <ProblemNote error={act.error} />
    </form>
  );
}

function Deliveries({ id }: { id: string }) {
  const t = useText(partners).deliveries;
  return (
    <section className="partners-part">
      <h3>{t.title}</h3>
      <Answer query={useQuery(deliveriesQuery(id))}>
        {({ items }) => (items.length === 0 ? <p className="quiet">{t.none}</p> : <DeliveryTable rows={items} />)}
      </Answer>
    </section>
  );
}
