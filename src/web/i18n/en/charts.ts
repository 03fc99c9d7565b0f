import type { SameWords } from '../area.ts';
import type { chartsZh } from '../zh/charts.ts';

export const chartsEn: SameWords<typeof chartsZh> = {
  none: 'No data for these days.',
  asTable: 'See the numbers',
  tableOf: (title) => `Table: ${title}`,
  open: (name, n) => `${name}: ${n}, open its records`,
  when: 'When',
  what: 'What',
  note: 'Note',
  notTold: 'too few to show',
  comma: ', ',
  was: 'Counted',
  expected: 'Expected',
  interval: 'Most likely between',
  from: 'From',
  to: 'To',
  cases: 'Cases',
  back: (n) => `Not drawn: ${n} flows that lead back (see the table).`,
};
