import type { SameWords } from '../area.ts';
import type { helperZh } from '../zh/helper.ts';

export const helperEn: SameWords<typeof helperZh> = {
  title: 'Neighbourhood helper',
  hello: (name: string) => `Hello ${name}`,
  where: (area: string, unit: string) => `${area} · ${unit}`,
  lead: 'Help when you can, say no when you cannot. Nobody counts.',
  asks: 'What you are asked',
  noAsks: 'Nothing just now.',
  accept: 'Yes',
  decline: 'Not this time',
  done: 'Done',
  state: {
    asked: 'Waiting for your word',
    accepted: 'You said yes',
    declined: 'You declined',
    done: 'Done, thank you',
    withdrawn: 'No longer needed',
  },
  offers: 'What I offer',
  days: 'When I am free',
  weekdays: { d1: 'Mon', d2: 'Tue', d3: 'Wed', d4: 'Thu', d5: 'Fri', d6: 'Sat', d7: 'Sun' },
  from: 'From',
  until: 'to',
  save: 'Save',
  saved: 'Saved, thank you.',
  report: 'Report something you saw',
  leave: 'Stop helping',
  leaveSure: 'Really leave: the link ends, name and telephone are deleted',
  stay: 'Stay',
  gone: 'This link has ended. Thank you for your help; to come back, ask the community.',
  unknown: 'This link opens nothing. Check that it is complete, or ask the community for another.',
};
