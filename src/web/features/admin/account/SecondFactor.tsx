import { Button } from 'antd';
import { useState, type FormEvent } from 'react';
import { sessionRoutes } from '#contract/identity.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';
import { meQuery, useMe } from '#web/app/me.ts';
import { admin } from '#web/i18n/admin.ts';
import { useText } from '#web/i18n/area.ts';
import { Confirm } from '../shared/Confirm.tsx';
import { TextField } from '../shared/Field.tsx';
import { Note } from '../shared/Note.tsx';
import { Problem } from '../shared/Problem.tsx';
import { Secret } from '../shared/Secret.tsx';
import { useAct } from '../shared/use-act.ts';

const stale = [meQuery.queryKey];

/** The second step of signing in: set up with a phone, new recovery codes, take away. */
export function SecondFactor() {
  const t = useText(admin).account;
  const me = useMe();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (me === null) return null;
  return (
    <section className="adm-sheet">
      <h2>{t.second}</h2>
      {me.secondFactor.enrolled ? (
        <Enrolled left={me.secondFactor.recoveryCodesLeft} onCodes={setCodes} />
      ) : (
        <Enrol onCodes={setCodes} />
      )}
      {codes !== null && (
        <Secret title={t.codesTitle} words={t.codesWords} secret={codes.join('  ')} onClose={() => setCodes(null)} />
      )}
    </section>
  );
}

type CodesProps = { onCodes: (codes: readonly string[]) => void };

function Enrol({ onCodes }: CodesProps) {
  const t = useText(admin).account;
  const [password, setPassword] = useState('');
  const start = useAct((text: string) => ask(sessionRoutes.startSecondFactor, { body: { password: text } }));
  if (start.data !== undefined) return <Scan started={start.data} onCodes={onCodes} />;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    start.mutate(password);
  };
  return (
    <form className="adm-form" onSubmit={submit}>
      <p>{t.secondOff}</p>
      <TextField
        label={t.yourPassword}
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        required
      />
      <Problem error={start.error} />
      <div className="adm-buttons">
        <Button type="primary" htmlType="submit" loading={start.isPending}>
          {t.start}
        </Button>
      </div>
    </form>
  );
}

function Scan({ started, onCodes }: CodesProps & { started: ClientOutput<typeof sessionRoutes.startSecondFactor> }) {
  const t = useText(admin).account;
  const [code, setCode] = useState('');
  const confirm = useAct((text: string) => ask(sessionRoutes.confirmSecondFactor, { body: { code: text } }), {
    stale,
    onDone: ({ recoveryCodes }) => onCodes(recoveryCodes),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    confirm.mutate(code.trim());
  };
  return (
    <form className="adm-form" onSubmit={submit}>
      <p>{t.scan}</p>
      {/* As an image, so that nothing inside the drawing can run. */}
      <img
        className="adm-qr"
        alt={t.qr}
        width={200}
        height={200}
        src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(started.qrSvg)}`}
      />
      <p>
        {t.key} <span className="adm-code">{started.secret}</span>
      </p>
      <TextField label={t.code} value={code} onChange={setCode} required maxLength={8} autoComplete="one-time-code" />
      <Problem error={confirm.error} />
      <div className="adm-buttons">
        <Button type="primary" htmlType="submit" loading={confirm.isPending}>
          {t.confirm}
        </Button>
      </div>
    </form>
  );
}

function Enrolled({ left, onCodes }: CodesProps & { left: number }) {
  const t = useText(admin).account;
  const [asked, setAsked] = useState<'renew' | 'drop' | null>(null);
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const close = (): void => {
    setAsked(null);
    setCode('');
    setPassword('');
  };
  const renew = useAct((text: string) => ask(sessionRoutes.renewRecoveryCodes, { body: { code: text } }), {
    stale,
    onDone: ({ recoveryCodes }) => {
      close();
      onCodes(recoveryCodes);
    },
  });
  const drop = useAct((body: { password: string; code: string }) => ask(sessionRoutes.dropSecondFactor, { body }), {
    stale,
    onDone: close,
  });
  return (
    <>
      <Note kind={left < 3 ? 'warn' : 'good'}>
        <p>{t.secondOn(left)}</p>
        {left < 3 && <p>{t.fewCodes}</p>}
      </Note>
      <div className="adm-buttons adm-buttons-start">
        <Button onClick={() => setAsked('renew')}>{t.renew}</Button>
        <Button danger onClick={() => setAsked('drop')}>
          {t.drop}
        </Button>
      </div>
      {asked !== null && (
        <Confirm
          title={asked === 'renew' ? t.renew : t.drop}
          words={asked === 'renew' ? t.codesWords : t.secondOff}
          act={asked === 'renew' ? t.renew : t.drop}
          danger={asked === 'drop'}
          busy={renew.isPending || drop.isPending}
          error={asked === 'renew' ? renew.error : drop.error}
          onAct={() => (asked === 'renew' ? renew.mutate(code.trim()) : drop.mutate({ password, code: code.trim() }))}
          onClose={close}
        >
          <div className="adm-form">
            {asked === 'drop' && (
              <TextField label={t.yourPassword} type="password" value={password} onChange={setPassword} required />
            )}
            <TextField label={t.code} value={code} onChange={setCode} required autoComplete="one-time-code" />
          </div>
        </Confirm>
      )}
    </>
  );
}
