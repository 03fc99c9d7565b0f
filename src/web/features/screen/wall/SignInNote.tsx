import { useEffect, useRef } from 'react';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { screen } from '#web/i18n/screen.ts';

/** Goes away by itself, so that a wall touched in passing is not covered all night. */
const shownMs = 20_000;

/** On a wall that nobody signed in to: whoever wants the cases behind a number signs in first. */
export function SignInNote({ href, onClose }: { href: string; onClose: () => void }) {
  const t = useText(screen);
  const c = useText(common);
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    ref.current?.showModal();
    const timer = setTimeout(onClose, shownMs);
    return () => clearTimeout(timer);
  }, [onClose]);
  return (
    <dialog ref={ref} className="wall-note" onClose={onClose} aria-labelledby="wall-note">
      <h2 id="wall-note">{t.note.title}</h2>
      <p>{t.note.words}</p>
      <p className="wall-note-acts">
        <a className="wall-button" href={`/desk/sign-in?returnTo=${encodeURIComponent(href)}`}>
          {t.note.signIn}
        </a>
        <button type="button" className="wall-button" onClick={onClose}>
          {c.close}
        </button>
      </p>
    </dialog>
  );
}
