import { Button } from 'antd';
import { useState, type FormEvent } from 'react';
import { peopleRoutes } from '#contract/identity.ts';
import { ask } from '#web/app/ask.ts';
import { admin } from '#web/i18n/admin.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { TextField } from '../shared/Field.tsx';
import { Note } from '../shared/Note.tsx';
import { Problem } from '../shared/Problem.tsx';
import { useAct } from '../shared/use-act.ts';
import { peopleKey, type Person } from './queries.ts';

/** Name and address; read-only for those who may not change them. */
export function PersonForm({ person, mayEdit }: { person: Person; mayEdit: boolean }) {
  const t = useText(admin).people;
  const c = useText(common);
  const [name, setName] = useState(person.displayName);
  const [email, setEmail] = useState(person.email ?? '');
  const act = useAct(
    (body: { displayName: string; email: string | null }) =>
      ask(peopleRoutes.editPerson, { params: { id: person.id }, body }),
    { stale: [peopleKey] },
  );
  if (!mayEdit) return <Facts person={person} />;
  const changed = name.trim() !== person.displayName || email.trim() !== (person.email ?? '');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate({ displayName: name.trim(), email: email.trim() === '' ? null : email.trim() });
  };
  return (
    <form className="adm-form" onSubmit={submit}>
      <TextField label={t.name} value={name} onChange={setName} required maxLength={40} />
      <TextField label={`${t.email} (${c.optional})`} type="email" value={email} onChange={setEmail} maxLength={200} />
      {person.login !== null && <p className="adm-soft">{t.loginIs(person.login)}</p>}
      <Problem error={act.error} />
      {act.isSuccess && !changed && <Note kind="good">{t.saved}</Note>}
      <div className="adm-buttons">
        <Button type="primary" htmlType="submit" disabled={!changed} loading={act.isPending}>
          {t.save}
        </Button>
      </div>
    </form>
  );
}

function Facts({ person }: { person: Person }) {
  const t = useText(admin).people;
  return (
    <dl className="adm-facts">
      <dt>{t.name}</dt>
      <dd>{person.displayName}</dd>
      {person.login !== null && (
        <>
          <dt>{t.login}</dt>
          <dd className="adm-code">{person.login}</dd>
        </>
      )}
      <dt>{t.kind}</dt>
      <dd>{t.kinds[person.kind]}</dd>
    </dl>
  );
}
