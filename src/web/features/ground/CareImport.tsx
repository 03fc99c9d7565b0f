import { useMutation } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { careImportRoutes } from '#contract/care-files.ts';
import type { ClientOutput } from '#contract/route.ts';
import { fileToBase64 } from '#web/app/base64.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { careFiles } from '#web/i18n/care-files.ts';
import { common } from '#web/i18n/common.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { CareTable, saveFile } from './CareTable.tsx';
import { groundKeys } from './queries.ts';
import './care-files.css';

type Answer = ClientOutput<typeof careImportRoutes.import>;
type Wrong = Answer['wrong'][number];
const systems = ['wgs84', 'cgcs2000', 'gcj02', 'bd09'] as const;
const csv = 'text/csv;charset=utf-8';
const limit = { timeoutMs: 180_000 };

interface Wish {
  base64: string;
  crs: (typeof systems)[number];
}

/** A table of people: tried first; what is wrong is listed by line and can be kept as a file; then brought in. */
export function CareImport({ onClose }: { onClose: () => void }) {
  const t = useText(careFiles).import;
  const c = useText(common);
  const [base64, setBase64] = useState('');
  const [crs, setCrs] = useState<Wish['crs']>('wgs84');
  const trial = useAct((wish: Wish, opId) =>
    ask(careImportRoutes.import, { body: { opId, ...wish, dryRun: true } }, limit),
  );
  const act = useAct(
    (wish: Wish, opId) => ask(careImportRoutes.import, { body: { opId, ...wish, skipWrong: true } }, limit),
    { stale: [groundKeys.care] },
  );
  const again = (): void => {
    trial.reset();
    act.reset();
  };
  const tried = trial.data;
  return (
    <Modal open width={640} title={t.title} footer={null} onCancel={onClose} closable={{ 'aria-label': c.close }}>
      <div className="form ground-form">
        <p className="quiet">{t.lead}</p>
        <Template />
        <label className="form-field">
          {t.file}
          <input
            type="file"
            accept=".csv,text/csv,text/plain"
            onChange={({ target }) => {
              again();
              void fileToBase64(target.files?.[0]).then(setBase64);
            }}
          />
        </label>
        <label className="form-field">
          {t.crs}
          <select
            value={crs}
            onChange={({ target }) => {
              again();
              setCrs(systems.find((one) => one === target.value) ?? 'wgs84');
            }}
          >
            {systems.map((one) => (
              <option key={one} value={one}>
                {t.crsNames[one]}
              </option>
            ))}
          </select>
        </label>
        <ProblemNote error={trial.error ?? act.error} />
        {tried !== undefined && <Found answer={tried} />}
        {act.data !== undefined && <p role="status">{t.finished(formatNumber(act.data.created))}</p>}
        <div className="form-buttons">
          {tried === undefined && (
            <Button
              type="primary"
              disabled={base64 === ''}
              loading={trial.isPending}
              onClick={() => trial.mutate({ base64, crs })}
            >
              {t.try}
            </Button>
          )}
          {tried !== undefined && act.data === undefined && (
            <Button
              type="primary"
              disabled={tried.created === 0}
              loading={act.isPending}
              onClick={() => act.mutate({ base64, crs })}
            >
              {tried.wrongCount > 0 ? t.skip : t.send}
            </Button>
          )}
          <Button onClick={onClose}>{c.close}</Button>
        </div>
      </div>
    </Modal>
  );
}

function Template() {
  const t = useText(careFiles).import;
  const get = useMutation({
    mutationFn: () => ask(careImportRoutes.fields, {}),
    onSuccess: ({ template }) => saveFile('care.csv', csv, template),
  });
  return (
    <>
      <div className="form-buttons">
        <button type="button" className="tool tool-framed" onClick={() => get.mutate(undefined)}>
          {t.template}
        </button>
      </div>
      <ProblemNote error={get.error} />
    </>
  );
}

const shown = 100;

function Found({ answer }: { answer: Answer }) {
  const t = useText(careFiles).import;
  const { read, created, known, wrong, wrongCount } = answer;
  return (
    <div role="status">
      <p>{t.found(formatNumber(read), formatNumber(created), formatNumber(known))}</p>
      {wrongCount > 0 && (
        <>
          <p className="form-row">
            <b>{t.wrong(formatNumber(wrongCount))}</b>
            <button
              type="button"
              className="tool tool-framed"
              onClick={() => saveFile('care-wrong.csv', csv, toCsv(wrong, t.problems, [t.line, t.problem, t.length]))}
            >
              {t.save}
            </button>
          </p>
          <div className="care-scroll">
            <CareTable
              label={t.wrong(formatNumber(wrongCount))}
              rows={wrong.slice(0, shown)}
              rowKey={(row) => `${row.line} ${row.problem}`}
              columns={[
                { head: t.line, cell: (row) => row.line, number: true },
                { head: t.problem, cell: (row) => t.problems[row.problem] },
                { head: t.length, cell: (row) => row.length, number: true },
              ]}
            />
          </div>
        </>
      )}
    </div>
  );
}

function toCsv(rows: readonly Wrong[], problems: Record<Wrong['problem'], string>, heads: readonly string[]): string {
  const lines = rows.map(({ line, problem, length }) => `${line},"${problems[problem]}",${length}`);
  return `\ufeff${[heads.join(','), ...lines].join('\r\n')}\r\n`;
}
