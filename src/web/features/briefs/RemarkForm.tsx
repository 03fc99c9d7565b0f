import { useMutation } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import { briefRoutes } from '#contract/briefs.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { briefs } from '#web/i18n/briefs.ts';
import { FormFrame } from '#web/ui/FormFrame.tsx';
import { LongLine } from '#web/ui/FormLines.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { briefsKey, type Brief, type Section } from './queries.ts';

interface RemarkFormProps {
  brief: Brief;
  section: Section;
  onClose: () => void;
}

/** Words of one section. The assistant's draft lands in the field, and only a person saves it. */
export function RemarkForm({ brief: { id, version, remarks, assistant }, section, onClose }: RemarkFormProps) {
  const t = useText(briefs);
  const { message } = App.useApp();
  const before = remarks[section.key];
  const [text, setText] = useState(before?.text ?? '');
  const [machine, setMachine] = useState(before?.machine ?? false);
  const suggest = useMutation({
    mutationFn: () => ask(briefRoutes.suggest, { params: { id }, body: { section: section.key } }),
    onSuccess: (answer) => {
      setText(answer.text);
      setMachine(true);
    },
  });
  const act = useAct(
    (input: { text: string; machine: boolean; version: number }, opId) =>
      ask(briefRoutes.write, { params: { id }, body: { opId, section: section.key, ...input } }),
    {
      stale: [briefsKey],
      onDone: () => {
        void message.success(t.saved);
        onClose();
      },
    },
  );
  return (
    <FormFrame
      title={t.writing(section.heading)}
      send={t.save}
      busy={act.isPending}
      error={act.error}
      ready
      width={680}
      area="briefs-form"
      onSend={() => act.mutate({ text, machine: machine && text !== '', version })}
      onClose={onClose}
    >
      <p className="quiet">{t.wordsHint}</p>
      {assistant && (
        <p>
          <button
            type="button"
            className="tool tool-framed"
            disabled={suggest.isPending}
            onClick={() => suggest.mutate()}
          >
            {t.suggest}
          </button>
        </p>
      )}
      <ProblemNote error={suggest.error} />
      {suggest.data !== undefined && <p role="status">{t.suggested(suggest.data.by)}</p>}
      <LongLine label={t.words} value={text} max={2000} rows={8} onChange={setText} />
    </FormFrame>
  );
}
