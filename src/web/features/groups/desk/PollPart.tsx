import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { quorumKinds } from '#contract/groups-views.ts';
import { groupRoutes } from '#contract/groups.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { groups } from '#web/i18n/groups.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { NewPart } from './NewPart.tsx';
import { PollCard } from './PollCard.tsx';
import { groupKeys, pollsQuery, type GroupDetail } from './queries.ts';

/** 网格议事: polls of the group, their results, and a new one. */
export function PollPart({ group }: { group: GroupDetail }) {
  const t = useText(groups).poll;
  const query = useQuery(pollsQuery(group.id));
  return (
    <>
      {group.mayManage && group.platform === 'in_app' && (
        <NewPart label={t.open}>{(onDone) => <OpenForm group={group} onDone={onDone} />}</NewPart>
      )}
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      {query.data?.items.length === 0 && <p className="quiet">{t.none}</p>}
      {query.data?.items.map((poll) => (
        <PollCard key={poll.id} group={group} poll={poll} />
      ))}
    </>
  );
}

const nothing = {
  question: '',
  options: '',
  day: '',
  quorumOf: 'none' as (typeof quorumKinds)[number],
  quorumPercent: 50,
};

function OpenForm({ group, onDone }: { group: GroupDetail; onDone: () => void }) {
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
      <button type="submit" className="tool tool-framed groups-main" disabled={act.isPending}>
        {t.act}
      </button>
    </form>
  );
}
