import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { adminDevices } from '#web/i18n/admin-devices.ts';
import { useText } from '#web/i18n/area.ts';
import { Field } from '../shared/Field.tsx';
import { devicePickQuery } from './queries.ts';

/** Finds a device by part of its code or name; '' for none. */
export function DevicePick({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const t = useText(adminDevices).thresholds;
  const [typed, setTyped] = useState('');
  const found = useQuery(devicePickQuery(useDeferredValue(typed.trim())));
  return (
    <Field label={t.device}>
      {(props) => (
        <Select
          {...props}
          aria-label={t.device}
          className="adm-wide"
          showSearch={{ filterOption: false, onSearch: setTyped }}
          placeholder={t.findDevice}
          notFoundContent={t.noDevice}
          value={value === '' ? undefined : value}
          options={(found.data ?? []).map(({ id, code, name }) => ({ value: id, label: `${code} · ${name}` }))}
          onChange={(id: string) => onChange(id)}
        />
      )}
    </Field>
  );
}
