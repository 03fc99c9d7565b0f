import { useState, type FormEvent } from 'react';
import { warningRoutes } from '#contract/warnings.ts';
import { fileToBase64 } from '#web/app/base64.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { warnings } from '#web/i18n/warnings.ts';
import { warningKeys } from './queries.ts';
import { Refusal } from './Refusal.tsx';

const largest = 1024 * 1024;

/** Takes in a CAP file that somebody holds. */
export function UploadForm({ onDone }: { onDone: (id: string) => void }) {
  const t = useText(warnings);
  const [file, setFile] = useState<File | null>(null);
  const [areaCode, setAreaCode] = useState('');
  const act = useAct(
    (wish: { base64: string; areaCode: string | null }, opId) => ask(warningRoutes.upload, { body: { opId, ...wish } }),
    { stale: [warningKeys.all] },
  );
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (file === null) return;
    act.mutate({ base64: await fileToBase64(file), areaCode: areaCode === '' ? null : areaCode });
  };
  return (
    <form className="warning-form" onSubmit={(event) => void submit(event)}>
      <h2>{t.list.upload}</h2>
      <label>
        <span>{t.form.file}</span>
        <input
          type="file"
          required
          accept=".xml,.cap,application/xml,text/xml"
          onChange={({ target }) => setFile(target.files?.[0] ?? null)}
        />
      </label>
      <label>
        <span>{t.form.fallback}</span>
        <input
          inputMode="numeric"
          pattern="\d{6}|\d{9}|\d{12}|\d{15}|\d{17}"
          value={areaCode}
          onChange={({ target }) => setAreaCode(target.value)}
        />
      </label>
      <Refusal error={act.error} />
      {act.data === undefined ? (
        <button type="submit" disabled={act.isPending || file === null || file.size > largest}>
          {t.form.read}
        </button>
      ) : (
        <p role="status" className="warnings-marks">
          {act.data.duplicate ? t.form.duplicate : t.form.received}
          <button type="button" className="link-button" onClick={() => act.data !== undefined && onDone(act.data.id)}>
            {t.detail.label}
          </button>
        </p>
      )}
    </form>
  );
}
