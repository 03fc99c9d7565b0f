import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useEffect, useRef } from 'react';
import { useText } from '#web/i18n/area.ts';
import { deskEvent } from '#web/i18n/desk-event.ts';
import { useUnitName } from '../../names.ts';
import { candidatesQuery, type Candidate } from '../../queries.ts';
import type { FieldProps } from './ActionField.tsx';

/** Who takes the lead: the library's suggestion is chosen already, so that Enter is enough. */
export function LeadField({ event, values, set }: FieldProps) {
  const t = useText(deskEvent).act;
  const unitName = useUnitName();
  const { data, isPending } = useQuery(candidatesQuery(event.id));
  const suggested = data?.items.find((one) => one.suggested === 'lead');
  const { leadUnitId } = values;
  const byLibrary = useRef(false);
  useEffect(() => {
    if (leadUnitId !== null || suggested === undefined) return;
    byLibrary.current = true;
    set({ leadUnitId: suggested.unit.id, assistUnitIds: assistsOf(data?.items ?? []) });
    // Only when the candidates arrive.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [suggested?.unit.id]);
  useEffect(() => {
    if (leadUnitId === null || !byLibrary.current) return;
    byLibrary.current = false;
    // The button can be pressed only now: Enter confirms what the library suggests.
    document.querySelector<HTMLElement>('.act-panel [data-confirm]')?.focus({ preventScroll: true });
  }, [leadUnitId]);
  return (
    <div className="form-field">
      {t.lead}
      <Select
        aria-label={t.lead}
        loading={isPending}
        value={values.leadUnitId}
        onChange={(leadId: string) => set({ leadUnitId: leadId })}
        options={useUnitOptions(data?.items ?? [])}
        showSearch={{ optionFilterProp: 'search' }}
        optionRender={(option) => <UnitOption candidate={option.data.candidate} />}
      />
      {data !== undefined && (
        <small>{suggested === undefined ? t.noSuggestion : t.suggestedBy(unitName(suggested.unit))}</small>
      )}
    </div>
  );
}

export function AssistsField({ event, values, set }: FieldProps) {
  const t = useText(deskEvent).act;
  const { data } = useQuery(candidatesQuery(event.id));
  const others = (data?.items ?? []).filter((one) => one.unit.id !== values.leadUnitId);
  return (
    <div className="form-field">
      {t.assists}
      <Select
        aria-label={t.assists}
        mode="multiple"
        allowClear
        value={values.assistUnitIds.filter((id) => id !== values.leadUnitId)}
        onChange={(assistUnitIds) => set({ assistUnitIds })}
        options={useUnitOptions(others)}
        showSearch={{ optionFilterProp: 'search' }}
        optionRender={(option) => <UnitOption candidate={option.data.candidate} />}
      />
    </div>
  );
}

export function InvitedField({ event, values, set }: FieldProps) {
  const t = useText(deskEvent).act;
  const { data } = useQuery(candidatesQuery(event.id));
  const there = new Set(
    event.tasks
      .filter((task) => !['returned', 'waived', 'withdrawn'].includes(task.status))
      .map((task) => task.unit.id),
  );
  return (
    <div className="form-field">
      {t.invited}
      <Select
        aria-label={t.invited}
        mode="multiple"
        value={values.unitIds}
        onChange={(unitIds) => set({ unitIds })}
        options={useUnitOptions((data?.items ?? []).filter((one) => !there.has(one.unit.id)))}
        showSearch={{ optionFilterProp: 'search' }}
        optionRender={(option) => <UnitOption candidate={option.data.candidate} />}
      />
    </div>
  );
}

function assistsOf(items: readonly Candidate[]): string[] {
  return items.filter((one) => one.suggested === 'assist').map((one) => one.unit.id);
}

/** Suggested units first, as the server orders them; both languages are searched. */
function useUnitOptions(items: readonly Candidate[]) {
  const unitName = useUnitName();
  return items.map((candidate) => ({
    value: candidate.unit.id,
    label: unitName(candidate.unit),
    search: `${candidate.unit.name} ${candidate.unit.nameEn}`,
    candidate,
  }));
}

function UnitOption({ candidate }: { candidate: Candidate }) {
  const t = useText(deskEvent).act;
  const unitName = useUnitName();
  return (
    <span className="unit-option">
      <span>{unitName(candidate.unit)}</span>
      {candidate.suggested !== null && <i className="tag tag-leaf">{t.suggested}</i>}
      <small>{t.openTasks(candidate.openTasks)}</small>
    </span>
  );
}
