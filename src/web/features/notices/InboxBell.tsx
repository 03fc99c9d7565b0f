import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Go } from '#web/app/Go.tsx';
import { useLiveChanges } from '#web/app/live-bus.ts';
import { notices } from '#web/i18n/notices.ts';
import { useText } from '#web/i18n/area.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { noticesKey, unreadQuery } from './queries.ts';
import './notices.css';

/** Lines that may become a notice; a moment after the last of them the count is asked for. */
const telling = /^(event\.(dispatch|invite|hand_over|urge|supervise|escalate_clock)|alarm|warning|operation|incident)/;
const soonMs = 2_500;

/** How many messages are unread; leads to the inbox. */
export function InboxBell() {
  const t = useText(notices);
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLiveChanges((heard) => {
    if (heard !== 'reset' && !telling.test(heard.action)) return;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void client.invalidateQueries({ queryKey: noticesKey });
    }, soonMs);
  });
  const { count, urgent } = useQuery(unreadQuery).data ?? { count: 0, urgent: 0 };
  return (
    <Go
      href="/desk/inbox"
      className={urgent > 0 ? 'tool inbox-bell inbox-urgent' : 'tool inbox-bell'}
      aria-label={t.unread(count)}
      title={t.unread(count)}
    >
      <Icon name="send" size={18} />
      {count > 0 && <b>{count > 99 ? '99+' : count}</b>}
    </Go>
  );
}
