import { Go } from '#web/app/Go.tsx';
import { casesLink, type CasesFilter } from '#web/app/cases-link.ts';
import { analytics } from '#web/i18n/analytics.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber, formatRoughly } from '#web/i18n/format.ts';
import { inLanguage, languageChoice } from '#web/i18n/language.ts';
import { Sparkline } from '#web/ui/charts/Sparkline.tsx';
import { GradeMark } from './GradeMark.tsx';
import { Formula } from './Formula.tsx';
import { useFigureWords, type Figure, type Figures, type IndicatorWord } from './queries.ts';
import { formatValue } from './values.ts';

interface CardProps {
  word: IndicatorWord;
  figure: Figure;
  figures: Figures;
  /** Days, area, class and unit of the page, for the cases behind each number. */
  where: CasesFilter;
  chosen: boolean;
  onChoose: (code: string) => void;
}

/** One indicator: value, grade, how many of how many, how it went, what must be looked at with it, and how it is counted. */
export function IndicatorCard({ word, figure, figures, where, chosen, onChoose }: CardProps) {
  const t = useText(analytics);
  const { nameOf } = useFigureWords();
  const lang = languageChoice.use();
  const name = nameOf(word);
  return (
    <article className="analytics-card" aria-label={name}>
      <h3>
        {word.kind === 'none' ? (
          name
        ) : (
          <button
            type="button"
            className="link-button"
            aria-pressed={chosen}
            title={t.choose(name)}
            onClick={() => onChoose(word.code)}
          >
            {name}
          </button>
        )}
      </h3>
      {word.none === null ? (
        <Value word={word} figure={figure} where={where} />
      ) : (
        <p>
          <b>{t.none}</b> <span className="quiet">{inLanguage(lang, word.none.zh, word.none.en)}</span>
        </p>
      )}
      <Companions word={word} figures={figures} where={where} />
      <Formula word={word} figure={figure} where={where} />
    </article>
  );
}

function Value({ word, figure, where }: Pick<CardProps, 'word' | 'figure' | 'where'>) {
  const t = useText(analytics);
  const { nameOf } = useFigureWords();
  const link = casesLink({ ...where, indicator: word.code, part: 'numerator' });
  const trend = figure.trend.map(({ numerator, denominator }) =>
    word.kind === 'count' ? numerator : denominator === 0 ? null : numerator / denominator,
  );
  return (
    <>
      <p className="analytics-value">
        {figure.value === null ? (
          <span className="quiet">{t.noCases}</span>
        ) : (
          <Go
            href={link}
            title={t.openNumerator(
              word.numerator === null ? nameOf(word) : nameOf(word.numerator),
              formatNumber(figure.numerator),
            )}
          >
            {formatValue(word.kind, figure.value)}
          </Go>
        )}
        <GradeMark grade={figure.grade} />
        {trend.length > 1 && figure.value !== null && (
          <Sparkline values={trend} name={t.trendOf(nameOf(word))} tone="river" />
        )}
      </p>
      <p className="quiet">
        {word.kind === 'share' && figure.denominator > 0 && (
          <>
            <Go href={link}>{formatNumber(figure.numerator)}</Go>
            {' ÷ '}
            <Go href={casesLink({ ...where, indicator: word.code, part: 'denominator' })}>
              {formatNumber(figure.denominator)}
            </Go>
            {' · '}
          </>
        )}
        {figure.few && figure.value !== null && <>{t.few} · </>}
        {figure.before === null ? t.noBefore : t.before(formatValue(word.kind, figure.before))}
      </p>
    </>
  );
}

/** A rate near a hundred says little alone: rework, reopening and the wait stand beside it always. */
function Companions({ word, figures, where }: Pick<CardProps, 'word' | 'figures' | 'where'>) {
  const t = useText(analytics);
  const { indicator } = useFigureWords();
  if (word.companions.length === 0) return null;
  return (
    <p className="analytics-companions" aria-label={t.companions}>
      {word.companions.map((code) => {
        const wait = figures.waits.find((one) => `wait_${one.code}` === code);
        if (wait !== undefined)
          return (
            <span key={code} className="tag">
              {t.wait[wait.code]}:{' '}
              {wait.medianMinutes === null ? '—' : t.median(formatRoughly(wait.medianMinutes * 60_000))}
            </span>
          );
        const found = figures.indicators.find((one) => one.code === code);
        return (
          <Go key={code} className="tag" href={casesLink({ ...where, indicator: code, part: 'numerator' })}>
            {indicator(code)}: {formatValue('share', found?.value ?? null)}
          </Go>
        );
      })}
    </p>
  );
}
