import { incidentRoutes } from '#contract/incidents.ts';
import { addressOf } from '#web/app/call.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { incidents } from '#web/i18n/incidents.ts';
import { languageChoice } from '#web/i18n/language.ts';
import type { IncidentView } from './queries.ts';

/** What was reported: each to read here, and as a document. */
export function Reports({ eventId, incident }: { eventId: string; incident: IncidentView }) {
  const t = useText(incidents);
  const lang = languageChoice.use();
  if (incident.reports.length === 0) return null;
  return (
    <ol className="incident-reports" aria-label={t.reports}>
      {incident.reports.map((report) => (
        <li key={report.id}>
          <b>{t.kind[report.kind](report.ordinal)}</b>
          <small>{t.issued(formatTime(report.issuedAt, lang), report.unitName)}</small>
          {report.late && <i className="tag tag-supervised">{t.late}</i>}
          {report.written !== null && (
            <span className="incident-files">
              <a href={fileOf(eventId, report.id, 'pdf')}>{t.pdf}</a>
              <a href={fileOf(eventId, report.id, 'docx')}>{t.docx}</a>
            </span>
          )}
          <details>
            <summary>{t.open}</summary>
            <dl>
              {report.phone !== null && <PhoneWords phone={report.phone} />}
              {report.written !== null && <WrittenWords written={report.written} />}
            </dl>
          </details>
        </li>
      ))}
    </ol>
  );
}

function fileOf(id: string, reportId: string, format: 'pdf' | 'docx'): string {
  return addressOf(incidentRoutes.document.path, { id, reportId }, { format });
}

type Report = IncidentView['reports'][number];

function PhoneWords({ phone }: { phone: NonNullable<Report['phone']> }) {
  const t = useText(incidents).phone;
  return (
    <>
      {(['to', 'answeredBy', 'informed', 'summary'] as const).map(
        (key) => phone[key] !== '' && <Line key={key} label={t[key]} words={phone[key]} />,
      )}
    </>
  );
}

const textKeys = [
  ...(['to', 'source', 'place', 'nature', 'cause', 'process', 'scope', 'casualties', 'trend', 'measures'] as const),
  ...(['leaders', 'needs', 'contact', 'signedBy'] as const),
];

function WrittenWords({ written }: { written: NonNullable<Report['written']> }) {
  const t = useText(incidents).fields;
  return <>{textKeys.map((key) => written[key] !== '' && <Line key={key} label={t[key]} words={written[key]} />)}</>;
}

function Line({ label, words }: { label: string; words: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{words}</dd>
    </div>
  );
}
