import { useEffect } from 'react';
import { call } from '#web/app/call.ts';
import { ProblemError } from '#web/app/problem.ts';
import { useLoad } from '#web/app/use-load.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDate, formatNumber, formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { volunteersPublic } from '#web/i18n/volunteers-public.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import { volunteerApi, type Checked } from './api.ts';
import { postName } from './times.ts';
import './volunteers-public.css';

/** Whoever is shown a certificate sees here whether it is true, and what it must say. */
export function CheckPage({ secret: number }: { secret: string }) {
  const t = useText(volunteersPublic).check;
  const { value, error, reload } = useLoad(number, (signal) =>
    call(volunteerApi.check, { params: { number } }, { signal }),
  );
  useEffect(() => {
    document.title = t.title;
  }, [t.title]);
  const unknown = error instanceof ProblemError && (error.status === 404 || error.status === 400);
  return (
    <section className="part">
      <h1>{t.title}</h1>
      <p className="volunteer-number">{number}</p>
      {value === undefined && error === undefined && <Skeleton lines={5} />}
      {unknown && <Verdict kind="bad" words={t.unknown} lead={t.unknownLead} />}
      {value === undefined && error !== undefined && !unknown && <ErrorNote error={error} onRetry={reload} />}
      {value !== undefined && <Answer found={value} />}
    </section>
  );
}

function Verdict({ kind, words, lead }: { kind: 'good' | 'bad'; words: string; lead: string }) {
  return (
    <div className={`volunteer-verdict volunteer-${kind}`} role="status">
      <Icon name={kind === 'good' ? 'check' : 'cross'} size={36} />
      <div>
        <strong>{words}</strong>
        <p>{lead}</p>
      </div>
    </div>
  );
}

function Answer({ found }: { found: Checked }) {
  const t = useText(volunteersPublic).check;
  const lang = languageChoice.use();
  if (found.verdict === 'broken') return <Verdict kind="bad" words={t.broken} lead={t.brokenLead} />;
  const facts: readonly (readonly [string, string])[] = [
    [t.holder, found.holder === '' ? t.erased : found.holder],
    [t.hours, formatNumber(found.hours)],
    [t.span, `${found.fromDay} – ${found.untilDay}`],
    [t.issuer, found.issuer],
    [t.issued, formatDate(found.issuedAt, lang)],
    [t.notice, found.noticeUntil],
    [t.fingerprint, found.fingerprint],
  ];
  return (
    <>
      {found.verdict === 'genuine' ? (
        <Verdict kind="good" words={t.genuine} lead={t.genuineLead} />
      ) : (
        <Verdict kind="bad" words={t.withdrawn} lead={t.withdrawnLead(found.withdrawnWhy ?? '')} />
      )}
      <dl className="volunteer-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <h2 className="part-title">{t.content}</h2>
      <ul className="volunteer-plain">
        {found.rows.map((row) => (
          <li key={`${row.stationName} ${row.post}`}>
            {row.stationName} · {postName(lang, found.posts, row.post)} · {formatNumber(row.hours)}
          </li>
        ))}
      </ul>
      <Proof found={found} />
    </>
  );
}

function Proof({ found }: { found: Checked }) {
  const t = useText(volunteersPublic).check;
  const { proof } = found;
  return (
    <details className="volunteer-proof">
      <summary>{t.proof}</summary>
      {proof === null ? (
        <p>{t.noProof}</p>
      ) : (
        <>
          <p>{t.proofLead(formatNumber(proof.inclusion.seq), formatNumber(proof.head.size))}</p>
          <dl className="volunteer-facts">
            <div>
              <dt>{t.root}</dt>
              <dd>{proof.head.root}</dd>
            </div>
            <div>
              <dt>{t.signed}</dt>
              <dd>{formatTime(proof.head.at)}</dd>
            </div>
          </dl>
          <pre>{JSON.stringify(proof, null, 1)}</pre>
        </>
      )}
    </details>
  );
}
