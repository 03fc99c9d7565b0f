import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { visitPastRoutes } from '#contract/visits-past.ts';
import { ask } from '#web/app/ask.ts';
import { Go } from '#web/app/Go.tsx';
import { newOpId } from '#web/app/op-id.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { visits } from '#web/i18n/visits.ts';
import { words } from '#web/i18n/words.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { pastQuery, wordsQuery, type OpenedVisit, type PastVisit } from './queries.ts';
import './visits.css';

const atOnce = 20;
const shortestPurpose = 4;

/** The last visits of somebody in care; what was said opens for those with the duty, for a purpose. */
export function VisitPast({ personId }: { personId: string }) {
  const t = useText(visits).past;
  const c = useText(common);
  const { data, error, refetch } = useQuery(pastQuery(personId, atOnce));
  // In this component only: neither in the query cache nor anywhere that outlives the page.
  const open = useMutation({
    mutationFn: (purpose: string) =>
      ask(visitPastRoutes.open, { params: { id: personId }, body: { opId: newOpId(), purpose, limit: atOnce } }),
    gcTime: 0,
  });
  const opened = new Map(open.data?.items.map((one) => [one.id, one]));
  return (
    <section className="visits-past" aria-label={t.title}>
      <h3>{t.title}</h3>
      <ProblemNote error={error} onRetry={() => void refetch()} />
      {data === undefined && error === null && (
        <p className="waiting" role="status">
          {c.loading}
        </p>
      )}
      {data?.items.length === 0 && <p className="quiet">{t.none}</p>}
      {data !== undefined && data.items.length > 0 && (
        <>
          {open.data === undefined ? (
            data.items.some(isKept) && (
              <OpenForm may={data.mayOpen} busy={open.isPending} error={open.error} onOpen={open.mutate} />
            )
          ) : (
            <p role="status">
              {t.opened}{' '}
              <button type="button" className="tool tool-framed" onClick={() => open.reset()}>
                {t.hide}
              </button>
            </p>
          )}
          <ol className="visits-tries">
            {data.items.map((visit) => (
              <Try key={visit.id} visit={visit} opened={opened.get(visit.id)} />
            ))}
          </ol>
          {data.total > data.items.length && (
            <p className="quiet">{t.some(formatNumber(data.items.length), formatNumber(data.total))}</p>
          )}
        </>
      )}
    </section>
  );
}

/** Nothing was said at most visits: then there is nothing to open, and no line to write. */
const isKept = ({ changed, hasNote, photos }: PastVisit): boolean => changed.length > 0 || hasNote || photos > 0;

interface OpenFormProps {
  may: boolean;
  busy: boolean;
  error: unknown;
  onOpen: (purpose: string) => void;
}

function OpenForm({ may, busy, error, onOpen }: OpenFormProps) {
  const all = useText(visits);
  const t = all.past;
  const [asked, setAsked] = useState(false);
  const [purpose, setPurpose] = useState('');
  if (!may) return <p className="quiet">{t.notYours}</p>;
  if (!asked)
    return (
      <button type="button" className="tool tool-framed" onClick={() => setAsked(true)}>
        {t.open}
      </button>
    );
  return (
    <form
      className="visits-form"
      onSubmit={(pressed) => {
        pressed.preventDefault();
        onOpen(purpose.trim());
      }}
    >
      <input
        type="text"
        aria-label={t.purpose}
        placeholder={t.purpose}
        minLength={shortestPurpose}
        maxLength={200}
        required
        value={purpose}
        onChange={({ target }) => setPurpose(target.value)}
      />
      <button type="submit" className="tool tool-framed" disabled={busy || purpose.trim().length < shortestPurpose}>
        {t.open}
      </button>
      <button type="button" className="tool" onClick={() => setAsked(false)}>
        {all.cancel}
      </button>
      <ProblemNote error={error} />
    </form>
  );
}

function Try({ visit, opened }: { visit: PastVisit; opened: OpenedVisit | undefined }) {
  const t = useText(visits);
  const roles: Readonly<Record<string, string>> = useText(words).role;
  const who = [visit.byRole === null ? '' : (roles[visit.byRole] ?? ''), visit.byName ?? ''].filter(Boolean).join(' ');
  const kept = [
    visit.changed.length > 0 ? t.past.changed(visit.changed.map((field) => t.past.field[field]).join(t.comma)) : '',
    visit.hasNote ? t.past.note : '',
    visit.photos > 0 ? t.past.photos(formatNumber(visit.photos)) : '',
  ].filter(Boolean);
  return (
    <li>
      <b className={visit.outcome === 'no_answer' ? 'visits-miss' : undefined}>{t.outcome[visit.outcome]}</b>{' '}
      <span className="tag">{t.method[visit.method]}</span>
      <span className="quiet visits-line">
        {[formatTime(visit.at), who, t.reason[visit.reason]].filter(Boolean).join(' · ')}
      </span>
      {visit.late && <span className="visits-late visits-line">{t.lateDone}</span>}
      {opened === undefined && kept.length > 0 && <span className="visits-line">{kept.join(' · ')}</span>}
      {opened !== undefined && <Said opened={opened} at={visit.at} />}
      {visit.eventId !== null && <Go href={`/desk?event=${visit.eventId}`}>{t.event}</Go>}
    </li>
  );
}

/** What was said at one visit, in full. */
function Said({ opened: { id, note, changes, photos }, at }: { opened: OpenedVisit; at: string }) {
  const t = useText(visits);
  const lang = languageChoice.use();
  const named = useQuery(wordsQuery).data?.items ?? [];
  const nameOf = (code: string): string => {
    const word = named.find((one) => one.code === code);
    return (lang === 'zh' ? word?.name : word?.nameEn) ?? code;
  };
  const { living, mobility, needs, missing, health, helper, remark } = changes;
  const answers = [
    { field: 'living', value: living && nameOf(living) },
    { field: 'mobility', value: mobility && nameOf(mobility) },
    { field: 'needs', value: needs?.map(nameOf).join(t.comma) },
    { field: 'missing', value: missing?.map(nameOf).join(t.comma) },
    { field: 'health', value: health },
    { field: 'helper', value: helper },
    { field: 'remark', value: remark },
  ] as const;
  return (
    <>
      {answers
        .filter(({ value }) => typeof value === 'string')
        .map(({ field, value }) => (
          <p key={field}>
            {t.past.field[field]}: {value === '' ? t.past.empty : value}
          </p>
        ))}
      {note !== '' && <p>{note}</p>}
      {photos.length > 0 && (
        <div className="visits-photos">
          {photos.map((photo) => {
            const path = visitPastRoutes.photo.path.replace(':id', id).replace(':photoId', photo.id);
            return (
              <a key={photo.id} href={path} target="_blank" rel="noreferrer">
                <img src={`${path}?size=thumb`} alt={t.past.photo(formatTime(at))} loading="lazy" />
              </a>
            );
          })}
        </div>
      )}
    </>
  );
}
