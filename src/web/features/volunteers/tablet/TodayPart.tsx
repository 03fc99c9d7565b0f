import { useEffect } from 'react';
import type { ClientOutput } from '#contract/route.ts';
import type { volunteerRoutes } from '#contract/volunteers.ts';
import { call, type RouteRefs } from '#web/app/call.ts';
import { useNow } from '#web/app/now.ts';
import type { StationHead } from '#web/app/station-slots.ts';
import { useLoad } from '#web/app/use-load.ts';
import { useOnline } from '#web/field/use-field.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { volunteers } from '#web/i18n/volunteers.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { clockOf } from '#web/i18n/local-time.ts';
import { postName } from '../public/times.ts';
import { useSend } from '#web/app/use-send.ts';

type Routes = typeof volunteerRoutes;
/** Without the schemas: the tablet is a light page. */
const api: RouteRefs<Pick<Routes, 'words' | 'roster' | 'arrive' | 'confirm'>> = {
  words: { method: 'GET', path: '/api/volunteers/words' },
  roster: { method: 'GET', path: '/api/stations/:id/roster' },
  arrive: { method: 'POST', path: '/api/sign-ups/:id/arrive' },
  confirm: { method: 'POST', path: '/api/sign-ups/:id/confirm' },
};
type Roster = ClientOutput<Routes['roster']>;
type Shift = Roster['shifts'][number];
type SignUp = Shift['signUps'][number];

/** How long before a shift arrivals can be recorded, and after it leavings. */
const aroundMs = 30 * 60_000;
const againMs = 60_000;

/** Who is on today; with the head's account one tap for 到岗 and one for 离岗. */
export function TodayPart({ station }: { station: StationHead }) {
  const t = useText(volunteers);
  const lang = languageChoice.use();
  const online = useOnline();
  const nowMs = useNow();
  const words = useLoad(online ? 'words' : null, (signal) => call(api.words, {}, { signal }));
  const { value, error, reload } = useLoad(online ? station.id : null, (signal) =>
    call(api.roster, { params: { id: station.id } }, { signal }),
  );
  useEffect(() => {
    const timer = setInterval(reload, againMs);
    return () => clearInterval(timer);
  }, [reload]);
  // A night shift that began yesterday is on until its people have left.
  const shifts = (value?.shifts ?? []).filter(
    (one) =>
      one.state === 'open' && (one.day === value?.today || (one.day < (value?.today ?? '') && isNear(one, nowMs))),
  );
  return (
    <section className="card" aria-label={t.tablet.title}>
      <h2>{t.tablet.lead}</h2>
      {!online && <p className="note note-warn">{t.tablet.offline}</p>}
      {error !== undefined && <ErrorNote error={error} onRetry={reload} />}
      {value !== undefined && shifts.length === 0 && <p className="hint">{t.tablet.none}</p>}
      {value?.mayManage === false && shifts.length > 0 && <p className="hint">{t.tablet.readOnly}</p>}
      <ul className="plain-list">
        {shifts.map((one) => (
          <li key={one.id}>
            <h3>
              {clockOf(one.startsAt)}–{clockOf(one.endsAt)} {postName(lang, words.value?.posts ?? [], one.post)}
            </h3>
            {one.missing > 0 && <p className="hint">{t.week.missing(formatNumber(one.missing))}</p>}
            {one.signUps.length === 0 && <p className="hint">{t.shift.nobody}</p>}
            {one.signUps.map((person) => (
              <PersonRow
                key={person.id}
                person={person}
                shift={one}
                nowMs={nowMs}
                onDone={value?.mayManage === true && online ? reload : null}
              />
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

function isNear({ startsAt, endsAt }: Shift, nowMs: number): boolean {
  return nowMs >= Date.parse(startsAt) - aroundMs && nowMs < Date.parse(endsAt) + aroundMs;
}

interface RowProps {
  person: SignUp;
  shift: Shift;
  nowMs: number;
  /** null: this account only sees. */
  onDone: (() => void) | null;
}

function PersonRow({ person, shift, nowMs, onDone }: RowProps) {
  const t = useText(volunteers).shift;
  const { busy, error, send } = useSend(() => onDone?.());
  const { arrivedAt, presence } = person.attendance;
  const near = isNear(shift, nowMs);
  const params = { id: person.id };
  const version = person.version;
  const arrive = (opId: string) => call(api.arrive, { params, body: { opId, version } });
  const leave = (leftAt: string) => (opId: string) =>
    call(api.confirm, { params, body: { opId, version, presence: 'came' as const, leftAt } });
  const acts = onDone !== null && near && !person.own && presence === null;
  return (
    <div className="counter-row">
      <span>
        <strong>
          {person.name} {person.phoneTail}
        </strong>
        <span className="hint"> {standWords(t, person)}</span>
        {person.first && <span className="tag">{t.first}</span>}
        {person.own && <span className="tag">{t.own}</span>}
      </span>
      {acts && arrivedAt === null && (
        <Button kind="main" busy={busy !== ''} onClick={() => void send(`on ${version}`, arrive)}>
          {t.arrive}
        </Button>
      )}
      {acts && arrivedAt !== null && (
        <Button
          busy={busy !== ''}
          onClick={() => {
            // Whole seconds, and the same words when a lost answer is sent again within the minute.
            const leftAt = new Date(Math.floor(nowMs / 1000) * 1000).toISOString();
            void send(`off ${version} ${leftAt}`, leave(leftAt));
          }}
        >
          {t.leave}
        </Button>
      )}
      {error !== undefined && <ErrorNote error={error} />}
    </div>
  );
}

function standWords(t: ReturnType<typeof useText<(typeof volunteers)['zh']>>['shift'], person: SignUp): string {
  const { presence, arrivedAt, leftAt, minutes } = person.attendance;
  if (presence === 'absent') return t.didNotCome;
  if (arrivedAt === null) return '';
  if (leftAt === null) return t.since(clockOf(arrivedAt));
  return t.came(clockOf(arrivedAt), clockOf(leftAt), formatNumber(minutes ?? 0));
}
