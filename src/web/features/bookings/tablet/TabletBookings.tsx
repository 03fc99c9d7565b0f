import { useState, type FormEvent } from 'react';
import { call } from '#web/app/call.ts';
import { useNow } from '#web/app/now.ts';
import type { StationHead } from '#web/app/station-slots.ts';
import { keepAct } from '#web/field/keep-act.ts';
import { useHolder } from '#web/field/use-field.ts';
import { useText } from '#web/i18n/area.ts';
import { bookings } from '#web/i18n/bookings.ts';
import { formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Field } from '#web/ui/light/Field.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import { toast } from '#web/ui/light/Toast.tsx';
import { tabletApi, tabletRoads, type Booking, type Day } from './api.ts';
import { TabletRow } from './TabletRow.tsx';
import './tablet.css';
import { useDay, type TabletDay } from './use-day.ts';

const open: readonly Booking['state'][] = ['booked', 'arrived'];

/** Today's bookings on the station's tablet: arrived, served, not come, walked in; also without a network. */
export function TabletBookings({ station }: { station: StationHead }) {
  const t = useText(bookings).day;
  const today = useDay(station.id);
  const { day, error } = today;
  if (day === null)
    return error === undefined ? <Skeleton lines={6} /> : <ErrorNote error={error} onRetry={today.reload} />;
  const waiting = day.items.filter(({ state }) => open.includes(state));
  const done = day.items.filter(({ state }) => !open.includes(state));
  return (
    <>
      {error !== undefined && <p className="note note-warn">{t.asOf(formatTime(day.at))}</p>}
      <WalkIn day={day} reload={today.reload} />
      <Rows items={waiting} label={t.table} none={t.noneToday} mark={today.mark} />
      <Find station={station} today={today} />
      {done.length > 0 && <Rows items={done} label={t.today} none="" mark={today.mark} />}
    </>
  );
}

interface RowsProps {
  items: readonly Booking[];
  label: string;
  none: string;
  mark: TabletDay['mark'];
}

function Rows({ items, label, none, mark }: RowsProps) {
  if (items.length === 0) return <p>{none}</p>;
  return (
    <ul className="tablet-bookings" aria-label={label}>
      {items.map((one) => (
        <TabletRow key={one.id} booking={one} mark={mark} />
      ))}
    </ul>
  );
}

/** Two taps: unasked, and for what. */
function WalkIn({ day, reload }: { day: Day; reload: () => void }) {
  const t = useText(bookings).day;
  const english = languageChoice.use() === 'en';
  const holder = useHolder();
  const [shown, setShown] = useState(false);
  const nowMs = useNow();
  const nearMs = day.walkInMinutes * 60_000;
  const welcome = day.offers.filter(
    ({ walkIn, today }) =>
      walkIn &&
      today.some(
        ({ startsAt, endsAt }) => Date.parse(startsAt) - nearMs <= nowMs && nowMs <= Date.parse(endsAt) + nearMs,
      ),
  );
  if (welcome.length === 0) return null;
  const note = async ({ id, title }: Day['offers'][number]): Promise<void> => {
    const name = `${t.walkIn} ${title}`;
    const path = tabletRoads.walkIn();
    const page = '/field/station/bookings';
    const kept = await keepAct(holder, { kind: 'booking.walk_in', path, page, title: name, body: { offerId: id } });
    setShown(false);
    toast(name);
    void kept.ended.then(reload);
  };
  return (
    <section className="tablet-walk-in">
      <Button icon="plus" kind={shown ? 'plain' : 'main'} pressed={shown} onClick={() => setShown(!shown)}>
        {t.walkIn}
      </Button>
      {shown &&
        welcome.map((one) => (
          <Button key={one.id} onClick={() => void note(one)}>
            {english && one.titleEn !== '' ? one.titleEn : one.title}
          </Button>
        ))}
    </section>
  );
}

function Find({ station, today }: { station: StationHead; today: TabletDay }) {
  const t = useText(bookings).day;
  const [text, setText] = useState('');
  const [found, setFound] = useState<readonly Booking[] | null>(null);
  const [error, setError] = useState<unknown>();
  const find = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const said = text.trim();
    if (said === '') return;
    const which = /^[a-z]/i.test(said) ? { code: said } : { phone: said };
    try {
      const { items } = await call(tabletApi.find, { body: { stationId: station.id, ...which } });
      setFound(items);
      setError(undefined);
    } catch (failure) {
      setError(failure);
    }
  };
  const mark: TabletDay['mark'] = (id, change) => {
    today.mark(id, change);
    setFound((now) => now?.map((one) => (one.id === id ? { ...one, ...change } : one)) ?? null);
  };
  return (
    <section className="card">
      <form className="tablet-find" role="search" onSubmit={(event) => void find(event)}>
        <Field label={t.find} value={text} onChange={setText} maxLength={20} autoComplete="off" />
        <Button type="submit" icon="search">
          {t.findDo}
        </Button>
      </form>
      {error !== undefined && <ErrorNote error={error} />}
      {found !== null && <Rows items={found} label={t.found} none={t.findNone} mark={mark} />}
    </section>
  );
}
