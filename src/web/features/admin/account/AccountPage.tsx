import { queryOptions, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type FormEvent } from 'react';
import { sessionRoutes } from '#contract/identity.ts';
import { ask } from '#web/app/ask.ts';
import { setCsrfToken } from '#web/app/session.ts';
import { admin } from '#web/i18n/admin.ts';
import { useText } from '#web/i18n/area.ts';
import { AdminPage } from '../shared/AdminPage.tsx';
import { TextField } from '../shared/Field.tsx';
import { Loaded } from '../shared/Loaded.tsx';
import { Note } from '../shared/Note.tsx';
import { Problem } from '../shared/Problem.tsx';
import { SessionTable } from '../shared/SessionTable.tsx';
import { useAct } from '../shared/use-act.ts';
import { SecondFactor } from './SecondFactor.tsx';

const sessionsKey = ['own-sessions'];
const ownSessionsQuery = queryOptions({
  queryKey: sessionsKey,
  queryFn: ({ signal }) => ask(sessionRoutes.ownSessions, {}, { signal }).then(({ items }) => items),
});

/** What everybody may do with their own account. */
export function AccountPage() {
  const t = useText(admin).account;
  return (
    <AdminPage title={t.title} lead={t.lead} anyOf={[]}>
      <div className="adm-columns">
        <ChangePassword />
        <SecondFactor />
      </div>
      <OwnSessions />
    </AdminPage>
  );
}

function ChangePassword() {
  const t = useText(admin).account;
  const [form, setForm] = useState({ current: '', next: '', repeat: '' });
  const act = useAct(
    (wish: typeof form) => ask(sessionRoutes.changePassword, { body: { current: wish.current, next: wish.next } }),
    {
      stale: [sessionsKey],
      onDone: ({ csrfToken }) => {
        setCsrfToken(csrfToken);
        setForm({ current: '', next: '', repeat: '' });
      },
    },
  );
  const differs = form.repeat !== '' && form.repeat !== form.next;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate(form);
  };
  return (
    <section className="adm-sheet">
      <h2>{t.password}</h2>
      <form className="adm-form" onSubmit={submit}>
        <TextField
          label={t.current}
          type="password"
          autoComplete="current-password"
          value={form.current}
          onChange={(current) => setForm({ ...form, current })}
          required
        />
        <TextField
          label={t.next}
          type="password"
          autoComplete="new-password"
          value={form.next}
          onChange={(next) => setForm({ ...form, next })}
          required
        />
        <TextField
          label={t.repeat}
          type="password"
          autoComplete="new-password"
          value={form.repeat}
          onChange={(repeat) => setForm({ ...form, repeat })}
          required
        />
        {differs && <Note kind="warn">{t.differs}</Note>}
        <Problem error={act.error} />
        {act.isSuccess && <Note kind="good">{t.changed}</Note>}
        <div className="adm-buttons">
          <Button type="primary" htmlType="submit" loading={act.isPending} disabled={differs || form.next === ''}>
            {t.change}
          </Button>
        </div>
      </form>
    </section>
  );
}

function OwnSessions() {
  const t = useText(admin).account;
  const sessions = useQuery(ownSessionsQuery);
  const end = useAct((id: string) => ask(sessionRoutes.endOwnSession, { params: { id } }), { stale: [sessionsKey] });
  return (
    <section className="adm-sheet">
      <h2>{t.sessions}</h2>
      <p className="adm-soft">{t.sessionsWords}</p>
      <Problem error={end.error} />
      <Loaded query={sessions}>
        {(rows) => <SessionTable sessions={rows} empty="" endWords={t.endSession} onEnd={(id) => end.mutate(id)} />}
      </Loaded>
    </section>
  );
}
