import { reading } from '#web/field/field-app.ts';
import { useText } from '#web/i18n/area.ts';
import { field } from '#web/i18n/field.ts';
import { formatRelative } from '#web/i18n/format.ts';
import { Link } from '#web/ui/light/Link.tsx';
import { StatusMark } from '#web/ui/StatusMark.tsx';
import { eventPath } from '../paths.ts';
import { useOutbox } from '#web/field/use-field.ts';

const shownAtMost = 5;

/** What this person reported from this phone, with the newest status known. */
export function MyReports() {
  const t = useText(field).today;
  const { receipts } = useOutbox();
  const { pack } = reading.use();
  const reports = receipts
    .flatMap(({ verb, eventId, ...rest }) =>
      (verb === 'report' || verb === 'self_handle') && eventId !== null ? [{ ...rest, eventId }] : [],
    )
    .filter((receipt, index, all) => all.findIndex((one) => one.eventId === receipt.eventId) === index)
    .slice(0, shownAtMost);
  return (
    <section className="card" aria-labelledby="my-reports">
      <h2 id="my-reports">{t.mine}</h2>
      {reports.length === 0 ? (
        <p className="hint">{t.mineNone}</p>
      ) : (
        <ul className="plain-list">
          {reports.map((receipt) => (
            <li key={receipt.opId}>
              <Link to={eventPath(receipt.eventId)} className="row-link">
                <span>
                  <strong>{receipt.title}</strong>
                  <small>{formatRelative(receipt.at)}</small>
                </span>
                <StatusMark status={pack.details.get(receipt.eventId)?.status ?? receipt.status ?? 'reported'} />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
