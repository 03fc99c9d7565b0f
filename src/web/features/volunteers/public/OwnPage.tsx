import { inLanguage } from '#web/i18n/language.ts';
import { useEffect, useState } from 'react';
import { call } from '#web/app/call.ts';
import { ProblemError } from '#web/app/problem.ts';
import { useLoad } from '#web/app/use-load.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDate, formatNumber } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { volunteersPublic } from '#web/i18n/volunteers-public.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Link } from '#web/ui/light/Link.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import { volunteerApi, type ComingShift, type OwnPageData } from './api.ts';
import { keepLink } from './kept.ts';
import { ManagePart } from './ManagePart.tsx';
import { PapersPart } from './PapersPart.tsx';
import { RecordsPart } from './RecordsPart.tsx';
import { dayIn } from '#web/i18n/local-time.ts';
import { postName, spanWords } from './times.ts';
import { useSend } from '#web/app/use-send.ts';
import './volunteers-public.css';

export interface OwnProps {
  page: OwnPageData;
  secret: string;
  onDone: () => void;
}

/** A volunteer's own page: what comes, what was, what it is worth on paper, and the way out. */
export function OwnPage({ secret }: { secret: string }) {
  const t = useText(volunteersPublic).own;
  const { value, error, reload } = useLoad(secret, (signal) =>
    call(volunteerApi.view, { params: { secret } }, { signal }),
  );
  const [gone, setGone] = useState(false);
  useEffect(() => {
    document.title = t.title;
  }, [t.title]);
  useEffect(() => {
    if (value !== undefined) keepLink(secret);
  }, [value, secret]);
  if (gone || (error instanceof ProblemError && error.status === 410)) return <Ended words={t.gone} />;
  if (error instanceof ProblemError && error.status === 404) return <Ended words={t.unknown} />;
  if (value === undefined)
    return (
      <section className="part">
        <h1>{t.title}</h1>
        {error === undefined ? <Skeleton lines={6} /> : <ErrorNote error={error} onRetry={reload} />}
      </section>
    );
  const props = { page: value, secret, onDone: reload };
  return (
    <>
      <OwnHead page={value} />
      <Coming {...props} />
      <Swaps {...props} />
      <HoursPart page={value} />
      <RecordsPart {...props} />
      <PapersPart {...props} />
      <ManagePart
        secret={secret}
        onErased={() => {
          keepLink(null);
          setGone(true);
        }}
      />
    </>
  );
}

function Ended({ words }: { words: string }) {
  return (
    <section className="part">
      <h1>{useText(volunteersPublic).own.title}</h1>
      <p className="note note-warn" role="alert">
        {words}
      </p>
    </section>
  );
}

function OwnHead({ page }: { page: OwnPageData }) {
  const t = useText(volunteersPublic).own;
  const english = languageChoice.use() === 'en';
  const station = english && page.station.nameEn !== '' ? page.station.nameEn : page.station.name;
  return (
    <header className="part">
      <h1>{t.hello(page.name)}</h1>
      <p className="volunteer-soft">{t.since(station, formatDate(page.since))}</p>
      <p>{page.known ? t.keep : t.fresh}</p>
    </header>
  );
}

function Coming({ page, secret, onDone }: OwnProps) {
  const t = useText(volunteersPublic).own;
  const { busy, error, send } = useSend(onDone);
  return (
    <section className="part" aria-label={t.coming}>
      <h2 className="part-title">{t.coming}</h2>
      {page.coming.length === 0 && <p>{t.noComing}</p>}
      <ul className="volunteer-list">
        {page.coming.map((one) => (
          <ComingRow key={one.id} one={one} page={page} secret={secret} busy={busy} send={send} />
        ))}
      </ul>
      {error !== undefined && <ErrorNote error={error} />}
      <div className="volunteer-acts">
        <Link to={`/s/${page.station.code}`} className="button button-plain">
          {t.more}
        </Link>
        {page.coming.length > 0 && (
          <a className="button button-plain" href={page.calendarPath}>
            {t.calendar}
          </a>
        )}
      </div>
    </section>
  );
}

interface RowProps {
  one: ComingShift;
  page: OwnPageData;
  secret: string;
  busy: string;
  send: (key: string, work: (opId: string) => Promise<unknown>) => Promise<unknown>;
}

function ComingRow({ one, page, secret, busy, send }: RowProps) {
  const t = useText(volunteersPublic).own;
  const lang = languageChoice.use();
  const [sure, setSure] = useState(false);
  const params = { secret, id: one.id };
  const name = inLanguage(lang, one.stationName, one.stationNameEn);
  const day = dayIn(one.startsAt);
  const near =
    day === page.today ? t.today : dayIn(Date.parse(one.startsAt) - 86_400_000) === page.today ? t.tomorrow : null;
  return (
    <li className="volunteer-block">
      <strong>{spanWords(lang, one)}</strong>
      {near !== null && <span className="volunteer-mark">{near}</span>}
      <p className="volunteer-soft">
        {postName(lang, page.posts, one.post)} · {name} · {one.address}
        {one.place === 'partner' && ` · ${t.partner}`}
      </p>
      {one.swapAsked && <p role="status">{t.swapping}</p>}
      <div className="volunteer-acts">
        {one.place === 'open' && !sure && (
          <Button
            busy={busy === `swap ${one.id}`}
            onClick={() =>
              void send(`swap ${one.id}`, (opId) =>
                call(volunteerApi.askSwap, { params, body: { opId, off: one.swapAsked } }),
              )
            }
          >
            {one.swapAsked ? t.swapOff : t.swap}
          </Button>
        )}
        {sure ? (
          <>
            <Button
              kind="danger"
              busy={busy === `off ${one.id}`}
              onClick={() =>
                void send(`off ${one.id}`, (opId) => call(volunteerApi.withdraw, { params, body: { opId } }))
              }
            >
              {t.withdrawSure}
            </Button>
            <Button onClick={() => setSure(false)}>{t.back}</Button>
          </>
        ) : (
          <Button kind="quiet" onClick={() => setSure(true)}>
            {t.withdraw}
          </Button>
        )}
      </div>
    </li>
  );
}

function Swaps({ page, secret, onDone }: OwnProps) {
  const t = useText(volunteersPublic).own;
  const lang = languageChoice.use();
  const { busy, error, send } = useSend(onDone);
  if (page.swaps.length === 0) return null;
  return (
    <section className="part" aria-label={t.swaps}>
      <h2 className="part-title">{t.swaps}</h2>
      <ul className="volunteer-list">
        {page.swaps.map((one) => (
          <li key={one.id} className="volunteer-row">
            <div>
              <strong>{spanWords(lang, one)}</strong>
              <p className="volunteer-soft">
                {postName(lang, page.posts, one.post)} · {one.stationName}
              </p>
            </div>
            <Button
              busy={busy === one.id}
              onClick={() =>
                void send(one.id, (opId) =>
                  call(volunteerApi.takeSwap, { params: { secret, id: one.id }, body: { opId } }),
                )
              }
            >
              {t.take}
            </Button>
          </li>
        ))}
      </ul>
      {error !== undefined && <ErrorNote error={error} />}
    </section>
  );
}

function HoursPart({ page }: { page: OwnPageData }) {
  const t = useText(volunteersPublic).own;
  const lang = languageChoice.use();
  return (
    <section className="part" aria-label={t.hours}>
      <h2 className="part-title">{t.hours}</h2>
      {page.minutes === 0 ? (
        <p>{t.noHours}</p>
      ) : (
        <>
          <p className="volunteer-hours">{t.hoursOf(formatNumber(page.hours))}</p>
          <p className="volunteer-soft">{t.minutes(formatNumber(page.minutes))}</p>
          <ul className="volunteer-plain">
            {page.rows.map((row) => (
              <li key={`${row.stationName} ${row.post}`}>
                {row.stationName} · {postName(lang, page.posts, row.post)} · {t.times(formatNumber(row.times))} ·{' '}
                {t.hoursOf(formatNumber(row.hours))}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
