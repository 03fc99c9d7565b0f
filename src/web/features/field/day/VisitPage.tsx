import { useState } from 'react';
import { goTo } from '#web/app/address.ts';
import { dayLists } from '#web/field/day-lists.ts';
import type { VisitTask } from '#web/field/field-api.ts';
import { today } from '#web/field/field-app.ts';
import { useText } from '#web/i18n/area.ts';
import { fieldDay } from '#web/i18n/field-day.ts';
import { formatDate, formatTime } from '#web/i18n/format.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import { BackLink } from '../parts/BackLink.tsx';
import { remaining } from '../parts/limits.ts';
import { submit } from '../parts/submit.ts';
import { fieldPaths } from '../paths.ts';
import { sortToday, type WaitingVisit } from '../today/sorting.ts';
import { useHolder, useOutbox } from '#web/field/use-field.ts';
import { emptyPack } from '#web/field/pack.ts';
import { Absent } from './Absent.tsx';
import { TaskPlace } from './TaskPlace.tsx';
import { useNamed } from './use-named.ts';
import { useSealedDraft } from './use-sealed-draft.ts';
import { Methods, VisitActs } from './VisitActs.tsx';
import { emptyVisit, needOfVisit, phoneIn, toVisitBody, type VisitNeed, type VisitOutcome } from './visit-draft.ts';

/** One visit: who and where, what is known, and one tap when nothing has changed. */
export function VisitPage({ id }: { id: string }) {
  const t = useText(fieldDay);
  const day = today.use();
  const { commands } = useOutbox();
  const [nowMs] = useState(Date.now);
  const sorted = sortToday(emptyPack, day, commands, { here: null, show: 'visits', nowMs });
  const item = [...sorted.waiting, ...sorted.later].find((one) => one.id === id);
  return (
    <>
      <BackLink to={fieldPaths.visits} words={t.show.visits} />
      {item?.kind === 'visit' ? <Visit item={item} nowMs={nowMs} /> : <Absent id={id} />}
    </>
  );
}

function Visit({ item, nowMs }: { item: WaitingVisit; nowMs: number }) {
  const { task } = item;
  const { account, runner } = useHolder();
  const kept = useSealedDraft(task.id, () => emptyVisit(task.form));
  const [need, setNeed] = useState<VisitNeed | null>(null);
  const [busy, setBusy] = useState(false);
  const draft = kept.value;
  if (draft === null) return <Skeleton lines={6} />;
  const send = async (outcome: VisitOutcome): Promise<void> => {
    const missing = needOfVisit(draft, outcome, task.form);
    setNeed(missing);
    if (missing !== null || busy) return;
    setBusy(true);
    try {
      await submit(runner, {
        account: account.id,
        verb: 'visit_record',
        about: { kind: 'visit', id: task.id },
        eventId: null,
        title: task.name,
        seenStatus: null,
        seenVersion: task.version,
        body: toVisitBody(draft, outcome, task.form),
        photos: draft.photos.map(({ kind, blob }) => ({ kind, blob })),
      });
      await kept.forget();
      goTo(fieldPaths.visits);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Head item={item} nowMs={nowMs} />
      <Contact task={task} />
      {draft.mode !== 'no_answer' && <Methods draft={draft} onChange={kept.set} />}
      <section className="card" aria-label={task.address}>
        <p className="where-words">
          <Icon name="house" />
          <span>
            {task.address} {task.addressDetail ?? ''}
          </span>
        </p>
        <TaskPlace item={item} />
      </section>
      <Known task={task} />
      <VisitActs
        task={task}
        draft={draft}
        need={need}
        busy={busy}
        onChange={kept.set}
        onSend={(outcome) => void send(outcome)}
      />
    </>
  );
}

function Head({ item, nowMs }: { item: WaitingVisit; nowMs: number }) {
  const t = useText(fieldDay).visit;
  const named = useNamed();
  const { tags } = dayLists.use();
  const { task } = item;
  const left = remaining(item.dueAt, nowMs);
  return (
    <header className="event-head">
      <h1>{task.name}</h1>
      <p className="event-marks">
        <span className={`tag ${task.tier === 'high' ? 'tag-seal' : ''}`}>{t.tier[task.tier]}</span>
        {task.tags.map((tag) => (
          <span key={tag} className="tag">
            {named(tags, tag)}
          </span>
        ))}
        {item.laterAt === null && (
          <span className={`left left-${left.tone}`}>
            <Icon name="clock" size={18} />
            {left.words}
          </span>
        )}
      </p>
      {item.laterAt !== null && <p className="note note-warn">{t.againAt(formatTime(item.laterAt))}</p>}
      <p className="hint">
        {t.why} {t.reason[task.reason]}
        {task.reasonWords === '' ? '' : ` · ${task.reasonWords}`}
      </p>
    </header>
  );
}

/** The numbers, dialled with one tap. */
function Contact({ task }: { task: VisitTask }) {
  const t = useText(fieldDay).visit;
  const contact = phoneIn(task.contact);
  if (task.phone === null && task.contact === null) return null;
  return (
    <div className="two">
      {task.phone !== null && (
        <a className="button button-plain" href={`tel:${task.phone}`}>
          <Icon name="phone" />
          <span>{t.call(task.phone)}</span>
        </a>
      )}
      {contact !== null && (
        <a className="button button-plain" href={`tel:${contact}`}>
          <Icon name="people" />
          <span>{task.contact}</span>
        </a>
      )}
      {contact === null && task.contact !== null && <p className="hint">{t.contact(task.contact)}</p>}
    </div>
  );
}

/** The last answers and the last visit: what "nothing has changed" means. */
function Known({ task }: { task: VisitTask }) {
  const t = useText(fieldDay).visit;
  const named = useNamed();
  const lists = dayLists.use();
  const { living, mobility, needs, missing = [], health, helper, remark } = task.form;
  const rows = [
    [t.field.living, living === null ? '' : named(lists.form, living)],
    [t.field.mobility, mobility === null ? '' : named(lists.form, mobility)],
    [t.field.needs, needs.map((need) => named(lists.form, need)).join(t.comma)],
    [t.field.missing, missing.map((code) => named(lists.form, code)).join(t.comma)],
    [t.field.health, health],
    [t.field.helper, helper],
    [t.field.remark, remark],
  ].filter(([, value]) => value !== '');
  const { lastVisit } = task;
  return (
    <section className="card" aria-labelledby="known">
      <h2 id="known">{t.known}</h2>
      {rows.length === 0 && <p className="hint">{t.knownNone}</p>}
      <dl className="known">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="hint">
        {lastVisit === null
          ? t.firstVisit
          : t.lastVisit(formatDate(lastVisit.at), t.method[lastVisit.method], t.outcome[lastVisit.outcome])}
        {lastVisit !== null && lastVisit.note !== '' && ` · ${lastVisit.note}`}
      </p>
    </section>
  );
}
