import { useEffect, useState } from 'react';
import { goTo } from '#web/app/address.ts';
import { takesPhotos, type Command } from '#web/field/command.ts';
import type { ActVerb, EventDetail } from '#web/field/field-api.ts';
import { store } from '#web/field/field-app.ts';
import { useText } from '#web/i18n/area.ts';
import { field } from '#web/i18n/field.ts';
import { words } from '#web/i18n/words.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import { useEvent } from '../event/use-event.ts';
import { BackLink } from '../parts/BackLink.tsx';
import type { HeldPhoto } from '../parts/Camera.tsx';
import { submit } from '../parts/submit.ts';
import { useKept } from '../parts/use-kept.ts';
import { eventPath } from '../paths.ts';
import { useHolder } from '#web/field/use-field.ts';
import { emptyAct, needOfAct, toActBody, wordsOf, type ActNeed } from './act-draft.ts';
import { ActFields } from './ActFields.tsx';

/** One act on one event: filled in, kept on the phone, sent. The draft survives everything but sending it. */
export function ActPage({ id, verb }: { id: string; verb: ActVerb }) {
  const t = useText(field);
  const query = new URLSearchParams(location.search);
  const taskId = query.get('task');
  const { detail, error, reload } = useEvent(id);
  const old = useOldCommand(query.get('from'));
  if (detail === undefined || old === undefined) {
    return error === undefined ? (
      <Skeleton lines={6} />
    ) : (
      <>
        <BackLink />
        <ErrorNote error={error} onRetry={reload} />
        <p className="hint">{t.event.missing}</p>
      </>
    );
  }
  return <ActForm event={detail} verb={verb} taskId={taskId} old={old} />;
}

interface FormProps {
  event: EventDetail;
  verb: ActVerb;
  taskId: string | null;
  /** The refused command this one stands in for. */
  old: Old | null;
}

function ActForm({ event, verb, taskId, old }: FormProps) {
  const t = useText(field).act;
  const names = useText(words).verb;
  const { account, runner } = useHolder();
  const kept = useKept(`draft:${account.id}:${event.id}:${verb}:${taskId ?? ''}`, () =>
    old === null
      ? { ...emptyAct(), showReporter: event.channel === 'resident' }
      : {
          ...emptyAct(),
          words: wordsOf(old.command.body),
          photos: old.photos,
          showReporter: old.command.body['showReporter'] === true,
        },
  );
  const [need, setNeed] = useState<ActNeed | null>(null);
  const [busy, setBusy] = useState(false);
  const draft = kept.value;
  if (draft === null) return <Skeleton lines={6} />;
  const send = async (): Promise<void> => {
    const missing = needOfAct(verb, draft, event, taskId);
    setNeed(missing);
    if (missing !== null || busy) return;
    setBusy(true);
    const body = { ...toActBody(verb, draft, taskId, new Date().toISOString()) };
    const photos = takesPhotos(verb) ? draft.photos.map(({ kind, blob }) => ({ kind, blob })) : [];
    const { id, title, status, version } = event;
    const made = {
      account: account.id,
      verb,
      eventId: id,
      title,
      seenStatus: status,
      seenVersion: version,
      body,
      photos,
    };
    await submit(runner, made, old?.command);
    await kept.forget();
    goTo(eventPath(id));
  };
  return (
    <>
      <BackLink to={eventPath(event.id)} words={event.title} />
      <h1>{names[verb]}</h1>
      <ActFields verb={verb} draft={draft} event={event} taskId={taskId} onChange={kept.set} />
      {need !== null && (
        <p className="field-error" role="alert">
          {t.need[need]}
        </p>
      )}
      <div className="send-bar">
        <Button kind="main" icon="send" busy={busy} onClick={() => void send()}>
          {verb === 'accept' || verb === 'arrive' ? names[verb] : t.send}
        </Button>
      </div>
    </>
  );
}

interface Old {
  command: Command;
  photos: HeldPhoto[];
}

/** The refused command with its pictures; null when none is meant, undefined while it is read. */
function useOldCommand(opId: string | null): Old | null | undefined {
  const [old, setOld] = useState<Old | null | undefined>(opId === null ? null : undefined);
  useEffect(() => {
    if (opId === null) return;
    let shown = true;
    readOld(opId).then(
      (found) => shown && setOld(found),
      () => shown && setOld(null),
    );
    return () => {
      shown = false;
    };
  }, [opId]);
  return old;
}

/** A kept command and its photos as a form holds them; null when it is gone. */
export async function readOld(opId: string): Promise<Old | null> {
  const command = await store.findCommand(opId);
  if (command === undefined) return null;
  const photos: HeldPhoto[] = [];
  for (const { key, kind } of command.photos) {
    const stored = await store.findPhoto(key);
    if (stored !== undefined) photos.push({ key, kind, blob: new Blob([stored.bytes], { type: stored.mime }) });
  }
  return { command, photos };
}
