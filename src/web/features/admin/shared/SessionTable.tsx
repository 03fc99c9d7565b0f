import type { sessionRoutes } from '#contract/identity.ts';
import type { ClientOutput } from '#contract/route.ts';
import { admin } from '#web/i18n/admin.ts';
import { useText } from '#web/i18n/area.ts';
import { formatRelative, formatTime } from '#web/i18n/format.ts';
import { DataTable } from './DataTable.tsx';
import { Mark } from './Mark.tsx';
import { deviceName } from './device-name.ts';

export interface SessionTableProps {
  sessions: readonly ClientOutput<typeof sessionRoutes.ownSessions>['items'][number][];
  empty: string;
  endWords: string;
  /** Absent: they may only be looked at. */
  onEnd?: (id: string) => void;
}

/** Where an account is signed in. */
export function SessionTable({ sessions, empty, endWords, onEnd }: SessionTableProps) {
  const t = useText(admin).session;
  return (
    <DataTable
      label={t.device}
      rows={sessions}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        { head: t.device, cell: ({ userAgent }) => <span title={userAgent}>{deviceName(userAgent)}</span> },
        { head: t.since, cell: ({ createdAt }) => formatTime(createdAt) },
        { head: t.seen, cell: ({ lastSeenAt }) => formatRelative(lastSeenAt) },
        {
          head: t.secondFactor,
          cell: (session) => (
            <span className="adm-marks">
              <Mark tone={session.secondFactor ? 'good' : 'quiet'}>
                {session.secondFactor ? t.secondFactor : t.passwordOnly}
              </Mark>
              {session.current && <Mark tone="good">{t.current}</Mark>}
              {onEnd !== undefined && !session.current && (
                <button type="button" className="adm-link adm-link-danger" onClick={() => onEnd(session.id)}>
                  {endWords}
                </button>
              )}
            </span>
          ),
        },
      ]}
    />
  );
}
