import { OfflineError, ProblemError } from '#web/app/problem.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { words } from '#web/i18n/words.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';

/** Codes whose sentence alone does not say which field or row: there the server's own words help the administrator. */
const needsDetail = new Set([
  'bad_input',
  'not_allowed',
  'in_use',
  'already_exists',
  'import_refused',
  'proof_refused',
  'password_too_weak',
]);

/** What went wrong, what to do now, and for refusals about content what exactly the server found. */
export function Problem({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useText(common);
  const w = useText(words);
  if (error === null || error === undefined) return null;
  const refusal = error instanceof ProblemError ? error : null;
  const detail = refusal !== null && needsDetail.has(refusal.code) ? refusal.detail : '';
  return (
    <div className="adm-note adm-note-bad" role="alert">
      <Icon name="warning" size={18} />
      <div>
        <p>{sentence(error, t, w.errors)}</p>
        {detail !== '' && <small lang="en">{detail}</small>}
        {refusal?.code === 'internal' && refusal.requestId !== null && <small>{t.requestId(refusal.requestId)}</small>}
      </div>
      {onRetry !== undefined && (
        <button type="button" className="adm-link" onClick={onRetry}>
          {t.retry}
        </button>
      )}
    </div>
  );
}

function sentence(
  error: unknown,
  t: { offline: string; timeout: string; unexpected: string },
  errors: Readonly<Record<string, string>>,
): string {
  if (error instanceof ProblemError) return errors[error.code] ?? t.unexpected;
  if (error instanceof OfflineError) return error.reason === 'timeout' ? t.timeout : t.offline;
  return t.unexpected;
}
