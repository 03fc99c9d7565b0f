import { useEffect, useMemo, useState } from 'react';
import { ProblemError } from '#web/app/problem.ts';
import { useText } from '#web/i18n/area.ts';
import { screen } from '#web/i18n/screen.ts';
import { Logo } from '#web/ui/icons/Logo.tsx';
import { useLook } from './look.ts';
import { sourceOf, type ScreenSource, type Shown } from './source.ts';
import { Wall } from './Wall.tsx';

const retryMs = 10_000;
const lookAgainMs = 60_000;

/** The whole page: finds out what this wall shows, and takes up a new arrangement within a minute. */
export function ScreenFace() {
  const source = useMemo(() => sourceOf(location), []);
  const { shown, error } = useShown(source);
  useLook(shown?.look ?? 'auto', shown?.rules);
  const t = useText(screen);
  useEffect(() => {
    document.title = shown === undefined ? t.title : `${shown.name === '' ? t.title : shown.name} · ${shown.areaName}`;
  }, [shown, t]);
  if (shown !== undefined) return <Wall source={source} shown={shown} />;
  return <Outside error={error} kiosk={source.kiosk} />;
}

function useShown(source: ScreenSource): { shown: Shown | undefined; error: unknown } {
  const [state, setState] = useState<{ shown: Shown | undefined; error: unknown }>({ shown: undefined, error: null });
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      const after = (ms: number): void => {
        if (!stop.signal.aborted) timer = setTimeout(look, ms);
      };
      source.load(stop.signal).then(
        (shown) => {
          setState((old) => (JSON.stringify(old.shown) === JSON.stringify(shown) ? old : { shown, error: null }));
          after(lookAgainMs);
        },
        (error: unknown) => {
          if (stop.signal.aborted) return;
          // Taken back or run out: nothing more is shown. Anything else passes: what is shown stays.
          setState((old) => ({ shown: isOver(error) ? undefined : old.shown, error }));
          after(retryMs);
        },
      );
    };
    look();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [source]);
  return state;
}

const codeOf = (error: unknown): string | null => (error instanceof ProblemError ? error.code : null);
const isOver = (error: unknown): boolean => ['link_ended', 'not_found'].includes(codeOf(error) ?? '');
const isSignedOut = (error: unknown): boolean => ['not_signed_in', 'session_expired'].includes(codeOf(error) ?? '');

function Outside({ error, kiosk }: { error: unknown; kiosk: boolean }) {
  const t = useText(screen);
  const back = `${location.pathname}${location.search}`;
  const words = wordsOf(error, kiosk, t.outside);
  return (
    <main className="wall-outside">
      <Logo size={72} />
      <h1>{t.title}</h1>
      <p role="status">{words}</p>
      {isSignedOut(error) && (
        <a className="wall-button" href={`/desk/sign-in?returnTo=${encodeURIComponent(back)}`}>
          {t.outside.signIn}
        </a>
      )}
    </main>
  );
}

function wordsOf(
  error: unknown,
  kiosk: boolean,
  t: { loading: string; signedOut: string; ended: string; noArea: string; notAllowed: string; lost: string },
): string {
  if (error === null) return t.loading;
  if (isSignedOut(error)) return t.signedOut;
  if (isOver(error)) return kiosk ? t.ended : t.noArea;
  return codeOf(error) === 'not_allowed' ? t.notAllowed : t.lost;
}
