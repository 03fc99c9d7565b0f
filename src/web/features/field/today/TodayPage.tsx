import { useEffect, useState } from 'react';
import { reading, refresh } from '#web/field/field-app.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { field } from '#web/i18n/field.ts';
import { formatTime } from '#web/i18n/format.ts';
import { usePosition } from '#web/map/position.ts';
import type { LonLatPoint } from '#web/map/layers.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Button } from '#web/ui/light/Button.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import { useHolder, useOutbox } from '../use-field.ts';
import { QuietCard, WaitingCard } from './EventCard.tsx';
import { MyReports } from './MyReports.tsx';
import { groups, sortToday, type Today } from './sorting.ts';

/** What waits for me, most urgent or nearest first; what I reported; when this was last true. */
export function TodayPage() {
  const t = useText(field).today;
  const { account } = useHolder();
  const { pack, busy, error } = reading.use();
  const outbox = useOutbox();
  const [here, setHere] = useState<LonLatPoint | null>(null);
  const today = sortToday(pack, outbox.commands, here);
  // Nothing was ever read on this phone: "nothing to do" would be a guess.
  const unknown = pack.savedMs === null;
  return (
    <>
      <header className="today-head">
        <div>
          <p className="hint">{t.hello(account.displayName)}</p>
          <h1>{today.waiting.length === 0 ? t.heading : t.waiting(today.waiting.length)}</h1>
        </div>
        <Button icon="again" busy={busy} onClick={() => void refresh()}>
          {t.refresh}
        </Button>
      </header>
      {today.waiting.length > 1 && <Order here={here} onHere={setHere} />}
      <WaitingList today={today} />
      {unknown && error === undefined && <Skeleton lines={6} />}
      {!unknown && today.waiting.length === 0 && (
        <div className="all-done">
          <Icon name="check" size={40} />
          <p>
            <strong>{t.allDone}</strong>
          </p>
          <p className="hint">{t.allDoneHint}</p>
        </div>
      )}
      <MyReports />
      {today.others.length > 0 && (
        <details className="card">
          <summary>{t.others(today.others.length)}</summary>
          <div className="stack">
            {today.others.map((row) => (
              <QuietCard key={row.id} row={row} />
            ))}
          </div>
        </details>
      )}
      <p className="as-of" aria-live="polite">
        {pack.savedMs === null ? t.never : t.asOf(formatTime(pack.savedMs))}
      </p>
    </>
  );
}

function WaitingList({ today }: { today: Today }) {
  const t = useText(field).today;
  const { commands } = useOutbox();
  const nowMs = useNow();
  return groups.map((group) => {
    const items = today.waiting.filter((item) => item.group === group);
    return items.length === 0 ? null : (
      <section key={group} className="stack" aria-labelledby={`group-${group}`}>
        <h2 id={`group-${group}`}>{t.groups[group]}</h2>
        {items.map((item) => (
          <WaitingCard
            key={item.row.id}
            item={item}
            nowMs={nowMs}
            pending={commands.some((command) => command.eventId === item.row.id)}
          />
        ))}
      </section>
    );
  });
}

/** The position is asked for once, when "nearest" is wanted; it stays on the phone. */
function Order({ here, onHere }: { here: LonLatPoint | null; onHere: (here: LonLatPoint | null) => void }) {
  const t = useText(field).today;
  const failed = useText(common).map;
  const position = usePosition(onHere);
  return (
    <>
      <div className="segments">
        <Button pressed={here === null} onClick={() => onHere(null)}>
          {t.urgent}
        </Button>
        <Button pressed={here !== null} busy={position.state === 'locating'} onClick={position.find}>
          {t.near}
        </Button>
      </div>
      {(position.state === 'refused' || position.state === 'unavailable') && (
        <p className="hint" role="alert">
          {failed[position.state]}
        </p>
      )}
    </>
  );
}

/** The present minute, so that remaining times keep true. */
function useNow(): number {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}
