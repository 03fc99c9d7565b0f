import { Go } from '#web/app/Go.tsx';
import { casesLink, type CasesFilter } from '#web/app/cases-link.ts';
import { analytics } from '#web/i18n/analytics.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { useFigureWords, type Figure, type IndicatorWord } from './queries.ts';
import { formatShare } from './values.ts';

interface FormulaProps {
  word: IndicatorWord;
  figure: Figure;
  where: CasesFilter;
}

/** Formula, period, denominator, what is left out, limits and source: one tap away from the number. */
export function Formula({ word, figure, where }: FormulaProps) {
  const t = useText(analytics);
  const { nameOf } = useFigureWords();
  return (
    <details className="analytics-how">
      <summary>{t.how}</summary>
      <dl>
        {word.numerator !== null && (
          <>
            <dt>{t.formula}</dt>
            <dd>
              {word.denominator === null
                ? nameOf(word.numerator)
                : t.fraction(nameOf(word.numerator), nameOf(word.denominator))}
            </dd>
            <dt>{t.periodBasis}</dt>
            <dd>{t.periodWords}</dd>
            <dt>{t.leftOut}</dt>
            <dd>
              <LeftOut word={word} figure={figure} where={where} />
            </dd>
          </>
        )}
        <dt>{t.limits}</dt>
        <dd>{useLimits(word)}</dd>
        <dt>{t.source}</dt>
        <dd>
          {word.source} <span className="tag">{t.certainty[word.certainty]}</span>
        </dd>
      </dl>
    </details>
  );
}

function LeftOut({ word, figure, where }: FormulaProps) {
  const t = useText(analytics);
  const { nameOf } = useFigureWords();
  if (word.leftOut.length === 0) return t.leftOutNone;
  return (
    <ul>
      {word.leftOut.map((one) => {
        const count = figure.excluded.find(({ measure }) => measure === one.code)?.count ?? 0;
        const said = t.leftOutOf(nameOf(one), formatNumber(count));
        return (
          <li key={one.code}>
            {count === 0 ? said : <Go href={casesLink({ ...where, measure: one.code })}>{said}</Go>}
          </li>
        );
      })}
    </ul>
  );
}

function useLimits({ limits, direction, least }: IndicatorWord): string {
  const t = useText(analytics);
  if (limits.length !== 4) return t.noLimits;
  const [a = '', b = '', c = '', d = ''] = limits.map((limit) => formatShare(limit));
  const words = direction === 'up' ? t.limitsUp(a, b, c, d) : t.limitsDown(a, b, c, d);
  return `${words} · ${t.leastWords(formatNumber(least))}`;
}
