import { queryOptions, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type FormEvent } from 'react';
import { ledgerRoutes } from '#contract/ledger.ts';
import { ask } from '#web/app/ask.ts';
import { addressOf } from '#web/app/call.ts';
import { adminRecords } from '#web/i18n/admin-records.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { AdminPage } from '../shared/AdminPage.tsx';
import { LongField, TextField } from '../shared/Field.tsx';
import { Loaded } from '../shared/Loaded.tsx';
import { Note } from '../shared/Note.tsx';
import { Problem } from '../shared/Problem.tsx';
import { saveText } from '../shared/save-file.ts';
import { useAct } from '../shared/use-act.ts';
import { checkConsistency, checkInclusion, checkSignature, readHead, type Found, type SignedHead } from './verify.ts';

const headQuery = queryOptions({
  queryKey: ['ledger', 'head'],
  queryFn: async ({ signal }) => {
    const [head, { keys }] = await Promise.all([
      ask(ledgerRoutes.head, {}, { signal }),
      ask(ledgerRoutes.key, {}, { signal }),
    ]);
    const key = keys.find(({ keyId }) => keyId === head.keyId);
    return { head, signature: key === undefined ? ('bad' as const) : await checkSignature(head, key.publicKey) };
  },
});

/** The ledger's promise, checked here in the browser: signed head, this line is in it, nothing before was changed. */
export function LedgerPage() {
  const t = useText(adminRecords).ledger;
  const head = useQuery(headQuery);
  return (
    <AdminPage
      title={t.title}
      lead={t.lead}
      anyOf={['ledger.read', 'audit.read']}
      actions={
        <a className="adm-button" href={addressOf(ledgerRoutes.export.path)} download>
          {t.export}
        </a>
      }
    >
      <Loaded query={head}>
        {(data) => (
          <>
            <Head head={data.head} signature={data.signature} />
            <div className="adm-columns">
              <CheckLine />
              <CheckPast />
            </div>
          </>
        )}
      </Loaded>
    </AdminPage>
  );
}

function Head({ head, signature }: { head: SignedHead; signature: Found }) {
  const t = useText(adminRecords).ledger;
  const save = (): void =>
    saveText(`huangge-head-${head.size}.json`, `${JSON.stringify(head, null, 2)}\n`, 'application/json');
  return (
    <section className="adm-sheet">
      <h2>{t.head}</h2>
      <dl className="adm-facts">
        <dt>{t.size}</dt>
        <dd>{formatNumber(head.size)}</dd>
        <dt>{t.at}</dt>
        <dd>{formatTime(head.at)}</dd>
        <dt>{t.root}</dt>
        <dd className="adm-code">{head.root}</dd>
        <dt>{t.key}</dt>
        <dd className="adm-code">{head.keyId}</dd>
      </dl>
      <Verdict found={signature} words={t.signature} />
      <div className="adm-buttons adm-buttons-start">
        <Button onClick={save}>{t.saveHead}</Button>
      </div>
      <p className="adm-soft">{t.saveHint}</p>
    </section>
  );
}

function Verdict({ found, words }: { found: Found; words: Readonly<Record<Found, string>> }) {
  return <Note kind={found === 'good' ? 'good' : 'warn'}>{words[found]}</Note>;
}

function CheckLine() {
  const t = useText(adminRecords).ledger;
  const [text, setText] = useState('');
  const act = useAct(async (which: string) => {
    const head = await ask(ledgerRoutes.head, {});
    const line = /^\d+$/.test(which) ? { seq: which } : { entryId: which };
    const proof = await ask(ledgerRoutes.inclusion, { query: { ...line, size: head.size } });
    return { proof, head, found: checkInclusion(proof, head) };
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate(text.trim());
  };
  return (
    <form className="adm-sheet adm-form" onSubmit={submit}>
      <h2>{t.line}</h2>
      <p className="adm-soft">{t.lineHow}</p>
      <TextField label={t.lineWhich} value={text} onChange={setText} required maxLength={40} />
      <Problem error={act.error} />
      {act.data !== undefined && (
        <>
          <Verdict found={act.data.found} words={t.inclusion} />
          <p className="adm-soft">{t.steps(act.data.proof.proof.length, formatNumber(act.data.head.size))}</p>
          <p className="adm-code">{act.data.proof.leaf}</p>
        </>
      )}
      <div className="adm-buttons">
        <Button type="primary" htmlType="submit" loading={act.isPending} disabled={text.trim() === ''}>
          {t.check}
        </Button>
      </div>
    </form>
  );
}

function CheckPast() {
  const t = useText(adminRecords).ledger;
  const [text, setText] = useState('');
  const old = readHead(text);
  const act = useAct(async (before: { size: number; root: string }) => {
    const head = await ask(ledgerRoutes.head, {});
    const proof = await ask(ledgerRoutes.consistency, { query: { from: before.size, to: head.size } });
    return { from: before.size, to: head.size, found: checkConsistency(proof, before, head) };
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (old !== undefined) act.mutate(old);
  };
  return (
    <form className="adm-sheet adm-form" onSubmit={submit}>
      <h2>{t.past}</h2>
      <p className="adm-soft">{t.pastHow}</p>
      <LongField label={t.oldHead} value={text} onChange={setText} rows={5} required />
      {text.trim() !== '' && old === undefined && <Note kind="warn">{t.noHead}</Note>}
      <Problem error={act.error} />
      {act.data !== undefined && (
        <>
          <Verdict found={act.data.found} words={t.consistency} />
          <p className="adm-soft">{t.grew(formatNumber(act.data.from), formatNumber(act.data.to))}</p>
        </>
      )}
      <div className="adm-buttons">
        <Button type="primary" htmlType="submit" loading={act.isPending} disabled={old === undefined}>
          {t.check}
        </Button>
      </div>
    </form>
  );
}
