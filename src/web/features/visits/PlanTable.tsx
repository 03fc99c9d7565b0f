import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { visitRoutes } from '#contract/visits.ts';
import { ask } from '#web/app/ask.ts';
import { useCareTags } from '#web/app/ground-words.ts';
import { Go } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { visits } from '#web/i18n/visits.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { VisitPast } from './VisitPast.tsx';
import { visitKeys, workersQuery, type PlanRow } from './queries.ts';

/** The day's visits, in the order of each worker's way. */
export function PlanTable({ rows }: { rows: readonly PlanRow[] }) {
  const t = useText(visits);
  const sorted = rows.toSorted(
    (a, b) => (a.workerId ?? '').localeCompare(b.workerId ?? '') || (a.order ?? 999) - (b.order ?? 999),
  );
  return (
    <div className="visits-table">
      <table>
        <caption className="visually-hidden">{t.table}</caption>
        <thead>
          <tr>
            <th scope="col">{t.order}</th>
            <th scope="col">{t.person}</th>
            <th scope="col">{t.why}</th>
            <th scope="col">{t.how}</th>
            <th scope="col">{t.worker}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row }: { row: PlanRow }) {
  const t = useText(visits);
  const { nameOf } = useCareTags();
  const mayRead = may(useMe(), 'care.read');
  const [open, setOpen] = useState(false);
  return (
    <>
      <tr>
        <td className="visits-order">{row.order ?? '–'}</td>
        <th scope="row">
          <b>{row.name}</b> <span className="tag">{t.tier[row.tier]}</span>
          <span className="quiet visits-line">{[row.address, row.areaName].filter(Boolean).join(' · ')}</span>
          <span className="quiet visits-line">{row.tags.map(nameOf).join(t.comma)}</span>
          {mayRead && (
            <button
              type="button"
              className="tool visits-give"
              aria-expanded={open}
              aria-label={t.past.ofWhom(row.name)}
              onClick={() => setOpen(!open)}
            >
              {t.past.title}
            </button>
          )}
        </th>
        <td>
          {t.reason[row.reason]}
          <span className="quiet visits-line">{row.reasonWords}</span>
        </td>
        <td>
          <Stand row={row} />
        </td>
        <td>
          <Worker key={row.version} row={row} />
        </td>
      </tr>
      {open && (
        <tr className="visits-more">
          <td colSpan={5}>
            <VisitPast personId={row.personId} />
          </td>
        </tr>
      )}
    </>
  );
}

function Stand({ row }: { row: PlanRow }) {
  const t = useText(visits);
  if (row.state === 'done')
    return (
      <>
        {row.outcome === null ? t.stateOf.done : t.outcome[row.outcome]}
        <span className="quiet visits-line">
          {[row.method === null ? '' : t.method[row.method], formatTime(row.doneAt)].filter(Boolean).join(' · ')}
        </span>
        {row.late && <span className="visits-late">{t.lateDone}</span>}
      </>
    );
  return (
    <>
      {t.stateOf[row.state]}
      {row.rung > 0 && <span className="visits-miss visits-line">{t.rung[row.rung] ?? ''}</span>}
      {row.nextTryAt !== null && <span className="quiet visits-line">{t.next(formatTime(row.nextTryAt))}</span>}
      <span className={row.late ? 'visits-late visits-line' : 'quiet visits-line'}>
        {row.late ? t.lateSince(formatTime(row.dueAt)) : t.dueBy(formatTime(row.dueAt))}
      </span>
      {row.eventId !== null && <Go href={`/desk?event=${row.eventId}`}>{t.event}</Go>}
    </>
  );
}

/** Whose visit it is; a press opens the choice of somebody else. */
function Worker({ row }: { row: PlanRow }) {
  const t = useText(visits);
  const [open, setOpen] = useState(false);
  return (
    <>
      {row.workerName ?? t.noWorker}
      {row.standIn && <span className="quiet visits-line">{t.standIn}</span>}
      {row.state !== 'done' && !open && (
        <button
          type="button"
          className="tool visits-give"
          aria-label={t.giveWhom(row.name)}
          onClick={() => setOpen(true)}
        >
          {t.give}
        </button>
      )}
      {open && <Give row={row} onClose={() => setOpen(false)} />}
    </>
  );
}

function Give({ row, onClose }: { row: PlanRow; onClose: () => void }) {
  const t = useText(visits);
  const workers = useQuery(workersQuery(row.areaCode));
  const [workerId, setWorker] = useState('');
  const act = useAct(
    (body: { workerId: string; version: number }, opId) =>
      ask(visitRoutes.reassign, { params: { id: row.id }, body: { ...body, opId } }),
    { stale: [visitKeys.plan], onDone: onClose },
  );
  return (
    <form
      className="visits-form"
      onSubmit={(pressed) => {
        pressed.preventDefault();
        act.mutate({ workerId, version: row.version });
      }}
    >
      <select aria-label={t.giveTo} required value={workerId} onChange={({ target }) => setWorker(target.value)}>
        <option value="">{t.giveTo}</option>
        {workers.data?.items
          .filter(({ id }) => id !== row.workerId)
          .map(({ id, name, open }) => (
            <option key={id} value={id}>
              {t.has(name, open)}
            </option>
          ))}
      </select>
      <button type="submit" className="tool tool-framed" disabled={act.isPending || workerId === ''}>
        {t.save}
      </button>
      <button type="button" className="tool" onClick={onClose}>
        {t.cancel}
      </button>
      <ProblemNote error={act.error ?? workers.error} />
    </form>
  );
}
