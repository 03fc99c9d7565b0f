import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { Go } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { warnings } from '#web/i18n/warnings.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { IssueForm } from './IssueForm.tsx';
import { warningsQuery } from './queries.ts';
import { parseWarningSearch, type WarningSearch } from './search.ts';
import { UploadForm } from './UploadForm.tsx';
import { WarningList } from './WarningList.tsx';
import { WarningMap } from './WarningMap.tsx';
import { WarningPane } from './WarningPane.tsx';
import './warnings.css';

/** All messages this person may see: list, map, and one in full. On a phone one at a time. */
export function WarningsPage() {
  const t = useText(warnings);
  const c = useText(common);
  const search = parseWarningSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const go = useCallback((next: WarningSearch) => void navigate({ to: '.', search: next as never }), [navigate]);
  const list = useInfiniteQuery(warningsQuery(search.show));
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items), [list.data]);
  const { show, warning, form } = search;
  const choose = useCallback((id: string) => go({ show, warning: id }), [go, show]);
  return (
    <div className={`warnings${warning === undefined && form === undefined ? '' : ' warnings-chosen'}`}>
      <section className="warnings-list" aria-label={t.list.label}>
        <Head search={search} go={go} />
        <ProblemNote error={list.error} onRetry={() => void list.refetch()} />
        {rows === undefined && list.error === null && (
          <p className="waiting" role="status">
            {c.loading}
          </p>
        )}
        {rows !== undefined && rows.some(({ shape }) => shape !== null) && (
          <WarningMap rows={rows} chosen={warning} onChoose={choose} />
        )}
        {rows !== undefined && <WarningList rows={rows} chosen={warning} onChoose={choose} />}
        {list.hasNextPage && (
          <button type="button" className="tool tool-framed" onClick={() => void list.fetchNextPage()}>
            {t.list.more}
          </button>
        )}
      </section>
      <section className="warnings-detail" aria-label={t.detail.label}>
        <button type="button" className="tool warnings-back" onClick={() => go({ show })}>
          {t.list.back}
        </button>
        <Side search={search} go={go} />
      </section>
    </div>
  );
}

interface PartProps {
  search: WarningSearch;
  go: (next: WarningSearch) => void;
}

function Head({ search, go }: PartProps) {
  const t = useText(warnings);
  const me = useMe();
  return (
    <>
      <header>
        <h1>{t.title}</h1>
        {may(me, 'warning.issue') && (
          <span className="warnings-marks">
            <button type="button" className="tool tool-framed" onClick={() => go({ show: search.show, form: 'issue' })}>
              {t.list.issue}
            </button>
            <button
              type="button"
              className="tool tool-framed"
              onClick={() => go({ show: search.show, form: 'upload' })}
            >
              {t.list.upload}
            </button>
          </span>
        )}
      </header>
      <p className="quiet">{t.lead}</p>
      <div className="warnings-marks" role="group" aria-label={t.list.show}>
        {(['running', 'all'] as const).map((show) => (
          <button
            key={show}
            type="button"
            className="tool tool-framed"
            aria-pressed={search.show === show}
            onClick={() => go({ show })}
          >
            {t.list[show]}
          </button>
        ))}
        <Go href="/desk/warnings/effects">{t.list.effects}</Go>
        {may(me, 'device.edit') && <Go href="/desk/warnings/sources">{t.list.sources}</Go>}
      </div>
    </>
  );
}

function Side({ search, go }: PartProps) {
  const t = useText(warnings);
  const { show, warning, form } = search;
  const opened = (id: string): void => go({ show, warning: id });
  if (form === 'upload') return <UploadForm onDone={opened} />;
  if (form === 'issue' || (form === 'update' && warning !== undefined))
    return (
      <IssueForm
        key={warning ?? 'new'}
        {...(warning === undefined ? {} : { updates: warning })}
        onDone={opened}
        onCancel={() => go({ show, ...(warning === undefined ? {} : { warning }) })}
      />
    );
  if (warning === undefined) return <p className="warnings-none">{t.list.choose}</p>;
  return (
    <WarningPane key={warning} id={warning} onOpen={opened} onUpdate={() => go({ show, warning, form: 'update' })} />
  );
}
