import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { noticeAdminRoutes } from '#contract/notices.ts';
import { ask } from '#web/app/ask.ts';
import { useText } from '#web/i18n/area.ts';
import { notices } from '#web/i18n/notices.ts';
import { AdminPage } from '../shared/AdminPage.tsx';
import { Confirm } from '../shared/Confirm.tsx';
import { DataTable } from '../shared/DataTable.tsx';
import { Loaded } from '../shared/Loaded.tsx';
import { Mark } from '../shared/Mark.tsx';
import { Problem } from '../shared/Problem.tsx';
import { useAct } from '../shared/use-act.ts';
import { ChannelForm } from './ChannelForm.tsx';
import { QueuePart } from './QueuePart.tsx';
import { channelsKey, channelsQuery, queueKey, type NoticeChannel } from './queries.ts';

/** Ways out of the house, and what is on its way. */
export function NoticesPage() {
  const t = useText(notices).admin;
  const channels = useQuery(channelsQuery);
  const [open, setOpen] = useState<NoticeChannel | 'new' | null>(null);
  const [ending, setEnding] = useState<NoticeChannel | null>(null);
  return (
    <AdminPage
      title={t.menu}
      lead={t.lead}
      anyOf={['notice.edit']}
      actions={
        <Button type="primary" onClick={() => setOpen('new')}>
          {t.addChannel}
        </Button>
      }
    >
      <section className="adm-sheet">
        <h2>{t.channels}</h2>
        <Loaded query={channels}>
          {({ webPush, email, items }) => (
            <>
              <ul className="adm-plain">
                <li>{t.browsers(webPush.browsers)}</li>
                <li>{email.configured ? t.emailOn(email.from ?? '') : t.emailOff}</li>
              </ul>
              <Channels rows={items} onEdit={setOpen} onEnd={setEnding} />
            </>
          )}
        </Loaded>
      </section>
      <QueuePart />
      {open !== null && <ChannelForm channel={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
      {ending !== null && <Remove channel={ending} onClose={() => setEnding(null)} />}
    </AdminPage>
  );
}

interface ChannelsProps {
  rows: readonly NoticeChannel[];
  onEdit: (channel: NoticeChannel) => void;
  onEnd: (channel: NoticeChannel) => void;
}

function Channels({ rows, onEdit, onEnd }: ChannelsProps) {
  const t = useText(notices).admin;
  const test = useAct((id: string, opId) => ask(noticeAdminRoutes.testChannel, { params: { id }, body: { opId } }), {
    stale: [queueKey],
  });
  return (
    <>
      <Problem error={test.error} />
      <DataTable
        label={t.channels}
        rows={rows}
        rowKey={({ id }) => id}
        empty={t.noChannels}
        columns={[
          { head: t.channelName, cell: ({ name }) => <strong>{name}</strong> },
          { head: t.channelKind, cell: ({ kind }) => t.kinds[kind] },
          { head: t.url, cell: ({ host }) => <span className="adm-code">{host}</span> },
          { head: t.area, cell: ({ areaName }) => areaName ?? t.everywhere },
          { head: t.upTo, cell: ({ minPriority }) => `P${minPriority}`, tight: true },
          {
            head: t.status,
            cell: (row) => (
              <span className="adm-marks">
                <Mark tone={row.enabled ? 'good' : 'quiet'}>{row.enabled ? t.on : t.off}</Mark>
                <button type="button" className="adm-link" onClick={() => test.mutate(row.id)}>
                  {t.test}
                </button>
                <button type="button" className="adm-link" onClick={() => onEdit(row)}>
                  {t.edit}
                </button>
                <button type="button" className="adm-link adm-link-danger" onClick={() => onEnd(row)}>
                  {t.remove}
                </button>
              </span>
            ),
          },
        ]}
      />
    </>
  );
}

function Remove({ channel, onClose }: { channel: NoticeChannel; onClose: () => void }) {
  const t = useText(notices).admin;
  const { id, version } = channel;
  const act = useAct(
    (_: undefined, opId) => ask(noticeAdminRoutes.retireChannel, { params: { id }, body: { opId, version } }),
    { stale: [channelsKey, queueKey], onDone: onClose },
  );
  return (
    <Confirm
      title={t.removeTitle(channel.name)}
      words={t.removeWords}
      act={t.remove}
      danger
      busy={act.isPending}
      error={act.error}
      onAct={() => act.mutate(undefined)}
      onClose={onClose}
    />
  );
}
