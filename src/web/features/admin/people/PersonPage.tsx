import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { peopleRoutes } from '#contract/identity.ts';
import { ask } from '#web/app/ask.ts';
import { Go } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { admin } from '#web/i18n/admin.ts';
import { useText } from '#web/i18n/area.ts';
import { AdminPage } from '../shared/AdminPage.tsx';
import { Confirm } from '../shared/Confirm.tsx';
import { Loaded } from '../shared/Loaded.tsx';
import { Note } from '../shared/Note.tsx';
import { Secret } from '../shared/Secret.tsx';
import { useAct } from '../shared/use-act.ts';
import { Appointments } from './Appointments.tsx';
import { PersonForm } from './PersonForm.tsx';
import { PersonMarks } from './PersonMarks.tsx';
import { peopleKey, personQuery, type Person } from './queries.ts';

/** One person: who they are, what they are appointed to, their password. */
export function PersonPage() {
  const t = useText(admin).people;
  const { id = '' } = useParams({ strict: false });
  const person = useQuery(personQuery(id));
  return (
    <AdminPage
      title={person.data?.displayName ?? t.person}
      anyOf={['people.read']}
      back={
        <Go className="adm-back" href="/desk/admin/people">
          {t.back}
        </Go>
      }
      actions={person.data !== undefined && <PersonMarks person={person.data} />}
    >
      <Loaded query={person}>{(data) => <Sheets key={data.id} person={data} />}</Loaded>
    </AdminPage>
  );
}

function Sheets({ person }: { person: Person }) {
  const t = useText(admin).people;
  const me = useMe();
  const isSelf = me?.id === person.id;
  const mayEdit = may(me, 'identity.edit') && person.adminKind === null && !isSelf;
  return (
    <div className="adm-columns">
      <section className="adm-sheet">
        <h2>{t.details}</h2>
        {isSelf && <Note kind="info">{t.ownAccount}</Note>}
        {person.adminKind !== null && <Note kind="info">{t.adminAccount}</Note>}
        <PersonForm person={person} mayEdit={mayEdit} />
        {mayEdit && <AccountActs person={person} />}
      </section>
      <Appointments person={person} mayEdit={mayEdit} />
    </div>
  );
}

function AccountActs({ person }: { person: Person }) {
  const t = useText(admin).people;
  const [asking, setAsking] = useState<'password' | 'status' | null>(null);
  const params = { id: person.id };
  const reset = useAct(() => ask(peopleRoutes.resetPassword, { params }), {
    stale: [peopleKey],
    onDone: () => setAsking(null),
  });
  const next = person.status === 'active' ? 'disabled' : 'active';
  const change = useAct(() => ask(peopleRoutes.editPerson, { params, body: { status: next } }), {
    stale: [peopleKey],
    onDone: () => setAsking(null),
  });
  return (
    <>
      <div className="adm-buttons adm-buttons-start">
        {person.kind === 'person' && <Button onClick={() => setAsking('password')}>{t.reset}</Button>}
        <Button danger={next === 'disabled'} onClick={() => setAsking('status')}>
          {t.turn[next]}
        </Button>
      </div>
      {asking === 'password' && (
        <Confirm
          title={t.reset}
          words={t.resetWords(person.displayName)}
          act={t.reset}
          busy={reset.isPending}
          error={reset.error}
          onAct={() => reset.mutate(undefined)}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === 'status' && (
        <Confirm
          title={t.turn[next]}
          words={t.turnWords[next]}
          act={t.turn[next]}
          danger={next === 'disabled'}
          busy={change.isPending}
          error={change.error}
          onAct={() => change.mutate(undefined)}
          onClose={() => setAsking(null)}
        />
      )}
      {reset.data !== undefined && (
        <Secret
          title={t.reset}
          words={t.passwordFor(person.displayName)}
          secret={reset.data.oneTimePassword}
          onClose={() => reset.reset()}
        />
      )}
    </>
  );
}
