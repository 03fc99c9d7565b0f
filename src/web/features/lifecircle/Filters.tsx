import { useText } from '#web/i18n/area.ts';
import { lifecircle } from '#web/i18n/lifecircle.ts';
import { useNamed } from '#web/i18n/use-named.ts';
import type { Words } from './queries.ts';
import { limits, readAt, useCircleSearch, writeAt } from './search.ts';

/** What, how long, who, when. */
export function Filters({ words }: { words: Words }) {
  const t = useText(lifecircle);
  const named = useNamed();
  const [search, go] = useCircleSearch();
  const families = [...new Set(words.classes.map(({ family }) => family))];
  const norm = words.classes.find(({ code }) => code === search.class);
  return (
    <form className="circle-filters" onSubmit={(event) => event.preventDefault()}>
      <label>
        {t.class}
        <select value={search.class} onChange={(event) => go({ class: event.target.value })}>
          {families.map((family) => (
            <optgroup key={family} label={t.families[family] ?? family}>
              {words.classes
                .filter((one) => one.family === family)
                .map((one) => (
                  <option key={one.code} value={one.code}>
                    {named(one)}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </label>
      <label>
        {t.minutes}
        <select
          value={search.minutes}
          onChange={(event) => go({ minutes: limits.find((one) => one === event.target.value) ?? 'standard' })}
        >
          {limits.map((one) => (
            <option key={one} value={one}>
              {one === 'standard' && norm !== undefined ? t.standardOf(String(norm.walkMin)) : t.limits[one]}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t.profile}
        <select
          value={search.profile}
          onChange={(event) => go({ profile: event.target.value, run: undefined, cell: undefined })}
        >
          {words.profiles.map((one) => (
            <option key={one.code} value={one.code}>
              {named(one)}
            </option>
          ))}
        </select>
      </label>
      <When />
    </form>
  );
}

/** At any time, or at a minute of a weekday: then only what is open counts. */
function When() {
  const t = useText(lifecircle);
  const [search, go] = useCircleSearch();
  const at = readAt(search.at);
  const change = (weekday: number, minute: number): void =>
    go({ at: writeAt({ weekday, minute }), run: undefined, cell: undefined });
  return (
    <>
      <label>
        {t.time}
        <select
          value={at === null ? 'any' : 'at'}
          onChange={(event) =>
            event.target.value === 'any' ? go({ at: undefined, run: undefined, cell: undefined }) : change(5, 22 * 60)
          }
        >
          <option value="any">{t.anyTime}</option>
          <option value="at">{t.atTime}</option>
        </select>
      </label>
      {at !== null && (
        <>
          <label>
            {t.weekday}
            <select value={at.weekday} onChange={(event) => change(Number(event.target.value), at.minute)}>
              {t.weekdays.map((name, k) => (
                <option key={name} value={k + 1}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <label>
            {t.clock}
            <input
              type="time"
              value={clockOf(at.minute)}
              onChange={(event) => {
                const [hours, minutes] = event.target.value.split(':').map(Number);
                if (hours !== undefined && minutes !== undefined && Number.isFinite(hours + minutes))
                  change(at.weekday, hours * 60 + minutes);
              }}
            />
          </label>
        </>
      )}
    </>
  );
}

/** 1320 → '22:00'. */
export function clockOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
