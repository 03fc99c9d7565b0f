import { useEffect, useState } from 'react';
import { useText } from '#web/i18n/area.ts';
import { counterAid } from '#web/i18n/counter-aid.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import type { AidCard } from '../counter-api.ts';
import { useNamed } from '#web/i18n/use-named.ts';

interface StepsProps {
  card: AidCard;
  done: readonly string[];
  onSteps: (done: string[]) => void;
}

/** What to do, in order; each can be ticked, some have a timer. */
export function Steps({ card, done, onSteps }: StepsProps) {
  const named = useNamed();
  const t = useText(counterAid);
  const tick = (code: string): void =>
    onSteps(done.includes(code) ? done.filter((one) => one !== code) : [...done, code]);
  return (
    <section aria-label={t.steps}>
      <ol className="aid-steps">
        {card.steps.map((step) => (
          <li key={step.code} className={`aid-step${step.danger ? ' aid-step-danger' : ''}`}>
            <button
              type="button"
              className="aid-tick"
              aria-pressed={done.includes(step.code)}
              onClick={() => tick(step.code)}
            >
              <span className="aid-box">{done.includes(step.code) && <Icon name="check" />}</span>
              <span>
                {step.danger && <Icon name="warning" size={20} />} {named(step)}
              </span>
            </button>
            {step.timerS !== null && <Timer seconds={step.timerS} />}
          </li>
        ))}
      </ol>
      {!card.certain && <p className="hint">{t.notAdvice}</p>}
    </section>
  );
}

const tickMs = 250;

/** Counts down by the clock, so that a sleeping tablet does not slow it. */
function Timer({ seconds }: { seconds: number }) {
  const t = useText(counterAid);
  const [endMs, setEndMs] = useState<number | null>(null);
  const [nowMs, setNowMs] = useState(0);
  useEffect(() => {
    if (endMs === null) return;
    const timer = setInterval(() => setNowMs(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, [endMs]);
  const left = endMs === null ? seconds : Math.max(0, Math.ceil((endMs - nowMs) / 1000));
  const over = endMs !== null && left === 0;
  const start = (): void => {
    setNowMs(Date.now());
    setEndMs(endMs === null || over ? Date.now() + seconds * 1000 : null);
  };
  return (
    <button type="button" className={`aid-timer${over ? ' aid-timer-over' : ''}`} onClick={start}>
      <Icon name="clock" size={20} />
      <span role={over ? 'status' : undefined}>{over ? t.timeOver : clockWords(left)}</span>
      <span className="visually-hidden">{endMs === null || over ? t.timerStart : t.timerStop}</span>
    </button>
  );
}

function clockWords(seconds: number): string {
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')}`;
}
