import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { warningRoutes } from '#contract/warnings.ts';
import { colours } from '#contract/warnings-words.ts';
import { AreaField, type NamedArea } from '#web/app/AreaField.tsx';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { fromLocal, toLocal } from '#web/i18n/local-time.ts';
import { warnings } from '#web/i18n/warnings.ts';
import { Refusal } from './Refusal.tsx';
import { kindsQuery, warningKeys, warningQuery, type WarningDetail } from './queries.ts';

const hour = 3_600_000;
const statuses = ['Actual', 'Exercise', 'Test'] as const;

interface Draft {
  status: (typeof statuses)[number];
  kind: string;
  colour: (typeof colours)[number];
  headline: string;
  description: string;
  instruction: string;
  areas: NamedArea[];
  startsAt: string;
  endsAt: string;
}

function draftOf(before: WarningDetail | undefined): Draft {
  const now = Math.floor(Date.now() / 60_000) * 60_000;
  const info = before?.infos[0];
  return {
    status: 'Actual',
    kind: before?.kind ?? 'rain',
    colour: before?.colour ?? 'yellow',
    headline: before?.headline ?? '',
    description: info?.description ?? '',
    instruction: info?.instruction ?? '',
    areas: before?.areas ?? [],
    startsAt: new Date(now).toISOString(),
    endsAt: before?.endsAt ?? new Date(now + 12 * hour).toISOString(),
  };
}

export interface IssueFormProps {
  /** Id of the warning that the new message updates. */
  updates?: string;
  onDone: (id: string) => void;
  onCancel: () => void;
}

/** Issues a warning, or an update of one of ours; the fields of an update begin with what was said before. */
export function IssueForm({ updates, ...rest }: IssueFormProps) {
  const c = useText(common);
  const before = useQuery({ ...warningQuery(updates ?? ''), enabled: updates !== undefined }).data;
  if (updates !== undefined && before === undefined) return <p className="waiting">{c.loading}</p>;
  return <Form {...rest} {...(updates === undefined ? {} : { updates })} start={draftOf(before)} />;
}

function Form({ updates, onDone, onCancel, start }: IssueFormProps & { start: Draft }) {
  const t = useText(warnings);
  const c = useText(common);
  const [draft, setDraft] = useState(start);
  const set = (change: Partial<Draft>): void => setDraft((now) => ({ ...now, ...change }));
  const act = useAct(
    ({ areas, status, ...rest }: Draft, opId) => {
      const body = { ...rest, opId, areas: areas.map(({ code }) => code) };
      return updates === undefined
        ? ask(warningRoutes.issue, { body: { ...body, status } })
        : ask(warningRoutes.update, { params: { id: updates }, body });
    },
    { stale: [warningKeys.all], onDone: ({ id }) => onDone(id) },
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate(draft);
  };
  return (
    <form className="warning-form" onSubmit={submit}>
      <h2>{updates === undefined ? t.form.issueTitle : t.form.updateTitle}</h2>
      <Choices draft={draft} set={set} withStatus={updates === undefined} />
      <Texts draft={draft} set={set} />
      <AreaField label={t.form.areas} value={draft.areas} onChange={(areas) => set({ areas })} />
      <Times draft={draft} set={set} />
      <Refusal error={act.error} />
      <p className="quiet">{t.form.sent}</p>
      <p className="warnings-marks">
        <button type="submit" disabled={act.isPending || draft.areas.length === 0}>
          {t.form.send}
        </button>
        <button type="button" onClick={onCancel}>
          {c.cancel}
        </button>
      </p>
    </form>
  );
}

interface PartProps {
  draft: Draft;
  set: (change: Partial<Draft>) => void;
}

function Choices({ draft, set, withStatus }: PartProps & { withStatus: boolean }) {
  const t = useText(warnings);
  const english = languageChoice.use() === 'en';
  const kinds = useQuery(kindsQuery).data?.items ?? [];
  return (
    <div className="warning-pair">
      {withStatus && (
        <label>
          <span>{t.form.status}</span>
          <select
            value={draft.status}
            onChange={({ target }) => set({ status: statuses.find((one) => one === target.value) ?? 'Actual' })}
          >
            {statuses.map((one) => (
              <option key={one} value={one}>
                {t.status[one]}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        <span>{t.form.kind}</span>
        <select value={draft.kind} onChange={({ target }) => set({ kind: target.value })}>
          {kinds.map(({ code, name, nameEn }) => (
            <option key={code} value={code}>
              {english ? nameEn : name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{t.form.colour}</span>
        <select
          value={draft.colour}
          onChange={({ target }) => set({ colour: colours.find((one) => one === target.value) ?? 'yellow' })}
        >
          {colours.map((one) => (
            <option key={one} value={one}>
              {t.colour[one]}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

function Texts({ draft, set }: PartProps) {
  const t = useText(warnings).form;
  return (
    <>
      <label>
        <span>{t.headline}</span>
        <input
          required
          minLength={2}
          maxLength={160}
          value={draft.headline}
          onChange={({ target }) => set({ headline: target.value })}
        />
      </label>
      <label>
        <span>{t.description}</span>
        <textarea
          required
          minLength={2}
          maxLength={4000}
          rows={4}
          value={draft.description}
          onChange={({ target }) => set({ description: target.value })}
        />
      </label>
      <label>
        <span>{t.instruction}</span>
        <textarea
          maxLength={4000}
          rows={3}
          value={draft.instruction}
          onChange={({ target }) => set({ instruction: target.value })}
        />
      </label>
    </>
  );
}

function Times({ draft, set }: PartProps) {
  const t = useText(warnings).form;
  return (
    <div className="warning-pair">
      <label>
        <span>{t.starts}</span>
        <input
          type="datetime-local"
          required
          value={toLocal(draft.startsAt)}
          onChange={({ target }) => set({ startsAt: fromLocal(target.value) })}
        />
      </label>
      <label>
        <span>{t.ends}</span>
        <input
          type="datetime-local"
          required
          value={toLocal(draft.endsAt)}
          onChange={({ target }) => set({ endsAt: fromLocal(target.value) })}
        />
      </label>
    </div>
  );
}
