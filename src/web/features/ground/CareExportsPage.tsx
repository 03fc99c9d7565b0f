import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { careExportRoutes } from '#contract/care-files.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';
import { useCareTags } from '#web/app/ground-words.ts';
import { newOpId } from '#web/app/op-id.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { careFiles } from '#web/i18n/care-files.ts';
import { common } from '#web/i18n/common.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { LongLine } from '#web/ui/FormLines.tsx';
import { CareExportForm } from './CareExportForm.tsx';
import { saveFile } from './CareTable.tsx';
import { FormFrame } from './Parts.tsx';
import { groundKeys } from './queries.ts';
import './ground.css';
import './care-files.css';

type Row = ClientOutput<typeof careExportRoutes.list>['items'][number];

/** What was asked for: first what waits for this person's decision, then everything else. */
export function CareExportsPage() {
  const t = useText(careFiles).exports;
  const c = useText(common);
  const [asking, setAsking] = useState(false);
  const list = useQuery({
    queryKey: groundKeys.exports,
    queryFn: ({ signal }) => ask(careExportRoutes.list, {}, { signal }),
  });
  const rows = list.data?.items;
  const waiting = rows?.filter(({ mayDecide }) => mayDecide) ?? [];
  const rest = rows?.filter(({ mayDecide }) => !mayDecide) ?? [];
  return (
    <div className="care-files">
      <header>
        <h1>{t.title}</h1>
        <button type="button" className="tool tool-framed" onClick={() => setAsking(true)}>
          {t.ask}
        </button>
      </header>
      <p className="quiet">{t.lead}</p>
      <ProblemNote error={list.error} onRetry={() => void list.refetch()} />
      {rows === undefined && list.error === null && (
        <p className="waiting" role="status">
          {c.loading}
        </p>
      )}
      {rows?.length === 0 && <p className="quiet">{t.none}</p>}
      {waiting.length > 0 && <Files title={t.waiting} rows={waiting} />}
      {rest.length > 0 && <Files title={t.rest} rows={rest} />}
      {asking && <CareExportForm onClose={() => setAsking(false)} />}
    </div>
  );
}

function Files({ title, rows }: { title: string; rows: readonly Row[] }) {
  return (
    <>
      <h2>{title}</h2>
      <ul className="care-files-list">
        {rows.map((row) => (
          <li key={row.id} className="care-file">
            <OneFile row={row} />
          </li>
        ))}
      </ul>
    </>
  );
}

function OneFile({ row }: { row: Row }) {
  const all = useText(careFiles);
  const t = all.exports;
  const { nameOf } = useCareTags();
  const people = row.people === null ? all.few : all.people(formatNumber(row.people));
  const tags = row.tags.length === 0 ? t.all : row.tags.map(nameOf).join(' · ');
  return (
    <>
      <p className="care-file-head">
        <b>{row.number}</b>
        <span className="tag">{t.states[row.state]}</span>
        <span>{[row.areaName, tags, people].join(' · ')}</span>
        {row.mine && <span className="quiet">{t.mine}</span>}
      </p>
      <p>{row.purpose}</p>
      <p className="quiet">{row.fields.map((field) => t.fieldNames[field]).join(' · ')}</p>
      <p className="quiet">
        {[
          t.asked(row.askedBy, formatTime(row.askedAt)),
          row.decidedBy !== null && row.decidedAt !== null ? t.decided(row.decidedBy, formatTime(row.decidedAt)) : '',
          row.state === 'asked' || row.state === 'approved' ? t.until(formatTime(row.expiresAt)) : '',
          row.takenAt === null ? '' : t.taken(formatNumber(row.takes), formatTime(row.takenAt)),
        ]
          .filter((words) => words !== '')
          .join(' · ')}
      </p>
      {row.reason !== null && <p>{t.reason(row.reason)}</p>}
      <FileActs row={row} />
    </>
  );
}

function FileActs({ row }: { row: Row }) {
  const t = useText(careFiles).exports;
  const [refusing, setRefusing] = useState(false);
  const params = { id: row.id };
  const stale = [groundKeys.exports];
  const approve = useAct(
    (version: number, opId) => ask(careExportRoutes.approve, { params, body: { opId, version } }),
    { stale },
  );
  const take = useMutation({
    mutationFn: () => ask(careExportRoutes.take, { params, body: { opId: newOpId() } }, { timeoutMs: 120_000 }),
    onSuccess: (file) => saveFile(file.name, file.type, bytesOf(file.base64)),
    gcTime: 0,
  });
  if (!row.mayDecide && !row.mayTake) return null;
  return (
    <>
      <ProblemNote error={approve.error ?? take.error} />
      <div className="form-buttons">
        {row.mayDecide && (
          <>
            <button
              type="button"
              className="tool tool-framed"
              disabled={approve.isPending}
              onClick={() => approve.mutate(row.version)}
            >
              {t.approve}
            </button>
            <button type="button" className="tool tool-framed" onClick={() => setRefusing(true)}>
              {t.refuse}
            </button>
          </>
        )}
        {row.mayTake && (
          <button
            type="button"
            className="tool tool-framed"
            disabled={take.isPending}
            onClick={() => take.mutate(undefined)}
          >
            {t.take}
          </button>
        )}
      </div>
      {refusing && <Refusal row={row} onClose={() => setRefusing(false)} />}
    </>
  );
}

function Refusal({ row, onClose }: { row: Row; onClose: () => void }) {
  const t = useText(careFiles).exports;
  const [reason, setReason] = useState('');
  const act = useAct(
    (words: string, opId) =>
      ask(careExportRoutes.refuse, {
        params: { id: row.id },
        body: { opId, version: row.version, reason: words },
      }),
    { stale: [groundKeys.exports], onDone: onClose },
  );
  return (
    <FormFrame
      title={t.refuseTitle}
      act={t.refuse}
      busy={act.isPending}
      error={act.error}
      ready={reason.trim().length >= 2}
      onSend={() => act.mutate(reason.trim())}
      onClose={onClose}
    >
      <LongLine label={t.refuseReason} value={reason} max={300} required onChange={setReason} />
    </FormFrame>
  );
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
}
