import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { lifecircle } from '#web/i18n/lifecircle.ts';
import { useNamed } from '#web/i18n/use-named.ts';
import { Change } from './ClassTable.tsx';
import { limitSeconds, percentOf, toMinutes, withinOf } from './numbers.ts';
import type { AreaHeads, ClassWord, Matrix } from './queries.ts';
import { circleHref, useCircleSearch } from './search.ts';

/** All classes, all areas: the share in reach of each. Each cell opens its homes. */
export function MatrixTable({ matrix, before }: { matrix: Matrix; before: Matrix | undefined }) {
  const t = useText(lifecircle);
  const m = t.matrix;
  const areas = [matrix.area, ...matrix.parts];
  const families = [...new Set(matrix.classes.map(({ family }) => family))];
  return (
    <section className="circle-matrix" aria-labelledby="circle-matrix">
      <h2 id="circle-matrix">{m.title}</h2>
      <p className="quiet">{m.lead}</p>
      <div className="circle-table">
        <table>
          <thead>
            <tr>
              <th scope="col">{m.facility}</th>
              <th scope="col" className="circle-number">
                {m.limit}
              </th>
              {areas.map(({ code, name }, k) => (
                <th key={code} scope="col" className="circle-number">
                  {k === 0 ? m.whole : name}
                </th>
              ))}
              <th scope="col" className="circle-number" title={m.detourWhy}>
                {m.detour}
              </th>
              <th scope="col" className="circle-number" title={m.giniWhy}>
                {m.gini}
              </th>
            </tr>
          </thead>
          {families.map((family) => (
            <tbody key={family}>
              <tr className="circle-family">
                <th scope="rowgroup" colSpan={areas.length + 4}>
                  {t.families[family] ?? family}
                </th>
              </tr>
              {matrix.classes
                .filter((norm) => norm.family === family)
                .map((norm) => (
                  <ClassRow key={norm.code} norm={norm} areas={areas} matrix={matrix} before={before} />
                ))}
            </tbody>
          ))}
        </table>
      </div>
      <p className="quiet">
        {m.ofWhole} {m.detour}: {m.detourWhy} {m.gini}: {m.giniWhy}
      </p>
    </section>
  );
}

interface ClassRowProps {
  norm: ClassWord;
  areas: readonly AreaHeads[];
  matrix: Matrix;
  before: Matrix | undefined;
}

function ClassRow({ norm, areas, matrix, before }: ClassRowProps) {
  const t = useText(lifecircle);
  const named = useNamed();
  const [search] = useCircleSearch();
  const figures = matrix.figures.find(({ classCode }) => classCode === norm.code);
  return (
    <tr className={norm.code === search.class ? 'circle-chosen' : undefined}>
      <th scope="row">
        <Go href={circleHref({ ...search, class: norm.code, cell: undefined })}>{named(norm)}</Go>
      </th>
      <td className="circle-number quiet">
        {t.minutesOf(String(toMinutes(limitSeconds(search.minutes, norm.walkMin))))}
      </td>
      {areas.map((area) => (
        <ShareCell key={area.code} area={area} norm={norm} matrix={matrix} before={before} />
      ))}
      <td className="circle-number">
        {typeof figures?.detour === 'number' && t.matrix.times(formatNumber(figures.detour))}
      </td>
      <td className="circle-number">
        {typeof figures?.gini === 'number' && formatNumber(Math.round(figures.gini * 100) / 100)}
      </td>
    </tr>
  );
}

function ShareCell({ area, norm, matrix, before }: Omit<ClassRowProps, 'areas'> & { area: AreaHeads }) {
  const t = useText(lifecircle);
  const named = useNamed();
  const [search] = useCircleSearch();
  const within = withinOf(matrix, area.code, norm.code, search.minutes)?.people;
  const percent = percentOf(within, area.people);
  const words =
    percent === null ? (area.people === 0 ? t.matrix.nobody : t.table.few) : t.matrix.percent(formatNumber(percent));
  return (
    <td className={`circle-number circle-heat-${heatOf(percent)}`}>
      <Go
        href={circleHref({ ...search, class: norm.code, area: area.code, cell: undefined })}
        aria-label={t.matrix.cell(area.name, named(norm), words)}
      >
        {words}
      </Go>
      {before !== undefined && (
        <small>
          <Change now={within ?? null} then={withinOf(before, area.code, norm.code, search.minutes)?.people ?? null} />
        </small>
      )}
    </td>
  );
}

/** Steps of one hue: the figure beside it says it exactly. */
function heatOf(percent: number | null): 'unknown' | 'low' | 'some' | 'more' | 'full' {
  if (percent === null) return 'unknown';
  if (percent < 50) return 'low';
  if (percent < 80) return 'some';
  return percent < 100 ? 'more' : 'full';
}
