import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { adminKinds } from '#contract/identity-views.ts';
import { securityRoutes } from '#contract/identity.ts';
import { ask } from '#web/app/ask.ts';
import { useMe } from '#web/app/me.ts';
import { admin } from '#web/i18n/admin.ts';
import { useText } from '#web/i18n/area.ts';
import { Confirm } from '../shared/Confirm.tsx';
import { ChoiceField } from '../shared/Field.tsx';
import { Loaded } from '../shared/Loaded.tsx';
import { Note } from '../shared/Note.tsx';
import { Secret } from '../shared/Secret.tsx';
import { SessionTable } from '../shared/SessionTable.tsx';
import { useAct } from '../shared/use-act.ts';
import { securityKey, sessionsQuery, type SecurityAccount } from './queries.ts';

type Act = 'hold' | 'release' | 'resetSecond' | 'resetPassword' | 'setOffice';

/** One account: its sign-ins, and everything a security administrator may do to it. */
export function AccountPanel({ account, onClose }: { account: SecurityAccount; onClose: () => void }) {
  const t = useText(admin).security;
  const me = useMe();
  const params = { id: account.id };
  const sessions = useQuery(sessionsQuery(account.id));
  const [asked, setAsked] = useState<Act | null>(null);
  const end = useAct(
    (sessionId: string | undefined) => ask(securityRoutes.endSessions, { params, body: { sessionId } }),
    {
      stale: [securityKey],
    },
  );
  const isSelf = me?.id === account.id;
  const barred = account.heldAt !== null || account.lockedUntil !== null;
  return (
    <section className="adm-inset" aria-label={account.displayName}>
      <div className="adm-head">
        <h3>
          {account.displayName} <span className="adm-soft adm-code">{account.login}</span>
        </h3>
        <Button onClick={onClose}>{t.close}</Button>
      </div>
      {isSelf && <Note kind="info">{t.own}</Note>}
      <Loaded query={sessions}>
        {(rows) => (
          <SessionTable
            sessions={rows}
            empty={t.noSessions}
            endWords={t.endOne}
            onEnd={isSelf ? undefined : (id) => end.mutate(id)}
          />
        )}
      </Loaded>
      {!isSelf && (
        <div className="adm-buttons adm-buttons-start">
          {barred && (
            <Button type="primary" onClick={() => setAsked('release')}>
              {t.release}
            </Button>
          )}
          {account.heldAt === null && (
            <Button danger onClick={() => setAsked('hold')}>
              {t.hold}
            </Button>
          )}
          <Button disabled={account.openSessions === 0} loading={end.isPending} onClick={() => end.mutate(undefined)}>
            {t.endAll}
          </Button>
          <Button disabled={!account.secondFactor} onClick={() => setAsked('resetSecond')}>
            {t.resetSecond}
          </Button>
          {account.adminKind !== null && <Button onClick={() => setAsked('resetPassword')}>{t.resetPassword}</Button>}
          {account.kind === 'person' && <Button onClick={() => setAsked('setOffice')}>{t.setOffice}</Button>}
        </div>
      )}
      {asked !== null && <Asked act={asked} account={account} onClose={() => setAsked(null)} />}
    </section>
  );
}

function Asked({ act, account, onClose }: { act: Act; account: SecurityAccount; onClose: () => void }) {
  const t = useText(admin).security;
  const [office, setOffice] = useState<string>(account.adminKind ?? 'none');
  const run = useAct((wish: { reason: string; office: string }) => perform(act, account.id, wish), {
    stale: [securityKey],
    onDone: (secret) => {
      if (secret === null) onClose();
    },
  });
  if (typeof run.data === 'string')
    return <Secret title={t.resetPassword} words={t.passwordWords} secret={run.data} onClose={onClose} />;
  const sentences: Record<Act, string> = {
    hold: t.holdWords,
    release: t.releaseWords,
    resetSecond: t.resetSecondWords,
    resetPassword: t.resetPasswordWords,
    setOffice: t.officeWords,
  };
  return (
    <Confirm
      title={t[act]}
      words={sentences[act]}
      act={t[act]}
      danger={act === 'hold'}
      reason={act === 'hold' ? t.holdReason : undefined}
      busy={run.isPending}
      error={run.error}
      onAct={(reason) => run.mutate({ reason, office })}
      onClose={onClose}
    >
      {act === 'setOffice' && (
        <ChoiceField
          label={t.office}
          value={office}
          options={(['none', ...adminKinds] as const).map((value) => ({ value, words: t.offices[value] }))}
          onChange={setOffice}
        />
      )}
    </Confirm>
  );
}

/** Does it; answers the one-time password where one was made. */
async function perform(act: Act, id: string, wish: { reason: string; office: string }): Promise<string | null> {
  const params = { id };
  switch (act) {
    case 'hold':
      await ask(securityRoutes.hold, { params, body: { reason: wish.reason } });
      return null;
    case 'release':
      await ask(securityRoutes.release, { params });
      return null;
    case 'resetSecond':
      await ask(securityRoutes.resetSecondFactor, { params });
      return null;
    case 'setOffice':
      await ask(securityRoutes.setAdminKind, {
        params,
        body: { adminKind: adminKinds.find((kind) => kind === wish.office) ?? null },
      });
      return null;
    case 'resetPassword':
      return (await ask(securityRoutes.resetAdminPassword, { params })).oneTimePassword;
  }
}
