import { useEffect, useState } from 'react';
import { call } from '#web/app/call.ts';
import { partnerApi } from '#web/app/partner-api.ts';
import { ProblemError } from '#web/app/problem.ts';
import { useLoad } from '#web/app/use-load.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDate, formatNumber } from '#web/i18n/format.ts';
import { partners } from '#web/i18n/partners.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import { useNamed } from '#web/i18n/use-named.ts';
import { ContactPart, RenewPart } from './Asks.tsx';
import type { Page } from './page.ts';
import { PledgesPart } from './PledgesPart.tsx';
import './own.css';

/** What a partner sees by its own link: agreement, pledges, what came; and what it says and asks. */
export function PartnerPage({ secret }: { secret: string }) {
  const t = useText(partners).own;
  const { value, error, reload } = useLoad(secret, (signal) =>
    call(partnerApi.view, { params: { secret } }, { signal }),
  );
  useEffect(() => {
    const before = document.title;
    document.title = t.title;
    return () => {
      document.title = before;
    };
  }, [t.title]);
  const unknown = error instanceof ProblemError && (error.status === 404 || error.status === 400);
  if (value === undefined)
    return (
      <section className="part">
        <h1>{t.title}</h1>
        {unknown && (
          <p className="note note-warn" role="alert">
            {t.unknown}
          </p>
        )}
        {!unknown && (error === undefined ? <Skeleton lines={6} /> : <ErrorNote error={error} onRetry={reload} />)}
      </section>
    );
  const props = { page: value, secret, onDone: reload };
  const isOver = value.state === 'left';
  return (
    <>
      <Head page={value} />
      {isOver && <p className="note note-warn">{t.leftNote}</p>}
      <PledgesPart {...props} />
      <AgreementPart page={value} />
      {!isOver && <RenewPart {...props} />}
      <Deliveries page={value} />
      {!isOver && <ContactPart {...props} />}
    </>
  );
}

function Head({ page }: { page: Page }) {
  const t = useText(partners);
  const named = useNamed();
  return (
    <header className="part">
      <h1>{t.own.hello(named(page))}</h1>
      <p className="partner-soft">{t.own.where(page.areaName)}</p>
    </header>
  );
}

function AgreementPart({ page: { agreement, state } }: { page: Page }) {
  const t = useText(partners);
  const named = useNamed();
  return (
    <section className="part" aria-label={t.own.agreement}>
      <h2 className="part-title">{t.own.agreement}</h2>
      {agreement === null ? (
        <p>{t.own.noAgreement}</p>
      ) : (
        <>
          <p className="partner-term">
            <b>{t.agreements.term(formatDate(agreement.fromDay), formatDate(agreement.toDay))}</b>{' '}
            <span className="partner-state">{t.states[state]}</span>{' '}
            {agreement.daysLeft !== null && t.left(formatNumber(agreement.daysLeft))}
          </p>
          <p className="partner-soft">{t.own.returns}</p>
          <ul className="partner-returns">
            {agreement.returns.map((one) => (
              <li key={one.name}>{named(one)}</li>
            ))}
            {agreement.returnWords !== '' && <li>{agreement.returnWords}</li>}
          </ul>
        </>
      )}
    </section>
  );
}

/** How many deliveries are shown before somebody asks for more. */
const few = 8;

function Deliveries({ page: { deliveries } }: { page: Page }) {
  const t = useText(partners);
  const named = useNamed();
  const [all, setAll] = useState(false);
  const shown = all ? deliveries : deliveries.slice(0, few);
  return (
    <section className="part" aria-label={t.own.deliveries}>
      <h2 className="part-title">{t.own.deliveries}</h2>
      {deliveries.length === 0 && <p>{t.own.noDeliveries}</p>}
      <ul className="partner-lines">
        {shown.map((one) => (
          <li key={one.id}>
            <span>
              {one.day} {named(one)}
            </span>{' '}
            <b>
              {formatNumber(one.quantity)} {named(one.unit)}
            </b>
            <span className="partner-soft">
              {' '}
              {named(one.station)} · {t.deliveries.sources[one.source]}
              {one.saidQuantity !== null && ` · ${t.deliveries.said(formatNumber(one.saidQuantity))}`}
            </span>{' '}
            <span className={`partner-state partner-${one.state}`}>{t.deliveries.states[one.state]}</span>
            {one.refusedWords !== '' && <span className="partner-soft"> {t.own.why(one.refusedWords)}</span>}
          </li>
        ))}
      </ul>
      {shown.length < deliveries.length && (
        <Button wide onClick={() => setAll(true)}>
          {t.own.earlier(formatNumber(deliveries.length - shown.length))}
        </Button>
      )}
    </section>
  );
}
