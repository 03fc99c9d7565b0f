import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { lifecircle } from '#web/i18n/lifecircle.ts';
import { useNamed } from '#web/i18n/use-named.ts';
import { circlesOf, type Circle } from './numbers.ts';
import type { Matrix, Words } from './queries.ts';
import { circleHref, useCircleSearch } from './search.ts';

/** The three circles of an area: how much each has, and what it lacks. */
export function CircleCards({ words, matrix }: { words: Words; matrix: Matrix }) {
  return (
    <div className="circle-cards">
      {circlesOf(matrix, matrix.area.code, words.rules).map((circle) => (
        <Card key={circle.level} circle={circle} words={words} matrix={matrix} />
      ))}
    </div>
  );
}

function Card({ circle, words, matrix }: { circle: Circle; words: Words; matrix: Matrix }) {
  const t = useText(lifecircle);
  const named = useNamed();
  const [search] = useCircleSearch();
  const { goodShare, desertShare } = words.rules;
  return (
    <section aria-label={t.circles.title(String(circle.level))}>
      <h2>{t.circles.title(String(circle.level))}</h2>
      <p>{t.circles.good(formatNumber(circle.all), formatNumber(circle.good), formatNumber(goodShare))}</p>
      {circle.missing.length > 0 && (
        <p>
          {t.circles.missing(formatNumber(desertShare))}{' '}
          {circle.missing.map(({ code, percent }, k) => (
            <span key={code}>
              {k > 0 && t.circles.comma}
              <Go href={circleHref({ ...search, class: code, minutes: 'standard', cell: undefined })}>
                {named(matrix.classes.find((one) => one.code === code))}
              </Go>{' '}
              <span className="quiet">{t.matrix.percent(formatNumber(percent))}</span>
            </span>
          ))}
        </p>
      )}
    </section>
  );
}
