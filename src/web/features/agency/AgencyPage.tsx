import { useEffect } from 'react';
import { ProblemError } from '#web/app/problem.ts';
import { agency } from '#web/i18n/agency.ts';
import { useText } from '#web/i18n/area.ts';
import { formatRelative, formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import { Acts } from './Acts.tsx';
import { Introduce } from './Introduce.tsx';
import { RoomPart } from './RoomPart.tsx';
import { TaskFacts, TaskHead } from './TaskHead.tsx';
import { useTask } from './use-task.ts';
import './agency.css';

/** What a unit without accounts sees behind its link: what, where, how long; and the buttons to do it. */
export function AgencyPage({ secret }: { secret: string }) {
  const t = useText(agency);
  const { value, error, reload, asOf } = useTask(secret);
  useEffect(() => {
    const before = document.title;
    document.title = t.title;
    return () => {
      document.title = before;
    };
  }, [t.title]);
  if (value === undefined) return <Nothing error={error} onRetry={reload} />;
  const open = value.state === 'open';
  return (
    <>
      {!open && (
        <p className="note note-warn task-gone" role="alert">
          {t.gone[value.state === 'open' ? 'unknown' : value.state]}
        </p>
      )}
      {error !== undefined && <p className="note note-warn">{t.stale}</p>}
      <TaskHead task={value} now={asOf} />
      {open &&
        (value.introduced === null ? (
          <Introduce secret={secret} onDone={reload} />
        ) : (
          <Acts task={value} secret={secret} onDone={reload} />
        ))}
      <TaskFacts task={value} />
      <RoomPart task={value} secret={secret} />
      <Foot expiresAt={open ? value.expiresAt : null} asOf={asOf} />
    </>
  );
}

function Foot({ expiresAt, asOf }: { expiresAt: string | null; asOf: number }) {
  const t = useText(agency);
  languageChoice.use();
  return (
    <p className="asof">
      {expiresAt !== null && t.validUntil(formatTime(expiresAt))} {t.updated(formatRelative(asOf))}
    </p>
  );
}

/** Links that are wrong, expired or revoked say so plainly; anything else may be tried again. */
function Nothing({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useText(agency);
  const dead = error instanceof ProblemError && (error.status === 404 || error.status === 400 || error.status === 410);
  return (
    <section className="part">
      <h1>{t.title}</h1>
      {error === undefined ? (
        <Skeleton lines={5} />
      ) : dead ? (
        <p className="note note-warn" role="alert">
          {t.gone[goneWord(error)]}
        </p>
      ) : (
        <ErrorNote error={error} onRetry={onRetry} />
      )}
    </section>
  );
}

function goneWord(error: ProblemError): 'unknown' | 'expired' | 'revoked' | 'ended' {
  const { state } = error.data;
  return state === 'expired' || state === 'revoked' || state === 'ended' ? state : 'unknown';
}
