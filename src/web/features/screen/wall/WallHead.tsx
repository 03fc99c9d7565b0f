import { useEffect, useRef } from 'react';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { languageChoice, type Language } from '#web/i18n/language.ts';
import { screen } from '#web/i18n/screen.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Logo } from '#web/ui/icons/Logo.tsx';
import { wallLook, wallLooks } from './look.ts';
import type { Shown } from './source.ts';
import type { WallView } from './use-widgets.ts';

/** Whose wall this is, whether its numbers are alive, and what time it is. */
export function WallHead({ shown, view, kiosk }: { shown: Shown; view: WallView; kiosk: boolean }) {
  const t = useText(screen);
  return (
    <header className="wall-head">
      <Logo size="2.2em" />
      <h1>
        {shown.areaName}
        <span>{shown.name === '' ? t.title : shown.name}</span>
      </h1>
      <LiveMark view={view} />
      <WallButtons kiosk={kiosk} />
      <Clock />
    </header>
  );
}

/** Alive, catching up or lost: shape and words, not colour alone. */
function LiveMark({ view: { live, error, known } }: { view: WallView }) {
  const t = useText(screen);
  const state = error !== null ? 'lost' : known.size === 0 ? 'waiting' : live === 'connected' ? 'live' : 'polling';
  return (
    <p className={`wall-live wall-live-${state}`}>
      <svg viewBox="0 0 16 16" width="0.8em" height="0.8em" aria-hidden="true">
        {state === 'lost' ? <path d="M8 1l7 13H1z" /> : <circle cx="8" cy="8" r={state === 'live' ? 7 : 4} />}
      </svg>
      {t.live[state]}
    </p>
  );
}

function WallButtons({ kiosk }: { kiosk: boolean }) {
  const t = useText(screen);
  const c = useText(common);
  const look = wallLook.use();
  const lang = languageChoice.use();
  const next = wallLooks[(wallLooks.indexOf(look) + 1) % wallLooks.length] ?? 'auto';
  return (
    <p className="wall-buttons">
      {!kiosk && (
        <a className="wall-button" href="/desk">
          {t.desk}
        </a>
      )}
      <button type="button" className="wall-button" onClick={() => wallLook.set(next)}>
        <Icon name={look === 'day' ? 'sun' : look === 'night' ? 'moon' : 'clock'} size="1em" />
        {t.look[look]}
      </button>
      <button
        type="button"
        className="wall-button"
        lang={lang === 'zh' ? 'en' : 'zh-CN'}
        onClick={() => languageChoice.set(lang === 'zh' ? 'en' : 'zh')}
      >
        {c.otherLanguage}
      </button>
      {document.fullscreenEnabled && (
        <button type="button" className="wall-button" title={t.fullHint} onClick={() => void toggleFull()}>
          {t.full}
        </button>
      )}
    </p>
  );
}

async function toggleFull(): Promise<void> {
  if (document.fullscreenElement === null) await document.documentElement.requestFullscreen().catch(() => undefined);
  else await document.exitFullscreen().catch(() => undefined);
}

const zones: Record<Language, string> = { zh: 'zh-CN', en: 'en-GB' };

/** Seconds move without React: a clock that stands still says that the page does. */
function Clock() {
  const lang = languageChoice.use();
  const time = useRef<HTMLTimeElement>(null);
  const day = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const zone = { timeZone: 'Asia/Shanghai' } as const;
    const clock = new Intl.DateTimeFormat('en-GB', { ...zone, hour: '2-digit', minute: '2-digit', second: '2-digit' });
    const date = new Intl.DateTimeFormat(zones[lang], { ...zone, month: 'long', day: 'numeric', weekday: 'long' });
    const tick = (): void => {
      const now = new Date();
      if (time.current !== null) time.current.textContent = clock.format(now);
      if (day.current !== null && day.current.textContent !== date.format(now))
        day.current.textContent = date.format(now);
    };
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [lang]);
  return (
    <p className="wall-clock">
      <span ref={day} />
      <time ref={time} />
    </p>
  );
}
