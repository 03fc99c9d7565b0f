import { useState } from 'react';
import { call } from '#web/app/call.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDate, formatNumber } from '#web/i18n/format.ts';
import { volunteersPublic } from '#web/i18n/volunteers-public.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Link } from '#web/ui/light/Link.tsx';
import { volunteerApi, type OwnPageData } from './api.ts';
import type { OwnProps } from './OwnPage.tsx';
import { useSend } from '#web/app/use-send.ts';

/** Certificates: taken at once from what was confirmed, one for each station that recorded. */
export function PapersPart({ page, secret, onDone }: OwnProps) {
  const t = useText(volunteersPublic).own;
  if (page.issuers.length === 0) return null;
  return (
    <section className="part" aria-label={t.papers}>
      <h2 className="part-title">{t.papers}</h2>
      <p>{t.paperLead}</p>
      <ul className="volunteer-list">
        {page.certificates.map((one) => (
          <li key={one.id} className="volunteer-block">
            <strong>{t.paperLine(formatDate(one.fromDay), formatDate(one.untilDay), formatNumber(one.hours))}</strong>
            <p className="volunteer-soft">
              {one.issuer} · {one.number}
            </p>
            <p className="volunteer-soft">{one.withdrawn ? t.withdrawn : t.notice(formatDate(one.noticeUntil))}</p>
            <div className="volunteer-acts">
              <a
                className="button button-plain"
                href={`/api/public/volunteers/${secret}/certificates/${one.id}/file`}
                download
              >
                {t.download}
              </a>
              <Link to={`/c/${one.number}`} className="button button-plain">
                {t.checkIt}
              </Link>
            </div>
          </li>
        ))}
      </ul>
      {page.issuers.map((one) => (
        <IssueForm key={one.unitId} issuer={one} today={page.today} secret={secret} onDone={onDone} />
      ))}
    </section>
  );
}

interface IssueProps {
  issuer: OwnPageData['issuers'][number];
  today: string;
  secret: string;
  onDone: () => void;
}

function IssueForm({ issuer, today, secret, onDone }: IssueProps) {
  const t = useText(volunteersPublic).own;
  const [from, setFrom] = useState(issuer.firstDay);
  const [until, setUntil] = useState(issuer.lastDay);
  const { busy, error, send } = useSend(onDone);
  const wish = { unitId: issuer.unitId, from, until };
  return (
    <form
      className="volunteer-form"
      aria-label={`${t.issue}: ${issuer.name}`}
      onSubmit={(event) => {
        event.preventDefault();
        void send(JSON.stringify(wish), (opId) =>
          call(volunteerApi.certify, { params: { secret }, body: { opId, ...wish } }),
        );
      }}
    >
      <h3>
        {issuer.name} · {t.hoursOf(formatNumber(issuer.hours))}
      </h3>
      <div className="volunteer-acts">
        <label>
          {t.from}{' '}
          <input
            className="field-box"
            type="date"
            required
            max={today}
            value={from}
            onChange={({ target }) => setFrom(target.value)}
          />
        </label>
        <label>
          {t.until}{' '}
          <input
            className="field-box"
            type="date"
            required
            max={today}
            value={until}
            onChange={({ target }) => setUntil(target.value)}
          />
        </label>
      </div>
      {error !== undefined && <ErrorNote error={error} />}
      <Button kind="main" type="submit" busy={busy !== ''} disabled={from === '' || until === ''}>
        {t.issue}
      </Button>
    </form>
  );
}
