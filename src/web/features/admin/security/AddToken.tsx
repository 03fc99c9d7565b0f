import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Modal, Select } from 'antd';
import { useDeferredValue, useState, type FormEvent } from 'react';
import { securityRoutes } from '#contract/identity.ts';
import { permissions, type Permission } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';
import { admin } from '#web/i18n/admin.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { Field, TextField, Tick } from '../shared/Field.tsx';
import { Problem } from '../shared/Problem.tsx';
import { Secret } from '../shared/Secret.tsx';
import { useAct } from '../shared/use-act.ts';
import { accountsQuery } from './queries.ts';
import { tokensKey } from './queries.ts';

interface Draft {
  accountId: string;
  name: string;
  scopes: readonly Permission[];
  /** Local date, '' for no end. */
  expires: string;
}

/** A new key; the server refuses scopes its account does not hold. */
export function AddToken({ onClose }: { onClose: () => void }) {
  const t = useText(admin).tokens;
  const c = useText(common);
  const [draft, setDraft] = useState<Draft>({ accountId: '', name: '', scopes: [], expires: '' });
  const act = useAct(
    (wish: Draft) =>
      ask(securityRoutes.addToken, {
        body: {
          accountId: wish.accountId,
          name: wish.name.trim(),
          scopes: [...wish.scopes],
          // The whole last day counts, in the time zone of all screens.
          expiresAt: wish.expires === '' ? null : `${wish.expires}T23:59:59+08:00`,
        },
      }),
    { stale: [tokensKey] },
  );
  if (act.data !== undefined)
    return <Secret title={t.made(draft.name)} words={t.secretWords} secret={act.data.token} onClose={onClose} />;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate(draft);
  };
  const ready = draft.accountId !== '' && draft.scopes.length > 0 && draft.name.trim() !== '';
  return (
    <Modal open title={t.add} footer={null} onCancel={onClose} closable={{ 'aria-label': c.close }}>
      <form className="adm-form" onSubmit={submit}>
        <TextField
          label={t.name}
          value={draft.name}
          onChange={(name) => setDraft({ ...draft, name })}
          required
          maxLength={60}
        />
        <AccountPick value={draft.accountId} onChange={(accountId) => setDraft({ ...draft, accountId })} />
        <Scopes scopes={draft.scopes} onChange={(scopes) => setDraft({ ...draft, scopes })} />
        <TextField
          label={t.expires}
          hint={t.expiresHint}
          type="date"
          value={draft.expires}
          onChange={(expires) => setDraft({ ...draft, expires })}
        />
        <Problem error={act.error} />
        <div className="adm-buttons">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="primary" htmlType="submit" disabled={!ready} loading={act.isPending}>
            {t.create}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

interface ScopesProps {
  scopes: readonly Permission[];
  onChange: (scopes: readonly Permission[]) => void;
}

function Scopes({ scopes, onChange }: ScopesProps) {
  const t = useText(admin);
  return (
    <fieldset className="adm-ticks">
      <legend className="adm-legend">{t.tokens.scopes}</legend>
      {permissions.map((word) => (
        <Tick
          key={word}
          checked={scopes.includes(word)}
          onChange={(on) => onChange(on ? [...scopes, word] : scopes.filter((one) => one !== word))}
        >
          {t.permission[word]}
        </Tick>
      ))}
    </fieldset>
  );
}

function AccountPick({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const t = useText(admin).tokens;
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const found = useInfiniteQuery(accountsQuery(q === '' ? undefined : q, undefined));
  const options = (found.data?.pages[0]?.items ?? []).map((account) => ({
    value: account.id,
    label: `${account.displayName} · ${account.login}`,
  }));
  return (
    <Field label={t.account}>
      {(props) => (
        <Select
          {...props}
          aria-label={t.account}
          className="adm-wide"
          showSearch={{ filterOption: false, onSearch: setTyped }}
          placeholder={t.find}
          notFoundContent={t.noAccount}
          value={value === '' ? undefined : value}
          options={options}
          onChange={onChange}
        />
      )}
    </Field>
  );
}
