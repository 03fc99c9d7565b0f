import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { warningSourceRoutes } from '#contract/warning-sources.ts';
import { ask } from '#web/app/ask.ts';
import { Go } from '#web/app/Go.tsx';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { warnings } from '#web/i18n/warnings.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { AddSource } from './AddSource.tsx';
import { Letters } from './Letters.tsx';
import { sourcesQuery, warningKeys, type SourceRow } from './queries.ts';
import { Refusal } from './Refusal.tsx';
import './warnings.css';

const stale = [warningKeys.sources, warningKeys.all];

/** Where messages come from, how each source fares, and what could not be read. */
export function SourcesPage() {
  const t = useText(warnings);
  const { data, error, refetch } = useQuery(sourcesQuery);
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <div className="warnings-page">
      <h1>{t.sources.title}</h1>
      <p className="quiet">
        {t.sources.lead} <Go href="/desk/warnings/effects">{t.list.effects}</Go>
      </p>
      <ProblemNote error={error} onRetry={() => void refetch()} />
      {secret !== null && (
        <p className="note" role="status">
          <span>
            {t.sources.secret} <code className="warning-secret">{secret}</code>
          </span>
        </p>
      )}
      <AddSource onSecret={setSecret} />
      {data?.items.length === 0 && <p className="quiet">{t.sources.none}</p>}
      <ul className="warnings-rows">
        {data?.items.map((row) => (
          <SourceLine key={row.id} row={row} onSecret={setSecret} />
        ))}
      </ul>
      <Letters />
    </div>
  );
}

function SourceLine({ row, onSecret }: { row: SourceRow; onSecret: (secret: string) => void }) {
  const t = useText(warnings).sources;
  const address = row.way === 'push' ? `/api/cap/${row.code}` : (row.url ?? '');
  return (
    <li className="warning-source">
      <span className="warnings-marks">
        <b>{row.name}</b>
        <span className="tag">{t[row.way]}</span>
        {!row.enabled && <span className="tag tag-urged">{t.off}</span>}
        <code>{address}</code>
      </span>
      <span className="quiet">{row.lastOkAt === null ? t.never : t.lastOk(formatTime(row.lastOkAt))}</span>
      {row.lastError !== null && <span className="warning-trouble">{t.error(row.lastError)}</span>}
      <SourceActs row={row} onSecret={onSecret} />
    </li>
  );
}

function SourceActs({ row, onSecret }: { row: SourceRow; onSecret: (secret: string) => void }) {
  const t = useText(warnings).sources;
  const { id, name, url, everyMinutes, areaCode, enabled, version } = row;
  const edit = useAct(
    (on: boolean) =>
      ask(warningSourceRoutes.editSource, {
        params: { id },
        body: { name, url, everyMinutes, areaCode, enabled: on, version },
      }),
    { stale },
  );
  const poll = useAct(() => ask(warningSourceRoutes.pollNow, { params: { id }, body: {} }), { stale });
  const renew = useAct(() => ask(warningSourceRoutes.newSecret, { params: { id }, body: {} }), {
    stale,
    onDone: ({ secret }) => onSecret(secret),
  });
  return (
    <>
      <span className="warnings-marks">
        <button
          type="button"
          className="tool tool-framed"
          disabled={edit.isPending}
          onClick={() => edit.mutate(!enabled)}
        >
          {enabled ? t.switchOff : t.switchOn}
        </button>
        {row.way === 'push' ? (
          <button
            type="button"
            className="tool tool-framed"
            disabled={renew.isPending}
            onClick={() => renew.mutate(undefined)}
          >
            {t.newSecret}
          </button>
        ) : (
          <button
            type="button"
            className="tool tool-framed"
            disabled={poll.isPending}
            onClick={() => poll.mutate(undefined)}
          >
            {t.pollNow}
          </button>
        )}
        {poll.data !== undefined && (
          <span role="status">
            {poll.data.error === null ? t.polled(poll.data.received, poll.data.duplicates) : t.error(poll.data.error)}
          </span>
        )}
      </span>
      <Refusal error={edit.error ?? poll.error ?? renew.error} />
    </>
  );
}
