import { Button, Input } from 'antd';
import { useText } from '#web/i18n/area.ts';
import { deskEvent } from '#web/i18n/desk-event.ts';
import { MomentField } from '#web/ui/MomentField.tsx';
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
      <MomentField
        label={t.calledAt}
        {...(values.calledAt === '' ? { hint: t.calledNow } : {})}
        value={values.calledAt}
        onChange={(calledAt) => set({ calledAt })}
      />
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
