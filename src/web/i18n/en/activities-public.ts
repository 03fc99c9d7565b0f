import type { SameWords } from '../area.ts';
import { counted } from '../plural.ts';
import type { activitiesPublicZh } from '../zh/activities-public.ts';

export const activitiesPublicEn: SameWords<typeof activitiesPublicZh> = {
  title: 'Coming activities',
  none: 'No activities are planned yet.',
  with: (partner) => `with ${partner}`,
  places: (n) => counted(n, 'place'),
  cancelled: 'Cancelled',
  calendar: 'Add to calendar',
  calendarOf: (title) => `Add “${title}” to the calendar`,
};
