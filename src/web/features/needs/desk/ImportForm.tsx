import { Button, Modal } from 'antd';
import { useState } from 'react';
import { needRoutes } from '#contract/needs.ts';
import type { ClientOutput } from '#contract/route.ts';
import { AreaField, type NamedArea } from '#web/app/AreaField.tsx';
import { ask } from '#web/app/ask.ts';
import { fileToBase64 } from '#web/app/base64.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { needs } from '#web/i18n/needs.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { useFocusBack } from '#web/ui/use-focus-back.ts';
import { needKeys, useNeedNames } from './queries.ts';

interface Upload {
  file: string;
  format: 'csv' | 'json';
  areaCode: string | null;
}
type Answer = ClientOutput<typeof needRoutes.import>;

/** A file of the hotline: tried first, then taken, without the rows that are wrong. */
export function ImportForm({ onClose }: { onClose: () => void }) {
  const t = useText(needs).import;
  const c = useText(common);
  useFocusBack();
  const [file, setFile] = useState<Omit<Upload, 'areaCode'> | null>(null);
  const [area, setArea] = useState<NamedArea[]>([]);
  const check = useAct((upload: Upload, opId) => ask(needRoutes.import, { body: { ...upload, opId, dryRun: true } }));
  const act = useAct((upload: Upload, opId) => ask(needRoutes.import, { body: { ...upload, opId, dryRun: false } }), {
    stale: [needKeys.all],
  });
  const upload = file === null ? null : { ...file, areaCode: area[0]?.code ?? null };
  const anew = (): void => {
    check.reset();
    act.reset();
  };
  const read = async (chosen: File | undefined): Promise<void> => {
    anew();
    const format = chosen?.name.toLowerCase().endsWith('.json') === true ? 'json' : 'csv';
    setFile(chosen === undefined ? null : { file: await fileToBase64(chosen), format });
  };
  const found = act.data ?? check.data;
  return (
    <Modal open title={t.title} footer={null} width={760} onCancel={onClose} closable={{ 'aria-label': c.close }}>
      <div className="form needs-form">
        <p className="quiet">{t.lead}</p>
        <label className="form-field">
          {t.file}
          <input
            type="file"
            accept=".csv,.json,text/csv,application/json"
            onChange={({ target }) => void read(target.files?.[0])}
          />
        </label>
        <AreaField
          label={t.area}
          value={area}
          single
          onChange={(next) => {
            anew();
            setArea(next);
          }}
        />
        {found !== undefined && <Found answer={found} />}
        <ProblemNote error={check.error ?? act.error} />
        <div className="form-buttons">
          {check.data === undefined && (
            <Button
              type="primary"
              disabled={upload === null}
              loading={check.isPending}
              onClick={() => upload !== null && check.mutate(upload)}
            >
              {t.try}
            </Button>
          )}
          {check.data !== undefined && act.data === undefined && (
            <Button
              type="primary"
              disabled={check.data.taken === 0}
              loading={act.isPending}
              onClick={() => upload !== null && act.mutate(upload)}
            >
              {t.send(formatNumber(check.data.taken))}
            </Button>
          )}
          <Button onClick={onClose}>{c.close}</Button>
        </div>
      </div>
    </Modal>
  );
}

const columnsKnown = ['ref', 'text', 'at', 'people', 'area'] as const;

function Found({ answer }: { answer: Answer }) {
  const t = useText(needs).import;
  const { dryRun, read, taken, known, unclassed, cleaned, wrong, wrongCount, sample } = answer;
  const n = formatNumber;
  const told = [
    t.read(n(read)),
    dryRun ? t.taken(n(taken)) : t.done(n(taken)),
    ...(known > 0 ? [t.known(n(known))] : []),
    ...(unclassed > 0 ? [t.unclassed(n(unclassed))] : []),
    ...(cleaned > 0 ? [t.cleaned(n(cleaned))] : []),
  ];
  return (
    <div role="status">
      <p>{told.join(' · ')}</p>
      {wrongCount > 0 && <p>{t.wrong(n(wrongCount))}</p>}
      <ul className="needs-wrong">
        {wrong.map(({ line, column, expected, found }) => {
          // Columns this program knows are told in the reader's language; what is wrong with a row as a whole, as it came.
          const key = columnsKnown.find((one) => one === column);
          const [named, wanted] = key === undefined ? [column, expected] : [t.fields[key], t.expects[key]];
          return (
            <li key={`${line} ${column}`}>
              {line === null ? t.wholeFile(named, wanted, found) : t.wrongLine(line, named, wanted, found)}
            </li>
          );
        })}
      </ul>
      {sample.length > 0 && dryRun && <Sample rows={sample} />}
    </div>
  );
}

function Sample({ rows }: { rows: Answer['sample'] }) {
  const t = useText(needs);
  const { classOf } = useNeedNames();
  return (
    <div className="needs-sample">
      <table>
        <caption>{t.import.sample}</caption>
        <thead>
          <tr>
            {(['ref', 'text', 'area', 'class'] as const).map((column) => (
              <th key={column} scope="col">
                {t.import.columns[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ line, ref, text, areaName, classCode }) => (
            <tr key={line}>
              <td>{ref}</td>
              <td>{text}</td>
              <td>{areaName}</td>
              <td>{classCode === null ? t.unknownClass : classOf(classCode)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
