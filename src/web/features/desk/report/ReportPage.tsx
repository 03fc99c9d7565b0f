import { useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState, type FormEvent } from 'react';
import { eventRoutes } from '#contract/events.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';
import { useText } from '#web/i18n/area.ts';
import { deskEvent } from '#web/i18n/desk-event.ts';
import { words } from '#web/i18n/words.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { priorityKeys } from '../PriorityShape.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { eventKeys } from '../queries.ts';
import { useCategoryOptions } from '../trees.ts';
import { PlacePart } from './PlacePart.tsx';
import {
  freshReport,
  gapsOf,
  keepReport,
  readReport,
  seatChannels,
  toReportBody,
  type ReportDraft,
} from './report-draft.ts';
import { ReportDone } from './ReportDone.tsx';
import { SimilarPart } from './SimilarPart.tsx';
import { UrgentPart } from './UrgentPart.tsx';
import './report.css';

export type Reported = ClientOutput<typeof eventRoutes.report>;
export interface ReportPartProps {
  draft: ReportDraft;
  set: (part: Partial<ReportDraft>) => void;
}

/** A seat records what a caller, the hotline or the tier above says. The draft survives reloads and expired sessions. */
export function ReportPage() {
  const t = useText(deskEvent).report;
  const client = useQueryClient();
  const [draft, setDraft] = useState(readReport);
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [done, setDone] = useState<{ result: Reported; callFailed: boolean } | null>(null);
  const gaps = gapsOf(draft);
  const set = (part: Partial<ReportDraft>): void =>
    setDraft((now) => {
      const next = { ...now, ...part };
      keepReport(next);
      return next;
    });

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setAsked(true);
    if (gaps.length > 0 || busy) return;
    setBusy(true);
    setError(null);
    try {
      const result = await ask(eventRoutes.report, { body: toReportBody(draft) });
      const callFailed = !(await recordCalls(result.id, draft));
      keepReport(null);
      setDone({ result, callFailed });
      void client.invalidateQueries({ queryKey: eventKeys.all });
    } catch (refusal) {
      setError(refusal);
      // What was sent may differ next time: a refusal (unlike silence) means that nothing was recorded under this id.
      if ((refusal as { code?: string }).code === 'op_reused') set({ opId: crypto.randomUUID() });
    } finally {
      setBusy(false);
    }
  };

  if (done !== null)
    return (
      <ReportDone
        result={done.result}
        callFailed={done.callFailed}
        onAnother={() => {
          setDraft(freshReport(draft.channel));
          setAsked(false);
          setDone(null);
        }}
      />
    );
  const urgent = draft.priority === 0;
  return (
    <div className="report-page">
      <form className="report" onSubmit={(event) => void submit(event)}>
        <header>
          <h1>{t.title}</h1>
          <p className="quiet">{t.lead}</p>
        </header>
        <UrgentPart draft={draft} set={set} />
        <Facts draft={draft} set={set} gap={asked && gaps.includes('needCategory')} />
        <PlacePart draft={draft} set={set} />
        {asked && gaps.includes('needPlace') && <Gap words={t.needPlace} />}
        <Contact draft={draft} set={set} />
        <ProblemNote error={error} />
        <div className="form-buttons">
          <Button type="primary" htmlType="submit" size="large" danger={urgent} loading={busy}>
            {urgent ? t.submitUrgent : t.submit}
          </Button>
        </div>
      </form>
      <aside>
        <SimilarPart draft={draft} set={set} />
      </aside>
    </div>
  );
}

/** Calls made before recording become call records of the new event. False when one could not be written. */
async function recordCalls(id: string, draft: ReportDraft): Promise<boolean> {
  const results = await Promise.allSettled(
    draft.calls.map((one) =>
      ask(eventRoutes.recordCall, {
        params: { id },
        body: { opId: one.opId, number: one.number, calledAt: one.calledAt },
      }),
    ),
  );
  return results.every((one) => one.status === 'fulfilled');
}

function Facts({ draft, set, gap }: ReportPartProps & { gap: boolean }) {
  const t = useText(deskEvent).report;
  const w = useText(words);
  const options = useCategoryOptions();
  return (
    <>
      <div className="form-two">
        <div className="form-field">
          {t.channel}
          <Select
            aria-label={t.channel}
            value={draft.channel}
            onChange={(channel) => set({ channel })}
            options={seatChannels.map((one) => ({ value: one, label: w.channel[one] }))}
          />
        </div>
        <label className="form-field">
          {t.sourceRef}
          <Input value={draft.sourceRef} maxLength={100} onChange={(event) => set({ sourceRef: event.target.value })} />
        </label>
      </div>
      <div className="form-field">
        {t.category}
        <Select
          aria-label={t.category}
          placeholder={t.categoryHint}
          options={options}
          value={draft.categoryCode === '' ? undefined : draft.categoryCode}
          onChange={(categoryCode: string) => set({ categoryCode, follow: null })}
          showSearch={{ optionFilterProp: 'label' }}
          status={gap ? 'error' : ''}
        />
        {gap && <Gap words={t.needCategory} />}
      </div>
      <label className="form-field">
        {t.description}
        <Input.TextArea
          autoSize={{ minRows: 3, maxRows: 10 }}
          maxLength={4000}
          placeholder={t.descriptionHint}
          value={draft.description}
          onChange={(event) => set({ description: event.target.value })}
        />
      </label>
      <label className="form-field">
        {t.titleField}
        <Input value={draft.title} maxLength={80} onChange={(event) => set({ title: event.target.value })} />
      </label>
    </>
  );
}

function Contact({ draft, set }: ReportPartProps) {
  const t = useText(deskEvent).report;
  const w = useText(words);
  return (
    <>
      <div className="form-two">
        <label className="form-field">
          {t.name}
          <Input
            value={draft.name}
            maxLength={50}
            autoComplete="off"
            onChange={(event) => set({ name: event.target.value })}
          />
        </label>
        <label className="form-field">
          {t.phone}
          <Input
            value={draft.phone}
            maxLength={30}
            inputMode="tel"
            autoComplete="off"
            onChange={(event) => set({ phone: event.target.value })}
          />
        </label>
      </div>
      <small className="quiet">{t.contactHint}</small>
      <div className="form-field">
        {t.priority}
        <Select
          aria-label={t.priority}
          value={draft.priority ?? -1}
          onChange={(priority) => set({ priority: priority < 0 ? null : priority })}
          options={[
            { value: -1, label: t.priorityDefault },
            ...priorityKeys.map((key, value) => ({ value, label: `${w.priorityCode[key]} ${w.priority[key]}` })),
          ]}
        />
      </div>
    </>
  );
}

function Gap({ words: text }: { words: string }) {
  return (
    <small className="gap" role="alert">
      <Icon name="warning" size={14} /> {text}
    </small>
  );
}
