import type { SameWords } from '../area.ts';
import type { activitiesPublicZh } from '../zh/activities-public.ts';

export const activitiesPublicEn: SameWords<typeof activitiesPublicZh> = {
  title: 'Coming activities',
  none: 'No activities soon.',
  with: (partner) => `with ${partner}`,
  places: (n) => `${n} places`,
  cancelled: 'Cancelled',
  calendar: 'Add to calendar',
  calendarOf: (title) => `Add “${title}” to the calendar`,
};
