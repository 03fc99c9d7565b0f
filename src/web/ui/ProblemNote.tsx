import { OfflineError, ProblemError } from '#web/app/problem.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { words } from '#web/i18n/words.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';

/** A refusal in one sentence of the reader's language. */
export function useProblemWords(): (error: unknown) => string {
  const t = useText(common);
  const w = useText(words);
  return (error) => {
    if (error instanceof ProblemError) return w.errors[error.code] ?? t.unexpected;
    if (error instanceof OfflineError) return error.reason === 'timeout' ? t.timeout : t.offline;
    return t.unexpected;
  };
}

export interface ProblemNoteProps {
  error: unknown;
  /** Beside the sentence: what the server said in detail, when it helps. */
  onRetry?: () => void;
}

/** What went wrong and what to do now; nothing while all is well. */
export function ProblemNote({ error, onRetry }: ProblemNoteProps) {
  const t = useText(common);
  const say = useProblemWords();
  if (error === null || error === undefined) return null;
  const id = error instanceof ProblemError ? error.requestId : null;
  return (
    <div className="note note-bad" role="alert">
      <Icon name="warning" size={18} />
      <div>
        <p>{say(error)}</p>
        {error instanceof ProblemError && error.code === 'internal' && id !== null && <small>{t.requestId(id)}</small>}
      </div>
      {onRetry !== undefined && (
        <button type="button" className="link-button" onClick={onRetry}>
          {t.retry}
        </button>
      )}
    </div>
  );
}
