import type { SameWords } from '../area.ts';
import { counted } from '../plural.ts';
import type { needsFieldZh } from '../zh/needs-field.ts';

export const needsFieldEn: SameWords<typeof needsFieldZh> = {
  title: 'Record a need',
  lead: 'What residents say is missing nearby, in one line. Works without a network.',
  text: 'What was said',
  hint: 'Such as: the way up with shopping is too much for old people. No names, numbers or doors.',
  left: (n) => `${counted(n, 'character')} left`,
  whom: 'Mostly for whom',
  groups: {
    all: 'All residents',
    elder: 'Elders',
    child: 'Children',
    disabled: 'People with disabilities',
    newcomer: 'New-employment groups',
    worker: 'Commuters',
  },
  people: 'For how many people',
  area: 'Where',
  choose: 'Please choose',
  here: 'Add this position (optional)',
  found: 'Position added',
  send: 'Record',
  kept: 'Recorded; it is sent as soon as there is a network.',
};
