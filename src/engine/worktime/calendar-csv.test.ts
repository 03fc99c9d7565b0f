import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCalendarCsv, toCalendarCsv, toCalendarDays } from './calendar-csv.ts';
import type { CalendarRow } from './calendar-csv.ts';
import { toIsoDate } from './days.ts';

test('a file as a clerk keeps it is read whole', () => {
  const text = [
    '# Holidays of 2026',
    '# coverage: 2026-01-01..2026-12-31',
    'date,kind,name,segments',
    '2026-02-14,work,春节,',
    '2026-02-16,rest,"除夕, 放假",',
    '',
    '2026-12-31,half,"the ""last"" day",09:00-12:00',
    '2026-10-10,work,国庆节,09:00-12:00;13:30-17:30',
  ].join('\n');
  expect(parseCalendarCsv(text)).toEqual({
    errors: [],
    coverage: { from: '2026-01-01', until: '2026-12-31' },
    rows: [
      { date: '2026-02-14', kind: 'work', name: '春节', segments: [] },
      { date: '2026-02-16', kind: 'rest', name: '除夕, 放假', segments: [] },
      { date: '2026-12-31', kind: 'half', name: 'the "last" day', segments: [[540, 720]] },
      {
        date: '2026-10-10',
        kind: 'work',
        name: '国庆节',
        segments: [
          [540, 720],
          [810, 1050],
        ],
      },
    ],
  });
});

test('a file that went through a spreadsheet means the same', () => {
  const text =
    '\uFEFF"# Holidays, of 2026",,,\r\n# coverage: 2026/1/1..2026/12/31,,,\r\nDate,Kind,Name,Segments\r\n2026/2/4,rest,春节,\r\n,,,\r\n';
  expect(parseCalendarCsv(text)).toEqual({
    errors: [],
    coverage: { from: '2026-01-01', until: '2026-12-31' },
    rows: [{ date: '2026-02-04', kind: 'rest', name: '春节', segments: [] }],
  });
});

test.each([
  ['2026-02-30,rest,,', 'expected a real date like 2026-10-01, found 2026-02-30'],
  ['20260201,rest,,', 'expected a real date like 2026-10-01, found 20260201'],
  ['2026-02-01,holiday,,', 'kind: expected work, rest or half, found holiday'],
  ['2026-02-01', 'kind: expected work, rest or half, found nothing'],
  ['2026-02-01,half,除夕,', 'expected hours on a half day, like 09:00-12:00, found none'],
  ['2026-02-01,rest,除夕,09:00-12:00', 'expected no hours on a rest day; make it half to keep some'],
  ['2026-02-01,half,除夕,9-12', 'segments: expected hours like 09:00-12:00, found 9-12'],
  ['2026-02-01,half,除夕,09:00-12:60', 'segments: expected minutes from 00 to 59, found 09:00-12:60'],
  ['2026-02-01,half,除夕,12:00-09:00', 'segments: expected a start before its end, found 720-540'],
  ['2026-02-01,half,除夕,09:00-24:01', 'segments: expected minutes from 0 to 1440, found 540-1441'],
  [
    '2026-02-01,work,除夕,09:00-12:00;11:00-13:00',
    'segments: expected segments in order that do not overlap, found 660-780 after 720',
  ],
  ['2026-02-01,work,a,b,c', 'expected 4 columns, found 5; quote a name with commas'],
  ['2026-02-01,work,"open,', 'expected quotes to be closed and doubled inside, found "open,'],
  ['2026-01-01,rest,元旦,', 'expected each date once, found 2026-01-01 also on line 2'],
  ['# coverage: 2026-01-01', 'expected # coverage: 2024-01-01..2026-12-31, found # coverage: 2026-01-01'],
])('the wrong line %s is reported by its number, and the others are kept', (wrong, message) => {
  const text = `date,kind,name,segments\n2026-01-01,rest,元旦,\n${wrong}\n2026-01-02,rest,元旦,\n`;
  const read = parseCalendarCsv(text);
  expect(read.errors).toEqual([{ line: 3, message }]);
  expect(read.rows.map(({ date }) => date)).toEqual(['2026-01-01', '2026-01-02']);
});

test('a file without its header, or without anything, says so', () => {
  expect(parseCalendarCsv('').errors).toEqual([
    { line: 1, message: 'expected the header date,kind,name,segments, found an empty file' },
  ]);
  expect(parseCalendarCsv('2026-01-01,rest,元旦,').errors).toEqual([
    { line: 1, message: 'expected the header date,kind,name,segments, found 2026-01-01,rest,元旦,' },
  ]);
});

test('rows become the days of a calendar', () => {
  const rows: CalendarRow[] = [
    { date: '2026-01-01', kind: 'rest', name: '元旦', segments: [] },
    { date: '2026-12-31', kind: 'half', name: '', segments: [[540, 720]] },
  ];
  expect([...toCalendarDays(rows)]).toEqual([
    ['2026-01-01', { kind: 'rest', name: '元旦' }],
    ['2026-12-31', { kind: 'half', segments: [[540, 720]] }],
  ]);
});

test('whatever is written is read back the same', () => {
  const row = fc.record({
    date: fc.integer({ min: 0, max: 60_000 }).map(toIsoDate),
    kind: fc.constant<'half'>('half'),
    name: fc.string().map((name) => name.replaceAll(/[\r\n]/g, ' ').trim()),
    segments: fc.constantFrom<CalendarRow['segments'][]>(
      [[0, 1440]],
      [
        [540, 720],
        [720, 1080],
      ],
    ),
  });
  fc.assert(
    fc.property(fc.uniqueArray(row, { selector: ({ date }) => date }), (rows) => {
      const coverage = { from: '1970-01-01', until: '2150-01-01' };
      const read = parseCalendarCsv(toCalendarCsv(rows, { remarks: ['made by a test'], coverage }));
      expect(read).toEqual({ errors: [], coverage, rows: rows.toSorted((a, b) => (a.date < b.date ? -1 : 1)) });
    }),
  );
});
