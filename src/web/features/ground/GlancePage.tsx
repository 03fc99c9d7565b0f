import { useQuery } from '@tanstack/react-query';
import { Suspense, useMemo, useState } from 'react';
import { CareMark } from '#web/app/CareMark.tsx';
import { useCareTags } from '#web/app/ground-words.ts';
import { theme as themeChoice } from '#web/app/preferences.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { ground } from '#web/i18n/ground.ts';
import { LazyMapCanvas } from '#web/map/lazy.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { glanceLayer } from './glance-layer.ts';
import { middleOf } from '#web/map/middle.ts';
import { glanceQuery, type CareGlance } from './queries.ts';

/** What a seat sees of people in care: how many, of which kind, how urgent, in which grid. Nobody in particular. */
export function GlancePage() {
  const t = useText(ground).care;
  const c = useText(common);
  const glance = useQuery(glanceQuery);
  return (
    <div className="ground ground-sums">
      {/* Nothing in it takes the focus: the keyboard must still be able to scroll it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className="list-side ground-list" aria-label={t.glance.byTag} tabIndex={0}>
        <header>
          <h1>{t.title}</h1>
        </header>
        <p className="quiet">{t.glance.lead}</p>
        <ProblemNote error={glance.error} onRetry={() => void glance.refetch()} />
        {glance.isPending && (
          <p className="waiting" role="status">
            {c.loading}
          </p>
        )}
        {glance.data !== undefined && <Sums glance={glance.data} />}
      </section>
      <section className="detail-side ground-detail" aria-label={t.glance.list}>
        {glance.data !== undefined && <GlanceMap areas={glance.data.areas} />}
        {glance.data !== undefined && <Grids areas={glance.data.areas} />}
      </section>
    </div>
  );
}

function useCount(): (count: number | null) => string {
  const few = useText(ground).care.glance.few;
  return (count) => (count === null ? few : formatNumber(count));
}

function Sums({ glance }: { glance: CareGlance }) {
  const t = useText(ground).care;
  const count = useCount();
  const { nameOf } = useCareTags();
  return (
    <>
      <p role="status">
        <b>{t.total(count(glance.total))}</b>
      </p>
      <table className="ground-glance">
        <caption>{t.glance.byColour}</caption>
        <Head words={[t.glance.level, t.glance.people]} />
        <tbody>
          {glance.colours.map((row) => (
            <tr key={row.colour}>
              <td>
                <CareMark colour={row.colour} />
              </td>
              <td>{count(row.count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table className="ground-glance">
        <caption>{t.glance.byTag}</caption>
        <Head words={[t.glance.category, t.glance.people]} />
        <tbody>
          {glance.tags.map((row) => (
            <tr key={row.code}>
              <td>{nameOf(row.code)}</td>
              <td>{count(row.count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Head({ words }: { words: readonly string[] }) {
  return (
    <thead>
      <tr>
        {words.map((word) => (
          <th key={word} scope="col">
            {word}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Grids({ areas }: { areas: CareGlance['areas'] }) {
  const t = useText(ground).care.glance;
  const count = useCount();
  return (
    <table className="ground-glance">
      <caption>{t.byGrid}</caption>
      <Head words={[t.grid, t.red, t.people]} />
      <tbody>
        {areas.map((row) => (
          <tr key={row.areaCode}>
            <td>{row.areaName}</td>
            <td>{count(row.red)}</td>
            <td>{count(row.count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const fewOnMap = '<5';

function GlanceMap({ areas }: { areas: CareGlance['areas'] }) {
  const t = useText(ground).care.glance;
  const c = useText(common);
  const theme = themeChoice.use();
  const [failed, setFailed] = useState(false);
  const layers = useMemo(() => [glanceLayer(areas, fewOnMap, theme)], [areas, theme]);
  const at = useMemo(() => middleOf(areas), [areas]);
  if (failed) return <p className="quiet">{c.map.failed}</p>;
  return (
    <div className="list-map ground-map">
      <Suspense fallback={<p className="waiting">{c.map.loading}</p>}>
        <LazyMapCanvas label={t.map} centre={at} zoom={14} layers={layers} onFailure={() => setFailed(true)} />
      </Suspense>
    </div>
  );
}
