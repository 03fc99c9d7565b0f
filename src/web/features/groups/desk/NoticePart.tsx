import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { groupRoutes } from '#contract/groups.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { groups } from '#web/i18n/groups.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { NewPart } from './NewPart.tsx';
import { groupKeys, noticesQuery, type GroupDetail } from './queries.ts';

/** Notices of the group, and a new one to it or to every group listed. */
export function NoticePart({ group, listed }: { group: GroupDetail; listed: readonly string[] }) {
  const t = useText(groups).notice;
  const query = useQuery(noticesQuery(group.id));
  return (
    <>
      {group.mayManage && (
        <NewPart label={t.open}>{(onDone) => <Compose group={group} listed={listed} onDone={onDone} />}</NewPart>
      )}
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      {query.data?.items.length === 0 && <p className="quiet">{t.none}</p>}
      {query.data?.items.map((one) => (
        <article key={one.id} className="groups-card">
          <h3>
            {one.pinned && <span className="tag">{t.pinned}</span>} {one.title}
          </h3>
          <p className="groups-words">{one.text}</p>
          <p className="quiet">
            {[
              formatTime(one.at),
              t.groups(formatNumber(one.groups)),
              t.read(formatNumber(one.read), formatNumber(one.members)),
              one.confirm ? t.confirmed(formatNumber(one.confirmed)) : '',
              one.withdrawnAt === null ? '' : t.withdrawn,
            ]
              .filter((part) => part !== '')
              .join(' · ')}
          </p>
          {group.mayManage && one.withdrawnAt === null && <Withdraw id={one.id} many={one.groups > 1} />}
        </article>
      ))}
    </>
  );
}

function Withdraw({ id, many }: { id: string; many: boolean }) {
  const t = useText(groups);
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const act = useAct(
    (body: { reason: string }, opId) => ask(groupRoutes.withdraw, { params: { id }, body: { opId, ...body } }),
    { stale: [groupKeys.all] },
  );
  if (!asking)
    return (
      <button type="button" className="tool tool-framed" onClick={() => setAsking(true)}>
        {t.notice.withdraw}
      </button>
    );
  return (
    <form
      className="groups-form"
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate({ reason });
      }}
    >
      {many && <p>{t.notice.withdrawAll}</p>}
      <label>
        {t.notice.withdrawReason}
        <input
          required
          autoFocus
          minLength={2}
          maxLength={200}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </label>
      <ProblemNote error={act.error} />
      <div className="form-buttons">
        <button type="submit" className="tool tool-framed groups-main" disabled={act.isPending}>
          {t.notice.withdrawYes}
        </button>
        <button type="button" className="tool tool-framed" onClick={() => setAsking(false)}>
          {t.edit.cancel}
        </button>
      </div>
    </form>
  );
}

const nothing = { title: '', text: '', confirm: false, pinned: false, all: false };

interface ComposeProps {
  group: GroupDetail;
  listed: readonly string[];
  onDone: () => void;
}

function Compose({ group, listed, onDone }: ComposeProps) {
  const t = useText(groups).notice;
  const [wish, setWish] = useState(nothing);
  const set = (change: Partial<typeof nothing>): void => setWish({ ...wish, ...change });
  const act = useAct(
    ({ all, ...body }: typeof nothing, opId) =>
      ask(groupRoutes.announce, { body: { opId, ...body, groupIds: all ? [...listed] : [group.id] } }),
    { stale: [groupKeys.all], onDone },
  );
  return (
    <form
      className="groups-form groups-card"
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate(wish);
      }}
    >
      <label>
        {t.title}
        <input
          required
          minLength={2}
          maxLength={60}
          value={wish.title}
          onChange={({ target }) => set({ title: target.value })}
        />
      </label>
      <label>
        {t.text}
        <textarea
          required
          minLength={2}
          maxLength={2000}
          rows={3}
          value={wish.text}
          onChange={({ target }) => set({ text: target.value })}
        />
      </label>
      <label>
        {t.to}
        <select value={wish.all ? 'all' : 'one'} onChange={({ target }) => set({ all: target.value === 'all' })}>
          <option value="one">{t.one}</option>
          <option value="all">{t.all(formatNumber(listed.length))}</option>
        </select>
      </label>
      <div className="groups-checks">
        <label>
          <input type="checkbox" checked={wish.confirm} onChange={({ target }) => set({ confirm: target.checked })} />
          {t.confirm}
        </label>
        <label>
          <input type="checkbox" checked={wish.pinned} onChange={({ target }) => set({ pinned: target.checked })} />
          {t.pinned}
        </label>
      </div>
      <ProblemNote error={act.error} />
      <button type="submit" className="tool tool-framed groups-main" disabled={act.isPending}>
        {t.act}
      </button>
    </form>
  );
}
