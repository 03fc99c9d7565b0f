/** Warnings of the demo's past, by day: long heat in July and August, rain from spring on, fog and cold in winter. Invented. */
import { seededRandom, type Rng } from '#kit/random.ts';
import { demoSeed } from './make-town.ts';

export interface DemoWeather {
  /** kind.colour, as a record keeps it. */
  word: string;
  /** Hours of the day within which it ran. */
  fromHour: number;
  toHour: number;
}

/** The warning that ran on a day (number since 1970-01-01 in Shanghai); null: none. The same on every machine. */
export function weatherOf(day: number): DemoWeather | null {
  const rng = seededRandom(demoSeed * 31 + day);
  rng();
  const month = new Date(day * 86_400_000).getUTCMonth() + 1;
  const heat = heatShare(month, new Date(day * 86_400_000).getUTCDate());
  if (rng() < heat) return { word: heatWord(rng), fromHour: 10, toHour: 20 };
  if (month >= 4 && month <= 9 && rng() < 0.09)
    return { word: rng() < 0.7 ? 'rain.blue' : 'rain.yellow', fromHour: 6, toHour: 20 };
  if ((month <= 2 || month === 12) && rng() < 0.08)
    return { word: rng() < 0.6 ? 'fog.yellow' : 'cold.blue', fromHour: 6, toHour: 12 };
  return null;
}

function heatShare(month: number, date: number): number {
  if (month === 7 || (month === 8 && date <= 25)) return 0.68;
  if (month === 6 || month === 8) return 0.25;
  return month === 9 && date < 12 ? 0.2 : 0;
}

function heatWord(rng: Rng): string {
  const draw = rng();
  if (draw < 0.22) return 'heat.yellow';
  return draw < 0.8 ? 'heat.orange' : 'heat.red';
}
