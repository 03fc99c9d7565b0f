import type { SameWords } from '../area.ts';
import type { counterZh } from '../zh/counter.ts';

export const counterEn: SameWords<typeof counterZh> = {
  title: 'Counter',
  none: 'You are not appointed to a station now.',
  noneHint: 'Ask the head of the station to appoint you, then refresh.',
  again: 'Refresh',
  which: 'Choose the station',
  parts: 'Station tablet',
  today: (services, persons) => `Today ${services} services · ${persons} people`,
  until: (when) => `until ${when}`,
  record: 'Record',
  tiles: 'One tap records one service',
  recorded: (kind, persons) => `${kind} · ${persons} ${persons === 1 ? 'person' : 'people'}`,
  many: {
    label: 'How many, and who',
    less: 'One fewer',
    more: 'One more',
    persons: (n) => `${n} ${n === 1 ? 'person' : 'people'}`,
    group: (n) => `${n} more`,
  },
  visitor: {
    label: 'Who (only if they say so)',
    resident: 'Resident',
    tourist: 'Tourist',
    outdoor_worker: 'Outdoor worker',
    new_employment: 'Gig worker',
    other: 'Other',
  },
  justNow: 'Just recorded',
  justNone: 'One tap records it; it can be taken back for 10 seconds.',
  undo: 'Undo',
  undone: (what) => `Taken back: ${what}`,
  undoOf: (what) => `Take back: ${what}`,
};
