import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { lifecircle } from '#web/i18n/lifecircle.ts';
import { useNamed } from '#web/i18n/use-named.ts';
import { beyondOf, toMinutes, withinOf } from './numbers.ts';
import type { ClassWord, Matrix, Run, Words } from './queries.ts';
import { circleHref, useCircleSearch } from './search.ts';

export interface ClassParts {
  words: Words;
  run: Run;
  matrix: Matrix;
  /** The chosen class, as it was when it was measured. */
  norm: ClassWord;
}

/** What the map says, in words; and where one is. */
export function Sentence({ words, matrix, norm }: ClassParts) {
  const t = useText(lifecircle);
  const named = useNamed();
  const [search] = useCircleSearch();
  const { area } = matrix;
  const within = withinOf(matrix, area.code, norm.code, search.minutes);
  const minutes = search.minutes === 'standard' ? norm.walkMin : Number(search.minutes);
  const median = matrix.items.find((one) => one.areaCode === area.code && one.classCode === norm.code)?.medianS;
  return (
    <div className="circle-says">
      <nav aria-label={t.above}>
        <ol className="circle-above">
          {matrix.above.map(({ code, name }) => (
            <li key={code}>
              <Go href={circleHref({ ...search, area: code, cell: undefined })}>{name}</Go>
            </li>
          ))}
          <li aria-current="page">
            <b>{area.name}</b>
          </li>
        </ol>
      </nav>
      <p className="circle-sentence">
        {saysOf()}{' '}
        {median !== undefined &&
          (median === null
            ? t.says.beyondRange(String(words.rules.cutoffMinutes))
            : t.says.median(String(toMinutes(median))))}
      </p>
    </div>
  );

  function saysOf(): string {
    const facility = named(norm);
    const beyond = beyondOf(area, within);
    const say = (count: number | null): string => (count === null ? t.table.few : formatNumber(count));
    if (area.people === null || within?.people === null) return t.says.few(area.name);
    if (matrix.figures.find(({ classCode }) => classCode === norm.code)?.facilities === 0) return t.says.none(facility);
    if (beyond.people === 0) return t.says.all(area.name, formatNumber(area.people), String(minutes), facility);
    if (beyond.people === area.people)
      return t.says.nobody(area.name, formatNumber(area.people), String(minutes), facility);
    return (
      t.says.some(area.name, formatNumber(area.people), say(beyond.people), String(minutes), facility) +
      t.says.ofThem(say(beyond.elders), say(beyond.children))
    );
  }
}
