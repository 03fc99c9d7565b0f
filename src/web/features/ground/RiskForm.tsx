import { useRiskKinds } from '#web/app/ground-words.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { riskRoutes } from '#contract/risk-points.ts';
import { ask } from '#web/app/ask.ts';
import { usePlanNames } from '#web/app/plan-names.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { ground } from '#web/i18n/ground.ts';
import { inspections } from '#web/i18n/inspections.ts';
import type { LonLatPoint } from '#web/map/layers.ts';
import { PlaceField } from '#web/map/PlaceField.tsx';
import { Line, LongLine } from '#web/ui/FormLines.tsx';
import { FormFrame } from './Parts.tsx';
import { groundKeys, streetUnitsQuery, type RiskDetail } from './queries.ts';
import { levelKeys } from './risk-words.ts';

interface Draft {
  name: string;
  kind: string;
  level: string;
  state: 'open' | 'controlled';
  placeWords: string;
  unitId: string;
  note: string;
  /** Digits, or nothing: by rule. */
  cycle: string;
  planCode: string;
  at: LonLatPoint | null;
}

function draftOf(point: RiskDetail | null): Draft {
  return {
    name: point?.name ?? '',
    kind: point?.kind ?? '',
    level: String(point?.level ?? 4),
    state: point?.state === 'controlled' ? 'controlled' : 'open',
    placeWords: point?.placeWords ?? '',
    unitId: point?.unitId ?? '',
    note: point?.note ?? '',
    cycle: point?.cycleDays?.toString() ?? '',
    planCode: point?.planCode ?? '',
    at: point === null ? null : { lon: point.lon, lat: point.lat },
  };
}

async function save(point: RiskDetail | null, draft: Draft, opId: string) {
  const { name, kind, state, placeWords, note, at } = draft;
  const unitId = draft.unitId === '' ? null : draft.unitId;
  const cycleDays = draft.cycle === '' ? null : Number(draft.cycle);
  const planCode = draft.planCode === '' ? null : draft.planCode;
  const looks = { cycleDays, planCode };
  const fields = { opId, name, kind, state, placeWords, note, unitId, level: Number(draft.level), ...looks };
  if (point === null) return ask(riskRoutes.create, { body: { ...fields, lon: at?.lon ?? 0, lat: at?.lat ?? 0 } });
  const moved = at !== null && (at.lon !== point.lon || at.lat !== point.lat);
  const body = { ...fields, version: point.version, ...(moved ? at : {}) };
  return ask(riskRoutes.edit, { params: { id: point.id }, body });
}

export interface RiskFormProps {
  /** Null: a new one. */
  point: RiskDetail | null;
  onClose: () => void;
  onSaved: (id: string) => void;
}

export function RiskForm({ point, onClose, onSaved }: RiskFormProps) {
  const t = useText(ground);
  const [draft, setDraft] = useState(() => draftOf(point));
  const set = (change: Partial<Draft>): void => setDraft({ ...draft, ...change });
  const act = useAct((wish: Draft, opId) => save(point, wish, opId), {
    stale: [groundKeys.risks],
    onDone: (answer) => onSaved(answer.point.id),
  });
  return (
    <FormFrame
      title={point === null ? t.risk.add : t.risk.editTitle}
      act={t.save}
      busy={act.isPending}
      error={act.error}
      ready={draft.name.trim() !== '' && draft.kind !== '' && draft.at !== null}
      onSend={() => act.mutate(draft)}
      onClose={onClose}
    >
      <Line label={t.risk.name} value={draft.name} max={100} required onChange={(name) => set({ name })} />
      <Choices draft={draft} set={set} />
      <PlaceField words={t} at={draft.at} onChange={(at) => set({ at })} />
      <Line label={t.placeWords} value={draft.placeWords} max={200} onChange={(placeWords) => set({ placeWords })} />
      {point !== null && <UnitChoice areaCode={point.areaCode} draft={draft} set={set} />}
      <LookFields draft={draft} set={set} />
      <LongLine label={t.risk.note} value={draft.note} max={2000} onChange={(note) => set({ note })} />
      <p className="quiet">{t.draft}</p>
    </FormFrame>
  );
}

interface PartProps {
  draft: Draft;
  set: (change: Partial<Draft>) => void;
}

function LookFields({ draft, set }: PartProps) {
  const t = useText(inspections);
  const none = useText(ground).none;
  const plans = usePlanNames().filter(({ code, retired }) => !retired || code === draft.planCode);
  return (
    <div className="form-two">
      <label className="form-field">
        {t.cycle}
        <input
          type="number"
          min={1}
          max={730}
          value={draft.cycle}
          placeholder={t.cycleRule}
          onChange={({ target }) => set({ cycle: target.value })}
        />
      </label>
      <label className="form-field">
        {t.plan}
        <select value={draft.planCode} onChange={({ target }) => set({ planCode: target.value })}>
          <option value="">{none}</option>
          {plans.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

function Choices({ draft, set }: PartProps) {
  const all = useText(ground);
  const t = all.risk;
  const { kinds, nameOf } = useRiskKinds();
  return (
    <div className="form-two">
      <label className="form-field">
        {t.kind}
        <select required value={draft.kind} onChange={({ target }) => set({ kind: target.value })}>
          <option value="">{all.none}</option>
          {kinds.map(({ code }) => (
            <option key={code} value={code}>
              {nameOf(code)}
            </option>
          ))}
        </select>
      </label>
      <label className="form-field">
        {t.level}
        <select value={draft.level} onChange={({ target }) => set({ level: target.value })}>
          {levelKeys.map((key, k) => (
            <option key={key} value={k + 1}>
              {t.levels[key]}
            </option>
          ))}
        </select>
      </label>
      <label className="form-field">
        {t.state}
        <select
          value={draft.state}
          onChange={({ target }) => set({ state: target.value === 'controlled' ? 'controlled' : 'open' })}
        >
          <option value="open">{t.states.open}</option>
          <option value="controlled">{t.states.controlled}</option>
        </select>
      </label>
    </div>
  );
}

function UnitChoice({ areaCode, draft, set }: PartProps & { areaCode: string }) {
  const t = useText(ground);
  const units = useQuery(streetUnitsQuery(areaCode)).data?.items ?? [];
  return (
    <label className="form-field">
      {t.risk.unit}
      <select value={draft.unitId} onChange={({ target }) => set({ unitId: target.value })}>
        <option value="">{t.none}</option>
        {units.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
