import { useEffect, useState } from 'react';
import type { forceLinkRoutes } from '#contract/force-links.ts';
import type { ClientOutput } from '#contract/route.ts';
import { call } from '#web/app/call.ts';
import { helperApi } from '#web/app/helper-api.ts';
import { useSend } from '#web/app/use-send.ts';
import { ProblemError } from '#web/app/problem.ts';
import { useLoad } from '#web/app/use-load.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { helper } from '#web/i18n/helper.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import './helper.css';

type Page = ClientOutput<typeof forceLinkRoutes.view>;

/** What somebody sees who helps without an account: what they were asked, what they offer, and the way out. */
export function HelperPage({ secret }: { secret: string }) {
  const t = useText(helper);
  const { value, error, reload } = useLoad(secret, (signal) =>
    call(helperApi.view, { params: { secret } }, { signal }),
  );
  const [gone, setGone] = useState(false);
  useEffect(() => {
    const before = document.title;
    document.title = t.title;
    return () => {
      document.title = before;
    };
  }, [t.title]);
  const ended = gone || (error instanceof ProblemError && error.status === 410);
  if (ended) return <Gone words={t.gone} />;
  if (error instanceof ProblemError && (error.status === 404 || error.status === 400))
    return <Gone words={t.unknown} />;
  if (value === undefined)
    return (
      <section className="part">
        <h1>{t.title}</h1>
        {error === undefined ? <Skeleton lines={5} /> : <ErrorNote error={error} onRetry={reload} />}
      </section>
    );
  return (
    <>
      <header className="part">
        <h1>{t.hello(value.name)}</h1>
        <p className="helper-where">{t.where(value.areaName, value.unitName)}</p>
        <p>{t.lead}</p>
      </header>
      <Asks page={value} secret={secret} onDone={reload} />
      <Offers page={value} secret={secret} onDone={reload} />
      <section className="part">
        <a
          className="button button-plain button-wide"
          href={`/report?${new URLSearchParams({ area: value.areaCode, name: value.areaName }).toString()}`}
        >
          {t.report}
        </a>
        <Leave secret={secret} onDone={() => setGone(true)} />
      </section>
    </>
  );
}

function Gone({ words }: { words: string }) {
  return (
    <section className="part">
      <h1>{useText(helper).title}</h1>
      <p className="note note-warn" role="alert">
        {words}
      </p>
    </section>
  );
}

interface PartProps {
  page: Page;
  secret: string;
  onDone: () => void;
}

function Asks({ page, secret, onDone }: PartProps) {
  const t = useText(helper);
  languageChoice.use();
  const { busy, error, send } = useSend(onDone);
  const answer = (id: string, state: 'accepted' | 'declined' | 'done') => () =>
    void send(`${id} ${state}`, (opId) => call(helperApi.answer, { params: { secret, id }, body: { opId, state } }));
  return (
    <section className="part" aria-label={t.asks}>
      <h2 className="part-title">{t.asks}</h2>
      {page.asks.length === 0 && <p>{t.noAsks}</p>}
      <ul className="helper-asks">
        {page.asks.map((one) => (
          <li key={one.id}>
            <p className="helper-words">{one.words}</p>
            <p className="helper-where">
              {t.state[one.state]} · {formatTime(one.askedAt)}
            </p>
            {(one.state === 'asked' || one.state === 'accepted') && (
              <div className="helper-acts">
                {one.state === 'asked' ? (
                  <Button kind="main" busy={busy === `${one.id} accepted`} onClick={answer(one.id, 'accepted')}>
                    {t.accept}
                  </Button>
                ) : (
                  <Button kind="main" busy={busy === `${one.id} done`} onClick={answer(one.id, 'done')}>
                    {t.done}
                  </Button>
                )}
                <Button busy={busy === `${one.id} declined`} onClick={answer(one.id, 'declined')}>
                  {t.decline}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {error !== undefined && <ErrorNote error={error} />}
    </section>
  );
}

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const minuteOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
const toggled = <V,>(list: readonly V[], one: V): V[] =>
  list.includes(one) ? list.filter((other) => other !== one) : [...list, one];

function Offers({ page, secret, onDone }: PartProps) {
  const t = useText(helper);
  const english = languageChoice.use() === 'en';
  const [offers, setOffers] = useState(page.offers);
  const [weekdays, setWeekdays] = useState(page.weekdays);
  const [from, setFrom] = useState(clock(page.fromMinute));
  const [until, setUntil] = useState(clock(page.untilMinute));
  const [saved, setSaved] = useState(false);
  const { busy, error, send } = useSend(() => {
    setSaved(true);
    onDone();
  });
  const days = [
    t.weekdays.d1,
    t.weekdays.d2,
    t.weekdays.d3,
    t.weekdays.d4,
    t.weekdays.d5,
    t.weekdays.d6,
    t.weekdays.d7,
  ];
  const save = (): void => {
    const wish = {
      offers,
      weekdays: weekdays.toSorted((a, b) => a - b),
      fromMinute: minuteOf(from),
      untilMinute: minuteOf(until),
    };
    setSaved(false);
    void send(JSON.stringify(wish), (opId) => call(helperApi.offer, { params: { secret }, body: { opId, ...wish } }));
  };
  return (
    <form
      className="part"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Ticks
        title={t.offers}
        choices={page.words.map(({ code, name, nameEn }) => ({ value: code, words: english ? nameEn : name }))}
        value={offers}
        onToggle={(code) => setOffers((now) => toggled(now, code))}
      />
      <Ticks
        title={t.days}
        choices={days.map((words, k) => ({ value: k + 1, words }))}
        value={weekdays}
        onToggle={(day) => setWeekdays((now) => toggled(now, day))}
      />
      <div className="helper-acts">
        <label>
          {t.from}{' '}
          <input
            type="time"
            className="field-box"
            required
            value={from}
            onChange={({ target }) => setFrom(target.value)}
          />
        </label>
        <label>
          {t.until}{' '}
          <input
            type="time"
            className="field-box"
            required
            value={until}
            onChange={({ target }) => setUntil(target.value)}
          />
        </label>
      </div>
      {error !== undefined && <ErrorNote error={error} />}
      {saved && <p role="status">{t.saved}</p>}
      <Button kind="main" wide type="submit" busy={busy !== ''}>
        {t.save}
      </Button>
    </form>
  );
}

interface TicksProps<V> {
  title: string;
  choices: readonly { value: V; words: string }[];
  value: readonly V[];
  onToggle: (value: V) => void;
}

function Ticks<V extends string | number>({ title, choices, value, onToggle }: TicksProps<V>) {
  return (
    <fieldset className="helper-ticks">
      <legend className="part-title">{title}</legend>
      {choices.map((one) => (
        <label key={one.value}>
          <input type="checkbox" checked={value.includes(one.value)} onChange={() => onToggle(one.value)} />
          {one.words}
        </label>
      ))}
    </fieldset>
  );
}

function Leave({ secret, onDone }: { secret: string; onDone: () => void }) {
  const t = useText(helper);
  const [sure, setSure] = useState(false);
  const { busy, error, send } = useSend(onDone);
  if (!sure)
    return (
      <Button kind="quiet" wide onClick={() => setSure(true)}>
        {t.leave}
      </Button>
    );
  return (
    <div className="helper-acts">
      <Button
        kind="danger"
        busy={busy !== ''}
        onClick={() => void send('leave', (opId) => call(helperApi.leave, { params: { secret }, body: { opId } }))}
      >
        {t.leaveSure}
      </Button>
      <Button onClick={() => setSure(false)}>{t.stay}</Button>
      {error !== undefined && <ErrorNote error={error} />}
    </div>
  );
}
