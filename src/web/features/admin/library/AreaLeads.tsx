import { Button, Select } from 'antd';
import { AreaField } from '#web/app/AreaField.tsx';
import { adminLibrary } from '#web/i18n/admin-library.ts';
import { useText } from '#web/i18n/area.ts';
import { useQueries } from '@tanstack/react-query';
import { areaQuery } from '../shared/queries.ts';
import { useName } from '../shared/names.ts';
import type { Rule } from './draft.ts';

export interface AreaLeadsProps {
  rule: Rule;
  dutyOptions: { value: string; label: string }[];
  onChange: (rule: Rule) => void;
}

/** Routing by area: in these areas another duty leads. The smallest area counts. */
export function AreaLeads({ rule, dutyOptions, onChange }: AreaLeadsProps) {
  const t = useText(adminLibrary).rule.areas;
  const name = useName();
  const found = useQueries({ queries: rule.areas.map(({ areaCode }) => areaQuery(areaCode)) });
  const set = (areas: Rule['areas']): void => onChange({ ...rule, areas });
  return (
    <fieldset className="adm-plain-set">
      <legend className="adm-legend">{t.title}</legend>
      <p className="adm-soft">{t.hint}</p>
      {rule.areas.map((lead, k) => {
        const area = found[k]?.data;
        const words = area === undefined ? lead.areaCode : name({ name: area.name, nameEn: '' });
        return (
          <div key={lead.areaCode} className="adm-area-lead">
            <span>{words}</span>
            <Select
              aria-label={t.leadOf(words)}
              showSearch={{ optionFilterProp: 'label' }}
              value={lead.leadRole}
              options={dutyOptions}
              onChange={(leadRole: string) => set(rule.areas.with(k, { ...lead, leadRole }))}
            />
            <Button onClick={() => set(rule.areas.filter((one) => one !== lead))}>{t.remove}</Button>
          </div>
        );
      })}
      <AreaField
        label={t.add}
        single
        value={[]}
        onChange={([area]) => {
          if (area === undefined || rule.areas.some(({ areaCode }) => areaCode === area.code)) return;
          set([...rule.areas, { areaCode: area.code, leadRole: rule.leadRole, assistRoles: rule.assistRoles }]);
        }}
      />
    </fieldset>
  );
}
