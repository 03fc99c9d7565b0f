import { Button, Modal } from 'antd';
import { useState, type FormEvent } from 'react';
import { alarmKinds } from '#contract/device-messages.ts';
import { deviceKinds } from '#contract/devices.ts';
import { thresholdBases } from '#contract/sensing-views.ts';
import { sensingRoutes } from '#contract/sensing.ts';
import { ask } from '#web/app/ask.ts';
import { adminDevices } from '#web/i18n/admin-devices.ts';
import { alarms } from '#web/i18n/alarms.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { ChoiceField, TextField, Tick } from '../shared/Field.tsx';
import { Note } from '../shared/Note.tsx';
import { Problem } from '../shared/Problem.tsx';
import { useAct } from '../shared/use-act.ts';
import { DevicePick } from './DevicePick.tsx';
import { OutcomeFields } from './OutcomeFields.tsx';
import { thresholdsKey, type Threshold } from './queries.ts';
import {
  bodyOf,
  changesOf,
  draftOf,
  hasHoldOff,
  hasMetric,
  isWrongSide,
  numbersOf,
  type RuleDraft,
} from './rule-draft.ts';
import { RulePreview } from './RulePreview.tsx';
import './thresholds.css';

export interface ThresholdFormProps {
  /** Null: a new one. */
  rule: Threshold | null;
  deviceId?: string | undefined;
  onClose: () => void;
}

interface PartProps {
  draft: RuleDraft;
  set: (change: Partial<RuleDraft>) => void;
}

/** When something rings, with a drawing of what the numbers mean. */
export function ThresholdForm({ rule, deviceId, onClose }: ThresholdFormProps) {
  const t = useText(adminDevices).thresholds;
  const c = useText(common);
  const [draft, setDraft] = useState(() => draftOf(rule, deviceId));
  const set = (change: Partial<RuleDraft>): void => setDraft({ ...draft, ...change });
  const act = useAct(
    (wish: RuleDraft, opId) =>
      rule === null
        ? ask(sensingRoutes.createThreshold, { body: { opId, ...bodyOf(wish) } })
        : ask(sensingRoutes.editThreshold, {
            params: { id: rule.id },
            body: { opId, version: rule.version, ...changesOf(wish) },
          }),
    { stale: [thresholdsKey], onDone: onClose },
  );
  const numbers = numbersOf(draft);
  const wrong = numbers !== null && isWrongSide(numbers);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!wrong) act.mutate(draft);
  };
  return (
    <Modal
      open
      width={640}
      title={rule === null ? t.add : t.editTitle}
      footer={null}
      onCancel={onClose}
      closable={{ 'aria-label': c.close }}
    >
      <form className="adm-form" onSubmit={submit}>
        {rule === null ? <Object draft={draft} set={set} /> : <Note kind="info">{t.fixed}</Note>}
        {draft.basis !== 'message' && <Numbers draft={draft} set={set} />}
        {wrong && <Note kind="warn">{t.wrongSide[draft.direction]}</Note>}
        {numbers !== null && !wrong && draft.basis !== 'silence' && <RulePreview rule={numbers} />}
        <OutcomeFields value={draft} onChange={set} />
        <TextField label={t.note} value={draft.note} onChange={(note) => set({ note })} maxLength={200} />
        <Problem error={act.error} />
        <div className="adm-buttons">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="primary" htmlType="submit" disabled={wrong} loading={act.isPending}>
            {t.save}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** For whom and by what: never changed later. */
function Object({ draft, set }: PartProps) {
  const t = useText(adminDevices);
  const a = useText(alarms);
  const ownKind = draft.basis === 'silence' || draft.basis === 'season';
  return (
    <>
      <Tick checked={draft.forOne} onChange={(forOne) => set({ forOne })}>
        {t.thresholds.oneDevice}
      </Tick>
      {draft.forOne ? (
        <DevicePick value={draft.deviceId} onChange={(deviceId) => set({ deviceId })} />
      ) : (
        <ChoiceField
          label={t.thresholds.deviceKind}
          value={draft.deviceKind}
          options={deviceKinds.map((value) => ({ value, words: t.deviceKind[value] }))}
          onChange={(kind) => set({ deviceKind: deviceKinds.find((one) => one === kind) ?? 'other' })}
        />
      )}
      <div className="adm-row">
        <ChoiceField
          label={t.thresholds.basis}
          value={draft.basis}
          options={thresholdBases.map((value) => ({ value, words: t.thresholds.bases[value] }))}
          onChange={(basis) => set({ basis: thresholdBases.find((one) => one === basis) ?? 'value' })}
        />
        {hasMetric(draft.basis) && (
          <TextField
            label={t.thresholds.metric}
            hint={t.thresholds.metricHint}
            value={draft.metric}
            onChange={(metric) => set({ metric })}
            required
            pattern="\s*[a-z][a-z0-9_]{0,39}\s*"
          />
        )}
        {!ownKind && (
          <ChoiceField
            label={t.thresholds.kind}
            value={draft.kind}
            options={alarmKinds
              .filter((kind) => kind !== 'offline' && kind !== 'anomaly')
              .map((value) => ({ value, words: a.kind[value] }))}
            onChange={(kind) => set({ kind: alarmKinds.find((one) => one === kind) ?? 'other' })}
          />
        )}
      </div>
    </>
  );
}

function Numbers({ draft, set }: PartProps) {
  const t = useText(adminDevices).thresholds;
  const silence = draft.basis === 'silence';
  return (
    <div className="adm-row">
      {!silence && (
        <ChoiceField
          label={t.direction}
          value={draft.direction}
          options={(['above', 'below'] as const).map((value) => ({ value, words: t.directions[value] }))}
          onChange={(direction) => set({ direction: direction === 'below' ? 'below' : 'above' })}
        />
      )}
      <TextField
        label={silence ? t.missed : t.raiseAt}
        type="number"
        step="any"
        value={draft.raiseAt}
        onChange={(raiseAt) => set({ raiseAt })}
        required
        {...(silence ? { min: 1 } : {})}
      />
      {!silence && (
        <TextField
          label={t.clearAt}
          type="number"
          step="any"
          value={draft.clearAt}
          onChange={(clearAt) => set({ clearAt })}
          required
        />
      )}
      {hasHoldOff(draft.basis) && (
        <TextField
          label={t.holdOff}
          type="number"
          min={0}
          max={86_400}
          value={draft.holdOffS}
          onChange={(holdOffS) => set({ holdOffS })}
          required
        />
      )}
    </div>
  );
}
