import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { peopleRoutes } from '#contract/identity.ts';
import { ask } from '#web/app/ask.ts';
import { admin } from '#web/i18n/admin.ts';
import { useText } from '#web/i18n/area.ts';
import { Field } from './Field.tsx';

export interface PersonPickProps {
  label: string;
  /** An account's id, '' for anybody. */
  value: string;
  onChange: (id: string) => void;
}

/** Finds a person by part of the name. */
export function PersonPick({ label, value, onChange }: PersonPickProps) {
  const t = useText(admin).people;
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const name = usePersonName(value === '' ? null : value);
  const found = useQuery({
    queryKey: ['people', 'pick', q],
    queryFn: ({ signal }) =>
      ask(peopleRoutes.people, { query: { q: q === '' ? undefined : q, limit: 20 } }, { signal }),
  });
  const options = (found.data?.items ?? []).map((person) => ({ value: person.id, label: person.displayName }));
  if (value !== '' && !options.some((option) => option.value === value))
    options.unshift({ value, label: name ?? value });
  return (
    <Field label={label}>
      {(props) => (
        <Select
          {...props}
          aria-label={label}
          className="adm-wide"
          allowClear
          showSearch={{ filterOption: false, onSearch: setTyped }}
          placeholder={t.any}
          notFoundContent={t.none}
          value={value === '' ? undefined : value}
          options={options}
          onChange={(id: string | undefined) => onChange(id ?? '')}
        />
      )}
    </Field>
  );
}

/** A person's name by id; undefined while unknown, or not this reader's to know. */
export function usePersonName(id: string | null): string | undefined {
  const person = useQuery({
    queryKey: ['people', 'one', id],
    queryFn: ({ signal }) => ask(peopleRoutes.person, { params: { id: id ?? '' } }, { signal }),
    enabled: id !== null,
    staleTime: 300_000,
    retry: false,
  });
  return person.data?.displayName;
}
