import { queryOptions, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { securityRoutes } from '#contract/identity.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';
import { admin } from '#web/i18n/admin.ts';
import { useText } from '#web/i18n/area.ts';
import { formatRelative, formatTime } from '#web/i18n/format.ts';
import { AdminPage } from '../shared/AdminPage.tsx';
import { Confirm } from '../shared/Confirm.tsx';
import { DataTable } from '../shared/DataTable.tsx';
import { Loaded } from '../shared/Loaded.tsx';
import { Mark } from '../shared/Mark.tsx';
import { isPast } from '../shared/is-past.ts';
import { useAct } from '../shared/use-act.ts';
import { AddToken } from './AddToken.tsx';
import { tokensKey } from './queries.ts';

type Token = ClientOutput<typeof securityRoutes.tokens>['items'][number];
const tokensQuery = queryOptions({
  queryKey: tokensKey,
  queryFn: ({ signal }) => ask(securityRoutes.tokens, {}, { signal }).then(({ items }) => items),
});

/** Keys of other systems: what they may do, since when, last used; revoke. */
export function TokensPage() {
  const t = useText(admin);
  const tokens = useQuery(tokensQuery);
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<Token | null>(null);
  return (
    <AdminPage
      title={t.tokens.title}
      lead={t.tokens.lead}
      anyOf={['tokens.edit']}
      actions={
        <Button type="primary" onClick={() => setAdding(true)}>
          {t.tokens.add}
        </Button>
      }
    >
      <section className="adm-sheet">
        <Loaded query={tokens}>
          {(rows) => (
            <DataTable
              label={t.tokens.title}
              rows={rows}
              rowKey={({ id }) => id}
              empty={t.tokens.none}
              columns={[
                { head: t.tokens.name, cell: ({ name }) => <strong>{name}</strong> },
                { head: t.tokens.account, cell: ({ accountName }) => accountName },
                {
                  head: t.tokens.scopes,
                  cell: ({ scopes }) => scopes.map((word) => t.permission[word]).join(t.frame.comma),
                },
                {
                  head: t.tokens.expires,
                  cell: ({ expiresAt }) => (expiresAt === null ? t.tokens.forever : formatTime(expiresAt)),
                },
                { head: t.tokens.state, cell: (token) => <State token={token} onRevoke={() => setEnding(token)} /> },
              ]}
            />
          )}
        </Loaded>
      </section>
      {adding && <AddToken onClose={() => setAdding(false)} />}
      {ending !== null && <Revoke token={ending} onClose={() => setEnding(null)} />}
    </AdminPage>
  );
}

function State({ token, onRevoke }: { token: Token; onRevoke: () => void }) {
  const t = useText(admin).tokens;
  const expired = token.expiresAt !== null && isPast(token.expiresAt);
  return (
    <span className="adm-marks">
      <Mark tone={token.revokedAt !== null || expired ? 'bad' : 'good'}>
        {token.revokedAt !== null ? t.revoked : expired ? t.expired : t.live}
      </Mark>
      <span className="adm-soft">
        {token.lastUsedAt === null ? t.unused : t.used(formatRelative(token.lastUsedAt))}
      </span>
      {token.revokedAt === null && (
        <button type="button" className="adm-link adm-link-danger" onClick={onRevoke}>
          {t.revoke}
        </button>
      )}
    </span>
  );
}

function Revoke({ token, onClose }: { token: Token; onClose: () => void }) {
  const t = useText(admin).tokens;
  const act = useAct(() => ask(securityRoutes.revokeToken, { params: { id: token.id } }), {
    stale: [tokensKey],
    onDone: onClose,
  });
  return (
    <Confirm
      title={t.revokeTitle(token.name)}
      words={t.revokeWords}
      act={t.revoke}
      danger
      busy={act.isPending}
      error={act.error}
      onAct={() => act.mutate(undefined)}
      onClose={onClose}
    />
  );
}
