import { useQuery } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import { briefFormats, briefRoutes } from '#contract/briefs.ts';
import { ask } from '#web/app/ask.ts';
import { addressOf } from '#web/app/call.ts';
import { useGo } from '#web/app/Go.tsx';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { briefs } from '#web/i18n/briefs.ts';
import { FormFrame } from '#web/ui/FormFrame.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { briefsKey, choicesQuery, type Brief } from './queries.ts';
import { Recipients } from './Recipients.tsx';

const names = { docx: 'Word', pdf: 'PDF', xlsx: 'Excel' } as const;

/** Downloads for everybody; reckoning, issuing and discarding for whoever edits. */
export function Actions({ brief }: { brief: Brief }) {
  const t = useText(briefs);
  const { message } = App.useApp();
  const [form, setForm] = useState<'issue' | 'discard' | null>(null);
  const { id, version } = brief;
  const reckon = useAct(
    (seen: number, opId) => ask(briefRoutes.reckon, { params: { id }, body: { opId, version: seen } }),
    { stale: [briefsKey], onDone: () => void message.success(t.reckonDone) },
  );
  return (
    <>
      <div className="briefs-actions briefs-no-print">
        <span className={`tag briefs-${brief.state}`}>{t.states[brief.state]}</span>
        {briefFormats.map((format) => (
          <a
            key={format}
            className="tool tool-framed"
            download
            aria-label={`${t.download} ${names[format]}`}
            href={addressOf(briefRoutes.file.path, { id, format }, {})}
          >
            {names[format]}
          </a>
        ))}
        <button type="button" className="tool tool-framed" onClick={() => print()}>
          {t.print}
        </button>
        {brief.mayEdit && (
          <>
            <button
              type="button"
              className="tool tool-framed"
              disabled={reckon.isPending}
              onClick={() => reckon.mutate(version)}
            >
              {t.reckon}
            </button>
            <button type="button" className="tool tool-framed" onClick={() => setForm('discard')}>
              {t.discard}
            </button>
            <button type="button" className="tool tool-framed briefs-main" onClick={() => setForm('issue')}>
              {t.issue}
            </button>
          </>
        )}
      </div>
      <ProblemNote error={reckon.error} />
      {form === 'issue' && <IssueForm brief={brief} onClose={() => setForm(null)} />}
      {form === 'discard' && <DiscardForm brief={brief} onClose={() => setForm(null)} />}
    </>
  );
}

interface FormProps {
  brief: Brief;
  onClose: () => void;
}

function IssueForm({ brief: { id, version, recipients: before }, onClose }: FormProps) {
  const t = useText(briefs);
  const { message } = App.useApp();
  const { data } = useQuery(choicesQuery);
  const [units, setUnits] = useState(() => before.map((unit) => unit.id));
  const act = useAct(
    (input: { version: number; recipients: string[] }, opId) =>
      ask(briefRoutes.issue, { params: { id }, body: { opId, ...input } }),
    {
      stale: [briefsKey],
      onDone: ({ brief }) => {
        void message.success(t.issued(brief.number ?? ''));
        onClose();
      },
    },
  );
  return (
    <FormFrame
      title={t.issueTitle}
      send={t.issue}
      busy={act.isPending}
      error={act.error}
      ready
      area="briefs-form"
      onSend={() => act.mutate({ version, recipients: units })}
      onClose={onClose}
    >
      <p>{t.issueWords}</p>
      <Recipients choices={data?.recipients ?? before} value={units} onChange={setUnits} />
    </FormFrame>
  );
}

function DiscardForm({ brief: { id, version }, onClose }: FormProps) {
  const t = useText(briefs);
  const { message } = App.useApp();
  const go = useGo();
  const act = useAct(
    (seen: number, opId) => ask(briefRoutes.discard, { params: { id }, body: { opId, version: seen } }),
    {
      stale: [briefsKey],
      onDone: () => {
        void message.success(t.discarded);
        go('/desk/briefs');
      },
    },
  );
  return (
    <FormFrame
      title={t.discard}
      send={t.discard}
      busy={act.isPending}
      error={act.error}
      ready
      danger
      area="briefs-form"
      onSend={() => act.mutate(version)}
      onClose={onClose}
    >
      <p>{t.discardWords}</p>
    </FormFrame>
  );
}
