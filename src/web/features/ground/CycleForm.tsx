import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { inspectionRoutes } from '#contract/inspections.ts';
import { ask } from '#web/app/ask.ts';
import { ProblemError } from '#web/app/problem.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { ground } from '#web/i18n/ground.ts';
import { inspections } from '#web/i18n/inspections.ts';
import { Line } from '#web/ui/FormLines.tsx';
import { FormFrame } from './Parts.tsx';
import { groundKeys, lookRulesQuery, type LookRules } from './queries.ts';

/** A cell of the table of cycles. */
export interface CycleOf {
  kind: string;
  level: number;
  /** Kind and level in words. */
  name: string;
}

export interface CycleFormProps {
  of: CycleOf;
  rules: LookRules['items'];
  onClose: () => void;
}

/**
 * Changes how often points of a kind and level are looked at. When somebody else was faster, their cycle is shown beside
 * what was typed here, and saving once more means it.
 */
export function CycleForm({ of, rules, onClose }: CycleFormProps) {
  const t = useText(inspections);
  const save = useText(ground).save;
  const client = useQueryClient();
  const own = rules.find(({ kind, level }) => kind === of.kind && level === of.level);
  const start = own ?? rules.find(({ kind, level }) => kind === '*' && level === of.level);
  const [draft, setDraft] = useState({
    days: String(start?.days ?? ''),
    followUpDays: String(start?.followUpDays ?? ''),
    source: '',
  });
  const { kind, level } = of;
  const act = useAct(
    (body: { days: number; followUpDays: number; source: string; version: number }, opId) =>
      ask(inspectionRoutes.saveRule, { body: { opId, kind, level, ...body } }),
    { stale: [lookRulesQuery.queryKey, groundKeys.risks], onDone: onClose },
  );
  const conflict = act.error instanceof ProblemError && act.error.code === 'version_conflict';
  useEffect(() => {
    if (conflict) void client.invalidateQueries({ queryKey: lookRulesQuery.queryKey });
  }, [conflict, client]);
  const [days, followUpDays] = [Number(draft.days), Number(draft.followUpDays)];
  const ready = isWithin(days, 730) && isWithin(followUpDays, 180) && draft.source.trim().length >= 2;
  return (
    <FormFrame
      title={t.board.changeOf(of.name)}
      act={save}
      busy={act.isPending}
      error={conflict ? null : act.error}
      ready={ready}
      onSend={() => act.mutate({ days, followUpDays, source: draft.source.trim(), version: own?.version ?? 0 })}
      onClose={onClose}
    >
      {conflict && own !== undefined && (
        <p className="ground-plain" role="alert">
          {t.board.conflict(formatNumber(own.days), formatNumber(own.followUpDays), own.source)}
        </p>
      )}
      <div className="form-two">
        <Days
          label={t.board.days}
          max={730}
          value={draft.days}
          onChange={(next) => setDraft({ ...draft, days: next })}
        />
        <Days
          label={t.board.followUpDays}
          max={180}
          value={draft.followUpDays}
          onChange={(next) => setDraft({ ...draft, followUpDays: next })}
        />
      </div>
      <Line
        label={t.board.source}
        example={start?.source ?? ''}
        value={draft.source}
        max={200}
        required
        onChange={(source) => setDraft({ ...draft, source })}
      />
      <p className="quiet">{t.board.changeLead}</p>
    </FormFrame>
  );
}

const isWithin = (days: number, most: number): boolean => Number.isInteger(days) && days >= 1 && days <= most;

function Days(props: { label: string; value: string; max: number; onChange: (value: string) => void }) {
  return (
    <label className="form-field">
      {props.label}
      <input
        type="number"
        required
        min={1}
        max={props.max}
        value={props.value}
        onChange={({ target }) => props.onChange(target.value)}
      />
    </label>
  );
}
