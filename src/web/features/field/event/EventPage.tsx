import { useState } from 'react';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { expectedOf, expectedSteps, type Step } from '#web/field/expected.ts';
import type { ActVerb, EventDetail } from '#web/field/field-api.ts';
import type { Command } from '#web/field/command.ts';
import { useText } from '#web/i18n/area.ts';
import { field } from '#web/i18n/field.ts';
import { formatTime } from '#web/i18n/format.ts';
import { words } from '#web/i18n/words.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import type { IconName } from '#web/ui/icons/drawings.ts';
import { Link } from '#web/ui/light/Link.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import { PriorityMark } from '#web/ui/PriorityMark.tsx';
import { StatusMark } from '#web/ui/StatusMark.tsx';
import { remaining } from '../parts/limits.ts';
import { actPath, conflictPath } from '../paths.ts';
import { unsentOf, useOnline, useOutbox } from '#web/field/use-field.ts';
import { BackLink } from '../parts/BackLink.tsx';
import { useVerbWords } from '../parts/verb-words.ts';
import { Photos } from './Photos.tsx';
import { Story } from './Story.tsx';
import { useEvent } from './use-event.ts';
import { Where } from './Where.tsx';

/** What it is, what is expected of me, what I may do; below it where, pictures and what happened. */
export function EventPage({ id }: { id: string }) {
  const t = useText(field);
  const online = useOnline();
  const { detail, savedMs, error, reload } = useEvent(id);
  const unsent = unsentOf(useOutbox(), id);
  if (detail === undefined) {
    if (error === undefined) return <Skeleton lines={8} />;
    return (
      <>
        <BackLink />
        <ErrorNote error={error} onRetry={reload} />
        <p className="hint">{t.event.missing}</p>
      </>
    );
  }
  return (
    <>
      <BackLink />
      <Head event={detail} />
      {(!online || error !== undefined) && savedMs !== null && (
        <p className="hint">{t.event.copy(formatTime(savedMs))}</p>
      )}
      <Unsent commands={unsent} />
      <NowBox event={detail} unsent={unsent} />
      {detail.description !== '' && (
        <section className="card" aria-labelledby="described">
          <h2 id="described">{t.event.description}</h2>
          <p className="told-said">{detail.description}</p>
        </section>
      )}
      <Where event={detail} />
      <section className="card" aria-labelledby="pictures">
        <h2 id="pictures">{t.event.photos}</h2>
        <Photos photos={detail.attachments} />
      </section>
      <Tasks event={detail} />
      <section className="card" aria-labelledby="story">
        <h2 id="story">{t.event.timeline}</h2>
        <Story lines={detail.timeline} />
      </section>
    </>
  );
}

function Head({ event }: { event: EventDetail }) {
  const t = useText(field);
  const source = useText(words).channel;
  const [nowMs] = useState(Date.now);
  const own = event.tasks.find((task) => task.mine && task.dueAt !== null && task.doneAt === null);
  const left = remaining(own?.dueAt ?? event.dueAt, nowMs);
  return (
    <header className="event-head">
      <h1>{event.title}</h1>
      <p className="event-marks">
        <PriorityMark priority={event.priority} />
        <StatusMark status={event.status} />
        {event.dueAt !== null && (
          <span className={`left left-${left.tone}`}>
            <Icon name="clock" size={18} />
            {left.words}
          </span>
        )}
      </p>
      <p className="hint">
        {event.number} · {source[event.channel]} · {formatTime(event.reportedAt)}
        {event.reportCount > 1 && ` · ${t.event.reporterCount(event.reportCount)}`}
      </p>
    </header>
  );
}

function Unsent({ commands }: { commands: readonly Command[] }) {
  const t = useText(field).event;
  const verb = useVerbWords();
  const refused = commands.filter((command) => command.refusal !== null);
  const waiting = commands.filter((command) => command.refusal === null);
  return (
    <>
      {waiting.length > 0 && (
        <p className="note note-warn" aria-live="polite">
          <Icon name="clock" />
          <span>
            {t.unsentHere} {waiting.map((command) => verb(command.verb)).join(' · ')}
          </span>
        </p>
      )}
      {refused.map((command) => (
        <Link key={command.opId} to={conflictPath(command.opId)} className="note note-error row-link">
          <span>
            {t.decideHere} <strong>{verb(command.verb)}</strong>
          </span>
          <Icon name="forward" />
        </Link>
      ))}
    </>
  );
}

const icons: Partial<Record<ActVerb, IconName>> = {
  verify: 'search',
  accept: 'check',
  arrive: 'place',
  finish: 'check',
  check: 'safety',
  note: 'pen',
  escalate: 'up',
  return: 'back',
  decline: 'cross',
  file: 'check',
  receive: 'check',
  ask_extension: 'clock',
  record_call: 'phone',
  urge: 'bell',
};

/** One sentence and one large button; everything else that is allowed follows. */
function NowBox({ event, unsent }: { event: EventDetail; unsent: readonly Command[] }) {
  const t = useText(field).event;
  const steps = expectedSteps(event, unsent);
  const first = expectedOf(event, unsent);
  const rest = steps.filter((step) => step.verb !== first?.verb || step.taskId !== first.taskId);
  return (
    <section className="card now-box" aria-labelledby="now">
      <h2 id="now" className="now-title">
        {t.now}
      </h2>
      {first === null ? (
        <p>
          {t.nothing} {steps.length > 0 && t.nothingHint}
        </p>
      ) : (
        <>
          <p className="now-words">{expectWords(t.expect, first.verb)}</p>
          <ActLink event={event} step={first} main />
        </>
      )}
      {rest.length > 0 && (
        <>
          <p className="hint">{t.otherActs}</p>
          <div className="acts">
            {rest.map((step) => (
              <ActLink key={`${step.verb} ${step.taskId ?? ''}`} event={event} step={step} />
            ))}
          </div>
        </>
      )}
    </section>
  );
}

function expectWords(expect: Record<string, string>, verb: ActVerb): string {
  return expect[verb] ?? '';
}

function ActLink({ event, step, main = false }: { event: EventDetail; step: Step; main?: boolean }) {
  const verb = useText(words).verb;
  return (
    <Link
      to={actPath(event.id, step.verb, step.taskId)}
      className={`button ${main ? 'button-main button-wide' : 'button-plain'}`}
    >
      <Icon name={icons[step.verb] ?? 'forward'} />
      <span>{verb[step.verb]}</span>
    </Link>
  );
}

function Tasks({ event }: { event: EventDetail }) {
  const t = useText(field).event;
  const trade = useText(words);
  if (event.tasks.length === 0) return null;
  return (
    <section className="card" aria-labelledby="tasks">
      <h2 id="tasks">{t.tasks}</h2>
      <ul className="plain-list">
        {event.tasks.map((task) => (
          <li key={task.id}>
            <strong>{task.unit.name}</strong> · {trade.taskPart[task.part]} · {trade.taskStatus[task.status]}
            {task.instruction !== '' && (
              <p className="told-said">
                {t.instruction}: {task.instruction}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
