import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { admin } from '#web/i18n/admin.ts';
import { useText } from '#web/i18n/area.ts';
import { words } from '#web/i18n/words.ts';
import { Field } from './Field.tsx';
import { useName } from './names.ts';
import { unitsQuery } from './queries.ts';
import { unitTree } from './unit-tree.ts';

export interface UnitPickProps {
  label: string;
  hint?: string;
  /** A unit's id, '' for none. */
  value: string;
  onChange: (id: string) => void;
}

/** One unit out of the tree of units; typing narrows it down. Units below another are set in. */
export function UnitPick({ label, hint, value, onChange }: UnitPickProps) {
  const t = useText(admin).frame;
  const w = useText(words);
  const name = useName();
  const units = useQuery(unitsQuery()).data ?? [];
  const options = unitTree(units).map(({ unit, depth }) => ({
    value: unit.id,
    label: `${'\u2003'.repeat(depth)}${name(unit)} · ${w.unitKind[unit.kind]}`,
  }));
  return (
    <Field label={label} hint={hint}>
      {(props) => (
        <Select
          {...props}
          aria-label={label}
          className="adm-wide"
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t.findUnit}
          value={value === '' ? undefined : value}
          options={options}
          onChange={(id: string | undefined) => onChange(id ?? '')}
        />
      )}
    </Field>
  );
}
