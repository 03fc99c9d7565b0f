import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { alarmKinds } from '#contract/device-messages.ts';
import { alarmShows } from '#contract/sensing-views.ts';
import { may, useMe } from '#web/app/me.ts';
import { alarms } from '#web/i18n/alarms.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { words } from '#web/i18n/words.ts';
import { MoreButton } from '#web/ui/MoreButton.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { alarmsQuery } from '../queries.ts';
import { parseAlarmSearch, type AlarmSearch } from '../search.ts';
import { AlarmPane } from './AlarmPane.tsx';
import { AlarmTable } from './AlarmTable.tsx';
import { TestCall } from './TestCall.tsx';
import './page.css';

const priorities = ['p0', 'p1', 'p2', 'p3', 'p4'] as const;

/** All alarms this person may see, and one of them in full. On a phone one at a time. */
export function AlarmsPage() {
  const t = useText(alarms);
  const c = useText(common);
  const me = useMe();
  const search = parseAlarmSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const [testing, setTesting] = useState(false);
  const { alarm: chosen, ...filter } = search;
  const list = useInfiniteQuery(alarmsQuery(filter));
  const rows = list.data?.pages.flatMap(({ items }) => items);
  const go = (change: Partial<AlarmSearch>): void => {
    const next = Object.fromEntries(
      Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined),
    );
    void navigate({ to: '.', search: next as never, replace: change.alarm === undefined });
  };
  return (
    <div className={`alarms${chosen === undefined ? '' : ' alarms-chosen'}`}>
      <section className="alarms-list" aria-label={t.page.list}>
        <header>
          <h1>{t.title}</h1>
          {may(me, 'alarm.handle') && (
            <button type="button" className="tool tool-framed" onClick={() => setTesting(true)}>
              {t.page.testCall}
            </button>
          )}
        </header>
        <p className="quiet">{t.page.lead}</p>
        <Filters search={search} onChange={(change) => go({ ...change, alarm: undefined })} />
        {list.error !== null && <ProblemNote error={list.error} onRetry={() => void list.refetch()} />}
        {rows === undefined && list.error === null && (
          <p className="waiting" role="status">
            {c.loading}
          </p>
        )}
        {rows !== undefined && <AlarmTable rows={rows} chosen={chosen} onChoose={(alarm) => go({ alarm })} />}
        <MoreButton list={list} words={t.page.more} />
      </section>
      <section className="alarms-detail" aria-label={t.detail.label}>
        {chosen === undefined ? (
          <p className="alarms-none">{t.page.choose}</p>
        ) : (
          <AlarmPane key={chosen} id={chosen} onBack={() => go({ alarm: undefined })} />
        )}
      </section>
      {testing && <TestCall onClose={() => setTesting(false)} />}
    </div>
  );
}

function Filters({ search, onChange }: { search: AlarmSearch; onChange: (change: Partial<AlarmSearch>) => void }) {
  const t = useText(alarms);
  const w = useText(words);
  return (
    <div className="alarms-filters">
      <div role="group" aria-label={t.page.show} className="alarms-shows">
        {alarmShows.map((show) => (
          <button
            key={show}
            type="button"
            className="tool tool-framed"
            aria-pressed={search.show === show}
            onClick={() => onChange({ show })}
          >
            {t.page.shows[show]}
          </button>
        ))}
      </div>
      <label>
        <span>{t.page.kindFilter}</span>
        <select
          value={search.kind ?? ''}
          onChange={({ target }) => onChange({ kind: alarmKinds.find((one) => one === target.value) })}
        >
          <option value="">{t.page.any}</option>
          {alarmKinds.map((kind) => (
            <option key={kind} value={kind}>
              {t.kind[kind]}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{t.page.priorityFilter}</span>
        <select
          value={search.priority ?? ''}
          onChange={({ target }) => onChange({ priority: target.value === '' ? undefined : target.value })}
        >
          <option value="">{t.page.any}</option>
          {priorities.map((priority, k) => (
            <option key={priority} value={k}>
              {w.priorityCode[priority]} {w.priority[priority]}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
