import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { screenRoutes } from '#contract/screens.ts';
import { ask } from '#web/app/ask.ts';
import { useNow } from '#web/app/now.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDate, formatRelative } from '#web/i18n/format.ts';
import { screen as words } from '#web/i18n/screen.ts';
import { Line } from '#web/ui/FormLines.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { QrCode } from '#web/ui/QrCode.tsx';
import { linksQuery, screensKey, type KioskLink, type Screen } from './queries.ts';

const firstDays = '365';

/** Links of the walls that show this screen without anybody signing in. */
export function Links({ screen }: { screen: Screen }) {
  const t = useText(words).links;
  const { data, error } = useQuery(linksQuery(screen.id));
  const revoke = useAct(
    (linkId: string, opId) => ask(screenRoutes.revokeLink, { params: { id: screen.id, linkId }, body: { opId } }),
    { stale: [screensKey] },
  );
  return (
    <section className="screens-links" aria-label={t.title}>
      <h2>{t.title}</h2>
      <p className="quiet">{t.lead}</p>
      <IssueForm screen={screen} />
      <ProblemNote error={error ?? revoke.error} />
      {data !== undefined && data.items.length === 0 && <p>{t.none}</p>}
      <ul>
        {data?.items.map((link) => (
          <li key={link.id}>
            <b>{link.name}</b> <LinkState link={link} />
            {link.revokedAt === null && (
              <Button size="small" loading={revoke.isPending} onClick={() => revoke.mutate(link.id)}>
                {t.revoke}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function LinkState({ link: { expiresAt, revokedAt, seenAt } }: { link: KioskLink }) {
  const t = useText(words).links;
  const now = useNow();
  if (revokedAt !== null) return <span className="quiet">{t.revoked(formatDate(revokedAt))}</span>;
  const seen = seenAt === null ? t.neverSeen : t.seen(formatRelative(seenAt, undefined, now));
  return <span className="quiet">{[t.until(formatDate(expiresAt)), seen].join(t.dot)}</span>;
}

function IssueForm({ screen }: { screen: Screen }) {
  const t = useText(words).links;
  const [name, setName] = useState('');
  const [days, setDays] = useState(firstDays);
  const issue = useAct(
    (wish: { name: string; days: number }, opId) =>
      ask(screenRoutes.issueLink, { params: { id: screen.id }, body: { ...wish, opId } }),
    { stale: [screensKey], onDone: () => setName('') },
  );
  const made = issue.data;
  const address = made === undefined ? '' : `${location.origin}${made.path}`;
  const ready = name.trim() !== '' && Number(days) >= 1 && Number(days) <= 366;
  return (
    <>
      <div className="screens-facts">
        <Line label={t.where} value={name} max={40} example={t.whereExample} onChange={setName} />
        <Line label={t.days} type="number" least={1} most={366} value={days} onChange={setDays} />
        <Button
          disabled={!ready}
          loading={issue.isPending}
          onClick={() => issue.mutate({ name: name.trim(), days: Number(days) })}
        >
          {t.issue}
        </Button>
      </div>
      <ProblemNote error={issue.error} />
      {made !== undefined && (
        <div className="screens-made" role="status">
          <QrCode text={address} alt={t.qr} size={120} />
          <p>
            {t.made}
            <code>{address}</code>
            <Button size="small" onClick={() => void navigator.clipboard?.writeText(address)}>
              {t.copy}
            </Button>
          </p>
        </div>
      )}
    </>
  );
}
