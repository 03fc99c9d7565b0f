import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { groups } from '#web/i18n/groups.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { LinkPart } from './LinkPart.tsx';
import { NoticePart } from './NoticePart.tsx';
import { PollPart } from './PollPart.tsx';
import { groupQuery, type GroupDetail } from './queries.ts';
import { SettingsPart } from './SettingsPart.tsx';
import { shareOf } from './share.ts';
import { TalkPart } from './TalkPart.tsx';

const tabs = ['talk', 'notices', 'polls', 'link', 'settings'] as const;

/** One group in full. */
export function GroupPane({ id, listed, onBack }: { id: string; listed: readonly string[]; onBack: () => void }) {
  const t = useText(groups);
  const [tab, setTab] = useState<(typeof tabs)[number]>('talk');
  const query = useQuery(groupQuery(id));
  const group = query.data;
  return (
    <>
      <button type="button" className="tool groups-back" onClick={onBack}>
        {t.back}
      </button>
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      {group !== undefined && (
        <>
          <Head group={group} />
          <div className="groups-tabs" role="group" aria-label={t.tabsLabel}>
            {tabs
              .filter((key) => key !== 'settings' || group.mayManage)
              .map((key) => (
                <button
                  key={key}
                  type="button"
                  className="tool tool-framed"
                  aria-pressed={tab === key}
                  onClick={() => setTab(key)}
                >
                  {t.tabs[key]}
                </button>
              ))}
          </div>
          {tab === 'talk' && <TalkPart group={group} />}
          {tab === 'notices' && <NoticePart group={group} listed={listed} />}
          {tab === 'polls' && <PollPart group={group} />}
          {tab === 'link' && <LinkPart group={group} />}
          {tab === 'settings' && group.mayManage && <SettingsPart group={group} onRetired={onBack} />}
        </>
      )}
    </>
  );
}

function Head({ group }: { group: GroupDetail }) {
  const t = useText(groups);
  const people =
    group.platform === 'in_app'
      ? t.members(formatNumber(group.members), shareOf(group.members, group.residents))
      : t.headcount(formatNumber(group.members));
  const owner = group.ownerName === null ? t.noOwner : t.owner(group.ownerName);
  return (
    <header>
      <h2>{group.name}</h2>
      <p className="quiet">{[group.code, t.platforms[group.platform], people, owner].join(' · ')}</p>
      <p className="quiet">{group.grids.map(({ name }) => name).join(' · ')}</p>
    </header>
  );
}
