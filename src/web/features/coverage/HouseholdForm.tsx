import { Button, Modal } from 'antd';
import { useState, type FormEvent } from 'react';
import { coverageRoutes } from '#contract/coverage.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { coverage } from '#web/i18n/coverage.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { coverageKeys, type Household } from './queries.ts';

interface HouseholdFormProps {
  /** The grid a new one is put under. */
  area: string;
  household: Household | null;
  onClose: () => void;
}

const stale = [coverageKeys.figures, coverageKeys.households];

/** Registers a household, changes it, or takes it off the list. */
export function HouseholdForm({ area, household, onClose }: HouseholdFormProps) {
  const t = useText(coverage).households;
  const c = useText(common);
  const [address, setAddress] = useState(household?.address ?? '');
  const [door, setDoor] = useState(household?.door ?? '');
  const [residents, setResidents] = useState(String(household?.residents ?? ''));
  const wish = { address: address.trim(), door: door.trim(), residents: Number(residents) };
  const ready = wish.address !== '' && wish.door !== '' && /^\d{1,2}$/.test(residents);
  const act = useAct(
    (input: typeof wish, opId) =>
      household === null
        ? ask(coverageRoutes.create, { body: { opId, areaCode: area, ...input } })
        : ask(coverageRoutes.edit, {
            params: { id: household.id },
            body: { opId, version: household.version, ...input },
          }),
    { stale, onDone: onClose },
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ready && !act.isPending) act.mutate(wish);
  };
  return (
    <Modal
      open
      title={household === null ? t.add : t.edit}
      footer={null}
      onCancel={onClose}
      closable={{ 'aria-label': c.close }}
    >
      <form className="form coverage-form" onSubmit={submit}>
        <label className="form-field">
          {t.address}
          <input value={address} maxLength={200} required onChange={({ target }) => setAddress(target.value)} />
        </label>
        <label className="form-field">
          {t.door}
          <input
            value={door}
            maxLength={60}
            required
            autoComplete="off"
            onChange={({ target }) => setDoor(target.value)}
          />
        </label>
        <label className="form-field">
          {t.residents}
          <input
            value={residents}
            inputMode="numeric"
            maxLength={2}
            required
            onChange={({ target }) => setResidents(target.value)}
          />
        </label>
        <ProblemNote error={act.error} />
        <div className="form-buttons">
          <Button type="primary" htmlType="submit" loading={act.isPending} disabled={!ready}>
            {t.save}
          </Button>
          <Button onClick={onClose}>{c.cancel}</Button>
        </div>
      </form>
      {household !== null && <Retire household={household} onDone={onClose} />}
    </Modal>
  );
}

function Retire({ household, onDone }: { household: Household; onDone: () => void }) {
  const t = useText(coverage).households;
  const [reason, setReason] = useState('');
  const act = useAct(
    (input: { reason: string }, opId) =>
      ask(coverageRoutes.retire, {
        params: { id: household.id },
        body: { opId, version: household.version, ...input },
      }),
    { stale, onDone },
  );
  return (
    <details className="coverage-how">
      <summary>{t.retire}</summary>
      <label className="form-field">
        {t.reason}
        <input value={reason} maxLength={500} onChange={({ target }) => setReason(target.value)} />
      </label>
      <ProblemNote error={act.error} />
      <Button
        danger
        disabled={reason.trim().length < 2}
        loading={act.isPending}
        onClick={() => act.mutate({ reason: reason.trim() })}
      >
        {t.retire}
      </Button>
    </details>
  );
}
