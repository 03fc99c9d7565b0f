import { useState } from 'react';
import { goTo } from '#web/app/address.ts';
import type { Command, Hidden } from '#web/field/command.ts';
import { store } from '#web/field/field-app.ts';
import { readPhoto } from '#web/field/outbox.ts';
import type { Runner } from '#web/field/runner.ts';
import { useText } from '#web/i18n/area.ts';
import { fieldDay } from '#web/i18n/field-day.ts';
import { field } from '#web/i18n/field.ts';
import { formatTime } from '#web/i18n/format.ts';
import { words } from '#web/i18n/words.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { wordsOf } from '../act/act-draft.ts';
import type { HeldPhoto } from '../parts/Camera.tsx';
import { useVerbWords } from '../parts/verb-words.ts';
import { fieldPaths } from '../paths.ts';
import { fromRaise, type Raised } from '../report/draft.ts';
import { reportDraftKey } from '../report/ReportPage.tsx';
import { useHolder } from '#web/field/use-field.ts';
import { Again, Drop } from './choices.tsx';
import { useHidden } from './use-hidden.ts';

/** A visit or inspection the server refused: why, what was written, and that what was found is not lost with it. */
export function TaskConflict({ command }: { command: Command }) {
  const { runner } = useHolder();
  const hidden = useHidden(runner, command);
  return (
    <>
      <YouDid command={command} hidden={hidden} />
      <Choices command={command} hidden={hidden} />
    </>
  );
}

function YouDid({ command, hidden }: { command: Command; hidden: Hidden | null | undefined }) {
  const t = useText(field);
  const day = useText(fieldDay).conflict;
  const errors = useText(words).errors;
  const verb = useVerbWords();
  const said = hidden === null || hidden === undefined ? '' : wordsOf(hidden.body);
  const why: Partial<Record<string, string>> = {
    version_conflict: day.already,
    transition_not_allowed: day.already,
    already_exists: day.already,
    not_found: day.gone,
    not_allowed: day.notAllowed,
  };
  return (
    <section className="card" aria-labelledby="did">
      <h2 id="did">{t.conflict.youDid}</h2>
      <p>
        <strong>
          {verb(command.verb)}
          {hidden?.title === undefined || hidden.title === '' ? '' : ` · ${hidden.title}`}
        </strong>
        <br />
        <span className="hint">
          {formatTime(command.madeAt)}
          {command.photos.length > 0 && ` · ${t.outbox.photos(command.photos.length)}`}
        </span>
      </p>
      {command.refusal !== null && (
        <p className="note note-error">
          <span>
            <strong>{t.conflict.why}</strong>
            <br />
            {why[command.refusal.code] ?? errors[command.refusal.code]}
          </span>
        </p>
      )}
      {hidden === null && <p className="hint">{day.locked}</p>}
      {said !== '' && (
        <>
          <p className="hint">{day.tell}</p>
          <p className="told-said">{said}</p>
        </>
      )}
    </section>
  );
}

function Choices({ command, hidden }: { command: Command; hidden: Hidden | null | undefined }) {
  const t = useText(field).conflict;
  const day = useText(fieldDay).conflict;
  const { runner, account } = useHolder();
  const [busy, setBusy] = useState(false);
  const raised = raisedIn(hidden?.body);
  const report = async (): Promise<void> => {
    if (raised === null || busy) return;
    setBusy(true);
    await store.keep(reportDraftKey(account.id), fromRaise(raised, await photosOf(runner, command)));
    await runner.drop(command);
    goTo(fieldPaths.report);
  };
  return (
    <section className="card" aria-labelledby="choices">
      <h2 id="choices">{t.choices}</h2>
      <div className="stack">
        {raised !== null && (
          <>
            <Button kind="main" wide icon="pen" busy={busy} onClick={() => void report()}>
              {day.report}
            </Button>
            <p className="hint">{day.reportHint}</p>
          </>
        )}
        <Again command={command} />
        <Drop command={command} />
      </div>
    </section>
  );
}

/** What was to be reported in the same act. */
function raisedIn(body: Record<string, unknown> | undefined): Raised | null {
  const raised = body?.['raise'] ?? body?.['finding'];
  if (typeof raised !== 'object' || raised === null || !('categoryCode' in raised) || !('words' in raised)) return null;
  const { categoryCode, words: said } = raised;
  if (typeof categoryCode !== 'string' || typeof said !== 'string') return null;
  return { categoryCode, words: said, urgent: 'priority' in raised && raised.priority === 0 };
}

async function photosOf(runner: Runner, command: Command): Promise<HeldPhoto[]> {
  const photos: HeldPhoto[] = [];
  for (const { key } of command.photos) {
    const blob = await readPhoto(store, runner.locker, key);
    if (blob !== undefined) photos.push({ key, kind: 'report', blob });
  }
  return photos;
}
