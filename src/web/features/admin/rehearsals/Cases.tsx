import { useInfiniteQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { rehearsalMarks, rehearsedSteps, type RehearsedStep } from '#contract/rehearsals.ts';
import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { rehearsals } from '#web/i18n/rehearsals.ts';
import { words } from '#web/i18n/words.ts';
import { MoreButton } from '#web/ui/MoreButton.tsx';
import { DataTable } from '../shared/DataTable.tsx';
import { Loaded } from '../shared/Loaded.tsx';
import { useName } from '../shared/names.ts';
import { usePageSearch } from '../shared/search.ts';
import { casesQuery, type CaseItem as Item, type CaseWish } from './queries.ts';

/** The events behind a number, as the address asks for them. */
export function Cases({ id }: { id: string }) {
  const t = useText(rehearsals).cases;
  const c = useText(common);
  const [search, setSearch] = usePageSearch();
  const cases = useInfiniteQuery(casesQuery(id, wishOf(search)));
  const items = cases.data?.pages.flatMap((page) => page.items) ?? [];
  const kept = cases.data?.pages[0]?.kept ?? 0;
  return (
    <Drawer
      open
      size={720}
      title={t.title(`${formatNumber(items.length)}${cases.hasNextPage ? '+' : ''}`)}
      onClose={() => setSearch({ mark: '', category: '', step: '', from: '', to: '' })}
      closable={{ 'aria-label': c.close }}
    >
      <Loaded query={cases}>{() => <CaseTable items={items} />}</Loaded>
      <MoreButton list={cases} words={t.more} />
      {kept >= 5_000 && <p className="adm-soft">{t.kept(formatNumber(kept))}</p>}
    </Drawer>
  );
}

function wishOf(search: Readonly<Record<string, string>>): CaseWish {
  const { category, from, to } = search;
  const mark = rehearsalMarks.find((one) => one === search['mark']);
  const step = rehearsedSteps.find((one) => one === search['step']);
  return {
    ...(mark === undefined ? {} : { mark }),
    ...(step === undefined ? {} : { step }),
    ...(category === undefined ? {} : { category }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

function CaseTable({ items }: { items: readonly Item[] }) {
  const t = useText(rehearsals);
  const w = useText(words);
  const name = useName();
  const unit = (end: Item['from']): string => (end === null ? t.flow.nobody : name(end));
  const steps = (list: readonly RehearsedStep[]): string => list.map((one) => w.clockStep[one]).join(t.cases.comma);
  return (
    <DataTable
      label={t.cases.title(formatNumber(items.length))}
      rows={items}
      rowKey={({ id }) => id}
      empty={t.cases.none}
      columns={[
        { head: t.cases.what, cell: (row) => <Go href={`/desk?event=${row.id}`}>{row.title}</Go> },
        { head: t.cases.when, tight: true, cell: ({ reportedAt }) => formatTime(reportedAt) },
        {
          head: t.cases.way,
          cell: ({ from, to }) => (from?.id === to?.id ? unit(to) : t.list.change(unit(from), unit(to))),
        },
        {
          head: t.cases.marks,
          cell: ({ marks, stepsLate, stepsTimely }) =>
            [
              ...marks.map((mark) => t.figures[mark]),
              ...(stepsLate.length > 0 ? [t.cases.stepsLate(steps(stepsLate))] : []),
              ...(stepsTimely.length > 0 ? [t.cases.stepsTimely(steps(stepsTimely))] : []),
            ].join(' · '),
        },
      ]}
    />
  );
}
