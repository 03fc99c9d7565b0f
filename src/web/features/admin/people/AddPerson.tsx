import { Button, Modal } from 'antd';
import { useState, type FormEvent } from 'react';
import { peopleRoutes } from '#contract/identity.ts';
import { ask } from '#web/app/ask.ts';
import { useGo } from '#web/app/Go.tsx';
import { admin } from '#web/i18n/admin.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { ChoiceField, TextField } from '../shared/Field.tsx';
import { Problem } from '../shared/Problem.tsx';
import { Secret } from '../shared/Secret.tsx';
import { useAct } from '../shared/use-act.ts';
import { peopleKey } from './queries.ts';

/** A new account; its one-time password is shown once, then its page opens to appoint the person. */
export function AddPerson({ onClose }: { onClose: () => void }) {
  const t = useText(admin).people;
  const c = useText(common);
  const go = useGo();
  const [form, setForm] = useState({ displayName: '', login: '', email: '', kind: 'person' });
  const act = useAct(
    (body: typeof form) =>
      ask(peopleRoutes.addPerson, {
        body: {
          displayName: body.displayName,
          login: body.login,
          email: body.email === '' ? undefined : body.email,
          kind: body.kind === 'service' ? 'service' : 'person',
        },
      }),
    {
      stale: [peopleKey],
      onDone: ({ id, oneTimePassword }) => {
        if (oneTimePassword === null) go(`/desk/admin/people/${id}`);
      },
    },
  );
  const set = (change: Partial<typeof form>): void => setForm({ ...form, ...change });
  const made = act.data;
  if (made !== undefined && made.oneTimePassword !== null)
    return (
      <Secret
        title={t.added(form.displayName)}
        words={t.passwordFor(form.displayName)}
        secret={made.oneTimePassword}
        onClose={() => go(`/desk/admin/people/${made.id}`)}
      />
    );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate(form);
  };
  return (
    <Modal open title={t.add} footer={null} onCancel={onClose} closable={{ 'aria-label': c.close }}>
      <form className="adm-form" onSubmit={submit}>
        <TextField
          label={t.name}
          value={form.displayName}
          onChange={(displayName) => set({ displayName })}
          required
          maxLength={40}
        />
        <TextField
          label={t.login}
          hint={t.loginHint}
          value={form.login}
          onChange={(login) => set({ login })}
          required
          maxLength={60}
          autoComplete="off"
        />
        <TextField
          label={`${t.email} (${c.optional})`}
          type="email"
          value={form.email}
          onChange={(email) => set({ email })}
          maxLength={200}
          autoComplete="off"
        />
        <ChoiceField
          label={t.kind}
          hint={t.kindHint}
          value={form.kind}
          options={(['person', 'service'] as const).map((value) => ({ value, words: t.kinds[value] }))}
          onChange={(kind) => set({ kind })}
        />
        <Problem error={act.error} />
        <div className="adm-buttons">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="primary" htmlType="submit" loading={act.isPending}>
            {t.create}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
