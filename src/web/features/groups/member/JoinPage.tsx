import { useState } from 'react';
import type { groupPublicRoutes } from '#contract/groups-public.ts';
import type { ClientOutput } from '#contract/route.ts';
import { goTo } from '#web/app/address.ts';
import { callAsMember, keepMemberKey } from '#web/app/group-api.ts';
import { newOpId } from '#web/app/op-id.ts';
import { ProblemError } from '#web/app/problem.ts';
import { useLoad } from '#web/app/use-load.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { groupHome } from '#web/i18n/group-home.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Field } from '#web/ui/light/Field.tsx';
import { Link } from '#web/ui/light/Link.tsx';
import { Select } from '#web/ui/light/Select.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import { toast } from '#web/ui/light/Toast.tsx';
import { groupPath } from './paths.ts';
import './member.css';

type Invitation = ClientOutput<typeof groupPublicRoutes.invitation>;

/** Behind the QR code: what this group is, and how to join it. */
export function JoinPage({ secret }: { secret: string }) {
  const t = useText(groupHome);
  const { value, error, reload } = useLoad(secret, (signal) =>
    callAsMember('invitation', { params: { secret } }, { signal }),
  );
  if (value === undefined) {
    const gone = error instanceof ProblemError && (error.status === 404 || error.status === 400);
    return (
      <section className="part">
        <h1>{t.page}</h1>
        {error === undefined ? (
          <Skeleton lines={5} />
        ) : gone ? (
          <p className="note note-warn" role="alert">
            {t.join.gone}
          </p>
        ) : (
          <ErrorNote error={error} onRetry={reload} />
        )}
      </section>
    );
  }
  return (
    <>
      <About group={value} />
      {value.memberOf === null ? (
        <JoinForm secret={secret} group={value} />
      ) : (
        <section className="part">
          <p>{t.join.already}</p>
          <Link to={groupPath(value.memberOf)} className="button button-main button-wide">
            {t.join.open}
          </Link>
        </section>
      )}
    </>
  );
}

function About({ group }: { group: Invitation }) {
  const t = useText(groupHome).join;
  const lang = languageChoice.use();
  return (
    <section className="part">
      <p className="group-kind">{lang === 'zh' ? group.kindName : group.kindNameEn}</p>
      <h1>{group.name}</h1>
      <p>
        {t.keptBy(group.keptBy)} · {t.members(formatNumber(group.members))}
      </p>
      {group.about !== '' && <p>{group.about}</p>}
      <p>
        {t.serves} {group.grids.map(({ name }) => name).join(' · ')}
      </p>
      <p className="field-hint">{t.what}</p>
    </section>
  );
}

function JoinForm({ secret, group }: { secret: string; group: Invitation }) {
  const t = useText(groupHome).join;
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const [gridCode, setGridCode] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [opId] = useState(newOpId);
  const join = async (): Promise<void> => {
    setTried(true);
    if (name.trim() === '') return;
    setBusy(true);
    setError(undefined);
    try {
      const wish = { opId, name, ...(phone.trim() === '' ? {} : { phone }), ...(gridCode === '' ? {} : { gridCode }) };
      const { groupId, memberKey } = await callAsMember('join', { params: { secret }, body: wish });
      if (!keepMemberKey(memberKey)) toast(t.notKept);
      goTo(groupPath(groupId));
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className="part group-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void join();
      }}
    >
      <Field
        label={t.name}
        hint={t.nameHint}
        value={name}
        maxLength={20}
        error={tried && name.trim() === '' ? t.needName : undefined}
        autoComplete="nickname"
        onChange={setName}
      />
      <Field
        label={t.phone}
        hint={t.phoneHint}
        value={phone}
        maxLength={30}
        optional
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        onChange={setPhone}
      />
      {group.grids.length > 1 && (
        <Select
          label={t.grid}
          value={gridCode}
          none={group.grids[0]?.name ?? ''}
          choices={group.grids.slice(1).map((grid) => ({ value: grid.code, words: grid.name }))}
          onChange={setGridCode}
        />
      )}
      {error !== undefined && <ErrorNote error={error} />}
      <Button kind="main" wide type="submit" icon="people" busy={busy}>
        {t.act}
      </Button>
    </form>
  );
}
