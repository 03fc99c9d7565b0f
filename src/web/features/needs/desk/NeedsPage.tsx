import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { Go } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { formatDate, formatNumber } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { needs } from '#web/i18n/needs.ts';
import { MoreButton } from '#web/ui/MoreButton.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { Filters } from './Filters.tsx';
import { NeedPane } from './NeedPane.tsx';
import { NeedsMap } from './NeedsMap.tsx';
import { StateMark } from './StateMark.tsx';
import { listFile, needsQuery, useNeedNames, type NeedRow } from './queries.ts';
import { parseNeedSearch, type NeedSearch } from './search.ts';
import './needs.css';

const HearForm = lazy(async () => ({ default: (await import('./HearForm.tsx')).HearForm }));
const ImportForm = lazy(async () => ({ default: (await import('./ImportForm.tsx')).ImportForm }));

/** What people say is missing: the list, where it was said, and one need with all its voices. */
export function NeedsPage() {
  const t = useText(needs);
  const c = useText(common);
  const search = parseNeedSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const go = (change: NeedSearch): void => void navigate({ to: '.', search: { ...search, ...change } as never });
  const list = useInfiniteQuery(needsQuery(search));
  const first = list.data?.pages[0];
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const filtered = Object.keys(search).some((key) => key !== 'need');
  return (
    <div className={`needs${search.need === undefined ? '' : ' needs-chosen'}`}>
      <section className="list-side needs-list" aria-label={t.list}>
        <h1>{t.title}</h1>
        <p className="quiet">{t.lead}</p>
        <Tools search={search} onHeard={(need) => go({ need })} />
        <Filters search={search} go={go} />
        <ProblemNote error={list.error} onRetry={() => void list.refetch()} />
        {first === undefined && list.error === null && (
          <p className="waiting" role="status">
            {c.loading}
          </p>
        )}
        {first !== undefined && (
          <p className="needs-total" role="status">
            {first.total === 0
              ? filtered
                ? t.none
                : t.noneYet
              : t.total(formatNumber(first.total), formatNumber(first.voices), formatNumber(first.people))}
          </p>
        )}
        <ul className="needs-rows">
          {rows.map((row) => (
            <li key={row.id}>
              <Row row={row} chosen={row.id === search.need} onChoose={() => go({ need: row.id })} />
            </li>
          ))}
        </ul>
        <MoreButton list={list} words={t.more} />
      </section>
      <section className="detail-side needs-detail" aria-label={t.detail}>
        {search.need === undefined ? (
          <>
            <NeedsMap rows={rows} onChoose={(need) => go({ need })} />
            <p className="quiet">{t.choose}</p>
          </>
        ) : (
          <NeedPane
            key={search.need}
            id={search.need}
            onBack={() => go({ need: undefined })}
            onShow={(need) => go({ need })}
          />
        )}
      </section>
    </div>
  );
}

function Tools({ search, onHeard }: { search: NeedSearch; onHeard: (need: string) => void }) {
  const t = useText(needs).acts;
  const lang = languageChoice.use();
  const me = useMe();
  const [open, setOpen] = useState<'hear' | 'import' | null>(null);
  const close = (): void => setOpen(null);
  return (
    <div className="needs-tools">
      {may(me, 'need.record') && (
        <button type="button" className="tool tool-framed" onClick={() => setOpen('hear')}>
          {t.hear}
        </button>
      )}
      {may(me, 'circle.plan') && (
        <button type="button" className="tool tool-framed" onClick={() => setOpen('import')}>
          {t.import}
        </button>
      )}
      <Go
        className="tool tool-framed"
        href={`/desk/needs/survey${search.area === undefined ? '' : `?area=${search.area}`}`}
      >
        {t.survey}
      </Go>
      {(['xlsx', 'docx'] as const).map((format) => (
        <a key={format} className="tool tool-framed" href={listFile(search, format, lang)} download>
          {t[format]}
        </a>
      ))}
      <Suspense fallback={null}>
        {open === 'hear' && <HearForm onClose={close} onHeard={onHeard} />}
        {open === 'import' && <ImportForm onClose={close} />}
      </Suspense>
    </div>
  );
}

function Row({ row, chosen, onChoose }: { row: NeedRow; chosen: boolean; onChoose: () => void }) {
  const t = useText(needs);
  const { classOf, groupOf } = useNeedNames();
  return (
    <button type="button" className="needs-row" aria-current={chosen ? 'true' : undefined} onClick={onChoose}>
      <span className="needs-row-head">
        <b>{row.classCode === null ? row.title : classOf(row.classCode)}</b>
        <StateMark state={row.state} />
        {row.groupCode !== 'all' && <span className="tag">{groupOf(row.groupCode)}</span>}
        {row.classCode === null && <span className="tag tag-urged">{t.unknownClass}</span>}
      </span>
      <span>
        {row.areaName} · <b>{t.voices(formatNumber(row.voices))}</b> · {t.people(formatNumber(row.people))} ·{' '}
        <span className="quiet">{t.lastSaid(formatDate(row.lastAt))}</span>
      </span>
      {row.classCode !== null && <span className="needs-said quiet">{row.title}</span>}
      <span className="quiet">
        {row.sources.map(({ source, voices }) => t.ofSource(t.sources[source], formatNumber(voices))).join(' · ')}
      </span>
    </button>
  );
}
