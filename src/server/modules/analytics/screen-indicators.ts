import { waitCodes } from '#contract/analytics-views.ts';
import type { WidgetData } from '#contract/screens-views.ts';
import { addDays, dayOf } from '#kit/shanghai-days.ts';
import { readDictionary } from '#server/files/dictionary.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Area } from '#server/modules/grids/index.ts';
import { readWords } from './dictionary.ts';
import { figuresOf, waitsOf, type IndicatorFigure, type WaitFigure } from './queries.ts';

type Shown = WidgetData['indicators']['items'][number];

const daysBack = 30;
let chosen: readonly string[] | undefined;

/** Key indicators of an area over the last thirty days, each with those that must be read beside it. */
export async function keyIndicators(tx: Tx, area: Area, nowMs: number): Promise<WidgetData['indicators']> {
  chosen ??= [...readDictionary('screen-indicators.csv', () => ({})).keys()];
  const to = dayOf(nowMs);
  const wish = { area, from: addDays(to, 1 - daysBack), to };
  const figures = new Map((await figuresOf(tx, wish)).map((one) => [one.code, one]));
  const waits = new Map((await waitsOf(tx, wish)).map((one) => [one.code, one]));
  const items = chosen.flatMap((code) => {
    const figure = figures.get(code);
    return figure === undefined ? [] : [shown(figure, figures, waits)];
  });
  return { from: wish.from, to, items };
}

function shown(
  figure: IndicatorFigure,
  figures: ReadonlyMap<string, IndicatorFigure>,
  waits: ReadonlyMap<string, WaitFigure>,
): Shown {
  const word = readWords().indicators.get(figure.code);
  return {
    code: figure.code,
    name: word?.name ?? figure.code,
    nameEn: word?.nameEn ?? figure.code,
    unit: word?.kind === 'count' ? 'count' : 'percent',
    value: figure.value,
    numerator: figure.numerator,
    denominator: figure.denominator,
    grade: figure.grade,
    trend: figure.trend.map(({ numerator, denominator }) => (denominator === 0 ? null : numerator / denominator)),
    beside: (word?.companions ?? []).flatMap((code) => besides(code, figures, waits)),
  };
}

/** A companion: another rate, or how long the middle case of a step waited. */
function besides(
  code: string,
  figures: ReadonlyMap<string, IndicatorFigure>,
  waits: ReadonlyMap<string, WaitFigure>,
): Shown['beside'] {
  const step = waitCodes.find((one) => code === `wait_${one}`);
  if (step !== undefined)
    return [{ code: step, unit: 'minutes', name: '', nameEn: '', value: waits.get(step)?.medianMinutes ?? null }];
  const word = readWords().indicators.get(code);
  const figure = figures.get(code);
  if (word === undefined || figure === undefined) return [];
  return [{ code, unit: 'percent', name: word.name, nameEn: word.nameEn, value: figure.value }];
}
