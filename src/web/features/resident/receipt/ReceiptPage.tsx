import { useText } from '#web/i18n/area.ts';
import { formatRelative, formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { resident } from '#web/i18n/resident.ts';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Link } from '#web/ui/light/Link.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import { Steps } from '#web/ui/light/Timeline.tsx';
import { StatusMark } from '#web/ui/StatusMark.tsx';
import { ProblemError } from '#web/app/problem.ts';
import { KeepLink } from '../report/SentPage.tsx';
import { Actions } from './Actions.tsx';
import { History } from './History.tsx';
import { Photos } from './Photos.tsx';
import { progressOf } from './progress.ts';
import { receiptPath } from './receipts.ts';
import { useReceipt, type Receipt } from './use-receipt.ts';

/** One matter, from the reporter's side: where it stands, what happened, what may be done. */
export function ReceiptPage({ secret }: { secret: string }) {
  const t = useText(resident).receipt;
  const { value, error, reload, asOf } = useReceipt(secret);
  if (value === undefined) return <NoReceipt error={error} onRetry={reload} />;
  return (
    <>
      <Head receipt={value} asOf={asOf} />
      {error !== undefined && <p className="note note-warn">{t.stale}</p>}
      <Actions key={value.status} receipt={value} secret={secret} onDone={reload} />
      <Photos receipt={value} secret={secret} />
      <section className="part">
        <h2 className="part-title">{t.history}</h2>
        <History receipt={value} />
      </section>
      <Facts receipt={value} />
      <section className="part">
        <p>{t.keep}</p>
        <KeepLink link={location.origin + receiptPath(secret)} number={value.number} />
      </section>
      <p className="asof">{t.updated(formatRelative(asOf))}</p>
    </>
  );
}

function NoReceipt({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { receipt: t, sent } = useText(resident);
  return (
    <section className="part">
      <h1>{t.heading}</h1>
      {error === undefined ? (
        <Skeleton lines={5} />
      ) : error instanceof ProblemError && (error.code === 'not_found' || error.code === 'bad_input') ? (
        <>
          <p className="note note-warn" role="alert">
            {t.notFound}
          </p>
          <Link to="/" className="button">
            {sent.home}
          </Link>
        </>
      ) : (
        <ErrorNote error={error} onRetry={onRetry} />
      )}
    </section>
  );
}

function Head({ receipt, asOf }: { receipt: Receipt; asOf: number }) {
  const t = useText(resident).receipt;
  const chinese = languageChoice.use() === 'zh';
  const step = progressOf(receipt.status);
  const late = receipt.dueAt !== null && new Date(receipt.dueAt).getTime() < asOf;
  const open = step !== null && receipt.status !== 'closed';
  return (
    <section className="part receipt-head">
      <p className="receipt-number">
        {receipt.number}
        <StatusMark status={receipt.status} />
      </p>
      <h1>
        {receipt.title !== ''
          ? receipt.title
          : chinese || receipt.categoryNameEn === ''
            ? receipt.categoryName
            : receipt.categoryNameEn}
      </h1>
      <p className="plain" role="status">
        {t.plain[receipt.status]}
      </p>
      {step !== null && <Steps label={t.progress} names={Object.values(t.names)} current={step} />}
      {open && receipt.dueAt !== null && (
        <p className={late ? 'due due-late' : 'due'}>
          {late ? t.overdue(formatTime(receipt.dueAt)) : t.due(formatTime(receipt.dueAt))}
        </p>
      )}
      {open && receipt.closeDueAt !== null && new Date(receipt.closeDueAt).getTime() > asOf && (
        <p className="due">{t.closeDue(formatTime(receipt.closeDueAt))}</p>
      )}
    </section>
  );
}

function Facts({ receipt }: { receipt: Receipt }) {
  const t = useText(resident).receipt;
  const chinese = languageChoice.use() === 'zh';
  return (
    <section className="part">
      <dl className="facts">
        <div>
          <dt>{t.category}</dt>
          <dd>{chinese || receipt.categoryNameEn === '' ? receipt.categoryName : receipt.categoryNameEn}</dd>
        </div>
        <div>
          <dt>{t.place}</dt>
          <dd>{[receipt.placeWords, receipt.areaName].find((words) => words !== '') ?? t.placeUnknown}</dd>
        </div>
        <div>
          <dt>{t.reportedAt}</dt>
          <dd>{formatTime(receipt.reportedAt)}</dd>
        </div>
        {receipt.description !== '' && (
          <div>
            <dt>{t.description}</dt>
            <dd className="said">{receipt.description}</dd>
          </div>
        )}
      </dl>
      {receipt.joined && <p className="note">{t.joined}</p>}
    </section>
  );
}
