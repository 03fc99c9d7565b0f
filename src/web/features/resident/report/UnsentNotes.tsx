import { useState } from 'react';
import { useText } from '#web/i18n/area.ts';
import { formatRelative } from '#web/i18n/format.ts';
import { resident } from '#web/i18n/resident.ts';
import { words } from '#web/i18n/words.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Button } from '#web/ui/light/Button.tsx';
import { toast } from '#web/ui/light/Toast.tsx';
import { reportPaths } from './paths.ts';
import type { Unsent } from './shelf.ts';
import { useUnsent, type UnsentHandle } from './use-report.ts';

/** Reports that have not got through yet, on every page of the resident, until they have. */
export function UnsentNotes() {
  const t = useText(resident).unsent;
  const unsent = useUnsent((results) => {
    if (results.some((result) => result.end === 'sent')) toast(t.sent);
  });
  const [busy, setBusy] = useState(false);
  if (unsent.entries.length === 0) return null;
  const waiting = unsent.entries.some((entry) => entry.refused === null);
  const sendNow = async (): Promise<void> => {
    setBusy(true);
    const results = await unsent.sendNow().finally(() => setBusy(false));
    if (results.some((result) => result.end === 'kept')) toast(t.stillOffline);
  };
  return (
    <section className="note note-warn unsent" aria-label={t.badge(unsent.entries.length)}>
      <Icon name="cloudOff" />
      <div>
        <p role="status">
          <strong>{t.badge(unsent.entries.length)}</strong>
        </p>
        {waiting && <p>{t.explain}</p>}
        <ul>
          {unsent.entries.map((entry) => (
            <UnsentItem key={entry.opId} entry={entry} unsent={unsent} />
          ))}
        </ul>
        {waiting && (
          <Button icon="send" busy={busy} onClick={() => void sendNow()}>
            {t.sendNow}
          </Button>
        )}
      </div>
    </section>
  );
}

function UnsentItem({ entry, unsent }: { entry: Unsent; unsent: UnsentHandle }) {
  const t = useText(resident).unsent;
  const { errors } = useText(words);
  return (
    <li>
      <p>
        <strong>{entry.draft.categoryName}</strong> {t.item(formatRelative(entry.submittedAt))}
      </p>
      {entry.refused !== null && (
        <p className="field-error">
          {t.refused} {errors[entry.refused]}
        </p>
      )}
      {entry.refused !== null && (
        <Button icon="pen" onClick={() => void unsent.fix(entry).then(() => location.assign(reportPaths.what))}>
          {t.fix}
        </Button>
      )}
      <Button kind="quiet" icon="cross" onClick={() => unsent.remove(entry.opId)}>
        {t.remove}
      </Button>
    </li>
  );
}
