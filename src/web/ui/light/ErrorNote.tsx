import { OfflineError, ProblemError } from '#web/app/problem.ts';
import { textOf, useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import type { Language } from '#web/i18n/language.ts';
import { words } from '#web/i18n/words.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Button } from './Button.tsx';

/** What a failure means in the reader's words, and what to do. */
export function sentenceFor(error: unknown, lang?: Language): string {
  const t = textOf(common, lang);
  if (error instanceof OfflineError) return error.reason === 'timeout' ? t.timeout : t.offline;
  if (error instanceof ProblemError) return textOf(words, lang).errors[error.code] ?? t.unexpected;
  return t.unexpected;
}

/** A failure in words, read aloud at once, with a way on. */
export function ErrorNote({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useText(common);
  useText(words);
  const requestId = error instanceof ProblemError && error.status >= 500 ? error.requestId : null;
  return (
    <div className="note note-error" role="alert">
      <Icon name={error instanceof OfflineError ? 'cloudOff' : 'warning'} />
      <div>
        <p>{sentenceFor(error)}</p>
        {requestId !== null && <p className="note-small">{t.requestId(requestId)}</p>}
        {onRetry !== undefined && (
          <Button icon="again" onClick={onRetry}>
            {t.retry}
          </Button>
        )}
      </div>
    </div>
  );
}
