import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { careReviewRoutes } from '#contract/care-files.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';
import { newOpId } from '#web/app/op-id.ts';
import { useText } from '#web/i18n/area.ts';
import { careFiles } from '#web/i18n/care-files.ts';
import { common } from '#web/i18n/common.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { CareTable } from './CareTable.tsx';
import { SeenBy } from './SeenBy.tsx';
import './ground.css';
import './care-files.css';

type Worker = ClientOutput<typeof careReviewRoutes.workers>['items'][number];

const spans = { d7: 7, d30: 30, d90: 90 } as const;
type Span = keyof typeof spans;
const dayMs = 86_400_000;

/** Both ends as the server wants them: up to now. */
function spanOf(span: Span): { from: string; to: string } {
  const now = Date.now();
  return { from: new Date(now - spans[span] * dayMs).toISOString(), to: new Date(now).toISOString() };
}

/** Each asking is a line of the ledger, so nothing is asked again by itself. */
const once = {
  staleTime: Infinity,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
  gcTime: 0,
  retry: false,
} as const;

/** Who saw how many people in care; of one of them, whom; of one of those, who else. */
export function CareReviewPage() {
  const t = useText(careFiles).review;
  const [span, setSpan] = useState<Span>('d7');
  const [worker, setWorker] = useState<Worker | null>(null);
  return (
    <div className="care-files">
      <header>
        <h1>{worker === null ? t.title : t.open(worker.name)}</h1>
        <label>
          {t.days}{' '}
          <select value={span} onChange={({ target }) => setSpan(target.value as Span)}>
            {(Object.keys(spans) as Span[]).map((one) => (
              <option key={one} value={one}>
                {t.span[one]}
              </option>
            ))}
          </select>
        </label>
      </header>
      <p className="quiet">{t.lead}</p>
      {worker === null ? (
        <Workers span={span} onChoose={setWorker} />
      ) : (
        <>
          <div className="form-buttons">
            <button type="button" className="tool tool-framed" onClick={() => setWorker(null)}>
              {t.back}
            </button>
          </div>
          <WorkerLines span={span} worker={worker} />
        </>
      )}
    </div>
  );
}

function Workers({ span, onChoose }: { span: Span; onChoose: (worker: Worker) => void }) {
  const t = useText(careFiles).review;
  const seen = useText(careFiles).seen;
  const list = useQuery({
    queryKey: ['care-review', span],
    queryFn: ({ signal }) => ask(careReviewRoutes.workers, { body: { opId: newOpId(), ...spanOf(span) } }, { signal }),
    ...once,
  });
  return (
    <Answer query={list}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="quiet">{t.none}</p>
        ) : (
          <CareTable
            label={t.title}
            rows={items}
            rowKey={(row) => row.accountId}
            columns={[
              {
                head: t.name,
                cell: (row) => (
                  <button type="button" className="tool" onClick={() => onChoose(row)}>
                    {row.name}
                  </button>
                ),
              },
              { head: seen.unit, cell: (row) => row.unit ?? '—' },
              { head: t.reveals, cell: (row) => formatNumber(row.reveals), number: true },
              { head: t.people, cell: (row) => formatNumber(row.people), number: true },
              { head: t.packs, cell: (row) => formatNumber(row.packs), number: true },
              { head: t.exports, cell: (row) => formatNumber(row.exports), number: true },
              { head: t.edits, cell: (row) => formatNumber(row.edits), number: true },
            ]}
          />
        )
      }
    </Answer>
  );
}

function WorkerLines({ span, worker }: { span: Span; worker: Worker }) {
  const t = useText(careFiles).review;
  const seen = useText(careFiles).seen;
  const [person, setPerson] = useState<string | null>(null);
  const list = useQuery({
    queryKey: ['care-review', span, worker.accountId],
    queryFn: ({ signal }) =>
      ask(
        careReviewRoutes.worker,
        { params: { id: worker.accountId }, body: { opId: newOpId(), ...spanOf(span) } },
        { signal },
      ),
    ...once,
  });
  return (
    <Answer query={list}>
      {({ items }) => (
        <>
          <CareTable
            label={t.open(worker.name)}
            rows={items}
            rowKey={(row) => `${row.at} ${row.kind} ${row.personId}`}
            columns={[
              { head: seen.when, cell: (row) => <time dateTime={row.at}>{formatTime(row.at)}</time> },
              { head: seen.kind, cell: (row) => seen.kinds[row.kind] },
              {
                head: t.person,
                cell: ({ personId, ref, areaName }) =>
                  personId === null ? (
                    [t.list, areaName].filter(Boolean).join(' · ')
                  ) : (
                    <button type="button" className="tool" onClick={() => setPerson(personId)}>
                      …{ref} {areaName}
                    </button>
                  ),
              },
              { head: seen.why, cell: ({ purpose, number }) => [purpose, number].filter(Boolean).join(' · ') || '—' },
            ]}
          />
          {person !== null && <SeenBy key={person} personId={person} onClose={() => setPerson(null)} />}
        </>
      )}
    </Answer>
  );
}

interface AnswerProps<T> {
  query: { data: T | undefined; error: Error | null; refetch: () => unknown };
  children: (found: T) => React.ReactNode;
}

function Answer<T>({ query, children }: AnswerProps<T>) {
  const c = useText(common);
  return (
    <>
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      {query.data === undefined && query.error === null && (
        <p className="waiting" role="status">
          {c.loading}
        </p>
      )}
      {query.data !== undefined && children(query.data)}
    </>
  );
}
