import { Button, Modal } from 'antd';
import { useState } from 'react';
import { coverageRoutes } from '#contract/coverage.ts';
import { fileToBase64 } from '#web/app/base64.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { coverage } from '#web/i18n/coverage.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { coverageKeys } from './queries.ts';

/** A file of households: checked first, then imported, with or without the rows that are wrong. */
export function ImportForm({ onClose }: { onClose: () => void }) {
  const t = useText(coverage).import;
  const c = useText(common);
  const [base64, setBase64] = useState<string | null>(null);
  const check = useAct((file: string, opId) => send(file, opId, true));
  const act = useAct((file: string, opId) => send(file, opId, false), {
    stale: [coverageKeys.figures, coverageKeys.households],
  });
  const read = async (file: File | undefined): Promise<void> => {
    check.reset();
    act.reset();
    setBase64(file === undefined ? null : await fileToBase64(file));
  };
  const found = check.data;
  return (
    <Modal open title={t.title} footer={null} onCancel={onClose} closable={{ 'aria-label': c.close }}>
      <div className="form coverage-form">
        <p className="quiet">{t.lead}</p>
        <label className="form-field">
          {t.file}
          <input type="file" accept=".csv,text/csv" onChange={({ target }) => void read(target.files?.[0])} />
        </label>
        {found !== undefined && (
          <div role="status">
            <p>{t.checked(formatNumber(found.created), formatNumber(found.changed), formatNumber(found.unchanged))}</p>
            {found.wrongCount > 0 && <p>{t.wrong(formatNumber(found.wrongCount))}</p>}
            <ul className="coverage-wrong">
              {found.wrong.map(({ line, column, expected, found: cell }) => (
                <li key={`${line} ${column}`}>
                  {t.row(line === null ? t.whole : formatNumber(line), column, expected, cell)}
                </li>
              ))}
            </ul>
          </div>
        )}
        <ProblemNote error={check.error ?? act.error} />
        {act.isSuccess && <p role="status">{t.done}</p>}
        <div className="form-buttons">
          {found === undefined && (
            <Button
              type="primary"
              disabled={base64 === null}
              loading={check.isPending}
              onClick={() => base64 !== null && check.mutate(base64)}
            >
              {t.check}
            </Button>
          )}
          {found !== undefined && !act.isSuccess && (
            <Button
              type="primary"
              disabled={found.created + found.changed === 0}
              loading={act.isPending}
              onClick={() => base64 !== null && act.mutate(base64)}
            >
              {found.wrongCount > 0 ? t.skip : t.send}
            </Button>
          )}
          <Button onClick={onClose}>{c.close}</Button>
        </div>
      </div>
    </Modal>
  );
}

function send(base64: string, opId: string, dryRun: boolean) {
  return ask(coverageRoutes.import, { body: { opId, base64, dryRun, skipWrong: true } });
}
