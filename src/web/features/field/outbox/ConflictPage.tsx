import { useState } from 'react';
import { goTo } from '#web/app/address.ts';
import type { Command } from '#web/field/command.ts';
import { isActVerb, type ActVerb, type EventDetail } from '#web/field/field-api.ts';
import { store } from '#web/field/field-app.ts';
import { useText } from '#web/i18n/area.ts';
import { field } from '#web/i18n/field.ts';
import { formatTime } from '#web/i18n/format.ts';
import { words } from '#web/i18n/words.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import { readOld } from '../act/ActPage.tsx';
import { wordsOf } from '../act/act-draft.ts';
import { Story } from '../event/Story.tsx';
import { useEvent } from '../event/use-event.ts';
import { BackLink } from '../parts/BackLink.tsx';
import { submit } from '../parts/submit.ts';
import { useCommandName, useVerbWords } from '../parts/verb-words.ts';
import { actPath, fieldPaths } from '../paths.ts';
import { fromBody } from '../report/draft.ts';
import { reportDraftKey } from '../report/ReportPage.tsx';
import { useHolder, useOutbox } from '#web/field/use-field.ts';
import { Again, Drop } from './choices.tsx';
import { OtherConflict } from './OtherConflict.tsx';
import { TaskConflict } from './TaskConflict.tsx';

/** The server refused: what I did, what happened meanwhile, and the ways on. Nothing is merged or lost by itself. */
export function ConflictPage({ opId }: { opId: string }) {
  const t = useText(field);
  const view = useOutbox();
  const command = view.commands.find((one) => one.opId === opId);
  if (!view.ready) return <Skeleton lines={6} />;
  return (
    <>
      <BackLink to={fieldPaths.sent} words={t.nav.sent} />
      {command === undefined ? (
        <p className="note note-good">{t.conflict.solved}</p>
      ) : (
        <>
          <h1>{t.conflict.heading}</h1>
          <Of command={command} />
        </>
      )}
    </>
  );
}

function Of({ command }: { command: Command }) {
  if (command.other !== undefined) return <OtherConflict command={command} />;
  return command.about === null ? <OfEvent command={command} /> : <TaskConflict command={command} />;
}

function OfEvent({ command }: { command: Command }) {
  return (
    <>
      <YouDid command={command} />
      {command.eventId === null ? (
        <NewReportChoices command={command} />
      ) : (
        <OnEvent command={command} eventId={command.eventId} />
      )}
    </>
  );
}

function YouDid({ command }: { command: Command }) {
  const t = useText(field);
  const trade = useText(words);
  const name = useCommandName();
  const said = wordsOf(command.body);
  return (
    <section className="card" aria-labelledby="did">
      <h2 id="did">{t.conflict.youDid}</h2>
      <p>
        <strong>{name(command)}</strong>
        <br />
        <span className="hint">
          {formatTime(command.madeAt)}
          {command.photos.length > 0 && ` · ${t.outbox.photos(command.photos.length)}`}
        </span>
      </p>
      {said !== '' && <p className="told-said">{said}</p>}
      {command.refusal !== null && (
        <p className="note note-error">
          <span>
            <strong>{t.conflict.why}</strong>
            <br />
            {trade.errors[command.refusal.code]}
          </span>
        </p>
      )}
    </section>
  );
}

/** Lines of the timeline shown when the phone does not know what was seen. */
const lastLines = 3;

function OnEvent({ command, eventId }: { command: Command; eventId: string }) {
  const t = useText(field).conflict;
  const status = useText(words).status;
  const { detail } = useEvent(eventId);
  const since = detail?.timeline.filter((line) => line.at > command.madeAt) ?? [];
  return (
    <>
      <section className="card" aria-labelledby="meanwhile">
        <h2 id="meanwhile">{t.meanwhile}</h2>
        {detail === undefined ? (
          <p className="hint">{t.noNews}</p>
        ) : (
          <>
            <p>
              {command.seenStatus !== null && (
                <>
                  {t.statusThen(status[command.seenStatus])}
                  <br />
                </>
              )}
              <strong>{t.statusNow(status[detail.status])}</strong>
            </p>
            <Story lines={since.length > 0 ? since : detail.timeline} last={Math.max(lastLines, since.length)} />
          </>
        )}
      </section>
      <EventChoices command={command} event={detail} />
    </>
  );
}

/** Verbs that can carry on what was meant; a note is offered by itself. */
const worthOffering: readonly ActVerb[] = [
  'verify',
  'accept',
  'arrive',
  'finish',
  'check',
  'return',
  'escalate',
  'file',
];

function EventChoices({ command, event }: { command: Command; event: EventDetail | undefined }) {
  const t = useText(field).conflict;
  const verb = useText(words).verb;
  const verbWords = useVerbWords();
  const { runner, account } = useHolder();
  const [busy, setBusy] = useState(false);
  const mayNote = event?.allowed.some((one) => one.verb === 'note') ?? false;
  const others = (event?.allowed ?? []).flatMap((one) =>
    isActVerb(one.verb) && worthOffering.includes(one.verb) ? [{ verb: one.verb, taskId: one.taskId }] : [],
  );
  const asNote = async (): Promise<void> => {
    if (event === undefined || busy) return;
    setBusy(true);
    const old = await readOld(command.opId);
    const said = wordsOf(command.body);
    const note = [verbWords(command.verb), said].filter((part) => part !== '').join(' · ');
    const photos = (old?.photos ?? []).map(({ blob }) => ({ kind: 'evidence' as const, blob }));
    const { id, title, status, version } = event;
    const made = { account: account.id, eventId: id, title, seenStatus: status, seenVersion: version };
    await submit(runner, { ...made, verb: 'note', body: { note }, photos }, command);
    goTo(fieldPaths.sent);
  };
  return (
    <section className="card" aria-labelledby="choices">
      <h2 id="choices">{t.choices}</h2>
      <div className="stack">
        {mayNote && (
          <>
            <Button kind="main" wide busy={busy} icon="pen" onClick={() => void asNote()}>
              {t.asNote}
            </Button>
            <p className="hint">{t.asNoteHint}</p>
          </>
        )}
        {others.map((one) => (
          <Button
            key={`${one.verb} ${one.taskId ?? ''}`}
            wide
            onClick={() => event !== undefined && goTo(actPath(event.id, one.verb, one.taskId, command.opId))}
          >
            {t.redo(verb[one.verb])}
          </Button>
        ))}
        {others.length > 0 && <p className="hint">{t.redoHint}</p>}
        <Again command={command} />
        <Drop command={command} />
      </div>
    </section>
  );
}

function NewReportChoices({ command }: { command: Command }) {
  const t = useText(field).conflict;
  const { runner, account } = useHolder();
  const edit = async (): Promise<void> => {
    const old = await readOld(command.opId);
    await store.keep(reportDraftKey(account.id), fromBody(command.body, old?.photos ?? []));
    await runner.drop(command);
    goTo(fieldPaths.report);
  };
  return (
    <section className="card" aria-labelledby="choices">
      <h2 id="choices">{t.choices}</h2>
      <div className="stack">
        <Button kind="main" wide icon="pen" onClick={() => void edit()}>
          {t.edit}
        </Button>
        <Again command={command} />
        <Drop command={command} />
      </div>
    </section>
  );
}
