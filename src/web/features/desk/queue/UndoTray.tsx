import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { ErrorCode } from '#kit/errors.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { desk } from '#web/i18n/desk.ts';
import { words } from '#web/i18n/words.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { eventKeys } from '../queries.ts';
import { bulkQueue, useBulkActs } from './bulk.ts';

type Entry = ReturnType<typeof useBulkActs>[number];

/** Acts on many events, from "may still be taken back" to the result of each. */
export function UndoTray() {
  const entries = useBulkActs();
  const client = useQueryClient();
  const t = useText(desk).bulk;
  const told = useRef(new Set<string>());
  const waiting = entries.some((entry) => entry.state === 'waiting' || entry.state === 'sending');

  useEffect(() => {
    const fresh = entries.filter((entry) => entry.state === 'done' && !told.current.has(entry.id));
    for (const entry of fresh) told.current.add(entry.id);
    if (fresh.length > 0) void client.invalidateQueries({ queryKey: eventKeys.all });
  }, [entries, client]);
  useEffect(() => {
    if (!waiting) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [waiting]);

  return (
    <div className="undo-tray" role="region" aria-label={t.results} aria-live="polite">
      {entries.map((entry) => (
        <Tray key={entry.id} entry={entry} />
      ))}
    </div>
  );
}

function Tray({ entry }: { entry: Entry }) {
  const t = useText(desk).bulk;
  const c = useText(common);
  const w = useText(words);
  const verb = w.verb[entry.what.verb];
  const total = entry.what.items.length;
  const seconds = useSecondsUntil(entry.state === 'waiting' ? entry.sendAtMs : null);
  const bad = entry.result?.filter((one) => !one.ok) ?? [];
  useEffect(() => {
    if (entry.state !== 'done' || bad.length > 0) return;
    const timer = setTimeout(() => bulkQueue.forget(entry.id), 5_000);
    return () => clearTimeout(timer);
  }, [entry.state, entry.id, bad.length]);
  return (
    <div className={`tray tray-${entry.state}`}>
      <p>
        {entry.state === 'waiting' && t.waiting(verb, total, seconds)}
        {entry.state === 'sending' && t.sending(verb, total)}
        {entry.state === 'failed' && t.failed(verb, total)}
        {entry.state === 'done' &&
          (bad.length === 0 ? t.done(verb, total) : t.partly(verb, total - bad.length, bad.length))}
      </p>
      {entry.state === 'waiting' && (
        <Button size="small" type="primary" onClick={() => bulkQueue.undo(entry.id)}>
          {t.undo}
        </Button>
      )}
      {entry.state === 'failed' && (
        <>
          <ProblemNote error={entry.error} />
          <Button size="small" onClick={() => bulkQueue.again(entry.id)}>
            {t.again}
          </Button>
        </>
      )}
      {(entry.state === 'done' || entry.state === 'failed') && (
        <button type="button" className="tool" aria-label={c.close} onClick={() => bulkQueue.forget(entry.id)}>
          <Icon name="cross" size={16} />
        </button>
      )}
      {bad.length > 0 && (
        <ul className="tray-bad">
          {bad.map((one) => {
            const item = entry.what.items.find((event) => event.id === one.id);
            const code = one.code as ErrorCode | null;
            return (
              <li key={one.id}>
                <b>{item?.number}</b> {item?.title}：{code === null ? one.message : (w.errors[code] ?? one.message)}
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}

/** Whole seconds until then, counting down; 0 for null. */
function useSecondsUntil(atMs: number | null): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (atMs === null) return;
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [atMs]);
  return atMs === null ? 0 : Math.max(0, Math.ceil((atMs - now) / 1000));
}
