import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { noticeAddress } from '#contract/notices-words.ts';
import { noticeRoutes } from '#contract/notices.ts';
import { ask } from '#web/app/ask.ts';
import { Go } from '#web/app/Go.tsx';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatRelative, formatTime } from '#web/i18n/format.ts';
import { notices } from '#web/i18n/notices.ts';
import { PriorityMark } from '#web/ui/PriorityMark.tsx';
import { lineOf, sameLines } from './line.ts';
import { inboxQuery, noticesKey, type Notice } from './queries.ts';
import './notices.css';

/** Everything this person was told, newest first. */
export function InboxPage() {
  const t = useText(notices);
  const [unread, setUnread] = useState(false);
  const found = useInfiniteQuery(inboxQuery(unread));
  const rows = found.data?.pages.flatMap(({ items }) => items) ?? [];
  const read = useAct((which: { ids: string[] } | { until: string }) => ask(noticeRoutes.markRead, { body: which }), {
    stale: [noticesKey],
  });
  const newest = rows[0]?.createdAt;
  return (
    <div className="inbox">
      <header className="inbox-head">
        <h1>{t.inbox}</h1>
        <label className="inbox-tick">
          <input type="checkbox" checked={unread} onChange={(event) => setUnread(event.target.checked)} />
          {t.onlyUnread}
        </label>
        <Button
          disabled={newest === undefined || rows.every(({ readAt }) => readAt !== null)}
          loading={read.isPending}
          onClick={() => newest !== undefined && read.mutate({ until: newest })}
        >
          {t.readAll}
        </Button>
        <Go href="/desk/me/notices">{t.settings}</Go>
      </header>
      {rows.length === 0 && !found.isFetching && <p role="status">{unread ? t.noneUnread : t.none}</p>}
      <ol className="inbox-list">
        {sameLines(rows, (notice) => lineOf(t.line, notice)).map(([notice, ids]) => (
          <Row key={notice.id} notice={notice} times={ids.length} onRead={() => read.mutate({ ids })} />
        ))}
      </ol>
      {found.hasNextPage && (
        <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t.more}
        </Button>
      )}
    </div>
  );
}

function Row({ notice, times, onRead }: { notice: Notice; times: number; onRead: () => void }) {
  const t = useText(notices);
  const isNew = notice.readAt === null;
  return (
    <li className={isNew ? 'inbox-row inbox-new' : 'inbox-row'}>
      <span className="inbox-kind">{t.kind[notice.kind]}</span>
      <Go className="inbox-words" href={noticeAddress(notice, notice.facts)} onClick={() => isNew && onRead()}>
        {lineOf(t.line, notice)} {times > 1 && <small className="inbox-times-said">{t.times(times)}</small>}
      </Go>
      <PriorityMark priority={notice.priority} />
      <time dateTime={notice.createdAt} title={formatTime(notice.createdAt)}>
        {formatRelative(notice.createdAt)}
      </time>
      {isNew && (
        <span className="inbox-acts">
          <span className="inbox-dot">{t.isUnread}</span>
          <button type="button" className="inbox-read" onClick={onRead}>
            {t.read}
          </button>
        </span>
      )}
    </li>
  );
}
