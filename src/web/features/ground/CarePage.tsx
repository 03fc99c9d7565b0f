import { useCareTags } from '#web/app/ground-words.ts';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { careColours, careRoutes } from '#contract/care.ts';
import { CareMark } from '#web/app/CareMark.tsx';
import { ask } from '#web/app/ask.ts';
import { may, useMe } from '#web/app/me.ts';
import { useText } from '#web/i18n/area.ts';
import { careFiles } from '#web/i18n/care-files.ts';
import { common } from '#web/i18n/common.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { ground } from '#web/i18n/ground.ts';
import { MoreButton } from '#web/ui/MoreButton.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { FindBox } from '#web/ui/FilterParts.tsx';
import { DueNote } from './DueNote.tsx';
import { CareForm } from './CareForm.tsx';
import { CareImport } from './CareImport.tsx';
import { CarePane } from './CarePane.tsx';
import { GlancePage } from './GlancePage.tsx';
import { FilterChoice } from './Parts.tsx';
import { TagMarks } from './TagMarks.tsx';
import { careListQuery, type CareRow } from './queries.ts';
import { useGroundSearch, type GroundSearch } from './search.ts';
import './ground.css';

/** Whoever may read the register gets it; a seat of a centre gets a glance. */
export function CarePage() {
  return may(useMe(), 'care.read') ? <Register /> : <GlancePage />;
}

/** People in care, masked, and one of them beside the list. What was typed to find somebody is never in the address. */
function Register() {
  const t = useText(ground);
  const me = useMe();
  const [search, go] = useGroundSearch();
  const importWords = useText(careFiles).import;
  const [adding, setAdding] = useState(false);
  const [importing, setImporting] = useState(false);
  return (
    <div className={`ground${search.row === undefined ? '' : ' ground-chosen'}`}>
      <section className="list-side ground-list" aria-label={t.care.list}>
        <header>
          <h1>{t.care.title}</h1>
          {may(me, 'care.edit') && (
            <span className="form-buttons">
              <button type="button" className="tool tool-framed" onClick={() => setImporting(true)}>
                {importWords.open}
              </button>
              <button type="button" className="tool tool-framed" onClick={() => setAdding(true)}>
                {t.care.add}
              </button>
            </span>
          )}
        </header>
        <p className="quiet">{t.care.lead}</p>
        {may(me, 'care.erase') && <DueNote onOpen={(row) => go({ row })} />}
        <CareList />
      </section>
      <section className="detail-side ground-detail" aria-label={t.care.detail}>
        {search.row === undefined ? (
          <p className="choose-none ground-none">{t.care.choose}</p>
        ) : (
          <CarePane key={search.row} id={search.row} onBack={() => go({ row: undefined })} />
        )}
      </section>
      {importing && <CareImport onClose={() => setImporting(false)} />}
      {adding && (
        <CareForm
          person={null}
          onClose={() => setAdding(false)}
          onSaved={(row) => {
            setAdding(false);
            go({ row });
          }}
        />
      )}
    </div>
  );
}

/** All of one's areas by tag, page by page; or those of exactly this name or number. */
function CareList() {
  const t = useText(ground);
  const c = useText(common);
  const [search, go] = useGroundSearch();
  const { tags, nameOf } = useCareTags();
  const family = tags.filter(({ group }) => search.group === undefined || group === search.group);
  const list = useInfiniteQuery(
    careListQuery(search, search.group === undefined ? [] : family.map(({ code }) => code)),
  );
  const find = useMutation({ mutationFn: (q: string) => ask(careRoutes.find, { body: { q } }) });
  const rows = find.data?.items ?? list.data?.pages.flatMap(({ items }) => items);
  const total = list.data?.pages[0]?.total ?? 0;
  const choose = (row: string): void => go({ row });
  const groups = [...new Set(tags.map(({ group }) => group))];
  const change = (wish: Pick<GroundSearch, 'group' | 'tag' | 'colour'>): void => {
    find.reset();
    go({ ...wish, row: undefined });
  };
  return (
    <>
      <div className="ground-filters">
        <FindBox
          area="ground-find"
          label={t.care.search}
          act={t.care.find}
          start=""
          onFind={(q) => (q === '' ? find.reset() : find.mutate(q))}
        />
        <FilterChoice
          label={t.care.group}
          value={search.group ?? ''}
          choices={groups.map((group) => ({ value: group, words: t.care.groups[group] }))}
          onChange={(group) => change({ group, tag: undefined })}
        />
        <FilterChoice
          label={t.care.tag}
          value={search.tag ?? ''}
          choices={family.map(({ code }) => ({ value: code, words: nameOf(code) }))}
          onChange={(tag) => change({ tag })}
        />
        <FilterChoice
          label={t.care.colour}
          value={search.colour ?? ''}
          choices={careColours.map((colour) => ({ value: colour, words: t.care.colours[colour] }))}
          onChange={(colour) => change({ colour })}
        />
      </div>
      <ProblemNote error={find.error ?? list.error} onRetry={() => void list.refetch()} />
      {rows === undefined && list.error === null && (
        <p className="waiting" role="status">
          {c.loading}
        </p>
      )}
      {rows !== undefined && (
        <p className="quiet" role="status">
          {find.data === undefined ? t.care.total(formatNumber(total)) : t.care.found(formatNumber(rows.length))}
        </p>
      )}
      {find.data !== undefined && (
        <button type="button" className="tool tool-framed" onClick={() => find.reset()}>
          {t.care.clear}
        </button>
      )}
      {rows !== undefined && rows.length === 0 && <p className="choose-none ground-none">{t.care.empty}</p>}
      {rows !== undefined && rows.length > 0 && <CareRows rows={rows} chosen={search.row} onChoose={choose} />}
      {find.data === undefined && <MoreButton list={list} words={t.more} />}
    </>
  );
}

interface CareRowsProps {
  rows: readonly CareRow[];
  chosen: string | undefined;
  onChoose: (id: string) => void;
}

function CareRows({ rows, chosen, onChoose }: CareRowsProps) {
  return (
    <ul className="pick-rows ground-rows">
      {rows.map((row) => (
        <li key={row.id}>
          <button
            type="button"
            className="pick-row ground-row"
            aria-current={row.id === chosen ? 'true' : undefined}
            onClick={() => onChoose(row.id)}
          >
            <span className="ground-row-head">
              <b>{row.name}</b>
              <CareMark colour={row.colour} />
              <TagMarks codes={row.tags} />
            </span>
            <span className="quiet">{[row.address, row.areaName].filter(Boolean).join(' · ')}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
