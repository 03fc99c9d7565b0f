import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState, type KeyboardEvent } from 'react';
import { useMe } from '#web/app/me.ts';
import { displayMode } from '#web/app/preferences.ts';
import { useText } from '#web/i18n/area.ts';
import { desk } from '#web/i18n/desk.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { useAreaName, useCategories, useUnitName } from '../names.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { listQuery, mapQuery, type EventRow, type MapWindow } from '../queries.ts';
import { useShortcuts } from '#web/app/shortcuts.ts';
import { BulkBar } from './BulkBar.tsx';
import { filterOf, sortOf, type DeskSearch } from './filters.ts';
import { QueueHead } from './QueueHead.tsx';
import { QueueRow } from './QueueRow.tsx';
import { usePicks } from './picks.ts';
import { VirtualRows } from './VirtualRows.tsx';
import { WindowRows } from './WindowRows.tsx';

export interface QueueProps {
  search: DeskSearch;
  onChange: (part: Partial<DeskSearch>) => void;
  onSelect: (id: string | undefined) => void;
  window: MapWindow | null;
}

/** The events of the view, as rows; the words twin of the map. */
export function Queue({ search, onChange, onSelect, window }: QueueProps) {
  const t = useText(desk).queue;
  const elder = displayMode.use() === 'elder';
  const filter = useMemo(() => filterOf(search), [search]);
  const list = useInfiniteQuery(listQuery(filter, sortOf(search)));
  // On a phone the map may never have been shown: nothing to keep to then.
  const narrowed = search.window === true && window !== null;
  const inWindow = useQuery({ ...mapQuery(filter, window), enabled: narrowed });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const picks = usePicks(rows);

  const { hasNextPage, isFetching, fetchNextPage } = list;
  const more = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);

  return (
    <div className="queue">
      <QueueHead search={search} onChange={onChange} />
      <div className="queue-line" role="status">
        {narrowed ? (
          <span>{t.windowCount(formatNumber(inWindow.data?.points.length ?? 0))}</span>
        ) : (
          <span>
            {list.isPending
              ? t.loading
              : hasNextPage
                ? t.more(formatNumber(rows.length))
                : t.count(formatNumber(rows.length))}
          </span>
        )}
        <label className="check">
          <input
            type="checkbox"
            checked={narrowed}
            disabled={window === null}
            onChange={(event) => onChange({ window: event.target.checked ? true : undefined })}
          />
          {t.window}
        </label>
      </div>
      {list.isError && (
        <div className="queue-note">
          <ProblemNote error={list.error} onRetry={() => void list.refetch()} />
        </div>
      )}
      {narrowed ? (
        <WindowRows points={inWindow.data} event={search.event} onSelect={onSelect} tall={elder} />
      ) : (
        <Rows
          rows={rows}
          waiting={list.isPending}
          tall={elder}
          event={search.event}
          onSelect={onSelect}
          picks={picks}
          onNearEnd={more}
        />
      )}
      {picks.rows.length > 0 && search.window !== true && (
        <BulkBar rows={picks.rows} onClear={picks.clear} onAll={picks.all} />
      )}
    </div>
  );
}

interface RowsProps {
  rows: readonly EventRow[];
  waiting: boolean;
  tall: boolean;
  event: string | undefined;
  onSelect: (id: string | undefined) => void;
  picks: ReturnType<typeof usePicks>;
  onNearEnd: () => void;
}

function Rows({ rows, waiting, tall, event, onSelect, picks, onNearEnd }: RowsProps) {
  const t = useText(desk).queue;
  const { nameOf } = useCategories();
  const areaName = useAreaName();
  const unitName = useUnitName();
  const me = useMe();
  // Whose desk it lies on is said only when it is not my own.
  const myUnits = useMemo(() => new Set(me?.appointments.map((one) => one.unitId)), [me]);
  const [cursor, setCursor] = useState<string | null>(null);
  const found = rows.findIndex((row) => row.id === (cursor ?? event));
  const current = found >= 0 ? found : cursor === null ? -1 : 0;

  const step = (by: number): void => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, current + by))];
    if (next === undefined) return;
    setCursor(next.id);
    // With a detail open, moving reads on: the detail follows.
    if (event !== undefined) onSelect(next.id);
  };
  const here = rows[current];
  const open = useCallback(
    (id: string) => {
      setCursor(id);
      onSelect(id);
    },
    [onSelect],
  );
  const pick = (id: string, range: boolean): void => picks.toggle(id, range);
  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    Enter: here === undefined ? undefined : () => open(here.id),
    x: here === undefined ? undefined : () => pick(here.id, false),
    Escape: picks.rows.length > 0 ? picks.clear : event === undefined ? undefined : () => onSelect(undefined),
  });
  const key = (pressed: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[pressed.key];
    if (by !== undefined) step(by);
    else if (pressed.key === ' ' && here !== undefined) pick(here.id, pressed.shiftKey);
    else return;
    pressed.preventDefault();
  };

  if (rows.length === 0)
    return waiting ? (
      <div className="rows-waiting" aria-hidden="true" />
    ) : (
      <div className="queue-empty">
        <p>{t.empty}</p>
        <p className="quiet">{t.emptyHint}</p>
      </div>
    );
  return (
    <VirtualRows
      count={rows.length}
      rowHeight={tall ? 96 : 58}
      label={t.label}
      current={current}
      idOf={(index) => `row-${rows[index]?.id ?? ''}`}
      onNearEnd={onNearEnd}
      onKey={key}
      row={(index) => {
        const row = rows[index];
        if (row === undefined) return null;
        return (
          <QueueRow
            key={row.id}
            id={`row-${row.id}`}
            row={row}
            category={nameOf(row.categoryCode)}
            place={placeOf(row, areaName, t.noPlace)}
            owner={myUnits.has(row.ownerUnit.id) ? '' : unitName(row.ownerUnit)}
            current={index === current}
            open={row.id === event}
            picked={picks.has(row.id)}
            onOpen={open}
            onPick={pick}
          />
        );
      }}
    />
  );
}

/** The words of the place; the community (or street) before them unless they begin with it (重庆村社区 · 重庆村30号). */
export function placeOf(row: EventRow, areaName: (code: string | null) => string | undefined, none: string): string {
  const area = areaName(row.community) ?? areaName(row.street);
  // The last two characters of an area's name are its kind.
  const proper = area?.slice(0, -2) ?? '';
  if (proper !== '' && row.placeWords.startsWith(proper)) return row.placeWords;
  const parts = [area, row.placeWords].filter((one) => one !== undefined && one !== '');
  return parts.length === 0 ? none : parts.join(' · ');
}
