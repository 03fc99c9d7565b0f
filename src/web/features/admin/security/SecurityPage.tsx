import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { attemptOutcomes } from '#contract/identity-views.ts';
import { admin } from '#web/i18n/admin.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { AdminPage } from '../shared/AdminPage.tsx';
import { DataTable } from '../shared/DataTable.tsx';
import { ChoiceField } from '../shared/Field.tsx';
import { Mark } from '../shared/Mark.tsx';
import { Problem } from '../shared/Problem.tsx';
import { SearchField } from '../shared/SearchField.tsx';
import { usePageSearch } from '../shared/search.ts';
import { isPast } from '../shared/is-past.ts';
import { AccountPanel } from './AccountPanel.tsx';
import { accountsQuery, accountStates, attemptsQuery, type SecurityAccount } from './queries.ts';

/** The security administrator's page: accounts and what may be done to them, and who tried to sign in. */
export function SecurityPage() {
  const t = useText(admin).security;
  return (
    <AdminPage title={t.title} lead={t.lead} anyOf={['security.edit']}>
      <Accounts />
      <Attempts />
    </AdminPage>
  );
}

function Accounts() {
  const t = useText(admin).security;
  const [search, setSearch] = usePageSearch();
  const accounts = useInfiniteQuery(accountsQuery(search.q, search.show));
  const [openId, setOpenId] = useState<string | null>(null);
  const rows = accounts.data?.pages.flatMap((page) => page.items) ?? [];
  const chosen = rows.find(({ id }) => id === openId);
  return (
    <section className="adm-sheet">
      <h2>{t.accounts}</h2>
      <search className="adm-filters">
        <SearchField label={t.search} value={search.q ?? ''} onChange={(q) => setSearch({ q })} />
        <ChoiceField
          label={t.show}
          value={search.show ?? 'all'}
          options={accountStates.map((value) => ({ value, words: t.states[value] }))}
          onChange={(show) => setSearch({ show: show === 'all' ? '' : show })}
        />
      </search>
      <Problem error={accounts.error} onRetry={() => void accounts.refetch()} />
      {chosen !== undefined && <AccountPanel key={chosen.id} account={chosen} onClose={() => setOpenId(null)} />}
      {!accounts.isPending && (
        <DataTable
          label={t.accounts}
          rows={rows}
          rowKey={({ id }) => id}
          empty={t.none}
          isCurrent={({ id }) => id === openId}
          columns={[
            {
              head: t.account,
              cell: (account) => (
                <>
                  <button type="button" className="adm-link" onClick={() => setOpenId(account.id)}>
                    {account.displayName}
                  </button>
                  <span className="adm-soft adm-code">{account.login}</span>
                </>
              ),
            },
            { head: t.state, cell: (account) => <AccountMarks account={account} /> },
            { head: t.sessions, cell: ({ openSessions }) => t.openSessions(openSessions) },
            {
              head: t.lastSignIn,
              cell: ({ lastSignInAt }) => (lastSignInAt === null ? t.never : formatTime(lastSignInAt)),
            },
          ]}
        />
      )}
      {accounts.hasNextPage && (
        <Button block loading={accounts.isFetchingNextPage} onClick={() => void accounts.fetchNextPage()}>
          {t.more}
        </Button>
      )}
    </section>
  );
}

function AccountMarks({ account }: { account: SecurityAccount }) {
  const t = useText(admin).security;
  const locked = account.lockedUntil !== null && isPast(account.lockedUntil) === false;
  const free = !locked && account.heldAt === null && account.status === 'active';
  return (
    <span className="adm-marks">
      {free && <Mark tone="good">{t.free}</Mark>}
      {account.heldAt !== null && <Mark tone="bad">{t.held}</Mark>}
      {locked && <Mark tone="bad">{t.lockedUntil(formatTime(account.lockedUntil))}</Mark>}
      {account.status === 'disabled' && <Mark tone="bad">{t.disabled}</Mark>}
      {account.failedCount > 0 && <Mark tone="warn">{t.failures(account.failedCount)}</Mark>}
      {account.secondFactor && <Mark tone="good">{t.secondFactor}</Mark>}
      {account.adminKind !== null && <Mark tone="quiet">{t.offices[account.adminKind]}</Mark>}
    </span>
  );
}

function Attempts() {
  const t = useText(admin).security;
  const [search, setSearch] = usePageSearch();
  const attempts = useInfiniteQuery(attemptsQuery(search.outcome));
  const rows = attempts.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="adm-sheet">
      <h2>{t.attempts}</h2>
      <div className="adm-filters">
        <ChoiceField
          label={t.outcome}
          value={search.outcome ?? ''}
          none={t.states.all}
          options={attemptOutcomes.map((value) => ({ value, words: t.outcomes[value] }))}
          onChange={(outcome) => setSearch({ outcome })}
        />
      </div>
      <Problem error={attempts.error} onRetry={() => void attempts.refetch()} />
      {!attempts.isPending && (
        <DataTable
          label={t.attempts}
          rows={rows}
          rowKey={({ id }) => id}
          empty={t.noAttempts}
          columns={[
            { head: t.when, cell: ({ at }) => formatTime(at) },
            { head: t.who, cell: ({ displayName }) => displayName ?? t.unknownWho },
            { head: t.way, cell: ({ way }) => t.ways[way] },
            {
              head: t.outcome,
              cell: ({ outcome }) => <Mark tone={outcome === 'good' ? 'good' : 'bad'}>{t.outcomes[outcome]}</Mark>,
            },
            { head: t.address, cell: ({ addressMark }) => <span className="adm-code">{addressMark}</span> },
          ]}
        />
      )}
      <p className="adm-soft">{t.addressHint}</p>
      {attempts.hasNextPage && (
        <Button block loading={attempts.isFetchingNextPage} onClick={() => void attempts.fetchNextPage()}>
          {t.more}
        </Button>
      )}
    </section>
  );
}
