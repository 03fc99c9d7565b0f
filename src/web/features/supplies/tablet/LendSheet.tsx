import { useState } from 'react';
import { useText } from '#web/i18n/area.ts';
import { supplies } from '#web/i18n/supplies.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { Field } from '#web/ui/light/Field.tsx';
import { Sheet } from '#web/ui/light/Sheet.tsx';
import type { LendWish } from './loan-acts.ts';

interface LendSheetProps {
  title: string;
  /** Of the label that was scanned. */
  scanned?: string;
  onClose: () => void;
  onLend: (wish: LendWish) => void;
  onBring: (wish: { number: string | null; phone: string | null; damaged: boolean }) => void;
}

/** The two big buttons first; what is not needed lies below. */
export function LendSheet({ title, scanned, onClose, onLend, onBring }: LendSheetProps) {
  const t = useText(supplies).loans;
  const [number, setNumber] = useState(scanned ?? '');
  const [phone, setPhone] = useState('');
  const [consent, setConsent] = useState(false);
  const [damaged, setDamaged] = useState(false);
  const told = {
    number: number.trim() === '' ? null : number.trim(),
    phone: phone.trim() === '' ? null : phone.trim(),
  };
  const asks = told.phone !== null && !consent;
  return (
    <Sheet title={title} onClose={onClose}>
      <div className="supply-two">
        {/* What was scanned came back, most likely. */}
        <Button
          kind={scanned === undefined ? 'main' : 'plain'}
          wide
          icon="up"
          disabled={asks}
          onClick={() => onLend({ ...told, consent })}
        >
          {t.lend}
        </Button>
        <Button
          kind={scanned === undefined ? 'plain' : 'main'}
          wide
          icon="down"
          onClick={() => onBring({ ...told, damaged })}
        >
          {t.bring}
        </Button>
      </div>
      <details className="supply-more" open={scanned !== undefined}>
        <summary>{t.more}</summary>
        <Field label={t.number} value={number} onChange={setNumber} maxLength={20} optional />
        <Field label={t.phone} value={phone} onChange={setPhone} type="tel" inputMode="tel" maxLength={20} optional />
        {told.phone !== null && (
          <label className="supply-check">
            <input type="checkbox" checked={consent} onChange={({ target }) => setConsent(target.checked)} />{' '}
            {t.consent}
          </label>
        )}
        {asks && <p className="hint">{t.consentNeeded}</p>}
        <label className="supply-check">
          <input type="checkbox" checked={damaged} onChange={({ target }) => setDamaged(target.checked)} /> {t.damaged}
        </label>
      </details>
    </Sheet>
  );
}
