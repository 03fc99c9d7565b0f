import type { WeeklyHours } from '#contract/bookings-views.ts';
import { offerWays, type OfferWay } from '#contract/bookings-views.ts';
import { readDictionary, type DictionaryWord } from '#server/files/dictionary.ts';

export interface Example {
  area: string;
  title: string;
  titleEn: string;
  /** 'unit:<role code>', 'partner:<kind>' or words. */
  provider: string;
  way: OfferWay;
  weekly: WeeklyHours[];
  slotMinutes: number;
  capacity: number;
  walkIn: boolean;
  bring: string[];
  bringEn: string[];
  forWhom: string;
  forWhomEn: string;
}

/** Everything of db/data that this module reads, once at start. */
export interface BookingWords {
  areas: ReadonlyMap<string, DictionaryWord & { hint: string; hintEn: string }>;
  rules: ReadonlyMap<string, DictionaryWord & { value: number }>;
  examples: ReadonlyMap<string, DictionaryWord & Example>;
}

const listOf = (text: string | undefined): string[] => (text ?? '').split('|').filter((one) => one !== '');

/** '1-5@09:00-11:00|6@14:00-17:00' → spans. @throws Error for anything else: the file is ours */
export function readWeekly(text: string): WeeklyHours[] {
  return listOf(text).flatMap((part) => {
    const found = /^([1-7])(?:-([1-7]))?@(\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(part);
    if (found === null) throw new Error(`db/data/service-offers.csv: expected days@from-until, found ${part}.`);
    const [first = 0, last = 0, h = 0, m = 0, h2 = 0, m2 = 0] = found.slice(1).map((one) => Number(one ?? '0'));
    const days = Array.from({ length: Math.max(first, last) - first + 1 }, (_, k) => first + k);
    return days.map((weekday) => ({ weekday, fromMinute: h * 60 + m, untilMinute: h2 * 60 + m2 }));
  });
}

export function readBookingWords(): BookingWords {
  return {
    areas: readDictionary('service-areas.csv', (row) => ({ hint: row['hint'] ?? '', hintEn: row['hint_en'] ?? '' })),
    rules: readDictionary('booking-rules.csv', (row) => ({ value: Number(row['value'] ?? '0') })),
    examples: readDictionary('service-offers.csv', (row) => ({
      area: row['area'] ?? '',
      title: row['title'] ?? '',
      titleEn: row['title_en'] ?? '',
      provider: row['provider'] ?? '',
      way: offerWays.find((one) => one === row['way']) ?? 'place',
      weekly: readWeekly(row['weekly'] ?? ''),
      slotMinutes: Number(row['slot_minutes'] ?? '15'),
      capacity: Number(row['capacity'] ?? '1'),
      walkIn: row['walk_in'] === '1',
      bring: listOf(row['bring']),
      bringEn: listOf(row['bring_en']),
      forWhom: row['for_whom'] ?? '',
      forWhomEn: row['for_whom_en'] ?? '',
    })),
  };
}

/** A limit as a number. @throws Error when the dictionary has lost it */
export function ruleOf({ rules }: Pick<BookingWords, 'rules'>, code: string): number {
  const rule = rules.get(code);
  if (rule === undefined) throw new Error(`db/data/booking-rules.csv has no rule "${code}".`);
  return rule.value;
}
