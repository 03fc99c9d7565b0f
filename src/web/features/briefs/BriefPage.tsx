import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { briefs } from '#web/i18n/briefs.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { Actions } from './Actions.tsx';
import { Paper } from './Paper.tsx';
import { briefQuery, type Brief } from './queries.ts';
import './briefs.css';

/** One brief: the paper as it is downloaded, what can be done with it, and how to check it. */
export function BriefPage() {
  const t = useText(briefs);
  const { id = '' } = useParams({ strict: false });
  const { data, error } = useQuery(briefQuery(id));
  return (
    <div className="page-flow briefs">
      <nav className="briefs-no-print">
        <Go href="/desk/briefs">‹ {t.back}</Go>
      </nav>
      <ProblemNote error={error} />
      {data !== undefined && (
        <>
          <Actions brief={data} />
          <Paper brief={data} />
          <Checks brief={data} />
        </>
      )}
    </div>
  );
}

/** What an outsider needs to check the paper against the ledger. */
function Checks({ brief: { files, ledger, reckonedAt, issuedBy, recipients } }: { brief: Brief }) {
  const t = useText(briefs);
  return (
    <footer className="briefs-checks briefs-no-print quiet">
      <p>{t.reckonedAt(formatTime(reckonedAt), formatNumber(ledger.seq))}</p>
      {ledger.size !== null && <p>{t.tree(formatNumber(ledger.size), ledger.root ?? '')}</p>}
      {issuedBy !== null && <p>{t.by(issuedBy)}</p>}
      {recipients.length > 0 && (
        <p>
          {t.recipients}: {recipients.map(({ name }) => name).join(', ')}
        </p>
      )}
      {files.map(({ format, sha256 }) => (
        <p key={format}>{t.digest(format, sha256)}</p>
      ))}
    </footer>
  );
}
