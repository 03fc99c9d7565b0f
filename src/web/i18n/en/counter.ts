import type { SameWords } from '../area.ts';
import type { counterZh } from '../zh/counter.ts';

export const counterEn: SameWords<typeof counterZh> = {
  title: 'Counter',
  none: 'You are not appointed to a station now.',
  noneHint: 'Ask the head of the station to appoint you, then refresh.',
  again: 'Refresh',
  which: 'Choose the station',
  parts: 'Station tablet',
  record: 'Record',
};
