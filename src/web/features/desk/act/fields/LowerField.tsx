import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useText } from '#web/i18n/area.ts';
import { deskEvent } from '#web/i18n/desk-event.ts';
import { useUnitName } from '../../names.ts';
import { unitsQuery } from '../../queries.ts';
import { desksBelow } from '../desks-below.ts';
import type { FieldProps } from './ActionField.tsx';

/** Which desk below takes it. With only one there is nothing to choose, and nothing is shown. */
export function LowerField({ event, values, set }: FieldProps) {
  const t = useText(deskEvent).act;
  const unitName = useUnitName();
  const { data } = useQuery(unitsQuery);
  const desks = desksBelow(event, data?.items ?? []);
  if (desks.length < 2) return null;
  return (
    <div className="form-field">
      {t.lower}
      <Select
        aria-label={t.lower}
        value={values.lowerUnitId ?? desks[0]?.id ?? null}
        onChange={(lowerUnitId: string | null) => set({ lowerUnitId })}
        options={desks.map((unit) => ({ value: unit.id, label: unitName(unit) }))}
      />
    </div>
  );
}
