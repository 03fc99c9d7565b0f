import type { Command, Receipt } from '#web/field/command.ts';
import { presence, signInSheet } from '#web/field/field-app.ts';
import { useText } from '#web/i18n/area.ts';
import { fieldDay } from '#web/i18n/field-day.ts';
import { field } from '#web/i18n/field.ts';
import { formatRelative, formatTime } from '#web/i18n/format.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Button } from '#web/ui/light/Button.tsx';
import { Link } from '#web/ui/light/Link.tsx';
import { useCommandName } from '../parts/verb-words.ts';
import { conflictPath, eventPath } from '../paths.ts';
import { useHolder, useOutbox } from '#web/field/use-field.ts';
import { stateOf } from './state-words.ts';

/** What has not gone out and why; below it the server's receipt for everything that has. */
export function OutboxPage() {
  const t = useText(field).outbox;
  const { runner } = useHolder();
  const view = useOutbox();
  const expired = presence.use().state === 'expired';
  return (
    <>
      <h1>{t.heading}</h1>
      <section className="card" aria-labelledby="unsent">
        <h2 id="unsent">{t.unsent}</h2>
        {view.commands.length === 0 ? (
          <div>
            <p className="all-sent">
              <Icon name="check" /> {t.none}
            </p>
            <p className="hint">{t.noneHint}</p>
          </div>
        ) : (
          <>
            <ul className="plain-list">
              {view.commands.map((command) => (
                <li key={command.opId}>
                  <UnsentRow command={command} />
                </li>
              ))}
            </ul>
            <Button
              icon="send"
              busy={view.state === 'sending'}
              onClick={() => (expired ? signInSheet.set(true) : void runner.run())}
            >
              {t.sendNow}
            </Button>
          </>
        )}
      </section>
      <section className="card" aria-labelledby="receipts">
        <h2 id="receipts">{t.receipts}</h2>
        {view.receipts.length === 0 ? (
          <p className="hint">{t.receiptsNone}</p>
        ) : (
          <ul className="plain-list receipts">
            {view.receipts.map((receipt) => (
              <li key={receipt.opId}>
                <ReceiptRow receipt={receipt} />
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

function UnsentRow({ command }: { command: Command }) {
  const t = useText(field).outbox;
  const name = useCommandName();
  const view = useOutbox();
  const state = stateOf(command, view);
  const inside = (
    <span className="unsent-row">
      <strong>{name(command)}</strong>
      <small>
        {t.madeAt(formatTime(command.madeAt))}
        {command.photos.length > 0 && ` · ${t.photos(command.photos.length)}`}
      </small>
      <span className={`tag ${state === 'refused' ? 'tag-seal' : 'tag-amber'}`}>{t.state[state]}</span>
    </span>
  );
  if (state !== 'refused') return inside;
  return (
    <Link to={conflictPath(command.opId)} className="row-link">
      {inside}
      <Icon name="forward" />
    </Link>
  );
}

function ReceiptRow({ receipt }: { receipt: Receipt }) {
  const t = useText(field).outbox;
  const day = useText(fieldDay);
  const name = useCommandName();
  const inside = (
    <>
      <span>
        <strong>{name(receipt)}</strong>
        <small>
          {receipt.number !== '' && `${receipt.number} · `}
          {t.receivedAt(formatTime(receipt.at))} ({formatRelative(receipt.at)})
        </small>
        {receipt.nextAt !== null && <small>{day.nextAt(formatTime(receipt.nextAt))}</small>}
        {receipt.ledgerId !== '' && (
          <small>
            {t.ledger} <code>{receipt.ledgerId}</code>
            {receipt.photos > 0 && ` · ${t.photos(receipt.photos)}`}
          </small>
        )}
      </span>
      <Icon name="check" />
    </>
  );
  if (receipt.eventId === null) return <div className="row-link">{inside}</div>;
  return (
    <Link to={eventPath(receipt.eventId)} className="row-link">
      {inside}
    </Link>
  );
}
