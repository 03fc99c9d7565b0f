import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { incidentRoutes, type WrittenFields, type WrittenKind } from '#contract/incidents.ts';
import { ask } from '#web/app/ask.ts';
import { ProblemError } from '#web/app/problem.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { incidents } from '#web/i18n/incidents.ts';
import { MomentField } from '#web/ui/MomentField.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { useKeptDraft } from './kept-draft.ts';
import { TextLine } from './PhoneForm.tsx';
import { incidentKey, type IncidentView } from './queries.ts';

interface ReportFormProps {
  eventId: string;
  incident: IncidentView;
  kind: WrittenKind;
  onClose: () => void;
}

/** A written report: the draft comes from the server, the writer checks, completes and issues it. */
export function ReportForm(props: ReportFormProps) {
  const { eventId, kind } = props;
  const draft = useQuery({
    queryKey: ['incident-draft', eventId, kind],
    queryFn: () => ask(incidentRoutes.draft, { params: { id: eventId }, query: { kind } }),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  if (draft.data === undefined) return <ProblemNote error={draft.error} onRetry={() => void draft.refetch()} />;
  return <Written {...props} proposal={draft.data.fields} onRenew={async () => (await draft.refetch()).data?.fields} />;
}

const long = ['cause', 'process', 'scope', 'casualties', 'trend', 'measures', 'leaders', 'needs'] as const;
const longest: Record<(typeof long)[number], number> = {
  cause: 1000,
  process: 4000,
  scope: 1000,
  casualties: 1000,
  trend: 1000,
  measures: 4000,
  leaders: 500,
  needs: 1000,
};

type WrittenProps = ReportFormProps & {
  proposal: WrittenFields;
  onRenew: () => Promise<WrittenFields | undefined>;
};

function Written({ eventId, incident, kind, onClose, proposal, onRenew }: WrittenProps) {
  const t = useText(incidents);
  const written = incident.reports.filter((report) => report.kind !== 'phone').length;
  const [seen] = useState(written);
  const next = incident.reports.filter((report) => report.kind === 'continued').length + 1;
  const name = t.kind[kind](next);
  const draft = useKeptDraft<WrittenFields>(`incident.${eventId}.${kind}.${next}`, proposal);
  const act = useAct(
    (body: { kind: WrittenKind; fields: WrittenFields; version: number }, opId) =>
      ask(incidentRoutes.issue, { params: { id: eventId }, body: { ...body, opId } }),
    {
      stale: [incidentKey(eventId)],
      onDone: () => {
        draft.forget();
        onClose();
      },
    },
  );
  const { fields, set } = draft;
  const conflict = act.error instanceof ProblemError && act.error.code === 'version_conflict';
  const client = useQueryClient();
  useEffect(() => {
    if (conflict) void client.invalidateQueries({ queryKey: incidentKey(eventId) });
  }, [conflict, client, eventId]);
  const ready = [fields.receivedAt, fields.to, fields.source, fields.place, fields.nature].every(
    (words) => words.trim() !== '',
  );
  const renew = async (): Promise<void> => {
    const fresh = await onRenew();
    if (fresh !== undefined) draft.begin(fresh);
  };
  return (
    <form
      className="form incident-report"
      aria-label={t.draft.title(name)}
      onSubmit={(pressed) => {
        pressed.preventDefault();
        if (ready) act.mutate({ kind, fields, version: incident.version });
      }}
    >
      <h4>{t.draft.title(name)}</h4>
      <p className="quiet">{draft.restored ? t.draft.restored : t.draft.lead}</p>
      <ShortFields fields={fields} set={set} />
      {long.map((key) => (
        <label key={key} className="form-field">
          {t.fields[key]}
          <textarea
            className="incident-input"
            rows={key === 'process' || key === 'measures' ? 4 : 2}
            maxLength={longest[key]}
            value={fields[key]}
            onChange={(event) => set({ [key]: event.target.value })}
          />
        </label>
      ))}
      {conflict || written > seen ? <p className="note">{t.changed}</p> : <ProblemNote error={act.error} />}
      <p className="quiet">{t.draft.final}</p>
      <div className="form-buttons">
        <Button type="primary" htmlType="submit" disabled={!ready} loading={act.isPending}>
          {t.draft.issue(name)}
        </Button>
        <Button onClick={() => void renew()}>{t.draft.renew}</Button>
        <Button onClick={onClose}>{t.cancel}</Button>
      </div>
    </form>
  );
}

function ShortFields({ fields, set }: { fields: WrittenFields; set: (part: Partial<WrittenFields>) => void }) {
  const t = useText(incidents).fields;
  return (
    <div className="form-two">
      {(['to', 'source', 'place', 'nature', 'contact', 'signedBy'] as const).map((key) => (
        <TextLine
          key={key}
          label={t[key]}
          value={fields[key]}
          max={key === 'contact' ? 100 : key === 'signedBy' ? 40 : 200}
          onChange={(words) => set({ [key]: words })}
        />
      ))}
      <MomentField label={t.receivedAt} value={fields.receivedAt} onChange={(receivedAt) => set({ receivedAt })} />
      <MomentField
        label={t.happenedAt}
        value={fields.happenedAt ?? ''}
        onChange={(happenedAt) => set({ happenedAt: happenedAt === '' ? null : happenedAt })}
      />
    </div>
  );
}
