import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tellsOfSomebody } from '#kit/personal-words.ts';
import { counterWords } from './dictionary.ts';
import { aidWords, askAt, dayStart, givenAt, hourThere, takenBy, warningsAt, weatherWord } from './rules.ts';

const now = Date.parse('2026-08-03T05:00:00Z');
const iso = (ms: number): string => new Date(ms).toISOString();

describe('when it was given', () => {
  test('is what the tablet says, unless that cannot be: then it is now', () => {
    expect(givenAt(iso(now - 120_000), now)).toBe(now - 120_000);
    expect(givenAt(undefined, now)).toBe(now);
    expect(givenAt(iso(now + 1), now)).toBe(now);
    expect(givenAt(iso(now - 31 * 86_400_000), now)).toBe(now);
    expect(givenAt('nonsense', now)).toBe(now);
  });
  test('is never after the server heard of it, whatever a tablet says', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), (said) => {
        expect(givenAt(said.toISOString(), now)).toBeLessThanOrEqual(now);
      }),
    );
  });
  test('days and hours are those of the city', () => {
    expect(iso(dayStart(Date.parse('2026-08-02T16:00:00Z')))).toBe('2026-08-02T16:00:00.000Z');
    expect(iso(dayStart(Date.parse('2026-08-02T15:59:59Z')))).toBe('2026-08-01T16:00:00.000Z');
    expect(iso(dayStart(0, '2026-08-03'))).toBe('2026-08-02T16:00:00.000Z');
    expect(hourThere(now)).toBe(13);
  });
});

describe('a note tells of a service, not of a person', () => {
  test.each([
    '13912345678',
    '139 1234 5678',
    '139-1234-5678',
    '１３９１２３４５６７８',
    '一三九一二三四五六七八',
    '电话幺三九1234五六七八',
    '500103199001011234',
    '50010319900101123X',
    '联系 a.b@example.com',
    '023，6355，1234',
  ])('%s is refused', (note) => {
    expect(tellsOfSomebody(note)).toBe(true);
  });
  test.each(['', '要了两瓶水，借了雨伞', '去解放碑怎么走', '2026年8月3日', '12:30 来的，3 个人', '第110号线'])(
    '%s is let through',
    (note) => {
      expect(tellsOfSomebody(note)).toBe(false);
    },
  );
  test('any telephone is found, however it is broken up', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 7, maxLength: 18 });
    fc.assert(
      fc.property(digits, fc.constantFrom('', ' ', '-', '  ', '.', '、'), (number, between) => {
        expect(tellsOfSomebody(`找他 ${number.join(between)} 谢谢`)).toBe(true);
      }),
    );
  });
});

describe('warnings of the place', () => {
  const warning = (kind: string | null, colour: string | null, areas: string[], startsAt = now - 1) => ({
    kind,
    colour,
    areas,
    headline: '',
    startsAt: new Date(startsAt),
    endsAt: new Date(now + 3_600_000),
  });
  const path = ['500000', '500103', '500103010'];
  test('are those whose area holds it, running at the moment, the gravest first', () => {
    const running = [
      warning('rain', 'yellow', ['500000']),
      warning('heat', 'orange', ['500103']),
      warning('heat', 'red', ['500105']),
      warning('cold', 'red', ['500103'], now + 1),
    ];
    expect(weatherWord(warningsAt(running, path, now))).toBe('heat.orange');
    expect(warningsAt(running, path, now)).toHaveLength(2);
    expect(warningsAt(running, path, now + 3_600_000)).toEqual([]);
  });
  test('without one there is no weather', () => {
    expect(weatherWord([])).toBeNull();
    expect(weatherWord([warning(null, 'red', ['500103'])])).toBeNull();
  });
});

describe('first aid', () => {
  test('its event says what and whether 120 is coming, in the city’s time', () => {
    expect(aidWords('中暑', now, 'tourist')).toBe('驿站急救：一名游客中暑，已于13:00拨打120，驿站人员正在处置。');
    expect(aidWords('晕倒', null, null)).toBe('驿站急救：一名群众晕倒，驿站人员正在处置。');
  });
  test('somebody is asked after only who is still here, when the card says so and it is wanted', () => {
    expect(askAt({ askLater: true }, 2, true, now)).toBe(now + 7_200_000);
    expect(askAt({ askLater: true }, 2, false, now)).toBeNull();
    expect(askAt({ askLater: true }, null, true, now)).toBeNull();
    expect(askAt({ askLater: false }, 2, true, now)).toBeNull();
  });
  test('every card of the data names items there are, a category, a priority and its steps', () => {
    const { cards, supplies, kinds } = counterWords();
    expect(cards.size).toBeGreaterThanOrEqual(5);
    for (const card of cards.values()) {
      expect(card.steps.length, card.code).toBeGreaterThan(2);
      expect(new Set(card.steps.map(({ code }) => code)).size).toBe(card.steps.length);
      expect([0, 1]).toContain(card.seriousPriority);
      for (const code of card.items) expect(supplies.has(code), code).toBe(true);
    }
    for (const kind of kinds.values())
      for (const { itemCode } of kind.items) expect(supplies.get(itemCode)?.kind, itemCode).not.toBe('loan');
  });
  test('every medicine a card offers has its note', () => {
    const { cards, supplies, items } = counterWords();
    const offered = [...cards.values()].flatMap((card) => card.items);
    for (const code of offered)
      if (supplies.get(code)?.kind === 'medicine' && !['gauze', 'bandage'].includes(code))
        expect(items.get(code)?.name, code).toBeTruthy();
  });
});

test('what leaves stock by itself goes with the number of people', () => {
  expect(takenBy([{ itemCode: 'cup', quantity: 1 }], 12)).toEqual([{ itemCode: 'cup', quantity: 12 }]);
});
