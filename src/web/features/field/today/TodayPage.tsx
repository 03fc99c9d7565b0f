import { Suspense, useEffect, useState } from 'react';
import { dayLists } from '#web/field/day-lists.ts';
import { hasDay } from '#web/field/day-pack.ts';
import { reading, refresh, today as dayKept } from '#web/field/field-app.ts';
import { useBesidePages } from '#web/field/field-page.ts';
import { textOf, useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { fieldDay } from '#web/i18n/field-day.ts';
import { field } from '#web/i18n/field.ts';
import { formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { usePosition } from '#web/map/position.ts';
import type { LonLatPoint } from '#web/map/layers.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Button } from '#web/ui/light/Button.tsx';
import { Link } from '#web/ui/light/Link.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import { InspectionCard, VisitCard } from '../day/DayCards.tsx';
import { LazyDayMap } from '../day/TaskPlace.tsx';
import { fieldPaths } from '../paths.ts';
import { useHolder, useOutbox } from '#web/field/use-field.ts';
import { QuietCard, WaitingCard } from './EventCard.tsx';
import { MyReports } from './MyReports.tsx';
import { sortToday, type Show, type Today, type Waiting } from './sorting.ts';

/** What waits for me, most urgent or nearest first, visits in the order of the way; when this was last true. */
export function TodayPage({ show }: { show: Show }) {
  const t = useText(field).today;
  const { account } = useHolder();
  const { pack, busy, error } = reading.use();
  const day = dayKept.use();
  const { form } = dayLists.use();
  const outbox = useOutbox();
  const [here, setHere] = useState<LonLatPoint | null>(null);
  const nowMs = useNow();
  const today = sortToday(pack, day, outbox.commands, { here, show, nowMs });
  // Nothing was ever read on this phone: "nothing to do" would be a guess.
  const unknown = pack.savedMs === null;
  const nothing = today.waiting.length + today.later.length === 0;
  return (
    <>
      <header className="today-head">
        <div>
          <p className="hint">{t.hello(account.displayName)}</p>
          <h1>{today.counts.all === 0 ? t.heading : t.waiting(today.counts.all)}</h1>
        </div>
        <Button icon="again" busy={busy} onClick={() => void refresh()}>
          {t.refresh}
        </Button>
      </header>
      {hasDay(account) && (day.savedMs !== null || form.length > 0) && <Kinds counts={today.counts} show={show} />}
      <Order today={today} here={here} onHere={setHere} show={show} />
      <WaitingList today={today} nowMs={nowMs} />
      {unknown && error === undefined && <Skeleton lines={6} />}
      {!unknown && nothing && <AllDone show={show} missing={day.savedMs === null && hasDay(account)} />}
      {(show === 'all' || show === 'events') && <MyReports />}
      {show !== 'visits' && show !== 'rounds' && today.others.length > 0 && (
        <details className="card">
          <summary>{t.others(today.others.length)}</summary>
          <div className="stack">
            {today.others.map((row) => (
              <QuietCard key={row.id} row={row} />
            ))}
          </div>
        </details>
      )}
      <Beside />
      <p className="as-of" aria-live="polite">
        {pack.savedMs === null ? t.never : t.asOf(formatTime(pack.savedMs))}
      </p>
    </>
  );
}

/** What else can be done here: pages of other features. */
function Beside() {
  const lang = languageChoice.use();
  const pages = useBesidePages(useHolder().account.permissions);
  return pages.map(({ path, title, icon }) => (
    <Link key={path} to={path} className="button button-wide">
      <Icon name={icon} />
      <span>{textOf(title, lang)}</span>
    </Link>
  ));
}

/** The three kinds of work, each with how much of it waits. */
function Kinds({ counts, show }: { counts: Today['counts']; show: Show }) {
  const t = useText(fieldDay).show;
  const kinds = [
    ['all', fieldPaths.today],
    ['events', fieldPaths.events],
    ['visits', fieldPaths.visits],
    ['rounds', fieldPaths.rounds],
  ] as const;
  return (
    <nav className="kinds" aria-label={t.label}>
      {kinds.map(([kind, to]) => (
        <Link key={kind} to={to} className={`kind${kind === show ? ' kind-here' : ''}`}>
          <span aria-current={kind === show ? 'page' : undefined}>{t[kind]}</span> <b>{counts[kind]}</b>
        </Link>
      ))}
    </nav>
  );
}

function AllDone({ show, missing }: { show: Show; missing: boolean }) {
  const t = useText(field).today;
  const day = useText(fieldDay).show;
  const ofDay = show === 'visits' || show === 'rounds';
  return (
    <div className="all-done">
      <Icon name="check" size={40} />
      <p>
        <strong>{t.allDone}</strong>
      </p>
      <p className="hint">{ofDay && missing ? day.notKept : t.allDoneHint}</p>
    </div>
  );
}

function WaitingList({ today, nowMs }: { today: Today; nowMs: number }) {
  const t = useText(fieldDay).show;
  return (
    <>
      {today.waiting.length > 0 && (
        <div className="stack">
          {today.waiting.map((item) => (
            <Card key={item.id} item={item} nowMs={nowMs} />
          ))}
        </div>
      )}
      {today.later.length > 0 && (
        <section className="stack" aria-labelledby="later">
          <h2 id="later">{t.later}</h2>
          {today.later.map((item) => (
            <VisitCard key={item.id} item={item} nowMs={nowMs} />
          ))}
        </section>
      )}
    </>
  );
}

function Card({ item, nowMs }: { item: Waiting; nowMs: number }) {
  const { commands } = useOutbox();
  if (item.kind === 'visit') return <VisitCard item={item} nowMs={nowMs} />;
  if (item.kind === 'inspection') return <InspectionCard item={item} nowMs={nowMs} />;
  return <WaitingCard item={item} nowMs={nowMs} pending={commands.some((command) => command.eventId === item.id)} />;
}

interface OrderProps {
  today: Today;
  here: LonLatPoint | null;
  onHere: (here: LonLatPoint | null) => void;
  show: Show;
}

/**
 * Which comes first, and the map when it is wanted (the list below says the same). The position is asked for once, when
 * "nearest" is wanted; it stays on the phone.
 */
function Order({ today, here, onHere, show }: OrderProps) {
  const t = useText(field).today;
  const day = useText(fieldDay);
  const shared = useText(common).map;
  const position = usePosition(onHere);
  const [open, setOpen] = useState(false);
  const items = [...today.waiting, ...today.later];
  const places = items.some(({ kind }) => kind !== 'event');
  if (items.length < 2 && !places) return null;
  return (
    <>
      <div className={`segments${places ? ' segments-three' : ''}`}>
        <Button pressed={here === null} onClick={() => onHere(null)}>
          {show === 'visits' ? day.show.byWay : t.urgent}
        </Button>
        <Button pressed={here !== null} busy={position.state === 'locating'} onClick={position.find}>
          {t.near}
        </Button>
        {places && (
          <Button pressed={open} onClick={() => setOpen(!open)}>
            {open ? day.map.close : day.map.open}
          </Button>
        )}
      </div>
      {(position.state === 'refused' || position.state === 'unavailable') && (
        <p className="hint" role="alert">
          {shared[position.state]}
        </p>
      )}
      {open && places && (
        <Suspense fallback={<p aria-live="polite">{shared.loading}</p>}>
          <LazyDayMap items={items} />
        </Suspense>
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
