import { useEffect, useRef } from 'react';
import { callAsMember } from '#web/app/group-api.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { groupHome } from '#web/i18n/group-home.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { toast } from '#web/ui/light/Toast.tsx';
import { sentenceFor } from '#web/ui/light/ErrorNote.tsx';
import type { Home } from './use-home.ts';

/** Notices count as read once they are shown; nobody is told who read them. */
export function Notices({ id, notices, onDone }: { id: string; notices: Home['notices']; onDone: () => void }) {
  const t = useText(groupHome).home;
  const marked = useRef(new Set<string>());
  useEffect(() => {
    const fresh = notices.filter((one) => !one.read && !marked.current.has(one.id));
    if (fresh.length === 0) return;
    for (const one of fresh) marked.current.add(one.id);
    void Promise.allSettled(
      fresh.map((one) => callAsMember('read', { params: { id, noticeId: one.id }, body: {} })),
    ).then(onDone);
  }, [id, notices, onDone]);
  const confirm = (noticeId: string): void => {
    callAsMember('read', { params: { id, noticeId }, body: { confirm: true } }).then(onDone, (error: unknown) =>
      toast(sentenceFor(error)),
    );
  };
  if (notices.length === 0) return <p className="part">{t.noNotices}</p>;
  return (
    <>
      {notices.map((one) => (
        <article key={one.id} className="part">
          <h2 className="part-title">
            {one.pinned && <span className="group-mark">{t.pinned}</span>} {one.title}
          </h2>
          <p className="group-words">{one.text}</p>
          <p className="group-author">
            <time dateTime={one.at}>{formatTime(one.at)}</time>
          </p>
          {one.confirm &&
            (one.confirmed ? (
              <p>{t.confirmed}</p>
            ) : (
              <Button icon="check" onClick={() => confirm(one.id)}>
                {t.confirm}
              </Button>
            ))}
        </article>
      ))}
    </>
  );
}
