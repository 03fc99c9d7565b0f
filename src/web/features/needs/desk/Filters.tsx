import { useQuery } from '@tanstack/react-query';
import { needSources, needStates } from '#contract/needs-views.ts';
import { AreaField } from '#web/app/AreaField.tsx';
import { useText } from '#web/i18n/area.ts';
import { inLanguage, languageChoice } from '#web/i18n/language.ts';
import { needs } from '#web/i18n/needs.ts';
import { areaNameQuery, wordsQuery } from './queries.ts';
import type { NeedSearch } from './search.ts';

interface FiltersProps {
  search: NeedSearch;
  go: (change: NeedSearch) => void;
}

/** What the list is narrowed to; all of it stands in the address. */
export function Filters({ search, go }: FiltersProps) {
  const t = useText(needs);
  const lang = languageChoice.use();
  const words = useQuery(wordsQuery).data;
  const narrow = (change: NeedSearch): void => go({ ...change, need: undefined });
  const named = (list: readonly { code: string; name: string; nameEn: string }[] | undefined) =>
    (list ?? []).map(({ code, name, nameEn }) => [code, inLanguage(lang, name, nameEn)] as const);
  return (
    <form
      className="needs-filters"
      role="search"
      aria-label={t.filters}
      onSubmit={(event) => {
        event.preventDefault();
        const typed = new FormData(event.currentTarget).get('q');
        narrow({ q: typeof typed === 'string' && typed.trim() !== '' ? typed.trim() : undefined });
      }}
    >
      <Choice
        label={t.class}
        value={search.class}
        options={[...named(words?.classes), ['unknown', t.unknownClass]]}
        onChoose={(value) => narrow({ class: value })}
      />
      <Choice
        label={t.group}
        value={search.group}
        options={named(words?.groups)}
        onChoose={(value) => narrow({ group: value })}
      />
      <Choice
        label={t.state}
        any={t.anyState}
        value={search.state}
        options={needStates.map((one) => [one, t.states[one]])}
        onChoose={(value) => narrow({ state: needStates.find((one) => one === value) })}
      />
      <Choice
        label={t.source}
        value={search.source}
        options={needSources.map((one) => [one, t.sources[one]])}
        onChoose={(value) => narrow({ source: needSources.find((one) => one === value) })}
      />
      <AreaFilter area={search.area} onChange={(area) => narrow({ area })} />
      <span className="needs-find">
        <input
          key={search.q}
          type="search"
          name="q"
          aria-label={t.search}
          placeholder={t.search}
          defaultValue={search.q ?? ''}
          maxLength={60}
        />
        <button type="submit" className="tool tool-framed">
          {t.find}
        </button>
      </span>
    </form>
  );
}

interface ChoiceProps {
  label: string;
  any?: string;
  value: string | undefined;
  options: readonly (readonly [string, string])[];
  onChoose: (value: string | undefined) => void;
}

function Choice({ label, any, value, options, onChoose }: ChoiceProps) {
  const t = useText(needs);
  return (
    <label>
      {label}
      <select value={value ?? ''} onChange={({ target }) => onChoose(target.value === '' ? undefined : target.value)}>
        <option value="">{any ?? t.any}</option>
        {options.map(([code, words]) => (
          <option key={code} value={code}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

function AreaFilter({ area, onChange }: { area: string | undefined; onChange: (area: string | undefined) => void }) {
  const t = useText(needs);
  const name = useQuery({ ...areaNameQuery(area ?? ''), enabled: area !== undefined }).data;
  const value = area === undefined ? [] : [{ code: area, name: name ?? area }];
  return (
    <details className="needs-area">
      <summary>{area === undefined ? t.area : t.areaIs(name ?? area)}</summary>
      <AreaField label={t.area} value={value} single onChange={(next) => onChange(next[0]?.code)} />
    </details>
  );
}
