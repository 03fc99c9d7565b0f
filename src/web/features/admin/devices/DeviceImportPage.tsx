import { Button } from 'antd';
import { useState } from 'react';
import { deviceKinds, deviceRoutes } from '#contract/devices.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';
import { Go } from '#web/app/Go.tsx';
import { ProblemError } from '#web/app/problem.ts';
import { adminDevices } from '#web/i18n/admin-devices.ts';
import { adminGrids } from '#web/i18n/admin-grids.ts';
import { useText } from '#web/i18n/area.ts';
import { AdminPage } from '../shared/AdminPage.tsx';
import { ChoiceField, Tick } from '../shared/Field.tsx';
import { FileField } from '../shared/FileField.tsx';
import { Note } from '../shared/Note.tsx';
import { Problem } from '../shared/Problem.tsx';
import { saveText } from '../shared/save-file.ts';
import { useAct } from '../shared/use-act.ts';
import { WrongRows, type WrongRow } from '../shared/WrongRows.tsx';
import { devicesKey } from './queries.ts';

type Result = ClientOutput<typeof deviceRoutes.importDevices>;
const systems = ['wgs84', 'cgcs2000', 'gcj02', 'bd09'] as const;

interface Wish {
  base64: string;
  crs: (typeof systems)[number];
  skipWrong: boolean;
  dryRun: boolean;
}

/** Devices from a table: tried first, row by row, then registered; new ones get their secrets here. */
export function DeviceImportPage() {
  const t = useText(adminDevices).imports;
  const g = useText(adminGrids).imports;
  const [crs, setCrs] = useState<Wish['crs']>('wgs84');
  const [skipWrong, setSkip] = useState(false);
  const [base64, setBase64] = useState('');
  const act = useAct(
    (wish: Wish, opId) => ask(deviceRoutes.importDevices, { body: { opId, ...wish } }, { timeoutMs: 120_000 }),
    { stale: [devicesKey] },
  );
  const run = (dryRun: boolean): void => act.mutate({ base64, crs, skipWrong, dryRun });
  const tried = act.data?.dryRun === true;
  const wrong = act.error instanceof ProblemError ? act.error.data['wrong'] : undefined;
  return (
    <AdminPage
      title={t.title}
      lead={t.lead}
      anyOf={['device.edit']}
      back={
        <Go className="adm-back" href="/desk/admin/devices">
          {t.back}
        </Go>
      }
    >
      <section className="adm-sheet adm-form">
        <div className="adm-row">
          <FileField
            label={g.file}
            hint={g.fileHint}
            onChange={(text) => {
              act.reset();
              setBase64(text);
            }}
          />
          <ChoiceField
            label={g.crs}
            hint={g.crsHint}
            value={crs}
            options={systems.map((value) => ({ value, words: g.crsNames[value] }))}
            onChange={(value) => setCrs(systems.find((one) => one === value) ?? 'wgs84')}
          />
        </div>
        <Tick checked={skipWrong} onChange={setSkip}>
          {t.skip}
        </Tick>
        {base64 === '' && <p className="adm-soft">{g.first}</p>}
        <div className="adm-buttons adm-buttons-start">
          <Button disabled={base64 === ''} loading={act.isPending} onClick={() => run(true)}>
            {g.try}
          </Button>
          <Button type="primary" disabled={!tried} loading={act.isPending} onClick={() => run(false)}>
            {g.run}
          </Button>
        </div>
      </section>
      <Problem error={act.error} />
      {Array.isArray(wrong) && <WrongRows rows={wrong as WrongRow[]} count={wrong.length} />}
      {act.data !== undefined && <Outcome result={act.data} />}
    </AdminPage>
  );
}

function Outcome({ result }: { result: Result }) {
  const t = useText(adminDevices);
  const g = useText(adminGrids).imports;
  const byKind = deviceKinds.flatMap((kind) => {
    const n = result.byKind[kind];
    return n === undefined ? [] : [`${t.deviceKind[kind]} ${n}`];
  });
  return (
    <section className="adm-sheet">
      <Note kind={result.dryRun ? 'info' : 'good'}>
        <p>{result.dryRun ? g.tried : g.done}</p>
        <p>{g.summary(result.read, result.created, result.changed, result.unchanged)}</p>
        {byKind.length > 0 && (
          <p>
            {t.imports.byKind}: {byKind.join(' · ')}
          </p>
        )}
      </Note>
      {result.secrets.length > 0 && <Secrets secrets={result.secrets} />}
      {result.notes.map((note) => (
        <p key={note} className="adm-soft" lang="en">
          {note}
        </p>
      ))}
      <WrongRows rows={result.wrong} count={result.wrongCount} />
    </section>
  );
}

/** Told once: downloaded, then hidden by an explicit act. */
function Secrets({ secrets }: { secrets: Result['secrets'] }) {
  const t = useText(adminDevices).imports;
  const [kept, setKept] = useState(false);
  if (kept) return null;
  const save = (): void =>
    saveText(t.fileName, ['code,secret', ...secrets.map(({ code, secret }) => `${code},${secret}`)].join('\r\n'));
  return (
    <Note kind="warn">
      <p>{t.secrets(secrets.length)}</p>
      <div className="adm-buttons adm-buttons-start">
        <Button type="primary" onClick={save}>
          {t.download}
        </Button>
        <Button onClick={() => setKept(true)}>{t.hide}</Button>
      </div>
    </Note>
  );
}
