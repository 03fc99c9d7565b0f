import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { facilityFormats, missingFacts } from '#contract/facilities-views.ts';
import { useFacilityWords, type FacilityClassWord } from '#web/app/facility-words.ts';
import { may, useMe } from '#web/app/me.ts';
import { theme as themeChoice } from '#web/app/preferences.ts';
import { useText } from '#web/i18n/area.ts';
import { facilities } from '#web/i18n/facilities.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { MoreButton } from '#web/ui/MoreButton.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { Waiting } from '#web/ui/Answer.tsx';
import { FilterTick } from '#web/ui/FilterParts.tsx';
import { FacilityForm } from './FacilityForm.tsx';
import { FacilityPane } from './FacilityPane.tsx';
import { familyWord } from './families.ts';
import { ImportFacilities } from './ImportForm.tsx';
import { familyColour } from './layers.ts';
import { OpenMark } from './OpenMark.tsx';
import { AreaChoice, FilterChoice, FindBox } from './Parts.tsx';
import { PointMap } from './PointMap.tsx';
import { facilitiesQuery, facilityFile, facilityMapQuery, type FacilityMark, type FacilityRow } from './queries.ts';
import type { FacilitySearch } from './search.ts';

export interface TabProps {
  search: FacilitySearch;
  go: (change: FacilitySearch) => void;
}

/** Facilities: the list, the map of the same, and one of them in full. On a phone one at a time. */
export function ListTab({ search, go }: TabProps) {
  const t = useText(facilities);
  const me = useMe();
  const [open, setOpen] = useState<'add' | 'import' | null>(null);
  const list = useInfiniteQuery(facilitiesQuery(search));
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items), [list.data]);
  const total = list.data?.pages[0]?.total;
  const choose = (row: string): void => go({ row });
  return (
    <div className="fac-both">
      <section className="list-side fac-list" aria-label={t.list.title}>
        <p className="quiet">{t.list.lead}</p>
        <span className="form-buttons">
          {may(me, 'facility.edit') && (
            <>
              <button type="button" className="tool tool-framed" onClick={() => setOpen('add')}>
                {t.list.add}
              </button>
              <button type="button" className="tool tool-framed" onClick={() => setOpen('import')}>
                {t.list.import}
              </button>
            </>
          )}
          {facilityFormats.map((format) => (
            <a key={format} className="tool tool-framed" href={facilityFile(search, format)} download>
              {t.files[format]}
            </a>
          ))}
        </span>
        <Filters search={search} go={go} />
        <ProblemNote error={list.error} onRetry={() => void list.refetch()} />
        <Waiting query={{ data: rows, error: list.error }} />
        {rows !== undefined && (
          <p className="quiet" role="status">
            {rows.length === 0
              ? t.list.empty
              : typeof total === 'number'
                ? t.list.total(formatNumber(total))
                : t.list.shown(formatNumber(rows.length))}
          </p>
        )}
        {rows !== undefined && rows.length > 0 && (
          <ul className="pick-rows fac-rows">
            {rows.map((row) => (
              <li key={row.id}>
                <button
                  type="button"
                  className="pick-row fac-row"
                  aria-current={row.id === search.row ? 'true' : undefined}
                  onClick={() => choose(row.id)}
                >
                  <RowLines row={row} />
                </button>
              </li>
            ))}
          </ul>
        )}
        <MoreButton list={list} words={t.more} />
      </section>
      <section className="detail-side fac-detail" aria-label={t.list.detail}>
        <FacilityMap search={search} onChoose={choose} />
        {search.row === undefined ? (
          <p className="choose-none fac-none">{t.list.choose}</p>
        ) : (
          <FacilityPane key={search.row} id={search.row} onBack={() => go({ row: undefined })} />
        )}
      </section>
      {open === 'add' && (
        <FacilityForm
          facility={null}
          onClose={() => setOpen(null)}
          onSaved={(row) => {
            setOpen(null);
            go({ row });
          }}
        />
      )}
      {open === 'import' && <ImportFacilities onClose={() => setOpen(null)} />}
    </div>
  );
}

function Filters({ search, go }: TabProps) {
  const t = useText(facilities);
  const { classes, className } = useFacilityWords();
  const families = [...new Set(classes.map(({ family }) => family))];
  const change = (next: FacilitySearch): void => go({ ...next, row: undefined });
  const chosen = search.class ?? (search.family === undefined ? '' : `family:${search.family}`);
  return (
    <div className="fac-filters">
      <FindBox start={search.q ?? ''} onFind={(q) => change({ q })} />
      <AreaChoice value={search.area} onChange={(area) => change({ area })} />
      <label>
        <span>{t.list.cls}</span>
        <select
          value={chosen}
          onChange={({ target: { value } }) =>
            change(
              value.startsWith('family:')
                ? { family: value.slice(7), class: undefined }
                : { class: value, family: undefined },
            )
          }
        >
          <option value="">{t.any}</option>
          {families.map((family) => (
            <optgroup key={family} label={familyWord(t.families, family)}>
              <option value={`family:${family}`}>{t.list.anyFamily(familyWord(t.families, family))}</option>
              {classes
                .filter((one) => one.family === family)
                .map(({ code }) => (
                  <option key={code} value={code}>
                    {className(code)}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </label>
      <FilterChoice
        label={t.list.missing}
        value={search.missing ?? ''}
        choices={missingFacts.map((value) => ({ value, words: t.list.missings[value] }))}
        onChange={(missing) => change({ missing })}
      />
      <FilterTick
        label={t.list.open}
        on={search.open === '1'}
        onChange={(on) => change({ open: on ? '1' : undefined })}
      />
      <FilterTick
        label={t.list.past}
        on={search.past === '1'}
        onChange={(on) => change({ past: on ? '1' : undefined })}
      />
    </div>
  );
}

function RowLines({ row }: { row: FacilityRow }) {
  const t = useText(facilities).list;
  const { className } = useFacilityWords();
  return (
    <>
      <span className="fac-row-head">
        <b>{row.name}</b>
        <span className="tag">{className(row.classCode)}</span>
        <OpenMark open={row.openNow} closedOn={row.closedOn} />
      </span>
      <span className="quiet">
        {row.areaName}
        {row.address !== '' && ` · ${row.address}`}
      </span>
      {row.missing.length > 0 && (
        <span className="fac-missing">{row.missing.map((one) => t.missings[one]).join(' · ')}</span>
      )}
    </>
  );
}

function FacilityMap({ search, onChoose }: { search: FacilitySearch; onChoose: (id: string) => void }) {
  const t = useText(facilities);
  const lang = languageChoice.use();
  const theme = themeChoice.use();
  const { classes, className } = useFacilityWords();
  const found = useQuery(facilityMapQuery(search)).data;
  const marks = useMemo(() => {
    const known = new Map(classes.map((one) => [one.code, one]));
    return found?.items.map((mark) => markOf(mark, known.get(mark.classCode), { lang, theme }));
  }, [found, classes, lang, theme]);
  const legend = useMemo(() => {
    const there = new Set(found?.items.map(({ classCode }) => classCode));
    const families = new Set(classes.filter(({ code }) => there.has(code)).map(({ family }) => family));
    return [...families].map((family) => ({
      words: familyWord(t.families, family),
      colour: familyColour(family, theme),
      shape: 'point' as const,
    }));
  }, [found, classes, theme, t]);
  if (marks === undefined) return null; // begun too early, the map would first show the whole city
  const byId = new Map(found?.items.map((mark) => [mark.id, mark]));
  return (
    <>
      <PointMap
        label={t.list.map}
        marks={marks}
        chosen={search.row}
        legend={legend}
        groupTitle={(count) => t.list.group(formatNumber(count))}
        row={(id) => `${byId.get(id)?.name ?? ''} · ${className(byId.get(id)?.classCode ?? '')}`}
        onChoose={onChoose}
      />
      <p className="quiet">
        {t.list.onMap(formatNumber(marks.length))} {found?.more === true && t.list.moreOnMap}
      </p>
    </>
  );
}

function markOf(
  { id, lon, lat, name, openNow }: FacilityMark,
  word: FacilityClassWord | undefined,
  { lang, theme }: { lang: 'zh' | 'en'; theme: 'light' | 'dark' },
) {
  const letter = ((lang === 'zh' ? word?.name : word?.nameEn) ?? '?').slice(0, 1);
  return { id, lon, lat, name, letter, colour: familyColour(word?.family ?? '', theme), filled: openNow !== false };
}
