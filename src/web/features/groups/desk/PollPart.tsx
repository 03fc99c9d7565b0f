import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { quorumKinds } from '#contract/groups-views.ts';
import { groupRoutes } from '#contract/groups.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { groups } from '#web/i18n/groups.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { groupKeys, pollsQuery, type GroupDetail, type GroupPoll } from './queries.ts';

/** 网格议事: polls of the group, their results, and a new one. */
export function PollPart({ group }: { group: GroupDetail }) {
  const t = useText(groups).poll;
  const query = useQuery(pollsQuery(group.id));
  return (
    <>
      {group.mayManage && group.platform === 'in_app' && <OpenForm group={group} />}
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      {query.data?.items.length === 0 && <p className="quiet">{t.none}</p>}
      {query.data?.items.map((poll) => (
        <Poll key={poll.id} group={group} poll={poll} />
      ))}
    </>
  );
}

function Poll({ group, poll }: { group: GroupDetail; poll: GroupPoll }) {
  const t = useText(groups).poll;
  const close = useAct(
    (_input: null, opId) => ask(groupRoutes.closePoll, { params: { id: group.id, pollId: poll.id }, body: { opId } }),
    { stale: [groupKeys.all] },
  );
  const { result } = poll;
  return (
    <article className="groups-card">
      <h3>{poll.question}</h3>
      <p className="quiet">
        {[
          poll.closedAt === null ? t.until_(formatTime(poll.until)) : t.closed(formatTime(poll.closedAt)),
          t.voters(formatNumber(poll.voters), formatNumber(poll.needed)),
          result === null ? '' : result.reached ? t.reached : t.notReached,
        ]
          .filter((part) => part !== '')
          .join(' · ')}
      </p>
      <ul className="groups-options">
        {poll.options.map((option, k) => (
          <li key={option}>
            <span>{option}</span>
            {result !== null && <b>{t.votes(formatNumber(result.counts[k] ?? 0))}</b>}
          </li>
        ))}
      </ul>
      {poll.minutes !== '' && (
        <p className="groups-words">
          <b>{t.minutes}</b> {poll.minutes}
        </p>
      )}
      <ProblemNote error={close.error} />
      {group.mayManage && poll.closedAt === null && (
        <button
          type="button"
          className="tool tool-framed"
          disabled={close.isPending}
          onClick={() => close.mutate(null)}
        >
          {t.close}
        </button>
      )}
    </article>
  );
}

const nothing = {
  question: '',
  options: '',
  day: '',
  quorumOf: 'none' as (typeof quorumKinds)[number],
  quorumPercent: 50,
};

function OpenForm({ group }: { group: GroupDetail }) {
  const t = useText(groups).poll;
  const [wish, setWish] = useState(nothing);
  const set = (change: Partial<typeof nothing>): void => setWish({ ...wish, ...change });
  const act = useAct(
    ({ question, options, day, quorumOf, quorumPercent }: typeof nothing, opId) =>
      ask(groupRoutes.openPoll, {
        params: { id: group.id },
        body: {
          opId,
          question,
          options: options
            .split('\n')
            .map((line) => line.trim())
            .filter((line) => line !== ''),
          until: `${day}T21:00:00+08:00`,
          quorumOf,
          quorumPercent,
        },
      }),
    { stale: [groupKeys.all], onDone: () => setWish(nothing) },
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
        {t.question}
        <input
          required
          minLength={4}
          maxLength={200}
          value={wish.question}
          onChange={({ target }) => set({ question: target.value })}
        />
      </label>
      <label>
        {t.options}
        <textarea required rows={3} value={wish.options} onChange={({ target }) => set({ options: target.value })} />
      </label>
      <label>
        {t.until}
        <input type="date" required value={wish.day} onChange={({ target }) => set({ day: target.value })} />
      </label>
      <label>
        {t.quorum}
        <select
          value={wish.quorumOf}
          onChange={({ target }) => set({ quorumOf: quorumKinds.find((one) => one === target.value) ?? 'none' })}
        >
          {quorumKinds.map((one) => (
            <option key={one} value={one}>
              {t.quorums[one]}
            </option>
          ))}
        </select>
      </label>
      {wish.quorumOf !== 'none' && (
        <label>
          {t.percent}
          <input
            type="number"
            min={1}
            max={100}
            value={wish.quorumPercent}
            onChange={({ target }) => set({ quorumPercent: Number(target.value) })}
          />
        </label>
      )}
      <ProblemNote error={act.error} />
      <button type="submit" className="tool tool-framed" disabled={act.isPending}>
        {t.act}
      </button>
    </form>
  );
}
