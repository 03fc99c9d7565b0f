import { Button, Input } from 'antd';
import { useText } from '#web/i18n/area.ts';
import { deskEvent } from '#web/i18n/desk-event.ts';
import { fromLocal, toLocal } from '#web/i18n/local-time.ts';
import type { FieldProps } from './ActionField.tsx';

export const emergencyNumbers = ['119', '110', '120'] as const;

/** Which number was called, when; one tap for the three of emergencies. */
export function CallField({ values, set }: FieldProps) {
  const t = useText(deskEvent).act;
  return (
    <>
      <div className="form-row">
        {emergencyNumbers.map((number) => (
          <Button
            key={number}
            danger
            type={values.number === number ? 'primary' : 'default'}
            size="large"
            title={t.oneTap(number)}
            aria-label={t.oneTap(number)}
            onClick={() => set({ number, calledAt: new Date().toISOString() })}
          >
            {number}
          </Button>
        ))}
        <Input
          aria-label={t.number}
          placeholder={t.number}
          inputMode="tel"
          maxLength={20}
          value={values.number}
          onChange={(event) => set({ number: event.target.value })}
        />
      </div>
      <label className="form-field">
        {t.calledAt}
        <input
          type="datetime-local"
          value={toLocal(values.calledAt)}
          onChange={(event) => set({ calledAt: fromLocal(event.target.value) })}
        />
        {values.calledAt === '' && <small>{t.calledNow}</small>}
      </label>
      <label className="form-field">
        {t.incident}
        <Input
          value={values.incidentNumber}
          maxLength={50}
          onChange={(event) => set({ incidentNumber: event.target.value })}
        />
      </label>
    </>
  );
}
