import { useQuery } from '@tanstack/react-query';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { rehearsals } from '#web/i18n/rehearsals.ts';
import { DataTable } from '../shared/DataTable.tsx';
import { ChoiceField } from '../shared/Field.tsx';
import { Note } from '../shared/Note.tsx';
import { Problem } from '../shared/Problem.tsx';
import { usePageSearch } from '../shared/search.ts';
import { rehearsalQuery, rehearsalsQuery, type Figures, type RehearsalDetail } from './queries.ts';

/** Two rehearsals side by side. */
export function Compare({ rehearsal, figures }: { rehearsal: RehearsalDetail; figures: Figures }) {
  const t = useText(rehearsals).compare;
  const [search, setSearch] = usePageSearch();
  const list = useQuery(rehearsalsQuery()).data?.items ?? [];
  const others = list.filter(({ id, state }) => id !== rehearsal.id && state === 'done');
  const chosen = others.find(({ id }) => id === search.with)?.id;
  if (others.length === 0) return null;
  return (
    <section className="adm-sheet">
      <h2>{t.title}</h2>
      <ChoiceField
        label={t.pick}
        value={chosen ?? ''}
        none={t.none}
        options={others.map(({ id, title }) => ({ value: id, words: title }))}
        onChange={(id) => setSearch({ with: id })}
      />
      {chosen !== undefined && <SideBySide key={chosen} mine={{ rehearsal, figures }} otherId={chosen} />}
    </section>
  );
}

interface Mine {
  rehearsal: RehearsalDetail;
  figures: Figures;
}

function SideBySide({ mine, otherId }: { mine: Mine; otherId: string }) {
  const t = useText(rehearsals);
  const other = useQuery(rehearsalQuery(otherId));
  const theirs = other.data;
  if (theirs === undefined || theirs.figures === null) return <Problem error={other.error} />;
  const rows: [string, (figures: Figures) => number][] = [
    [t.compare.events, ({ events }) => events],
    [t.figures.moved, ({ moved }) => moved],
    [t.figures.fewer, ({ transfers }) => transfers.fewer],
    [t.figures.more, ({ transfers }) => transfers.more],
    [t.compare.lateAfter, ({ late }) => late.after],
    [t.figures.late, ({ late }) => late.becomeLate],
    [t.figures.timely, ({ late }) => late.becomeTimely],
    [t.figures.returned, ({ returnsAvoided }) => returnsAvoided],
  ];
  const { figures } = theirs;
  const same = (['areaCode', 'from', 'to', 'baseVersion'] as const).every((key) => theirs[key] === mine.rehearsal[key]);
  return (
    <>
      {!same && <Note kind="info">{t.compare.differs}</Note>}
      <DataTable
        label={t.compare.title}
        rows={rows}
        rowKey={([label]) => label}
        empty=""
        columns={[
          { head: t.compare.figure, cell: ([label]) => label },
          { head: t.compare.this, number: true, cell: ([, of]) => formatNumber(of(mine.figures)) },
          { head: t.compare.other, number: true, cell: ([, of]) => formatNumber(of(figures)) },
        ]}
      />
    </>
  );
}
