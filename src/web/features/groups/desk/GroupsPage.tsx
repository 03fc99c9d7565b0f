import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { may, useMe } from '#web/app/me.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { formatNumber, formatRelative } from '#web/i18n/format.ts';
import { groups } from '#web/i18n/groups.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { platforms } from '#contract/groups-views.ts';
import { GroupPane } from './GroupPane.tsx';
import { MakeForm } from './MakeForm.tsx';
import { parseGroupSearch, type GroupSearch } from './search.ts';
import { groupsQuery, type GroupRow } from './queries.ts';
import { shareOf } from './share.ts';
import './groups.css';

/** Groups of one's grids, those waiting for an answer first; one of them beside. On a phone one at a time. */
export function GroupsPage() {
  const t = useText(groups);
  const c = useText(common);
  const search = parseGroupSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const go = (change: GroupSearch): void => void navigate({ to: '.', search: { ...search, ...change } as never });
  const list = useQuery(groupsQuery(search));
  const rows = list.data?.items;
  const me = useMe();
  const isMaking = search.make === true && may(me, 'group.manage');
  const none = { group: undefined, make: undefined };
  return (
    <div className={`groups${search.group === undefined && !isMaking ? '' : ' groups-chosen'}`}>
      <section className="list-side groups-list" aria-label={t.list}>
        <div className="groups-title">
          <h1>{t.title}</h1>
          {may(me, 'group.manage') && (
            <button type="button" className="tool tool-framed" onClick={() => go({ group: undefined, make: true })}>
              {t.edit.make}
            </button>
          )}
        </div>
        <p className="quiet">{t.lead}</p>
        <Filters search={search} go={go} />
        <ProblemNote error={list.error} onRetry={() => void list.refetch()} />
        {rows === undefined && list.error === null && (
          <p className="waiting" role="status">
            {c.loading}
          </p>
        )}
        {rows !== undefined && (
          <p className="quiet" role="status">
            {rows.length === 0 ? t.empty : t.total(formatNumber(list.data?.total ?? 0))}
          </p>
        )}
        <ul className="pick-rows groups-rows">
          {rows?.map((row) => (
            <li key={row.id}>
              <Row row={row} chosen={row.id === search.group} onChoose={() => go({ group: row.id, make: undefined })} />
            </li>
          ))}
        </ul>
      </section>
      <section className="detail-side groups-detail" aria-label={t.detail}>
        {isMaking ? (
          <MakeForm onDone={(group) => go({ group, make: undefined })} onBack={() => go(none)} />
        ) : search.group === undefined ? (
          <p className="groups-none">{t.choose}</p>
        ) : (
          <GroupPane
            key={search.group}
            id={search.group}
            listed={(rows ?? []).map(({ id }) => id)}
            onBack={() => go(none)}
          />
        )}
      </section>
    </div>
  );
}

function Filters({ search, go }: { search: GroupSearch; go: (change: GroupSearch) => void }) {
  const t = useText(groups);
  return (
    <form
      className="groups-filters"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        const typed = new FormData(event.currentTarget).get('q');
        go({ q: typeof typed === 'string' && typed.trim() !== '' ? typed.trim() : undefined, group: undefined });
      }}
    >
      <input
        type="search"
        name="q"
        aria-label={t.search}
        placeholder={t.search}
        defaultValue={search.q ?? ''}
        maxLength={40}
      />
      <button type="submit" className="tool tool-framed">
        {t.find}
      </button>
      <label>
        {t.platform}
        <select
          value={search.platform ?? ''}
          onChange={({ target }) => go({ platform: platforms.find((one) => one === target.value), group: undefined })}
        >
          <option value="">{t.any}</option>
          {platforms.map((one) => (
            <option key={one} value={one}>
              {t.platforms[one]}
            </option>
          ))}
        </select>
      </label>
      <label>
        <input
          type="checkbox"
          checked={search.waiting === true}
          onChange={({ target }) => go({ waiting: target.checked ? true : undefined, group: undefined })}
        />
        {t.onlyWaiting}
      </label>
    </form>
  );
}

function Row({ row, chosen, onChoose }: { row: GroupRow; chosen: boolean; onChoose: () => void }) {
  const t = useText(groups);
  return (
    <button type="button" className="pick-row groups-row" aria-current={chosen ? 'true' : undefined} onClick={onChoose}>
      <span className="groups-row-head">
        <b>{row.name}</b>
        {row.waiting > 0 && <span className="groups-waiting">{t.waiting(formatNumber(row.waiting))}</span>}
        {row.platform !== 'in_app' && <span className="tag">{t.platforms[row.platform]}</span>}
      </span>
      <span className="quiet">
        {row.platform === 'in_app'
          ? t.members(formatNumber(row.members), shareOf(row.members, row.residents))
          : t.headcount(formatNumber(row.members))}
      </span>
      <span className="groups-last quiet">
        {row.lastWords === '' ? t.quiet : row.lastWords}
        {row.lastAt !== null && ` · ${formatRelative(row.lastAt)}`}
      </span>
    </button>
  );
}
