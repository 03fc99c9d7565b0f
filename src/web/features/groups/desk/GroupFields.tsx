import { useQuery } from '@tanstack/react-query';
import { groupRoutes } from '#contract/groups.ts';
import { ask } from '#web/app/ask.ts';
import { useText } from '#web/i18n/area.ts';
import { groups } from '#web/i18n/groups.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { groupKeys } from './queries.ts';

export interface GroupWords {
  name: string;
  kind: string;
  about: string;
}

/** What a group is called, what sort it is, and what members are told of it. */
export function GroupFields({
  value,
  onChange,
}: {
  value: GroupWords;
  onChange: (change: Partial<GroupWords>) => void;
}) {
  const t = useText(groups).edit;
  const lang = languageChoice.use();
  const kinds = useQuery({
    queryKey: [...groupKeys.all, 'kinds'],
    queryFn: ({ signal }) => ask(groupRoutes.kinds, {}, { signal }),
    staleTime: 300_000,
  }).data?.items;
  return (
    <>
      <label>
        {t.name}
        <input
          required
          minLength={2}
          maxLength={60}
          value={value.name}
          onChange={({ target }) => onChange({ name: target.value })}
        />
      </label>
      <label>
        {t.kind}
        <select required value={value.kind} onChange={({ target }) => onChange({ kind: target.value })}>
          <option value="" disabled>
            {t.pick}
          </option>
          {kinds?.map((one) => (
            <option key={one.code} value={one.code}>
              {lang === 'zh' ? one.name : one.nameEn}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t.about}
        <textarea
          rows={3}
          maxLength={1000}
          value={value.about}
          placeholder={t.aboutHint}
          onChange={({ target }) => onChange({ about: target.value })}
        />
      </label>
    </>
  );
}
